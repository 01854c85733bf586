r"""A table: header row, one row a unit, columns separated by tabs, UTF-8 without a mark.

    id  type  confidence  source_ids  target_ids  source  target  speaker  kind

- ids are those of the TEI (`es.s1`), several separated by a space
- for a set of documents `target2_ids`, `target2` and so on follow the first target
- one row is one line: in texts a tab is `\t`, line breaks `\n` and `\r`, a backslash `\\`
- a field with a double quote is quoted as in RFC 4180, since spreadsheets, R and pandas all take
  quotes so in tables with tabs
"""

from __future__ import annotations

import csv
import io

from aligner.exporting.ids import prefixes, segment_id
from aligner.exporting.options import WriteOptions
from aligner.exporting.text import joined, three_decimals
from aligner.exporting.units import Unit, as_set, units
from aligner.files import Sink
from aligner.model import Alignment, AlignmentSet, Document, Paragraph

__all__ = ["write"]

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the table. Raises ExportError where the sink cannot be written."""
    del options
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    sides = ["source", "target", *(f"target{n}" for n in range(2, len(documents)))]
    with sink.open() as raw:
        out = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="")
        try:
            table = csv.writer(out, delimiter="\t", lineterminator="\n")
            ids = [f"{side}_ids" for side in sides]
            table.writerow(["id", "type", "confidence", *ids, *sides, "speaker", "kind"])
            for number, unit in enumerate(units(alignments), start=1):
                table.writerow(_row(number, unit, documents, names))
        finally:
            out.detach()


def _row(
    number: int, unit: Unit, documents: tuple[Document, ...], names: tuple[str, ...]
) -> list[str]:
    confidence = unit.confidence
    paragraph = _paragraph(unit, documents)
    cells = [str(number), unit.kind, "" if confidence is None else three_decimals(confidence)]
    cells += [
        " ".join(segment_id(name, segment.index) for segment in side)
        for name, side in zip(names, unit.sides, strict=True)
    ]
    cells += [
        joined(document, side) if side else ""
        for document, side in zip(documents, unit.sides, strict=True)
    ]
    cells += [paragraph.speaker or "", paragraph.kind]
    return [cell.translate(_ESCAPES) for cell in cells]


def _paragraph(unit: Unit, documents: tuple[Document, ...]) -> Paragraph:
    """The paragraph where the unit starts, in the first language that has it."""
    return next(
        document.paragraphs[side[0].paragraph]
        for document, side in zip(documents, unit.sides, strict=True)
        if side
    )
