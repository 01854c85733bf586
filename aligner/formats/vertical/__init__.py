"""Vertical text for Sketch Engine and NoSketch Engine, with a map of the alignment."""

from __future__ import annotations

from aligner.formats.base import Format, Writer

__all__ = ["VERTICAL"]


def _write() -> Writer:
    from aligner.formats.vertical.write import write

    return write


VERTICAL = Format(
    name="vertical",
    title="vertical text for Sketch Engine",
    suffixes=(".vert",),
    holds=frozenset(["texts", "segments", "languages", "nulls", "kinds", "speakers", "metadata"]),
    write=_write,
)
