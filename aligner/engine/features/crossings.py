"""Crossings: passages that translate each other against the order of the beads.

A monotone path cannot hold two swapped sentences: one of them is aligned, the other comes out
null on both sides. So crossings are looked for among the null segments alone: pairs that are each
other's best match there, whose similarity is clearly above the background and above all that the
path offered. Neighbouring pairs become one crossing. The beads themselves are not touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features.beads import Blocks
from aligner.engine.features.similarity import Levels

__all__ = ["CrossedRanges", "find_crossings"]

Floats = npt.NDArray[np.float32]

_MARGIN = 0.28  # unrelated segments of unrelated texts do not reach .2
_ROWS = 512  # null segments compared at a time: memory stays bounded
# confidence = 1 / (1 + exp(-slope * (margin - middle))), set on the constructed swaps of training
_SLOPE, _MIDDLE = 14.0, 0.25


@dataclass(frozen=True, slots=True)
class CrossedRanges:
    """Ranges that translate each other, and how sure that is (0-1)."""

    source: range
    target: range
    confidence: float


def find_crossings(
    blocks: Blocks, ranges: Sequence[tuple[range, range]]
) -> tuple[CrossedRanges, ...]:
    """Crossings of a path (its beads as ranges), in source order.

    Each null segment is in at most one of them. Time is the product of the two sides' nulls.
    """
    null_s = np.array([i for source, target in ranges if not target for i in source], np.int64)
    null_t = np.array([j for source, target in ranges if not source for j in target], np.int64)
    if not len(null_s) or not len(null_t):
        return ()
    left, right = blocks.sides[0].single_ND[null_s], blocks.sides[1].single_ND[null_t]
    level_s = Levels(blocks.sides[1]).of(left)
    level_t = Levels(blocks.sides[0]).of(right)
    best_s, margin_s = _best(left, right, level_s, level_t)
    best_t, _ = _best(right, left, level_t, level_s)
    rows = np.arange(len(null_s))
    mutual = (best_t[best_s] == rows) & (margin_s >= _MARGIN)
    pairs = [
        (int(null_s[row]), int(null_t[best_s[row]]), float(margin_s[row]))
        for row in np.flatnonzero(mutual).tolist()
    ]
    return _gathered(pairs, _positions(ranges))


def _best(
    rows: Floats, columns: Floats, of_row: Floats, of_column: Floats
) -> tuple[npt.NDArray[np.int64], Floats]:
    best = np.empty(len(rows), np.int64)
    margin = np.empty(len(rows), np.float32)
    for first in range(0, len(rows), _ROWS):
        part = slice(first, first + _ROWS)
        values = rows[part] @ columns.T - (of_row[part, None] + of_column[None]) / 2
        best[part] = values.argmax(axis=1)
        margin[part] = values.max(axis=1)
    return best, margin


def _positions(ranges: Sequence[tuple[range, range]]) -> dict[tuple[str, int], int]:
    """Run number of each null segment: two nulls of one run do not cross, they face each other."""
    out: dict[tuple[str, int], int] = {}
    run, inside = 0, False
    for source, target in ranges:
        if source and target:
            run, inside = run + inside, False
            continue
        inside = True
        out.update({("s", i): run for i in source})
        out.update({("t", j): run for j in target})
    return out


def _gathered(
    pairs: Sequence[tuple[int, int, float]], run: dict[tuple[str, int], int]
) -> tuple[CrossedRanges, ...]:
    out: list[list[tuple[int, int, float]]] = []
    for pair in pairs:
        i, j, _ = pair
        if run["s", i] == run["t", j]:
            continue  # nothing lies between them: not a crossing
        if out and out[-1][-1][0] == i - 1 and out[-1][-1][1] == j - 1:
            out[-1].append(pair)
        else:
            out.append([pair])
    return tuple(
        CrossedRanges(
            range(group[0][0], group[-1][0] + 1),
            range(group[0][1], group[-1][1] + 1),
            _confidence(sum(margin for _, _, margin in group) / len(group)),
        )
        for group in out
    )


def _confidence(margin: float) -> float:
    return float(1 / (1 + np.exp(-_SLOPE * (margin - _MIDDLE))))
