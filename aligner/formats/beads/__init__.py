"""Beads as text, the notation of vecalign: `[0, 1]:[0]:0.973`."""

from __future__ import annotations

from aligner.formats.base import Format, Writer

__all__ = ["BEADS"]


def _write() -> Writer:
    from aligner.formats.beads.write import write

    return write


BEADS = Format(
    name="beads",
    title="numbers of segments, notation of vecalign",
    suffixes=(".beads",),
    holds=frozenset(["segments", "confidences", "nulls", "languages"]),
    write=_write,
)
