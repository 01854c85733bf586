"""Moses text: one file a language, line n of one translating line n of the others."""

from __future__ import annotations

from aligner.formats.base import Format, Losses, Writer

__all__ = ["MOSES"]


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
