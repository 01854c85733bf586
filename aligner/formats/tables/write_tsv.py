r"""A table: header row, one row a unit, columns separated by tabs, UTF-8 without a mark.

    id  type  confidence  quality  source_ids  target_ids  source  target  speaker  kind  status  label
    comment  source_lengths  target_lengths

- ids are those of the TEI (`es.s1`), several separated by a space
- the quality is there where some unit has one
- labels are separated by `; `, a semicolon in one is `\;`; lengths (code points) part a text of several segments again
- for a set of documents `target2_ids`, `target2` and so on follow the first target
- one row is one line: in texts a tab is `\t`, line breaks `\n` and `\r`, a backslash `\\`
- a field with a double quote is quoted as in RFC 4180, since spreadsheets, R and pandas all take
  quotes so in tables with tabs
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from aligner.files import Sink
from aligner.formats.base import WORDS
from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.common.to_units import came_as_units, stream_of
from aligner.formats.lost import present
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, Document, Paragraph, Row, as_set, rows_of
from aligner.text.output import joined, lengths, three_decimals

__all__ = ["ESCAPES", "has_quality", "header", "losses", "paragraph_losses", "row", "write"]


_LAST = ("speaker", "kind", "status", "label", "comment")
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the table. Raises ExportError where the sink cannot be written."""
    if came_as_units(alignment):
        from aligner.formats.tables.write_units import write_tsv_units  # it writes with `row`

        write_tsv_units(stream_of(alignment), sink, options)
        return
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    with sink.open() as raw:
        out = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="")
        try:
            table = csv.writer(out, delimiter="\t", lineterminator="\n")
            rated = has_quality(alignments)
            table.writerow(header(len(documents), rated=rated))
            for number, unit in enumerate(rows_of(alignments), start=1):
                cells = row(number, unit, documents, names, rated=rated)
                table.writerow([cell.translate(ESCAPES) for cell in cells])
        finally:
            out.detach()


def losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """What a table does not hold though it has the columns: digits of confidences, and paragraphs."""
    digits = present(alignment).get("digits")
    if digits and not came_as_units(alignment):
        yield f"{WORDS['digits']} ({digits})"
    yield from paragraph_losses(alignment, options)


def paragraph_losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """What the other texts say of a paragraph, for there is one column for all."""
    del options
    alignments = as_set(alignment)
    documents = alignments.documents
    other = 0
    for unit in rows_of(alignments):
        shown = _paragraph(unit, documents)
        for document, side in zip(documents, unit.sides, strict=True):
            if side:
                paragraph = document.paragraphs[side[0].paragraph]
                other += (paragraph.kind, paragraph.speaker) != (shown.kind, shown.speaker)
    if other:
        yield f"kinds or speakers of texts that are not those of the first text of their row ({other})"


def has_quality(alignments: AlignmentSet) -> bool:
    """Whether some bead has a quality, so that there is a column for it."""
    return any(b.quality is not None for one in alignments.alignments for b in one.beads)


def header(texts: int, *, rated: bool) -> list[str]:
    """Names of the columns for so many texts; `rated`: with the quality."""
    sides = ["source", "target", *(f"target{n}" for n in range(2, texts))]
    return [
        "id",
        "type",
        "confidence",
        *(("quality",) if rated else ()),
        *(f"{s}_ids" for s in sides),
        *sides,
        *_LAST,
        *(f"{s}_lengths" for s in sides),
    ]


def row(
    number: int,
    unit: Row,
    documents: tuple[Document, ...],
    names: tuple[str, ...],
    *,
    rated: bool,
) -> list[str]:
    """The cells of a unit, texts as they are; `rated`: with its quality."""
    shares = (unit.confidence, unit.quality) if rated else (unit.confidence,)
    paragraph = _paragraph(unit, documents)
    cells = [str(number), unit.kind]
    cells += ["" if share is None else three_decimals(share) for share in shares]
    cells += [
        " ".join(segment_id(name, segment.index) for segment in side)
        for name, side in zip(names, unit.sides, strict=True)
    ]
    cells += [
        joined(document, side) if side else ""
        for document, side in zip(documents, unit.sides, strict=True)
    ]
    comment = " ".join(unit.comments)
    labels = "; ".join(label.replace(";", "\\;") for label in unit.labels)
    cells += [_speaker(unit, documents), paragraph.kind, unit.status, labels, comment]
    cells += [lengths(side) for side in unit.sides]
    return cells


def _speaker(unit: Row, documents: tuple[Document, ...]) -> str:
    """Who speaks, by the first language that says so."""
    spoken = (
        document.paragraphs[side[0].paragraph].speaker
        for document, side in zip(documents, unit.sides, strict=True)
        if side
    )
    return next(filter(None, spoken), "")


def _paragraph(unit: Row, documents: tuple[Document, ...]) -> Paragraph:
    """The paragraph where the unit starts, in the first language that has it."""
    return next(
        document.paragraphs[side[0].paragraph]
        for document, side in zip(documents, unit.sides, strict=True)
        if side
    )
