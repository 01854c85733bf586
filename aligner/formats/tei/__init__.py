"""TEI P5: editions with stand-off links, read, written and validated."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, Losses, Writer
from aligner.text.readers import Reader

__all__ = ["TEI"]


def _read() -> Reader:
    from aligner.formats.tei.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.tei.read_alignment import read_alignment

    return read_alignment


def _write() -> Writer:
    from aligner.formats.tei.write import write

    return write


def _losses() -> Losses:
    from aligner.formats.tei.write import losses

    return losses


TEI = Format(
    name="tei",
    title="edition, TEI P5 with stand-off links",
    suffixes=(".tei.xml",),
    reads=(".tei", ".teip5"),
    roots=("TEI", "teiCorpus", "TEI.2"),
    holds=frozenset(
        [
            "texts",
            "segments",
            "languages",
            "nulls",
            "confidences",
            "status",
            "labels",
            "crossings",
            "signature",
            "paragraphs",
            "kinds",
            "speakers",
            "formatting",
            "metadata",
            "words",
        ]
    ),
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
    losses=_losses,
)
