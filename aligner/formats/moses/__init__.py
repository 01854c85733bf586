"""Moses text: one file a language, line n of one translating line n of the others."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.formats.base import Format, Losses, Writer
from aligner.model import Alignment, AlignmentSet, ReadOptions, Source

__all__ = ["MOSES", "read_moses"]


def read_moses(
    sources: Sequence[Source], options: ReadOptions, langs: Sequence[str] = ()
) -> Alignment | AlignmentSet:
    """The lines of all files side by side; see `read.read_texts`."""
    from aligner.formats.moses.read import read_texts

    return read_texts(sources, options, langs)


def _write() -> Writer:
    from aligner.formats.moses.write import write

    return write


def _left_out() -> Losses:
    from aligner.formats.moses.write import left_out

    return left_out


MOSES = Format(
    name="moses",
    title="plain parallel text, one file a language",
    suffixes=(".moses",),
    holds=frozenset(["texts", "languages", "nulls"]),
    write=_write,
    left_out=_left_out,
)
