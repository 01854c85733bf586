"""What writers say of units that they leave out or have to change: the words for one and for many."""

from __future__ import annotations

from collections import Counter

from aligner.text.wording import Forms, numbered

__all__ = ["APART", "RENAMED", "Counts", "targets_alone"]

Counts = Counter[Forms]

APART: Forms = (
    "segment that is a unit of its own there: notes or labels are said of each alone",
    "segments that are units of their own there: notes or labels are said of each alone",
)
RENAMED: Forms = (
    "id of a unit that is another one there: it stands twice, or may not be an id",
    "ids of units that are another one there: they stand twice, or may not be ids",
)


def targets_alone(count: int) -> str:
    """That so many targets are left out, for they have no source."""
    return numbered(
        count,
        "target without a source (--nulls keep writes it)",
        "targets without a source (--nulls keep writes them)",
    )
