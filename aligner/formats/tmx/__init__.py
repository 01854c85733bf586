"""Translation memories in TMX."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, Losses, Writer
from aligner.text.readers import Reader

__all__ = ["TMX"]


def _read() -> Reader:
    from aligner.formats.tmx.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.tmx.read import read_alignment

    return read_alignment


def _write() -> Writer:
    from aligner.formats.tmx.write import write

    return write


def _left_out() -> Losses:
    from aligner.formats.tmx.write import left_out

    return left_out


TMX = Format(
    name="tmx",
    title="translation memory, TMX 1.4b",
    suffixes=(".tmx", ".tmx.gz"),
    reads=(".tmx",),
    roots=("tmx",),
    holds=frozenset(
        [
            "texts",
            "segments",
            "languages",
            "nulls",
            "confidences",
            "status",
            "comments",
            "labels",
            "signature",
        ]
    ),
    inline=True,
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
    left_out=_left_out,
)
