"""The dynamic program: values of all paths through the cells, forward and backward.

Three states say how the last bead ended: M after a match (and at the start), S after a source
null, T after a target null. A source null never follows a target null, so every alignment is
exactly one path. With P_t the potential of type t of the bead that ends at (i, j), and (+) either
log-sum-exp or max:

    any = M (+) S (+) T
    M[i, j] = (+)_(a,b) any[i-a, j-b] + P_ab[i, j]
    S[i, j] = (M[i-1, j] + P_open[i, j]) (+) (S[i-1, j] + P_extend[i, j])
    T[i, j] = ((M (+) S)[i, j-1] + P_open[i, j]) (+) (T[i, j-1] + P_extend[i, j])

T runs along the row: a linear recurrence, solved by a cumulative sum and one `accumulate`.
The backward pass is the same recurrences turned round. Time and memory are N x B x T, B the width
of the band; a row costs a handful of vector operations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from aligner.engine.lattice.potentials import (
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
    Potentials,
    ScoreBlock,
    match_types,
    reach,
)
from aligner.model import AlignError

__all__ = ["Lattice", "States"]

Doubles = npt.NDArray[np.float64]

_NONE = -1e30  # stands for minus infinity: sums of it stay finite, exp of it is 0
_IMPOSSIBLE = -1e20


@dataclass(frozen=True, slots=True)
class States:
    """Values of the three states of one block, each [R, B]."""

    match: Doubles
    source: Doubles
    target: Doubles


class Lattice:
    """Forward values of one semiring; `plus` is "sum" (log-sum-exp) or "max".

    All scores are multiplied by `scale`: below 1 the marginals are flatter than the scores say.
    """

    def __init__(
        self, potentials: Potentials, plus: Literal["sum", "max"] = "sum", scale: float = 1.0
    ) -> None:
        self.potentials = potentials
        self._scale = scale
        sizes = match_types(potentials.types)
        self._past = reach(sizes)  # rows and columns a match bead can reach back
        self._a, self._b = np.array(sizes).T
        self._sum = plus == "sum"
        self.forward: list[States] = list(self._run_forward())
        self._backward: list[States] | None = None

    @property
    def total(self) -> float:
        """Log of the partition function, or the score of the best path.

        Raises AlignError where no path joins the two ends.
        """
        block, states = self.potentials.blocks[-1], self.forward[-1]
        column = self.potentials.target_count - block.first_column
        value = float(self._any(states)[block.rows - 1, column])
        if value <= _NONE / 2:
            raise AlignError("no alignment satisfies the constraints")
        return value

    def marginals(self) -> Iterator[npt.NDArray[np.float32]]:
        """For each block the posterior probability of every bead, [R, B, T].

        Needs the sum semiring. The numbers of all beads that hold one segment add up to 1.
        """
        if self._backward is None:
            self._backward = list(self._run_backward())[::-1]
        total = self.total
        for number, block in enumerate(self.potentials):
            before = self._begins(number)
            after = self._backward[number]
            out = before + block.values_RBT * np.float32(self._scale)
            out[:, :, NULL_TYPES:] += after.match[:, :, None]
            out[:, :, :TARGET_OPEN] += after.source[:, :, None]
            out[:, :, TARGET_OPEN:NULL_TYPES] += after.target[:, :, None]
            out -= total
            yield np.exp(np.minimum(out, 0.0)).astype(np.float32)

    def _scaled(self, block: ScoreBlock) -> Doubles:
        values = block.values_RBT.astype(np.float64)
        return np.asarray(np.maximum(values * self._scale, _NONE))

    def _any(self, states: States) -> Doubles:
        return self._plus(self._plus(states.match, states.source), states.target)

    def _plus(self, left: Doubles, right: Doubles) -> Doubles:
        return np.logaddexp(left, right) if self._sum else np.maximum(left, right)

    def _reduce(self, values: Doubles) -> Doubles:
        top = values.max(axis=-1)
        if not self._sum:
            return np.asarray(top)
        shifted = np.exp(values - top[..., None]).sum(axis=-1)
        return np.asarray(top + np.log(shifted))

    def _scan(self, entering: Doubles, step: Doubles) -> Doubles:
        """out[k] = entering[k] (+) (out[k-1] + step[k]) along a row."""
        accumulate = np.logaddexp.accumulate if self._sum else np.maximum.accumulate
        out = np.empty(len(step))
        # an impossible step cuts the row: a sum across it would lose all precision
        cuts = np.flatnonzero(step[1:] < _IMPOSSIBLE) + 1
        for first, stop in zip((0, *cuts), (*cuts, len(step)), strict=True):
            run = np.cumsum(np.where(step[first:stop] < _IMPOSSIBLE, 0.0, step[first:stop]))
            out[first:stop] = accumulate(entering[first:stop] - run) + run
        return out

    def _run_forward(self) -> Iterator[States]:
        seen = _Ring(self.potentials.target_count, self._past)
        above, above_column = np.empty((2, 0)), 0
        for block in self.potentials:
            rows, columns = block.rows, block.columns
            previous = np.full((2, columns), _NONE)
            _paste(previous, block.first_column, above, above_column)
            match, source, target = (np.full((rows, columns), _NONE) for _ in range(3))
            potential = self._scaled(block)
            begins = self._past + block.first_column + np.arange(columns)[:, None] - self._b
            for row in range(rows):
                here, number = potential[row], block.first_row + row
                reached = seen.values.take(begins + (number - self._a) % seen.rows * seen.width)
                match[row] = self._reduce(reached + here[:, NULL_TYPES:])
                if number == 0 and block.first_column == 0:
                    match[row, 0] = 0.0
                source[row] = self._plus(
                    previous[0] + here[:, SOURCE_OPEN], previous[1] + here[:, SOURCE_EXTEND]
                )
                opening = np.full(columns, _NONE)
                opening[1:] = self._plus(match[row], source[row])[:-1]
                target[row] = self._scan(opening + here[:, TARGET_OPEN], here[:, TARGET_EXTEND])
                for state in (match, source, target):
                    np.maximum(state[row], _NONE, out=state[row])
                previous = np.stack((match[row], source[row]))
                seen.clear(number)
                seen.window(number, block.first_column, columns)[:] = self._plus(
                    self._plus(match[row], source[row]), target[row]
                )
            above, above_column = previous, block.first_column
            yield States(match, source, target)

    def begins_of(self, row: int, column: int) -> Doubles:
        """Forward value of the cell where each bead that ends at (row, column) begins: [T]."""
        number = self.potentials.block_number(row)
        block = self.potentials.blocks[number]
        window = ScoreBlock(row, column, block.values_RBT[:1, :1])
        return np.asarray(self._begins_in(window, number)[0, 0])

    def _begins(self, number: int) -> Doubles:
        return self._begins_in(self.potentials.blocks[number], number)

    def _begins_in(self, block: ScoreBlock, number: int) -> Doubles:
        """Forward value of the cell where each bead begins, in the state it needs: [R, B, T].

        `block` is a window that ends in block `number`.
        """
        rows, columns = block.rows, block.columns
        past = self._past
        wide = (past + rows, past + columns)
        first_row, first_column = block.first_row - past, block.first_column - past
        match, source, target = (np.full(wide, _NONE) for _ in range(3))
        for at in range(number, -1, -1):
            other, states = self.potentials.blocks[at], self.forward[at]
            low = max(first_row, other.first_row)
            high = min(first_row + wide[0], other.first_row + other.rows)
            if low >= high:
                break
            part = slice(low - other.first_row, high - other.first_row)
            into = slice(low - first_row, high - first_row)
            for whole, piece in (
                (match, states.match),
                (source, states.source),
                (target, states.target),
            ):
                _paste(whole[into], first_column, piece[part], other.first_column)
        any_ = self._plus(self._plus(match, source), target)
        out = np.empty((rows, columns, block.values_RBT.shape[2]))
        row = np.arange(rows)[:, None, None] + past
        column = np.arange(columns)[None, :, None] + past
        out[:, :, NULL_TYPES:] = any_[row - self._a, column - self._b]
        above = slice(past - 1, past - 1 + rows)
        out[:, :, SOURCE_OPEN] = match[above, past:]
        out[:, :, SOURCE_EXTEND] = source[above, past:]
        here = slice(past, None)
        out[:, :, TARGET_OPEN] = self._plus(match, source)[here, past - 1 : -1]
        out[:, :, TARGET_EXTEND] = target[here, past - 1 : -1]
        return out

    def _run_backward(self) -> Iterator[States]:
        """Value of everything after each cell, by the state the path is in; last block first."""
        past = self._past
        # what the matches that begin at a cell gain, handed up from the cells where they end
        gain = _Ring(self.potentials.target_count, self._past)
        below, below_column = np.empty((3, 0)), 0
        for block in reversed(self.potentials.blocks):
            rows, columns = block.rows, block.columns
            following = np.full((3, columns), _NONE)
            _paste(following, block.first_column, below, below_column)
            match, source, target = (np.full((rows, columns), _NONE) for _ in range(3))
            potential = self._scaled(block)
            ends = _ends_index(columns, past, self._a, self._b)
            for row in range(rows - 1, -1, -1):
                here, number = potential[row], block.first_row + row
                onward = gain.window(number, block.first_column, columns).copy()
                gain.clear(number)
                if number == self.potentials.source_count:
                    onward[self.potentials.target_count - block.first_column] = 0.0
                target[row] = self._scan_back(onward, here[:, TARGET_EXTEND])
                null = np.full(columns, _NONE)
                null[:-1] = target[row][1:] + here[1:, TARGET_OPEN]
                rest = self._plus(onward, null)
                match[row] = self._plus(rest, following[0] + following[1])
                source[row] = self._plus(rest, following[0] + following[2])
                for state in (match, source, target):
                    np.maximum(state[row], _NONE, out=state[row])
                following = np.stack((source[row], here[:, SOURCE_OPEN], here[:, SOURCE_EXTEND]))
                padded = np.full((columns + 2 * past, len(self._a) + 1), _NONE)
                padded[past : past + columns, :-1] = here[:, NULL_TYPES:] + match[row][:, None]
                handed = self._reduce(padded.take(ends))  # [begin column, a - 1]
                for a in range(1, min(past, number) + 1):
                    into = gain.window(number - a, block.first_column - past, columns + past)
                    into[:] = self._plus(into, handed[:, a - 1])
            below, below_column = following, block.first_column
            yield States(match, source, target)

    def _scan_back(self, entering: Doubles, step: Doubles) -> Doubles:
        """out[k] = entering[k] (+) (step[k+1] + out[k+1]) along a row."""
        moved = np.full(len(step), _NONE)
        moved[1:] = step[:0:-1]
        return self._scan(entering[::-1], moved)[::-1]


class _Ring:
    """The last rows that a bead can reach, over all columns, with `past` columns of margin to the left.

    Clearing a row costs only the columns that were handed out since it was last cleared.
    """

    def __init__(self, target_count: int, past: int) -> None:
        self._past = past
        self.rows = past + 1
        self.width = target_count + 1 + past
        self.values = np.full((self.rows, self.width), _NONE)
        self._touched = [(self.width, 0)] * self.rows

    def clear(self, row: int) -> None:
        low, high = self._touched[row % self.rows]
        self.values[row % self.rows, low:high] = _NONE
        self._touched[row % self.rows] = (self.width, 0)

    def window(self, row: int, column: int, columns: int) -> Doubles:
        first = self._past + column
        stop = first + columns
        low, high = self._touched[row % self.rows]
        self._touched[row % self.rows] = (min(low, first), max(high, stop))
        return self.values[row % self.rows, first:stop]


def _ends_index(
    columns: int, past: int, a_T: npt.NDArray[np.int64], b_T: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """[begin column with margin, a - 1, b - 1] -> flat index of that bead's end in `padded`."""
    kinds = np.full((past, past), len(a_T))
    kinds[a_T - 1, b_T - 1] = np.arange(len(a_T))
    begin = np.arange(past + columns)[:, None, None]
    end = begin + np.arange(1, past + 1)  # b columns to the right; the two margins cancel
    return np.asarray(end * (len(a_T) + 1) + kinds)


def _paste(into: Doubles, into_column: int, rows: Doubles, column: int) -> None:
    """Copy the part of `rows` (whose first column is `column`) that lies in `into`'s window."""
    low = max(into_column, column)
    high = min(into_column + into.shape[1], column + rows.shape[1])
    if low < high and len(rows):
        into[-rows.shape[0] :, low - into_column : high - into_column] = rows[
            :, low - column : high - column
        ]
