"""The arrays that travel from `features` to `decoding`: which beads there are, and their scores.

A cell (i, j) stands between source segments i-1 and i and target segments j-1 and j. A bead of a
source and b target segments that *ends* at (i, j) begins at (i - a, j - b). Its score stands in
`values[i - first_row, j - first_column, t]`, in nats, minus infinity where the bead leaves the
texts or the band. Rows come in blocks that share one window of columns; nothing is ever N x M.

Ordinary texts have beads of a + b <= 8. Where the segments of one side are much longer than those of the
other (a verse or paragraph against sentences) the arrays hold LARGE_TYPES behind the ordinary ones:
the length of their last axis says which types there are.

Types t: 0 and 1 are the null bead 1-0, 2 and 3 the null bead 0-1, each once as the first of a run
(it opens the run) and once as a further one (it extends it); the others are the match beads
(a, b) with a, b >= 1 and a + b <= 8. In a run of nulls the source side comes first: without that
order one alignment would be counted many times and the confidences would lean to null runs.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "ALL_TYPES",
    "BEAD_SIZES",
    "LARGEST",
    "LARGE_TYPES",
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
    "kind_of",
    "match_types",
    "reach",
]

LARGEST = 8  # most segments in a bead, both sides together
SOURCE_OPEN, SOURCE_EXTEND, TARGET_OPEN, TARGET_EXTEND = range(4)
NULL_TYPES = 4
MATCH_TYPES: tuple[tuple[int, int], ...] = tuple(
    (a, b) for a in range(1, LARGEST) for b in range(1, LARGEST + 1 - a)
)
TYPES = NULL_TYPES + len(MATCH_TYPES)
_ONE_TO, _MANY_TO = 16, 12  # largest n of 1-n, largest a + b of n-m
LARGE_TYPES: tuple[tuple[int, int], ...] = (
    *((1, n) for n in range(LARGEST, _ONE_TO + 1)),
    *((n, 1) for n in range(LARGEST, _ONE_TO + 1)),
    *((a, whole - a) for whole in range(LARGEST + 1, _MANY_TO + 1) for a in range(2, whole - 1)),
)
# beads may be large where one side has so many times the segments and the mean segment of the other
# is so many times as long
_FINER, _LONGER = 2.5, 1.6
_ALL = MATCH_TYPES + LARGE_TYPES
ALL_TYPES = NULL_TYPES + len(_ALL)
_KINDS = {size: NULL_TYPES + place for place, size in enumerate(_ALL)}


def bead_of(kind: int) -> tuple[int, int]:
    """Source and target segments of a bead of that type index."""
    if kind < TARGET_OPEN:
        return (1, 0)
    if kind < NULL_TYPES:
        return (0, 1)
    return _ALL[kind - NULL_TYPES]


BEAD_SIZES = np.array([bead_of(kind) for kind in range(ALL_TYPES)])  # [T, 2]: `bead_of` of each


def types_for(counts: tuple[int, int], lengths: tuple[float, float]) -> int:
    """How many types of beads two texts of so many segments and such whole lengths (both in one
    unit) need: large ones too where the segments of one side are many fewer and longer. Fewer
    alone will not do: of that text a part may be translated only.
    """
    few, many = sorted((0, 1), key=lambda side: counts[side])
    finer = counts[many] >= _FINER * counts[few]
    longer = lengths[few] * counts[many] >= _LONGER * lengths[many] * counts[few]
    return ALL_TYPES if finer and longer else TYPES


def kind_of(size: tuple[int, int], types: int) -> int | None:
    """The type index of a match bead, None where arrays of so many types have none."""
    kind = _KINDS.get(size)
    return kind if kind is not None and kind < types else None


def match_types(types: int) -> tuple[tuple[int, int], ...]:
    """The sizes of the match beads of arrays of so many types, null types counted too."""
    return _ALL[: types - NULL_TYPES]


def reach(sizes: Sequence[tuple[int, int]]) -> int:
    """The most segments that a bead of these sizes holds of one side."""
    return max(max(size) for size in sizes)


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

    @property
    def types(self) -> int:
        """T, null types counted."""
        return int(self.blocks[0].values_RBT.shape[2])

    def __iter__(self) -> Iterator[ScoreBlock]:
        return iter(self.blocks)

    def block_number(self, row: int) -> int:
        """Index of the block that holds a row, 0 <= row <= N."""
        starts = [block.first_row for block in self.blocks]
        return bisect.bisect_right(starts, row) - 1
