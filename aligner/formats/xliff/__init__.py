"""XLIFF 1.2 and 2.x."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, Losses, Writer
from aligner.text.readers import Reader

__all__ = ["XLIFF", "XLIFF2"]


def _xliff_read() -> Reader:
    from aligner.formats.xliff.read import read, read_text

    return Reader(read, read_text)


def _xliff_read_alignment() -> AlignmentReader:
    from aligner.formats.xliff.read import read_alignment

    return read_alignment


def _xliff_write() -> Writer:
    from aligner.formats.xliff.write import write

    return write


def _xliff_losses() -> Losses:
    from aligner.formats.xliff.write import losses

    return losses


def _xliff_left_out() -> Losses:
    from aligner.formats.xliff.write import left_out

    return left_out


def _xliff2_write() -> Writer:
    from aligner.formats.xliff.write2 import write

    return write


def _xliff2_losses() -> Losses:
    from aligner.formats.xliff.write import losses

    return losses


def _xliff2_left_out() -> Losses:
    from aligner.formats.xliff.write import left_out

    return left_out


XLIFF = Format(
    name="xliff",
    title="translation file, XLIFF 1.2",
    suffixes=(".xlf", ".xliff"),
    reads=(".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff"),
    roots=("xliff",),
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
            "kinds",
        ]
    ),
    inline=True,
    read=_xliff_read,
    read_alignment=_xliff_read_alignment,
    write=_xliff_write,
    losses=_xliff_losses,
    left_out=_xliff_left_out,
)


XLIFF2 = Format(
    name="xliff2",
    title="translation file, XLIFF 2.1",
    suffixes=(".xliff2",),
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
            "kinds",
        ]
    ),
    inline=True,
    write=_xliff2_write,
    losses=_xliff2_losses,
    left_out=_xliff2_left_out,
)
