"""`aligner check`: what the translation left out, added or changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.common.progress import counted
from aligner.cli.ui import say, tell, translated
from aligner.files.output_places import check_places, check_suffix
from aligner.model import UsageError
from aligner.runtime.places import shown
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.checks import Finding
    from aligner.model import Alignment
    from aligner.workflows.check_files import Reports
    from aligner.workflows.checking import Report, Wanted

__all__ = ["check"]

_NO_NULLS = (
    "{}: every unit has both languages, so what is left out or added as a whole segment "
    "cannot be seen in it; check the .alignment.json, or a TMX written with --nulls keep"
)
_JUDGED_AS = {
    "document": "judged as a document",
    "short": "judged as a short text",
    "errors": "judged as a text with errors: several of its figures or speakers are wrong",
    "pairs": "judged as separate pairs",
}


def check(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="ALIGNMENT",
            help="An alignment: .alignment.json, or .tmx .xlf .tei.xml .tsv and what else "
            "aligner convert reads; with --pairs a table of pairs.",
            show_default=False,
        ),
    ],
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs",
            help="ALIGNMENT is a TSV file with the columns id, source, target (or src, tgt).",
        ),
    ] = False,
    source: Annotated[
        str, typer.Option("-s", "--source-lang", "--source", help="Language of the source.")
    ] = "",
    target: Annotated[
        str, typer.Option("-t", "--target-lang", "--target", help="Language of the target.")
    ] = "",
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write the report."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Findings as JSON (with --pairs one object a line).")
    ] = False,
    sarif: Annotated[Path | None, typer.Option("--sarif", help="Write SARIF 2.1.0.")] = None,
    mqm: Annotated[
        Path | None, typer.Option("--mqm", help="Write a TSV in the columns of MQM.")
    ] = None,
    min_severity: Annotated[
        str, typer.Option("--min-severity", help="note, minor, major or critical.")
    ] = "minor",
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", min=0, max=1, help="Only findings at least so sure, 0-1."),
    ] = 0.0,
    judged_as: Annotated[
        str,
        typer.Option(
            "--judged-as",
            help="By which experience findings are judged: document, short, errors, pairs; auto: what the input is.",
        ),
    ] = "auto",
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only these checks (number,date,...).")
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            help="These besides, which are off: attribution, hedge, intensity, explicitation.",
        ),
    ] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", help="Without these checks.")] = None,
    cut_ends: Annotated[
        bool,
        typer.Option(
            "--cut-ends",
            help="Without the ends of the texts that are page boilerplate (share lines, related news).",
        ),
    ] = False,
    glossary: Annotated[
        Path | None,
        typer.Option("--glossary", help="Terms to use and to avoid: TBX, TSV, CSV, OmegaT's."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Accepted findings with their reasons.")
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", help="Accept all findings shown; needs --reason."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why they are accepted.")] = "",
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Another translation of the same source to compare with."),
    ] = None,
    taxonomy: Annotated[
        str,
        typer.Option("--taxonomy", help="A TOML file, or vinay-darbelnet, or leuven-zwart."),
    ] = "",
    labels: Annotated[
        Path | None,
        typer.Option("--labels", help="TSV of source, target, label: put on beads, with -o."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write the labelled .alignment.json."),
    ] = None,
    encoder: Annotated[
        str, typer.Option("--encoder", help="The encoder whose vectors are used.")
    ] = "embedded",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
) -> None:
    """Check the fidelity of a translation: omissions, additions, changed numbers, names ...

    Exit code 1 where findings remain that no baseline accepts.
    """
    from aligner.checks import INPUTS, SEVERITIES, known_codes
    from aligner.workflows import check_files, checking

    if judged_as not in (*INPUTS, "auto"):
        raise UsageError(
            f"findings cannot be judged as {judged_as!r}", hint=f"known: auto, {', '.join(INPUTS)}"
        )

    if min_severity not in SEVERITIES:
        raise UsageError(
            f"there is no severity {min_severity!r}", hint=f"known: {', '.join(SEVERITIES)}"
        )
    if write_baseline is not None and not reason.strip():
        raise UsageError("an accepted finding needs a reason", hint="add --reason TEXT")
    _refuse(labels is not None and not taxonomy, "--labels needs a taxonomy", "add --taxonomy FILE")
    _refuse(output is not None and labels is None, "-o writes labels", "add --labels FILE")
    _refuse(labels is not None and output is None, "--labels needs a file", "add -o FILE to write")
    known = Path(taxonomy) if taxonomy.lower().endswith(".toml") else None
    # a baseline is brought up to date in place
    files = [html, sarif, mqm, write_baseline, output]
    check_places(files, [path, glossary, against, labels, known], printed=True)
    hint = "give the file that suffix; aligner convert writes other formats"
    check_suffix(output, (".json",), hint)
    reports = check_files.Reports(html, sarif, mqm, write_baseline, reason)
    langs = (source, target)
    if not pairs:
        _refuse(bool(source) != bool(target), "one language of two", "give both -s and -t")
        alignment = check_files.labelled(
            check_files.open_pair(path, langs), taxonomy, labels, output
        )
        langs = (alignment.source.lang, alignment.target.lang)
        nulls = any(bead.is_null for bead in alignment.beads)
        if not nulls and path.name.lower().removesuffix(".gz").endswith(".tmx") and not quiet:
            tell(_NO_NULLS.format(shown(str(path))))
    wanted = checking.Wanted(
        minimum=min_severity,
        only=known_codes(only or []),
        skip=known_codes(skip or []),
        terms=check_files.terms_in(glossary, langs),
        baseline=check_files.baseline_in(baseline),
        encoder=encoder,
        sure=min_confidence,
        cut_ends=cut_ends,
        also=known_codes(also or []),
        judged_as="" if judged_as == "auto" else judged_as,
    )
    if pairs:
        unfit = {
            "--html": html,
            "--against": against,
            "--taxonomy": taxonomy,
            "--labels": labels,
            "--glossary": glossary,
            "-o": output,
            "--cut-ends": cut_ends,
        }
        for name, given in unfit.items():
            _refuse(bool(given), f"{name} needs an alignment, not a table", "leave out --pairs")
        left = _table(path, langs, wanted, reports, as_json=as_json)
    else:
        left = _alignment(path, alignment, wanted, reports, against, quiet=quiet, as_json=as_json)
    raise typer.Exit(1 if left else 0)


def _refuse(wrong: bool, message: str, hint: str) -> None:
    if wrong:
        raise UsageError(message, hint=hint)


def _table(
    path: Path, langs: tuple[str, str], wanted: Wanted, reports: Reports, *, as_json: bool
) -> bool:
    from aligner.checks import parse_rows, row_json
    from aligner.workflows import checking
    from aligner.workflows.reading import text_of

    _refuse(not all(langs), "the languages are not known", "give -s and -t")
    rows = parse_rows(text_of(path), str(path))
    listed: list[Finding] = []
    for row, findings in checking.check_table(rows, *langs, wanted):
        listed += findings
        for finding in findings:
            if as_json:
                print(json.dumps(row_json(finding), ensure_ascii=False))
            elif finding.status == "open":
                print(
                    f"{row.id}\t{finding.severity}\t{finding.code}\t{translated(finding.message)}"
                )
    if not as_json:
        flagged = len({place.row for finding in listed for place in finding.places})
        summary = f"{numbered(len(rows), 'row')}, {numbered(len(listed), 'finding')}"
        how = _JUDGED_AS[wanted.judged_as or "pairs"]
        tell(f"{summary} in {numbered(flagged, 'row')}; {how}", prefix="")
    reports.write_tables(listed, str(path), str(path))
    return any(finding.status == "open" for finding in listed)


def _alignment(
    path: Path,
    alignment: Alignment,
    wanted: Wanted,
    reports: Reports,
    against: Path | None,
    *,
    quiet: bool,
    as_json: bool,
) -> bool:
    from aligner.checks import findings_report
    from aligner.workflows import checking
    from aligner.workflows.check_files import open_pair

    progress = counted("beads", quiet=quiet)
    report = checking.check(alignment, wanted, progress)
    rows: list[dict[str, Any]] = []
    compared: Report | None = None
    if against is not None:
        other = open_pair(against)
        if not (other.source.lang and other.target.lang):
            other = open_pair(against, (alignment.source.lang, alignment.target.lang))
        compared = checking.check(other, wanted)
        rows = checking.compare(report, compared)
    if as_json:
        made = findings_report(report.shown, report.summary)
        made["judged_as"] = report.judged_as
        if report.expected_precision is not None:
            made["expected_precision"] = round(report.expected_precision, 3)
        if against is not None:
            made["against"] = {"origin": shown(str(against)), "differences": rows}
        print(json.dumps(made, ensure_ascii=False, indent=1))
    else:
        _print(report)
        for row in rows:
            print(f"s{row['segment'] + 1}: {row['source']}")
            for name in ("first", "second"):
                for message in row[name]["only"]:
                    say(f"  only the {name}: {message}")
    reports.write_page(report, compared)
    names = alignment.source.origin or str(path), alignment.target.origin or str(path)
    reports.write_tables(report.shown, *names)
    return bool(report.remaining)


def _extent(side: str, numbers: tuple[int, ...]) -> str:
    """Segments as people count them: "s3", "s3 s4", "t161-t221"."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{side}{numbers[0] + 1}-{side}{numbers[-1] + 1}"
    return " ".join(f"{side}{number + 1}" for number in numbers)


