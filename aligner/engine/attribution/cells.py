"""Tokens -> cells: how much of each segment's weight finds its partner in which segment.

For a token t of source segment i and each segment j of the window of i

    m_j = largest cosine of t to a token of j,   e_j = exp((m_j - MIDDLE) / SPREAD),
    p_j = e_j / (1 + e_1 + e_2 + ...)            the 1 is the chance that t has no partner

    A[i, j] = sum over the tokens of i of  weight x p_j        (`ours`)
    B[i, j] = the same for the tokens of target segment j      (`theirs`)
    L[i, j] = sum over the pairs of tokens that are each other's nearest of all that they see
              of  sqrt(weight x weight') x cosine              (`links`)

Windows never move back, so the texts are read once, in blocks of rows: memory grows with the cells,
never with tokens x tokens. What comes out does not depend on the number of threads.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aligner.runtime.threads import on_threads

__all__ = [
    "Cells",
    "Tokens",
    "Windows",
    "attribute",
    "chance_alone",
    "shares",
    "without_partner",
]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

MIDDLE, SPREAD = np.float32(0.25), np.float32(0.07)
_UNSEEN = np.float32(-2)  # cosine of tokens outside each other's windows
_ROWS = 8  # source segments whose tokens are compared together
_GROUP = 8  # blocks whose tokens are read together


class Tokens(Protocol):
    """What attribution needs of a side (see `embedding.SegmentTokens`)."""

    @property
    def bounds(self) -> Ints:
        """[N + 1]."""
        ...

    @property
    def weight_T(self) -> Floats:
        """[T]."""
        ...

    def vectors(self, start: int, stop: int) -> Floats:
        """Unit vectors [tokens, D]."""
        ...


@dataclass(frozen=True, slots=True)
class Windows:
    """Source segment i looks at the target segments low_N[i] .. high_N[i] - 1; neither moves back."""

    low_N: Ints
    high_N: Ints

    @classmethod
    def around(cls, low_N: Ints, high_N: Ints, count: int) -> Windows:
        """The least windows that hold these ranges, never move back, and are not empty.

        `count` is the number of target segments.
        """
        low = np.minimum.accumulate(np.clip(low_N, 0, count - 1)[::-1])[::-1]
        high = np.maximum.accumulate(np.clip(high_N, 1, count))
        return cls(low, np.maximum(high, low + 1))


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of row i at offset_N1[i] .. offset_N1[i + 1] - 1, columns from windows.low_N[i] on.

    `ours_C`, `theirs_C`, `links_C` as in the module; `source_N`, `target_M` the whole weight of each
    segment.
    """

    windows: Windows
    offset_N1: Ints
    ours_C: Floats
    theirs_C: Floats
    links_C: Floats
    source_N: Floats
    target_M: Floats

    def row(self, i: int) -> slice:
        """Where the cells of a source segment stand."""
        return slice(int(self.offset_N1[i]), int(self.offset_N1[i + 1]))


def attribute(source: Tokens, target: Tokens, windows: Windows) -> Cells:
    """The cells of two texts inside windows; see the module."""
    width = windows.high_N - windows.low_N
    offset = np.concatenate(([0], np.cumsum(width)))
    cells = Cells(
        windows,
        offset,
        np.zeros(int(offset[-1]), np.float32),
        np.zeros(int(offset[-1]), np.float32),
        np.zeros(int(offset[-1]), np.float32),
        _segment_sums(source),
        _segment_sums(target),
    )
    reader = _Reader((source, target), cells)
    for block in _blocks(source, target, windows):
        reader.see(block)
    reader.close()
    return cells


def without_partner(tokens_TD: Floats, other_UD: Floats) -> Floats:
    """[T] the chance (0-1) that a token has no partner in a text, 1 where that has no tokens: the
    1 / (1 + e) of the module for a window that is one text. Rows are unit vectors.
    """
    if not len(other_UD):
        return np.ones(len(tokens_TD), np.float32)
    return chance_alone((tokens_TD @ other_UD.T).max(axis=1))


def chance_alone(nearest_T: Floats) -> Floats:
    """[T] the same chance from the cosines of the nearest tokens there."""
    return np.asarray(1 / (1 + _strength(nearest_T)), np.float32)


