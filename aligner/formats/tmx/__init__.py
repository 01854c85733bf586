"""Translation memories in TMX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats.base import AlignmentReader, Format, Losses, UnitReader, UnitWriter, Writer
from aligner.text.readers import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner.files import Sink
    from aligner.formats.options import WriteOptions
    from aligner.model import Alignment, AlignmentSet, Unit, UnitStream

__all__ = ["TMX", "check_flavour", "tagged_segments", "write_pool", "write_tagged", "write_units"]


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Units as they come; see write.py."""
    from aligner.formats.tmx import write

    return write.write_units(stream, sink, options)


def write_pool(alignments: Iterable[Alignment], sink: Sink, options: WriteOptions) -> int:
    """Many alignments as one memory, one at a time; see write.py."""
    from aligner.formats.tmx import write

    return write.write_pool(alignments, sink, options)


def write_tagged(
    alignment: Alignment | AlignmentSet, units: Iterable[Unit], sink: Sink, options: WriteOptions
) -> None:
    """An alignment by its units with OmegaT's tags; see write.py."""
    from aligner.formats.tmx import write

    write.write(alignment, sink, options, units)


def tagged_segments(alignment: Alignment | AlignmentSet) -> int:
    """Source segments in which OmegaT puts tags of its own; see tags.py."""
    from aligner.formats.tmx import tags

    return tags.tagged_segments(alignment)


def check_flavour(name: str) -> None:
    """Raise UsageError for a dialect of TMX that nobody knows; "" is none."""
    from aligner.formats.tmx.flavours import flavour

    flavour(name)


def _read() -> Reader:
    from aligner.formats.tmx.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.tmx.read import read_alignment

    return read_alignment


def _stream() -> UnitReader:
    from aligner.formats.tmx.stream import stream

    return stream


def _write_units() -> UnitWriter:
    return write_units


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
            "qualities",
            "status",
            "comments",
            "labels",
            "signature",
            # of units, whatever format they come from
            "codes",
            "ids",
            "context",
            "neighbours",
            "properties",
            "notes",
        ]
    ),
    inline=True,
    form="tmx",
    read=_read,
    read_alignment=_read_alignment,
    stream=_stream,
    write=_write,
    write_units=_write_units,
    left_out=_left_out,
)
