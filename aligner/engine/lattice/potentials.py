"""The arrays that travel from `features` to `decoding`: which beads there are, and their scores.

A cell (i, j) stands between source segments i-1 and i and target segments j-1 and j. A bead of a
source and b target segments that *ends* at (i, j) begins at (i - a, j - b). Its score stands in
`values[i - first_row, j - first_column, t]`, in nats, minus infinity where the bead leaves the
texts or the band. Rows come in blocks that share one window of columns; nothing is ever N x M.

Types t: 0 and 1 are the null bead 1-0, 2 and 3 the null bead 0-1, each once as the first of a run
(it opens the run) and once as a further one (it extends it); the others are the match beads
(a, b) with a, b >= 1 and a + b <= 8. In a run of nulls the source side comes first: without that
order one alignment would be counted many times and the confidences would lean to null runs.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "LARGEST",
    "MATCH_TYPES",
    "NULL_TYPES",
    "SOURCE_EXTEND",
    "SOURCE_OPEN",
    "TARGET_EXTEND",
    "TARGET_OPEN",
    "TYPES",
    "Potentials",
    "ScoreBlock",
    "bead_of",
]

LARGEST = 8  # most segments in a bead, both sides together
SOURCE_OPEN, SOURCE_EXTEND, TARGET_OPEN, TARGET_EXTEND = range(4)
NULL_TYPES = 4
MATCH_TYPES: tuple[tuple[int, int], ...] = tuple(
    (a, b) for a in range(1, LARGEST) for b in range(1, LARGEST + 1 - a)
)
TYPES = NULL_TYPES + len(MATCH_TYPES)


def bead_of(kind: int) -> tuple[int, int]:
    """Source and target segments of a bead of that type index."""
    if kind < TARGET_OPEN:
        return (1, 0)
    if kind < NULL_TYPES:
        return (0, 1)
    return MATCH_TYPES[kind - NULL_TYPES]


@dataclass(frozen=True, slots=True)
class ScoreBlock:
    """Rows first_row .. first_row + R - 1, columns first_column .. + B - 1: values [R, B, T]."""

    first_row: int
    first_column: int
    values_RBT: npt.NDArray[np.float32]

    @property
    def rows(self) -> int:
        """R."""
        return int(self.values_RBT.shape[0])

    @property
    def columns(self) -> int:
        """B, the width of the band here."""
        return int(self.values_RBT.shape[1])


@dataclass(frozen=True, slots=True)
class Potentials:
    """All blocks, top to bottom; together they hold rows 0 .. N, each once."""

    source_count: int
    target_count: int
    blocks: tuple[ScoreBlock, ...]

    def __iter__(self) -> Iterator[ScoreBlock]:
        return iter(self.blocks)

    def block_number(self, row: int) -> int:
        """Index of the block that holds a row, 0 <= row <= N."""
        starts = [block.first_row for block in self.blocks]
        return bisect.bisect_right(starts, row) - 1
