"""Translation memories in TMX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats.base import AlignmentReader, Format, Losses, Writer
from aligner.text.readers import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from aligner.files import Sink
    from aligner.formats.options import WriteOptions
    from aligner.model import Alignment, Unit

__all__ = ["TMX", "check_flavour", "stream_tmx", "write_pool"]


def stream_tmx(path: Path, source_lang: str = "", target_lang: str = "") -> Iterator[Unit]:
    """The units of a file, in order and one at a time; see stream.py."""
    from aligner.formats.tmx import stream

    return stream.stream_tmx(path, source_lang, target_lang)


def write_pool(alignments: Iterable[Alignment], sink: Sink, options: WriteOptions) -> int:
    """Many alignments as one memory, one at a time; see write.py."""
    from aligner.formats.tmx import write

    return write.write_pool(alignments, sink, options)


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
