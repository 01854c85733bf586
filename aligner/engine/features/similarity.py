"""Similarities of all overlaps of a block against all overlaps of its window.

A `Cube` covers the bead starts first_row .. first_row + H - 1 and first_column .. + W - 1.
`raw[a][b]` is the cosine [H, W] of the run of a source segments and the run of b target segments
that begin there; `MISSING` where one of them leaves its text. `level[a][b]` is the background:
the mean of both runs' margin levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features.vectors import SideVectors
from aligner.engine.lattice import reach

__all__ = ["MISSING", "Cube", "Levels", "cube"]

Floats = npt.NDArray[np.float32]

MISSING = np.float32(-2.0)
_SAMPLE = 200
_SPREADS = np.float32(2.0)


class Levels:
    """Background similarity of one side's overlaps: mean + 2 standard deviations over a sample."""

    def __init__(self, other: SideVectors) -> None:
        count = other.count
        pick = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64)
        sample = np.concatenate((other.single_ND[pick], other.background_KD))
        self._sample = sample.T.copy()

    def of(self, vectors: Floats) -> Floats:
        """[n, D] -> [n]."""
        similarity = vectors @ self._sample
        return np.asarray(similarity.mean(axis=1) + _SPREADS * similarity.std(axis=1))


@dataclass(frozen=True, slots=True)
class Cube:
    """See the module."""

    first_row: int
    first_column: int
    raw: dict[tuple[int, int], Floats]
    level: dict[tuple[int, int], Floats]
    present: dict[tuple[int, int], npt.NDArray[np.bool_]]

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W)."""
        rows, columns = self.raw[1, 1].shape
        return int(rows), int(columns)


def cube(
    source: SideVectors,
    target: SideVectors,
    levels: tuple[Levels, Levels],
    rows: tuple[int, int],
    columns: tuple[int, int],
    sizes: Sequence[tuple[int, int]],
) -> Cube:
    """All similarities of bead starts in rows[0]..rows[1]-1, columns[0]..columns[1]-1, of beads of
    these sizes.
    """
    widths = range(1, reach(sizes) + 1)
    beside = {a: [b for b in widths if (a, b) in set(sizes)] for a in widths}
    at_s = {w: source.rows(w, *rows) for w in widths}
    at_t = {w: target.rows(w, *columns) for w in widths}
    level_s = {w: levels[0].of(at_s[w]) for w in widths}
    level_t = {w: levels[1].of(at_t[w]) for w in widths}
    begin_s, begin_t = np.arange(*rows), np.arange(*columns)
    # one product of all widths, cut into the types: fewer and larger calls
    raw: dict[tuple[int, int], Floats] = {}
    level: dict[tuple[int, int], Floats] = {}
    present: dict[tuple[int, int], npt.NDArray[np.bool_]] = {}
    for a in widths:
        stacked = np.concatenate([at_t[b] for b in beside[a]])
        product = (at_s[a] @ stacked.T).reshape(len(begin_s), -1, len(begin_t))
        inside_s = (begin_s >= 0) & (begin_s + a <= source.count)
        for place, b in enumerate(beside[a]):
            inside = inside_s[:, None] & ((begin_t >= 0) & (begin_t + b <= target.count))
            raw[a, b] = np.where(inside, product[:, place], MISSING)
            level[a, b] = (level_s[a][:, None] + level_t[b]) / np.float32(2)
            present[a, b] = inside
    assert len(raw) == len(sizes)
    return Cube(rows[0], columns[0], raw, level, present)