def shares(cosine_TU: Floats) -> Floats:
    """[T, U] the chance (0-1) that the partner of each row is each column: the p of the module, every
    column being a segment of one token.
    """
    strength = _strength(cosine_TU)
    return np.asarray(strength / (1 + strength.sum(axis=1, keepdims=True)), np.float32)


def _segment_sums(tokens: Tokens) -> Floats:
    running = np.concatenate(([0.0], np.cumsum(tokens.weight_T, dtype=np.float64)))
    return np.diff(running[tokens.bounds]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Block:
    """What the tokens of some rows and those of their columns see in each other.

    `ours_RC` the block's A. For each source token its nearest target token, for each target token
    its nearest source token among these rows, both counted from the start of their texts;
    `toward_RT` e of each row, for each target token.
    """

    rows: range
    columns: range
    ours_RC: Floats
    nearest_S: Ints
    cosine_S: Floats
    nearest_T: Ints
    cosine_T: Floats
    toward_RT: Floats


def _blocks(source: Tokens, target: Tokens, windows: Windows) -> Iterator[_Block]:
    count = len(windows.low_N)
    for start in range(0, count, _ROWS * _GROUP):
        stop = min(start + _ROWS * _GROUP, count)
        left, right = int(windows.low_N[start]), int(windows.high_N[stop - 1])
        vectors = source.vectors(start, stop), target.vectors(left, right)

        def compare(
            rows: range,
            vectors: tuple[Floats, Floats] = vectors,
            at: tuple[int, int] = (start, left),
        ) -> _Block:
            columns = range(int(windows.low_N[rows.start]), int(windows.high_N[rows.stop - 1]))
            parts = [
                rows_TD[side.bounds[part.start] - side.bounds[first] :][
                    : side.bounds[part.stop] - side.bounds[part.start]
                ]
                for side, part, rows_TD, first in zip(
                    (source, target), (rows, columns), vectors, at, strict=True
                )
            ]
            return _compare((source, target), windows, (rows, columns), parts[0] @ parts[1].T)

        yield from on_threads(
            compare, [range(k, min(k + _ROWS, stop)) for k in range(start, stop, _ROWS)]
        )


def _compare(
    sides: tuple[Tokens, Tokens],
    windows: Windows,
    places: tuple[range, range],
    cosine_ST: Floats,
) -> _Block:
    rows, columns = places
    s, t = (
        side.bounds[part.start : part.stop + 1] for side, part in zip(sides, places, strict=True)
    )
    number = np.arange(columns.start, columns.stop)
    mask = (number >= windows.low_N[rows.start : rows.stop, None]) & (
        number < windows.high_N[rows.start : rows.stop, None]
    )
    row_S = np.repeat(np.arange(len(rows)), np.diff(s))
    column_T = np.repeat(np.arange(len(columns)), np.diff(t))
    cosine_ST[~mask[row_S][:, column_T]] = _UNSEEN
    chance_SC = _strength(_largest(cosine_ST, t - t[0]))
    chance_SC *= (sides[0].weight_T[s[0] : s[-1]] / (1 + chance_SC.sum(axis=1)))[:, None]
    ours_RC = _summed(chance_SC, s - s[0])
    nearest_S, cosine_S = _nearest(cosine_ST)
    turned_TS = np.ascontiguousarray(cosine_ST.T)
    nearest_T, cosine_T = _nearest(turned_TS)
    return _Block(
        rows,
        columns,
        ours_RC,
        nearest_S + t[0],
        cosine_S,
        nearest_T + s[0],
        cosine_T,
        _strength(_largest(turned_TS, s - s[0])).T,
    )


def _strength(cosine: Floats) -> Floats:
    """E of the module; 0 for what is not seen."""
    out: Floats = np.exp((cosine - MIDDLE) / SPREAD)
    out[cosine <= _UNSEEN] = 0
    return out


def _largest(values: Floats, bounds: Ints) -> Floats:
    """The largest value of each run of columns; `_UNSEEN` for an empty run."""
    out = np.full((len(values), len(bounds) - 1), _UNSEEN, np.float32)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled) and len(values):
        out[:, filled] = np.maximum.reduceat(values, bounds[filled], axis=1)
    return out


