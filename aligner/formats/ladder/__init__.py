"""hunalign's ladder: where each bead starts."""

from __future__ import annotations

from aligner.formats.base import Format, Writer

__all__ = ["LADDER"]


def _write() -> Writer:
    from aligner.formats.ladder.write import write

    return write


LADDER = Format(
    name="ladder",
    title="ladder of hunalign",
    suffixes=(".ladder",),
    holds=frozenset(["segments", "confidences", "nulls", "languages"]),
    write=_write,
)
