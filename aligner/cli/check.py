"""`aligner check`: what the translation left out, added or changed."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.common.places import check_places, check_suffix
from aligner.cli.common.progress import counted
from aligner.cli.common.texts import text_of
from aligner.cli.common.wording import numbered
from aligner.model import UsageError, program_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.checks import Finding
    from aligner.model import Alignment
    from aligner.workflows.checking import Report, Wanted

__all__ = ["check"]


@dataclass(frozen=True, slots=True)
class _Outputs:
    """Where the findings go beside standard output; "why" is why a baseline accepts them."""

    json: bool
    html: Path | None
    sarif: Path | None
    mqm: Path | None
    baseline: Path | None
    why: str
    labelled: Path | None

    def verify(self, inputs: list[Path | None]) -> None:
        """Raise UsageError for what cannot be written, before any work."""
        files = (self.html, self.sarif, self.mqm, self.baseline, self.labelled)
        check_places(files, inputs, printed=True)
        hint = "give the file that suffix; aligner convert writes other formats"
        check_suffix(self.labelled, (".json",), hint)


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
    html: Annotated[Path | None, typer.Option("--html", help="Write the report.")] = None,
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
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only these checks (number,date,...).")
    ] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", help="Without these checks.")] = None,
    glossary: Annotated[
        Path | None, typer.Option("--glossary", help="Terms to use and to avoid: TSV or TBX.")
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
    from aligner.checks import SEVERITIES, known_codes
    from aligner.workflows import checking

    if min_severity not in SEVERITIES:
        raise UsageError(
            f"there is no severity {min_severity!r}", hint=f"known: {', '.join(SEVERITIES)}"
        )
    if write_baseline is not None and not reason.strip():
        raise UsageError("an accepted finding needs a reason", hint="add --reason TEXT")
    _refuse(labels is not None and not taxonomy, "--labels needs a taxonomy", "add --taxonomy FILE")
    _refuse(output is not None and labels is None, "-o writes labels", "add --labels FILE")
    _refuse(labels is not None and output is None, "--labels needs a file", "add -o FILE to write")
    outputs = _Outputs(as_json, html, sarif, mqm, write_baseline, reason, output)
    known = Path(taxonomy) if taxonomy.lower().endswith(".toml") else None
    # a baseline is brought up to date in place
    outputs.verify([path, glossary, against, labels, known])
    langs = (source, target)
    if not pairs:
        _refuse(bool(source) != bool(target), "one language of two", "give both -s and -t")
        alignment = _labelled(_opened(path, langs), taxonomy, labels, output)
        langs = (alignment.source.lang, alignment.target.lang)
    wanted = checking.Wanted(
        minimum=min_severity,
        only=known_codes(only or []),
        skip=known_codes(skip or []),
        terms=tuple(_terms(glossary, langs)),
        baseline=_baseline(baseline),
        encoder=encoder,
    )
    if pairs:
        unfit = {
            "--html": html,
            "--against": against,
            "--taxonomy": taxonomy,
            "--labels": labels,
            "--glossary": glossary,
            "-o": output,
        }
        for name, given in unfit.items():
            _refuse(bool(given), f"{name} needs an alignment, not a table", "leave out --pairs")
        left = _table(path, langs, wanted, outputs)
    else:
        left = _alignment(path, alignment, wanted, outputs, against, quiet)
    raise typer.Exit(1 if left else 0)


def _opened(path: Path, langs: tuple[str, str] = ("", "")) -> Alignment:
    """One alignment of two texts, whatever format it is in; languages overrule what it says."""
    from aligner.model import AlignmentSet
    from aligner.workflows.alignment_files import open_alignment

    if path.suffix.lower() in (".beads", ".ladder", ".moses"):
        raise UsageError(
            "this file does not hold the texts",
            context=str(path),
            hint="aligner convert it with --texts to an .alignment.json first",
        )
    opened = open_alignment(str(path), langs=langs if all(langs) else ())
    if not isinstance(opened, AlignmentSet):
        return opened
    if len(opened.alignments) > 1:
        raise UsageError(
            "this aligns more than two texts",
            context=str(path),
            hint="align and check one pair at a time",
        )
    return opened.alignments[0]


def _refuse(wrong: bool, message: str, hint: str) -> None:
    if wrong:
        raise UsageError(message, hint=hint)


def _terms(path: Path | None, langs: tuple[str, str]) -> list[Any]:
    from aligner.checks import parse_glossary
    from aligner.workflows import aligning

    return (
        []
        if path is None
        else parse_glossary(aligning.read_source(str(path)).data, str(path), langs)
    )


def _baseline(path: Path | None) -> dict[str, Any]:
    from aligner.checks import parse_baseline

    return {} if path is None else parse_baseline(text_of(path), str(path))


def _labelled(alignment: Any, taxonomy: str, labels: Path | None, output: Path | None) -> Any:
    from aligner.checks import label_beads, parse_taxonomy, shipped
    from aligner.model import Malformed

    if not taxonomy:
        return alignment
    known = (
        parse_taxonomy(text_of(Path(taxonomy)), taxonomy)
        if Path(taxonomy).suffix or Path(taxonomy).exists()
        else shipped(taxonomy)
    )
    if labels is not None:
        alignment = label_beads(alignment, known, text_of(labels), str(labels))
    for number, bead in enumerate(alignment.beads):
        for label in bead.labels:
            if label not in known.labels:
                raise Malformed(
                    f"bead {number} carries {label!r}, which {known.name} does not have",
                    hint=f"known: {', '.join(known.labels)}",
                )
    if output is not None:
        from aligner.workflows import aligning

        aligning.export(alignment, "json", output)
    return alignment


def _table(path: Path, langs: tuple[str, str], wanted: Wanted, outputs: _Outputs) -> bool:
    from aligner.checks import parse_rows, row_json
    from aligner.workflows import checking

    _refuse(not all(langs), "the languages are not known", "give -s and -t")
    rows = parse_rows(text_of(path), str(path))
    listed: list[Finding] = []
    for row, findings in checking.check_table(rows, *langs, wanted):
        listed += findings
        for finding in findings:
            if outputs.json:
                print(json.dumps(row_json(finding), ensure_ascii=False))
            elif finding.status == "open":
                print(f"{row.id}\t{finding.severity}\t{finding.code}\t{finding.message}")
    if not outputs.json:
        flagged = len({finding.places[0].row for finding in listed})
        summary = f"{numbered(len(rows), 'row')}, {numbered(len(listed), 'finding')}"
        print(f"{summary} in {numbered(flagged, 'row')}", file=sys.stderr)
    _files(listed, str(path), str(path), outputs)
    return any(finding.status == "open" for finding in listed)


def _alignment(
    path: Path,
    alignment: Any,
    wanted: Wanted,
    outputs: _Outputs,
    against: Path | None,
    quiet: bool,
) -> bool:
    from aligner.checks import findings_report
    from aligner.workflows import checking

    progress = counted("beads", quiet=quiet)
    report = checking.check(alignment, wanted, progress)
    rows: list[dict[str, Any]] = []
    if against is not None:
        other = _opened(against)
        if not (other.source.lang and other.target.lang):
            other = _opened(against, (alignment.source.lang, alignment.target.lang))
        rows = checking.compare(report, checking.check(other, wanted))
    if outputs.json:
        made = findings_report(report.shown, report.summary)
        if against is not None:
            made["against"] = {"origin": str(against), "differences": rows}
        print(json.dumps(made, ensure_ascii=False, indent=1))
    else:
        _print(report)
        for row in rows:
            print(f"s{row['segment'] + 1}: {row['source']}")
            for name in ("first", "second"):
                for message in row[name]["only"]:
                    print(f"  only the {name}: {message}")
    if outputs.html is not None:
        from aligner.checks import report_page
        from aligner.files import output

        with output(outputs.html) as out:
            out.write(
                report_page(alignment, report.findings, report.summary).encode(
                    "utf-8", "backslashreplace"
                )
            )
    names = alignment.source.origin or str(path), alignment.target.origin or str(path)
    _files(report.shown, *names, outputs)
    return bool(report.remaining)


def _print(report: Report) -> None:
    for finding in report.remaining:
        place = finding.places[0]
        # as people count, and as the review page goes there: the first source segment is s1
        sides = (("s", place.source), ("t", place.target))
        where = " ".join(f"{side}{number + 1}" for side, numbers in sides for number in numbers)
        more = f" (in {len(finding.places)} places)" if len(finding.places) > 1 else ""
        print(
            f"{finding.id}  {finding.severity:8} {finding.code:15} {where}: {finding.message}{more}"
        )
    notes = sum(not report.wanted.severe(one) for one in report.findings)
    accepted = sum(one.status == "accepted" for one in report.shown)
    covered = 100 * report.summary.whole.covered
    parts = [
        numbered(len(report.remaining), "finding"),
        f"{covered:.1f} % of the source is covered",
    ]
    if notes:
        parts.append(f"{notes} below --min-severity {report.wanted.minimum}")
    if accepted:
        parts.append(f"{accepted} accepted by the baseline")
    print("; ".join(parts), file=sys.stderr)


def _files(findings: Sequence[Finding], source: str, target: str, outputs: _Outputs) -> None:
    import os
    import time

    from aligner.checks import baseline_lines, findings_sarif, mqm_lines
    from aligner.files import output

    if outputs.sarif is not None:
        with output(outputs.sarif) as out:
            made = findings_sarif(findings, source, target, program_version())
            out.write(
                (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode(
                    "utf-8", "backslashreplace"
                )
            )
    if outputs.mqm is not None:
        with output(outputs.mqm) as out:
            lines = mqm_lines(findings, Path(target).name, Path(source).name)
            out.write(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
    if outputs.baseline is not None:
        # an acceptance has a date; builds that must repeat set SOURCE_DATE_EPOCH
        clock = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
        date = time.strftime("%Y-%m-%d", time.gmtime(clock))
        with output(outputs.baseline) as out:
            out.write(
                ("\n".join(baseline_lines(findings, outputs.why, date)) + "\n").encode(
                    "utf-8", "backslashreplace"
                )
            )