def _print(report: Report) -> None:
    for finding in report.remaining:
        place = finding.places[0]
        # as people count, and as the review page goes there: the first source segment is s1
        sides = (("s", place.source), ("t", place.target))
        where = " ".join(_extent(side, numbers) for side, numbers in sides if numbers)
        more = f" (in {len(finding.places)} places)" if len(finding.places) > 1 else ""
        print(
            f"{finding.id}  {finding.severity:8} {finding.code:15} {where}: {translated(finding.message)}{translated(more)}"
        )
    notes = sum(not report.wanted.severe(one) for one in report.findings)
    accepted = sum(one.status == "accepted" for one in report.shown)
    covered = 100 * report.summary.whole.covered
    parts = [
        numbered(len(report.remaining), "finding"),
        f"{covered:.1f} % of the source is covered",
    ]
    if notes:
        limit = f"--min-severity {report.wanted.minimum}"
        if report.wanted.sure:
            limit += f" or --min-confidence {report.wanted.sure:g}"
        parts.append(f"{notes} below {limit}")
    if report.expected_precision is not None:
        parts.append(f"expected precision {report.expected_precision:.2f} (mean confidence)")
    parts.append(_JUDGED_AS[report.judged_as])
    if report.cut:
        parts.append(f"{numbered(len(report.cut), 'bead')} of the ends cut off")
    if accepted:
        parts.append(f"{accepted} accepted by the baseline")
    tell("; ".join(parts), prefix="")
