"""Coarse to fine: a first path through the similarities of single segments, and a band around it.

The path is the best monotone chain of 1-1 cells, each worth the square of its margin (a longest
common subsequence with weights; one vector operation a row). Up to `_DIRECT` segments a side the
chain is found over all cells; longer texts are cut into `_DIRECT` runs a side, their chain is
found first, and single segments are looked at inside a band around it only. So no array grows
with N x M.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Band", "Chain", "band_around", "chain", "keep_through", "margin_levels"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_DIRECT = 1500  # runs a side whose chain is found over all cells
_SAMPLE = 200  # segments of the other side that estimate a segment's background similarity
_SPREADS = 2.0  # standard deviations above the mean that count as background
_MARGIN = 15  # columns to each side of the path
_ROWS = 3  # rows before and after whose path a row's band covers
_GAP_SHARE = 0.25  # of a gap without anchors that is added to the margin
_GAP_LARGEST = 160
_SURE = 0.16  # margin of an anchor that unrelated texts do not reach
_CORNER = 300  # largest gap whose null corner the band holds


@dataclass(frozen=True, slots=True)
class Chain:
    """Anchors in order: `source_K`, `target_K` segment indexes and their `margin_K`."""

    source_K: Ints
    target_K: Ints
    margin_K: Floats


@dataclass(frozen=True, slots=True)
class Band:
    """Columns low_N1[i] <= j < high_N1[i] of the cells of row i, 0 <= i <= N (cells, not segments)."""

    low_N1: Ints
    high_N1: Ints


def margin_levels(
    vectors_ND: Floats, other_MD: Floats, background_KD: Floats | None = None
) -> Floats:
    """Background similarity of each row: mean + 2 standard deviations over a fixed sample.

    What Artetxe & Schwenk 2019 call the neighbourhood, estimated from `_SAMPLE` evenly spaced
    segments of the other side, and from the vectors that stand in for those of a short text.
    """
    count = len(other_MD)
    sample = other_MD[np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64)]
    if background_KD is not None:
        sample = np.concatenate((sample, background_KD))
    similarity = vectors_ND @ sample.T
    return np.asarray(similarity.mean(axis=1) + _SPREADS * similarity.std(axis=1), dtype=np.float32)


def chain(
    source_ND: Floats,
    target_MD: Floats,
    background: tuple[Floats | None, Floats | None] = (None, None),
) -> Chain:
    """The best monotone chain of 1-1 cells between two texts' single-segment vectors; `background`
    stands in for the segments that a short side does not have (`SideVectors`).
    """
    n, m = len(source_ND), len(target_MD)
    level_s = margin_levels(source_ND, target_MD, background[1])
    level_t = margin_levels(target_MD, source_ND, background[0])
    if max(n, m) <= _DIRECT:
        low, high = np.zeros(n, np.int64), np.full(n, m)
    else:
        runs_s, runs_t = _runs(source_ND), _runs(target_MD)
        rough = chain(runs_s[0], runs_t[0])
        low, high = _spread(rough, runs_s[1], runs_t[1])
    return _banded_chain(source_ND, target_MD, level_s, level_t, low, high)


def _runs(vectors_ND: Floats) -> tuple[Floats, Ints]:
    """Mean vectors of `_DIRECT` runs of neighbours, and the runs' bounds."""
    bounds = np.unique(np.linspace(0, len(vectors_ND), _DIRECT + 1).astype(np.int64))
    sums = np.add.reduceat(vectors_ND, bounds[:-1], axis=0)
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return sums / np.maximum(norms, 1e-9), bounds


def _spread(rough: Chain, bounds_s: Ints, bounds_t: Ints) -> tuple[Ints, Ints]:
    """Columns to look at for each source segment, around the chain of runs."""
    band = band_around(rough, len(bounds_s) - 1, len(bounds_t) - 1)
    run = np.repeat(np.arange(len(bounds_s) - 1), np.diff(bounds_s))
    low = bounds_t[np.clip(band.low_N1[run], 0, len(bounds_t) - 1)]
    high = bounds_t[np.clip(band.high_N1[run], 0, len(bounds_t) - 1)]
    return low, np.maximum(high, low + 1)


def _banded_chain(
    source_ND: Floats, target_MD: Floats, level_s: Floats, level_t: Floats, low: Ints, high: Ints
) -> Chain:
    rows: list[tuple[int, Floats, Floats]] = []  # first column, values, gains
    step = 64
    previous, previous_low = np.zeros(1, np.float32), 0
    for first in range(0, len(source_ND), step):
        stop = min(first + step, len(source_ND))
        left, right = int(low[first:stop].min()), int(high[first:stop].max())
        similarity = source_ND[first:stop] @ target_MD[left:right].T
        margin = similarity - (level_s[first:stop, None] + level_t[None, left:right]) / 2
        gain = np.square(np.maximum(margin, 0.0))
        # values[k]: best chain that ends before column left + k; one more than columns
        before = np.interp(
            np.arange(left, right + 1),
            np.arange(previous_low, previous_low + len(previous)),
            previous,
        ).astype(np.float32)
        for row in range(stop - first):
            here = np.maximum(before[1:], before[:-1] + gain[row])
            here = np.maximum.accumulate(np.concatenate((before[:1], here)))
            rows.append((left, here, gain[row]))
            before = here
        previous, previous_low = before, left
    return _trace(rows)


