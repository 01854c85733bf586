"""What `aligner check` reads and writes besides: an alignment of any format, labels, terms, a baseline,
reports in the formats of others.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.checks import (
    Accepted,
    Finding,
    Translation,
    baseline_lines,
    findings_sarif,
    label_beads,
    mqm_lines,
    parse_baseline,
    parse_taxonomy,
    report_page,
    shipped,
)
from aligner.files import output
from aligner.formats.glossaries import Term, parse_glossary
from aligner.model import Alignment, AlignmentSet, Malformed, UsageError, program_version
from aligner.runtime.places import shown
from aligner.workflows import aligning
from aligner.workflows.alignment_files import open_alignment
from aligner.workflows.checking import Report
from aligner.workflows.reading import open_source, text_of

__all__ = ["Reports", "baseline_in", "labelled", "lacks_nulls", "open_pair", "terms_in"]


@dataclass(frozen=True, slots=True)
class Reports:
    """Files that findings are written to, None for those that are not wanted. `reason`: why the
    findings of a new baseline are accepted.
    """

    html: Path | None = None
    sarif: Path | None = None
    mqm: Path | None = None
    baseline: Path | None = None
    reason: str = ""

    def write_page(self, report: Report, other: Report | None = None) -> None:
        """The report to read; `other` is that of another translation, to compare with. Raises
        ExportError.
        """
        if self.html is not None:
            sides = [Translation(one.alignment, one.remaining) for one in (report, other) if one]
            against = (sides[0], sides[1]) if len(sides) > 1 else None
            page = report_page(
                report.alignment, report.findings, report.summary, against, report.judged_as
            )
            _write(self.html, page)

    def write_tables(self, findings: Sequence[Finding], source: str, target: str) -> None:
        """SARIF, MQM and the new baseline; `source` and `target` name the texts, of which absolute paths
        are told by their file names. Raises ExportError.
        """
        source, target = shown(source), shown(target)
        if self.sarif is not None:
            made = findings_sarif(findings, source, target, program_version())
            _write(self.sarif, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
        if self.mqm is not None:
            lines = mqm_lines(findings, Path(target).name, Path(source).name)
            _write(self.mqm, "\n".join(lines) + "\n")
        if self.baseline is not None:
            # an acceptance has a date; builds that must repeat set SOURCE_DATE_EPOCH
            clock = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
            date = time.strftime("%Y-%m-%d", time.gmtime(clock))
            _write(self.baseline, "\n".join(baseline_lines(findings, self.reason, date)) + "\n")


def _write(path: Path, text: str) -> None:
    with output(path) as out:
        out.write(text.encode("utf-8", "backslashreplace"))


def open_pair(path: Path, langs: tuple[str, str] = ("", "")) -> Alignment:
    """One alignment of two texts, whatever format it is in; languages overrule what it says.

    Raises UsageError for one of more texts or without texts, ReadError or Malformed.
    """
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


def lacks_nulls(path: Path, alignment: Alignment) -> bool:
    """Whether a file is of the kind that may have been written without segments that have no partner (a
    TMX), and holds none.
    """
    nulls = any(bead.is_null for bead in alignment.beads)
    return not nulls and path.name.lower().removesuffix(".gz").endswith(".tmx")


def terms_in(path: Path | None, langs: tuple[str, str]) -> tuple[Term, ...]:
    """The terms of a glossary; () for None. Raises ReadError or Malformed."""
    return (
        () if path is None else tuple(parse_glossary(open_source(str(path)).data, str(path), langs))
    )


def baseline_in(path: Path | None) -> dict[str, Accepted]:
    """Accepted findings by id; {} for None. Raises ReadError or Malformed."""
    return {} if path is None else parse_baseline(text_of(path), str(path))


def labelled(
    alignment: Alignment, taxonomy: str, labels: Path | None, output: Path | None
) -> Alignment:
    """The alignment with the labels of a table (source, target, label) on its beads, written to
    `output` where that is given. `taxonomy`: a TOML file or the name of a shipped one; "" changes
    nothing. Raises Malformed for a label that it does not have, ReadError, UsageError or ExportError.
    """
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
                    f"bead {number + 1} carries {label!r}, which {known.name} does not have",
                    hint=f"known: {', '.join(known.labels)}",
                )
    if output is not None:
        aligning.export(alignment, "json", output)
    return alignment
