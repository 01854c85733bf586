"""What a translation left out, added or changed, as `aligner check` reports it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.model import Alignment, FileName, UsageError
from aligner.workflows.aligning import Progress

if TYPE_CHECKING:
    from aligner.checks import Finding, TableRow
    from aligner.workflows.checking import Report, Wanted

__all__ = ["check", "check_table", "compare", "label"]


def check(
    alignment: Alignment | FileName,
    *,
    source_lang: str = "",
    target_lang: str = "",
    wanted: Wanted | None = None,
    glossary: FileName | None = None,
    baseline: FileName | None = None,
    against: Alignment | FileName | None = None,
    html: FileName | None = None,
    sarif: FileName | None = None,
    mqm: FileName | None = None,
    write_baseline: FileName | None = None,
    reason: str = "",
    progress: Progress | None = None,
) -> Report:
    """What the translation left out, added or changed, as `aligner check` reports it.

    `wanted` says which checks, how severe and how sure; `glossary` and `baseline` are files. `html`,
    `sarif`, `mqm` and `write_baseline` (with a `reason`) are reports to write; with `against`, another
    translation, the page shows both. Languages overrule what a file says. Raises UsageError where a
    side has no language, ReadError, ExportError.

    >>> import aligner
    >>> made = aligner.align_texts(
    ...     ["Cuarenta y dos barcos salieron."], ["Forty-three ships left."],
    ...     source_lang="es", target_lang="en",
    ... )
    >>> [finding.code for finding in aligner.check(made).shown]
    ['number-word']
    """
    from aligner.files.output_places import check_places
    from aligner.workflows import checking
    from aligner.workflows.check_files import Reports

    if write_baseline is not None and not reason.strip():
        raise UsageError("an accepted finding needs a reason", hint="give a reason")
    name = "" if isinstance(alignment, Alignment) else str(alignment)
    reports = Reports(_path(html), _path(sarif), _path(mqm), _path(write_baseline), reason)
    check_places(
        [reports.html, reports.sarif, reports.mqm, reports.baseline], [name or None, glossary]
    )
    opened = _opened(alignment, source_lang, target_lang)
    asked = _asked(wanted, glossary, baseline, (opened.source.lang, opened.target.lang))
    report = checking.check(opened, asked, progress)
    other = None
    if against is not None:
        langs = opened.source.lang, opened.target.lang
        second = _opened(against)
        if not (second.source.lang and second.target.lang):
            second = _opened(second, *langs)
        other = checking.check(second, asked)
    reports.write_page(report, other)
    reports.write_tables(report.shown, opened.source.origin or name, opened.target.origin or name)
    return report


def check_table(
    file: FileName,
    *,
    source_lang: str,
    target_lang: str,
    wanted: Wanted | None = None,
    baseline: FileName | None = None,
    sarif: FileName | None = None,
    mqm: FileName | None = None,
    write_baseline: FileName | None = None,
    reason: str = "",
) -> list[tuple[TableRow, list[Finding]]]:
    r"""The rows of a table of pairs (TSV: id, source, target) with their findings, as `check --pairs`.

    >>> import aligner, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "pairs.tsv")
    ...     size = path.write_text("id\tsource\ttarget\na\tTres barcos.\tFour ships.\n")
    ...     rows = aligner.check_table(path, source_lang="es", target_lang="en")
    >>> [(row.id, [finding.code for finding in findings]) for row, findings in rows]
    [('a', ['number-word'])]
    """
    from aligner.checks import parse_rows
    from aligner.files.output_places import check_places
    from aligner.workflows import checking
    from aligner.workflows.check_files import Reports
    from aligner.workflows.reading import text_of

    if write_baseline is not None and not reason.strip():
        raise UsageError("an accepted finding needs a reason", hint="give a reason")
    reports = Reports(None, _path(sarif), _path(mqm), _path(write_baseline), reason)
    check_places([reports.sarif, reports.mqm, reports.baseline], [file])
    asked = _asked(wanted, None, baseline, (source_lang, target_lang))
    rows = parse_rows(text_of(Path(file)), str(file))
    checked = list(checking.check_table(rows, source_lang, target_lang, asked))
    listed = [finding for _, findings in checked for finding in findings]
    reports.write_tables(listed, str(file), str(file))
    return checked


def compare(first: Report, second: Report) -> list[dict[str, Any]]:
    """Two translations of one source: for each segment in which they differ what only one of them changes.

    Raises UsageError where the sources differ.
    """
    from aligner.workflows import checking

    return checking.compare(first, second)


def label(
    alignment: Alignment | FileName,
    labels: FileName,
    taxonomy: str | FileName,
    *,
    output: FileName | None = None,
) -> Alignment:
    """The alignment with the labels of a table (TSV: source, target, label) on its beads.

    `taxonomy`: vinay-darbelnet, leuven-zwart, or a TOML file; `output`: an `.alignment.json` to write.
    Raises Malformed for a label that the taxonomy does not have, ReadError, ExportError.
    """
    from aligner.files.output_places import check_places, check_suffix
    from aligner.workflows.check_files import labelled

    path = None if output is None else Path(output)
    check_places([path], [labels])
    check_suffix(
        path, (".json",), "give the file that suffix; aligner convert writes other formats"
    )
    return labelled(_opened(alignment), str(taxonomy), Path(labels), path)


def _path(name: FileName | None) -> Path | None:
    return None if name is None else Path(name)


def _opened(
    alignment: Alignment | FileName, source_lang: str = "", target_lang: str = ""
) -> Alignment:
    from aligner.workflows.check_files import open_pair

    if not isinstance(alignment, Alignment):
        alignment = open_pair(Path(alignment))
    if not (source_lang or target_lang):
        return alignment
    return replace(
        alignment,
        source=alignment.source.with_lang(source_lang or alignment.source.lang),
        target=alignment.target.with_lang(target_lang or alignment.target.lang),
    )


def _asked(
    wanted: Wanted | None,
    glossary: FileName | None,
    baseline: FileName | None,
    langs: tuple[str, str],
) -> Wanted:
    """What is wanted, with what the files say; codes and severity are looked at."""
    from aligner.checks import SEVERITIES, known_codes
    from aligner.workflows import check_files
    from aligner.workflows.checking import Wanted

    asked = wanted or Wanted()
    if asked.minimum not in SEVERITIES:
        raise UsageError(
            f"there is no severity {asked.minimum!r}", hint=f"known: {', '.join(SEVERITIES)}"
        )
    known_codes(sorted(asked.only | asked.skip | asked.also))
    if glossary is not None:
        asked = replace(asked, terms=check_files.terms_in(Path(glossary), langs))
    if baseline is not None:
        asked = replace(asked, baseline=check_files.baseline_in(Path(baseline)))
    return asked