def _trace(rows: list[tuple[int, Floats, Floats]]) -> Chain:
    source, target, margin = [], [], []
    column = rows[-1][0] + len(rows[-1][1]) - 1
    for index in range(len(rows) - 1, -1, -1):
        left, values, gain = rows[index]
        place = min(max(column - left, 0), len(values) - 1)
        place = int(np.searchsorted(values, values[place]))  # first column of that value
        above_left, above = (rows[index - 1][0], rows[index - 1][1]) if index else (left, None)
        if above is None:
            reached = np.float32(0)
        else:
            reached = above[min(max(left + place - above_left, 0), len(above) - 1)]
        if place > 0 and gain[place - 1] > 0 and values[place] > reached:
            source.append(index)
            target.append(left + place - 1)
            margin.append(float(np.sqrt(gain[place - 1])))
            column = left + place - 1
        else:
            column = left + place
    return Chain(
        np.array(source[::-1], np.int64),
        np.array(target[::-1], np.int64),
        np.array(margin[::-1], np.float32),
    )


def keep_through(path: Chain, through: Sequence[tuple[int, int]]) -> Chain:
    """The chain without the anchors that no path through the given cells can hold."""
    keep = np.ones(len(path.source_K), bool)
    for row, column in through:
        keep &= (path.source_K < row) == (path.target_K < column)
    return Chain(path.source_K[keep], path.target_K[keep], path.margin_K[keep])


def band_around(
    path: Chain, n: int, m: int, through: Sequence[tuple[int, int]] = (), margin: int = _MARGIN
) -> Band:
    """The band of cells around a chain: wider where the chain has gaps, closed at both ends.

    It holds the cells `through` (row, column), which every path must pass.
    """
    fixed = np.array(sorted(through), np.int64).reshape(-1, 2)
    rows = np.concatenate(([0], path.source_K, path.source_K + 1, fixed[:, 0], [n]))
    columns = np.concatenate(([0], path.target_K, path.target_K + 1, fixed[:, 1], [m]))
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], np.maximum.accumulate(columns[order])
    cell = np.arange(n + 1)
    centre_low = np.interp(cell, *_edge(rows, columns, first=True))
    centre_high = np.interp(cell, *_edge(rows, columns, first=False))
    after = np.searchsorted(rows, cell, side="left")
    before = np.searchsorted(rows, cell, side="right") - 1
    after, before = np.minimum(after, len(rows) - 1), np.maximum(before, 0)
    gap = np.maximum(rows[after] - rows[before], columns[after] - columns[before])
    wide = margin + _GAP_SHARE * np.minimum(gap, _GAP_LARGEST)
    low, high = centre_low - wide, centre_high + wide
    padded_low = np.pad(low, _ROWS, mode="edge")
    padded_high = np.pad(high, _ROWS, mode="edge")
    windows = range(2 * _ROWS + 1)
    low = np.min([padded_low[k : k + n + 1] for k in windows], axis=0)
    high = np.max([padded_high[k : k + n + 1] for k in windows], axis=0)
    low = np.minimum(low, _run_columns(path, n, m, fixed))
    low_cells = np.clip(np.floor(low).astype(np.int64), 0, m)
    high_cells = np.clip(np.ceil(high).astype(np.int64) + 1, 1, m + 1)
    low_cells[0] = 0
    high_cells[-1] = m + 1
    return Band(np.minimum.accumulate(low_cells[::-1])[::-1], np.maximum.accumulate(high_cells))


def _run_columns(path: Chain, n: int, m: int, fixed: Ints) -> Ints:
    """Column at which a run of source nulls would descend at each row.

    A long run of nulls passes its source side first, straight down from the last sure anchor, and
    only then its target side: the band must hold that corner, or two unrelated passages could not
    come out as nulls. Gaps larger than `_CORNER` are left to the diagonal.
    """
    sure = path.margin_K >= _SURE
    rows = np.concatenate(([0], path.source_K[sure] + 1, fixed[:, 0], [n + 1]))
    columns = np.concatenate(([0], path.target_K[sure] + 1, fixed[:, 1], [m + 1]))
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], columns[order]
    out = np.full(n + 1, m)
    small = np.maximum(np.diff(rows), np.diff(columns)) <= _CORNER
    for first, stop, column in zip(
        rows[:-1][small], rows[1:][small], columns[:-1][small], strict=True
    ):
        out[first : stop + 1] = np.minimum(out[first : stop + 1], column)
    return out


def _edge(rows: Ints, columns: Ints, *, first: bool) -> tuple[Ints, Ints]:
    """One column a row: the lowest or the highest that the path has there."""
    keep = np.ones(len(rows), bool)
    if first:
        keep[1:] = rows[1:] != rows[:-1]
    else:
        keep[:-1] = rows[1:] != rows[:-1]
    return rows[keep], columns[keep]
