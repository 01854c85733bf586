"""Tables of one shape on both sides: their cells translate each other, place by place.

A cell holds a word or a figure. Of these vectors and lengths say little, and the trained weights,
which have seen running text, take runs of them for null runs; their place says nearly all. So a
1-1 bead of two cells at one place of matching tables gets `BONUS`. Tables match where they have as
many cells and these agree better place by place than shifted against each other, in their numbers
and in their vectors. No gold alignment has tables: the constants are set by hand.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features.evidence import Evidence

__all__ = ["BONUS", "NAME", "cells_in_step"]

Floats = npt.NDArray[np.float32]

BONUS = 10.0  # nats: as good as sure against two nulls
NAME = "one place in tables of one shape"
_FEWEST = 4  # cells that a table must have to be told from another
_SHIFTS = (-3, -2, -1, 1, 2, 3)
_BETTER = 0.1  # mean agreement in place above that of the best shift
_CONFLICTS = 0.25  # share of cells whose numbers may differ


@dataclass(frozen=True, slots=True)
class _Table:
    """Segments of each cell, the mean vector [C, D] and the numbers of each."""

    cells: list[range]
    mean_CD: Floats
    numbers: list[frozenset[int]]


def cells_in_step(
    source: Evidence, target: Evidence, source_ND: Floats, target_MD: Floats
) -> tuple[tuple[int, int], ...]:
    """Segments (i, j) at one place of matching tables, in order, increasing on both sides.

    `source_ND`, `target_MD`: vectors of single segments. Where the cells of a place hold different
    numbers of segments the place is left to the rest of the evidence.
    """
    pairs: list[tuple[int, int]] = []
    waiting = list(_tables(target, target_MD))
    for table in _tables(source, source_ND):
        for number, other in enumerate(waiting):
            if _matching(table, other):
                for ours, theirs in zip(table.cells, other.cells, strict=True):
                    if len(ours) == len(theirs):
                        pairs += zip(ours, theirs, strict=True)
                del waiting[: number + 1]
                break
    return tuple(pairs)


def _tables(evidence: Evidence, vectors: Floats) -> Iterator[_Table]:
    numbers: dict[int, set[int]] = {}
    segment, key, _ = evidence.items[0]
    for index, value in zip(segment.tolist(), key.tolist(), strict=True):
        numbers.setdefault(index, set()).add(value)
    for table in range(1, int(evidence.table_N.max(initial=0)) + 1):
        inside = np.flatnonzero(evidence.table_N == table)
        starts = inside[evidence.start_N[inside]]
        bounds = [*starts.tolist(), int(inside[-1]) + 1]
        cells = [range(a, b) for a, b in itertools.pairwise(bounds)]
        if len(cells) < _FEWEST:
            continue
        mean = np.stack([vectors[cell.start : cell.stop].mean(axis=0) for cell in cells])
        mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        in_cell = [frozenset().union(*(numbers.get(i, ()) for i in cell)) for cell in cells]
        yield _Table(cells, mean, in_cell)


def _matching(one: _Table, other: _Table) -> bool:
    count = len(one.cells)
    if count != len(other.cells):
        return False
    conflicts = sum(a != b for a, b in zip(one.numbers, other.numbers, strict=True))
    if conflicts > _CONFLICTS * count:
        return False
    shifted = max(_agreement(one, other, shift) for shift in _SHIFTS if abs(shift) < count - 1)
    return _agreement(one, other, 0) > shifted + _BETTER


def _agreement(one: _Table, other: _Table, shift: int) -> float:
    """Mean over the places that both have: 1 for the same numbers, 0 for others, else the cosine."""
    total, count = 0.0, 0
    for place in range(max(0, -shift), min(len(one.cells), len(one.cells) - shift)):
        a, b = one.numbers[place], other.numbers[place + shift]
        count += 1
        if a or b:
            total += float(a == b)
        else:
            total += max(0.0, float(one.mean_CD[place] @ other.mean_CD[place + shift]))
    return total / max(1, count)
