"""XLIFF 1.2 and 2.x."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, Losses, UnitReader, UnitWriter, Writer
from aligner.formats.common.filling import Filled, Finder
from aligner.model import Source
from aligner.text.readers import Reader

__all__ = ["XLIFF", "XLIFF2", "fill_xliff"]


def fill_xliff(source: Source, finder: Finder) -> tuple[bytes, Filled]:
    """An XLIFF with what a memory knows, and what was filled. Raises as its reader does."""
    from aligner.formats.xliff.fill import fill

    return fill(source, finder)


def _xliff_read() -> Reader:
    from aligner.formats.xliff.read import read, read_text

    return Reader(read, read_text)


def _xliff_read_alignment() -> AlignmentReader:
    from aligner.formats.xliff.read import read_alignment

    return read_alignment


def _xliff_write() -> Writer:
    from aligner.formats.xliff.write import write

    return write


def _losses() -> Losses:
    from aligner.formats.xliff.write import losses

    return losses


def _left_out() -> Losses:
    from aligner.formats.xliff.write import left_out

    return left_out


def _stream() -> UnitReader:
    from aligner.formats.xliff.stream import stream

    return stream


def _xliff_write_units() -> UnitWriter:
    from aligner.formats.xliff.write_units import write_units

    return write_units


def _xliff2_write_units() -> UnitWriter:
    from aligner.formats.xliff.write_units2 import write_units

    return write_units


def _xliff2_write() -> Writer:
    from aligner.formats.xliff.write2 import write

    return write


XLIFF = Format(
    name="xliff",
    title="translation file, XLIFF 1.2",
    suffixes=(".xlf", ".xliff"),
    reads=(".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff", ".txlf", ".poxliff"),
    roots=("xliff",),
    holds=frozenset(
        [
            "texts",
            "segments",
            "languages",
            *("nulls", "confidences", "qualities", "status"),
            "comments",
            "labels",
            "kinds",
            "codes",
            "ids",
            "context",
            "notes",
        ]
    ),
    inline=True,
    form="xliff",
    read=_xliff_read,
    read_alignment=_xliff_read_alignment,
    write=_xliff_write,
    stream=_stream,
    write_units=_xliff_write_units,
    losses=_losses,
    left_out=_left_out,
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
            *("nulls", "confidences", "qualities", "status"),
            "comments",
            "labels",
            "kinds",
            "codes",
            "ids",
            "context",
            "notes",
        ]
    ),
    inline=True,
    form="xliff2",
    write=_xliff2_write,
    write_units=_xliff2_write_units,
    losses=_losses,
    left_out=_left_out,
)
