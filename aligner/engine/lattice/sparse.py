"""The dynamic program over few beads: lattices of which only likely beads are left, many at once.

The recurrences are those of `lattice.paths`; here beads are edges between cells, and the cells of
all texts are worked on diagonal by diagonal (i + j), since a bead ends on a later diagonal than it
begins on. A step is one vector operation for every text's beads together, so that training looks at
hundreds of texts in a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aligner.engine.lattice.potentials import (
    BEAD_SIZES,
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
)

__all__ = ["EdgeList", "SparseLattice"]

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NONE = -1e30
_MATCH, _SOURCE, _TARGET = range(3)  # states: how the last bead ended


class EdgeList(Protocol):
    """The beads of one text: end cells (row, column) and types, in any order."""

    @property
    def source_count(self) -> int:
        """N."""
        ...

    @property
    def target_count(self) -> int:
        """M."""
        ...

    @property
    def row_E(self) -> Ints:
        """[E]."""
        ...

    @property
    def column_E(self) -> Ints:
        """[E]."""
        ...

    @property
    def kind_E(self) -> Ints:
        """[E], as in `lattice`."""
        ...


@dataclass(frozen=True, slots=True)
class _Group:
    """Edges of one kind that end on one diagonal: their numbers, begin and end cells."""

    edge: Ints
    begin: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class _Step:
    """One diagonal. `run` is, for each match edge, the number of its end cell among `first`."""

    match: _Group | None
    first: Ints
    run: Ints
    nulls: tuple[_Group | None, ...]
    cells: Ints


class SparseLattice:
    """`values` of edges are numbered through all texts, in the order they were given in."""

    def __init__(self, texts: Sequence[EdgeList]) -> None:
        begins, ends, diagonals, edge_diagonals = [], [], [], []
        starts, finals = [], []
        count = 0
        for text in texts:
            width = text.target_count + 1
            size = BEAD_SIZES[text.kind_E]
            end = text.row_E * width + text.column_E
            begin = (text.row_E - size[:, 0]) * width + text.column_E - size[:, 1]
            last = text.source_count * width + text.target_count
            cells = np.unique(np.concatenate((begin, end, [0, last])))
            begins.append(np.searchsorted(cells, begin) + count)
            ends.append(np.searchsorted(cells, end) + count)
            diagonals.append(cells // width + cells % width)
            edge_diagonals.append(text.row_E + text.column_E)
            starts.append(count)
            finals.append(count + len(cells) - 1)
            count += len(cells)
        self.kind_E = np.concatenate([text.kind_E for text in texts])
        self.text_E = np.repeat(np.arange(len(texts)), [len(text.kind_E) for text in texts])
        self._begin, self._end = np.concatenate(begins), np.concatenate(ends)
        self._start, self._final = np.array(starts), np.array(finals)
        self._count = count
        self._segments = _null_segments(texts, self.kind_E)
        self._steps = self._plan(np.concatenate(diagonals), np.concatenate(edge_diagonals))
        by_end = np.argsort(self._end, kind="stable")
        self._arriving = by_end, np.searchsorted(self._end[by_end], np.arange(count + 1))

    def _plan(self, diagonal: Ints, edge_diagonal: Ints) -> list[_Step]:
        order = np.lexsort((self._end, edge_diagonal))
        top = int(diagonal.max()) + 2
        bounds = np.searchsorted(edge_diagonal[order], np.arange(top))
        cells = np.argsort(diagonal, kind="stable")
        cell_bounds = np.searchsorted(diagonal[cells], np.arange(top))
        steps = []
        for number in range(top - 1):
            edges = order[bounds[number] : bounds[number + 1]]
            kinds = self.kind_E[edges]
            match = self._group(edges[kinds >= NULL_TYPES])
            first = run = np.zeros(0, np.int64)
            if match is not None:
                fresh = np.concatenate(([True], match.end[1:] != match.end[:-1]))
                first, run = np.flatnonzero(fresh), np.cumsum(fresh) - 1
            nulls = tuple(self._group(edges[kinds == kind]) for kind in range(NULL_TYPES))
            inside = cells[cell_bounds[number] : cell_bounds[number + 1]]
            steps.append(_Step(match, first, run, nulls, inside))
        return steps

    def _group(self, edges: Ints) -> _Group | None:
        return _Group(edges, self._begin[edges], self._end[edges]) if len(edges) else None

    def forward(self, values: Doubles, *, best: bool = False) -> Doubles:
        """For each text the log of the sum over its paths, or (`best`) the score of the best.

        About -1e30 where no path joins the two ends.
        """
        plus = np.maximum if best else np.logaddexp
        state = np.full((3, self._count), _NONE)
        # before a target null: M or S; before a match: any
        above, any_ = np.full(self._count, _NONE), np.full(self._count, _NONE)
        state[_MATCH, self._start] = 0.0
        for step in self._steps:
            if step.match is not None:
                arriving = any_[step.match.begin] + values[step.match.edge]
                top = np.maximum.reduceat(arriving, step.first)
                if not best:
                    shifted = np.exp(arriving - top[step.run])
                    top = top + np.log(np.add.reduceat(shifted, step.first))
                end = step.match.end[step.first]
                state[_MATCH, end] = plus(state[_MATCH, end], top)
            for kind, into, source in _NULLS:
                group = step.nulls[kind]
                if group is not None:
                    before = above if source is None else state[source]
                    state[into, group.end] = plus(
                        state[into, group.end], before[group.begin] + values[group.edge]
                    )
            cells = step.cells
            above[cells] = plus(state[_MATCH, cells], state[_SOURCE, cells])
            any_[cells] = plus(above[cells], state[_TARGET, cells])
        self._state, self._above, self._any = state, above, any_
        out: Doubles = any_[self._final]
        return out

    def posteriors(self, values: Doubles) -> Doubles:
        """[E] the probability of each edge (0-1); `values` are those of the last `forward`."""
        state, above, any_ = self._state, self._above, self._any
        flow_any, flow_above = np.zeros(self._count), np.zeros(self._count)
        flow = np.zeros((3, self._count))
        flow_any[self._final] = any_[self._final] > _NONE / 2
        out = np.zeros(len(self.kind_E))

        def share(part: Doubles, whole: Doubles) -> Doubles:
            return np.asarray(np.exp(np.minimum(part - whole, 0.0)))

        for step in reversed(self._steps):
            cells = step.cells
            coming = flow_any[cells]
            flow[_TARGET, cells] += coming * share(state[_TARGET, cells], any_[cells])
            flow_above[cells] += coming * share(above[cells], any_[cells])
            for kind, into, source in reversed(_NULLS):
                if kind == SOURCE_EXTEND:  # what M and S owe to target nulls is complete now
                    coming = flow_above[cells]
                    for one in (_MATCH, _SOURCE):
                        flow[one, cells] += coming * share(state[one, cells], above[cells])
                group = step.nulls[kind]
                if group is None:
                    continue
                before = above if source is None else state[source]
                passed = flow[into, group.end] * share(
                    before[group.begin] + values[group.edge], state[into, group.end]
                )
                out[group.edge] = passed
                (flow_above if source is None else flow[source])[group.begin] += passed
            if step.match is not None:
                end = step.match.end
                passed = flow[_MATCH, end] * share(
                    any_[step.match.begin] + values[step.match.edge], state[_MATCH, end]
                )
                out[step.match.edge] = passed
                np.add.at(flow_any, step.match.begin, passed)
        return out

    def decode(self, values: Doubles, bead_cost: float) -> tuple[list[list[int]], Doubles]:
        """For each text the edges of its path of best expected F1, and all edges' posteriors.

        As `decoding.decode_beads`: posteriors of a null are summed over the places where it could
        stand, and each bead costs `bead_cost`.
        """
        self.forward(values)
        posterior = self.posteriors(values)
        for edges, segment in self._segments:
            total = np.bincount(segment, posterior[edges])
            posterior[edges] = np.minimum(total[segment], 1.0)
        gain = posterior - bead_cost
        self.forward(gain, best=True)
        return [self._trace(text, gain) for text in range(len(self._start))], posterior

    def _trace(self, text: int, gain: Doubles) -> list[int]:
        state, order = self._state, self._arriving
        cell = int(self._final[text])
        now: tuple[int, ...] = (_MATCH, _SOURCE, _TARGET)
        path: list[int] = []
        while True:
            here = max(now, key=lambda one: state[one, cell])
            if here == _MATCH and cell == self._start[text]:
                return path[::-1]
            best: tuple[float, int] | None = None
            for edge in order[0][order[1][cell] : order[1][cell + 1]].tolist():
                before = _BEFORE[min(int(self.kind_E[edge]), NULL_TYPES)]
                if before[0] == here:
                    begin = self._begin[edge]
                    value = max(state[one, begin] for one in before[1]) + gain[edge]
                    if best is None or value > best[0]:
                        best = (float(value), edge)
            if best is None:
                return path[::-1]
            path.append(best[1])
            now = _BEFORE[min(int(self.kind_E[best[1]]), NULL_TYPES)][1]
            cell = int(self._begin[best[1]])


# null type, state it ends in, state it comes from (None: M or S); in the order of one diagonal
_NULLS: tuple[tuple[int, int, int | None], ...] = (
    (SOURCE_OPEN, _SOURCE, _MATCH),
    (SOURCE_EXTEND, _SOURCE, _SOURCE),
    (TARGET_OPEN, _TARGET, None),
    (TARGET_EXTEND, _TARGET, _TARGET),
)
# type of bead (NULL_TYPES for all matches): the state it ends in, the states it may come from
_BEFORE: dict[int, tuple[int, tuple[int, ...]]] = {
    SOURCE_OPEN: (_SOURCE, (_MATCH,)),
    SOURCE_EXTEND: (_SOURCE, (_SOURCE,)),
    TARGET_OPEN: (_TARGET, (_MATCH, _SOURCE)),
    TARGET_EXTEND: (_TARGET, (_TARGET,)),
    NULL_TYPES: (_MATCH, (_MATCH, _SOURCE, _TARGET)),
}


def _null_segments(texts: Sequence[EdgeList], kind_E: Ints) -> tuple[tuple[Ints, Ints], ...]:
    """For each side its null edges and, for each of them, the number of its segment."""
    rows, columns = [], []
    at = [0, 0]
    for text in texts:
        rows.append(text.row_E + at[0])
        columns.append(text.column_E + at[1])
        at = [at[0] + text.source_count + 1, at[1] + text.target_count + 1]
    out = []
    for kinds, places in (
        ((SOURCE_OPEN, SOURCE_EXTEND), rows),
        ((TARGET_OPEN, TARGET_EXTEND), columns),
    ):
        edges = np.flatnonzero(np.isin(kind_E, kinds))
        place = np.concatenate(places)[edges]
        out.append((edges, np.unique(place, return_inverse=True)[1]))
    return tuple(out)