def _summed(values: Floats, bounds: Ints) -> Floats:
    """The sum of each run of rows."""
    out = np.zeros((len(bounds) - 1, values.shape[1]), np.float32)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled) and values.shape[1]:
        out[filled] = np.add.reduceat(values, bounds[filled], axis=0)
    return out


def _nearest(cosine: Floats) -> tuple[Ints, Floats]:
    """For each row the place of its largest value, the first of equals, and that value."""
    if not cosine.shape[1]:
        return np.zeros(len(cosine), np.int64), np.full(len(cosine), _UNSEEN, np.float32)
    place = cosine.argmax(axis=1)
    return place, cosine[np.arange(len(cosine)), place]


class _Reader:
    """Takes blocks in order; what target segments need is complete once no row to come sees them."""

    def __init__(self, sides: tuple[Tokens, Tokens], cells: Cells) -> None:
        self._source, self._target = sides
        self._cells = cells
        count = int(self._target.bounds[-1])
        self._sum_T = np.ones(count, np.float32)  # the 1 is the chance of no partner
        self._nearest_T = np.zeros(count, np.int64)
        self._cosine_T = np.full(count, _UNSEEN, np.float32)
        self._open: deque[_Block] = deque()

    def see(self, block: _Block) -> None:
        """One block more; blocks whose columns nobody else looks at are finished."""
        t = self._tokens_of(block.columns)
        self._sum_T[t] += block.toward_RT.sum(axis=0)
        better = block.cosine_T > self._cosine_T[t]
        self._nearest_T[t] = np.where(better, block.nearest_T, self._nearest_T[t])
        self._cosine_T[t] = np.maximum(block.cosine_T, self._cosine_T[t])
        for i, row in zip(block.rows, block.ours_RC, strict=True):
            self._cells.ours_C[self._cells.row(i)] = self._inside(i, block, row)
        self._open.append(block)
        low = self._cells.windows.low_N
        first = int(low[block.rows.stop]) if block.rows.stop < len(low) else block.columns.stop
        while self._open and self._open[0].columns.stop <= first:
            self._finish(self._open.popleft())

    def _tokens_of(self, columns: range) -> slice:
        bounds = self._target.bounds
        return slice(int(bounds[columns.start]), int(bounds[columns.stop]))

    def _inside(self, i: int, block: _Block, row: Floats) -> Floats:
        """The part of a row of a block that lies in the window of source segment i."""
        windows = self._cells.windows
        left = block.columns.start
        return row[windows.low_N[i] - left : windows.high_N[i] - left]

    def _finish(self, block: _Block) -> None:
        cells, t = self._cells, self._tokens_of(block.columns)
        share_RT = block.toward_RT * (self._target.weight_T[t] / self._sum_T[t])
        bounds = self._target.bounds[block.columns.start : block.columns.stop + 1]
        theirs_RC = _summed(np.ascontiguousarray(share_RT.T), bounds - bounds[0]).T
        # pairs of tokens that are each other's nearest
        first = int(self._source.bounds[block.rows.start])
        near = np.flatnonzero(block.cosine_S > 0)
        near = near[self._nearest_T[block.nearest_S[near]] == near + first]
        ours, theirs = near + first, block.nearest_S[near]
        weight = np.sqrt(self._source.weight_T[ours] * self._target.weight_T[theirs])
        row = np.searchsorted(self._source.bounds, ours, side="right") - 1 - block.rows.start
        column = np.searchsorted(self._target.bounds, theirs, side="right") - 1
        links_RC = np.zeros(theirs_RC.shape, np.float32)
        np.add.at(links_RC, (row, column - block.columns.start), weight * block.cosine_S[near])
        for number, i in enumerate(block.rows):
            cells.theirs_C[cells.row(i)] = self._inside(i, block, theirs_RC[number])
            cells.links_C[cells.row(i)] = self._inside(i, block, links_RC[number])

    def close(self) -> None:
        """Finish what is open."""
        while self._open:
            self._finish(self._open.popleft())
