"""What a person's corrections say about the rest of the document.

A bead that was accepted or edited is a labelled bead of this very document: how often its
translator joins and parts sentences, how much was left out. From `FEWEST` pinned beads on the
score of each type of bead gets a correction in nats,

    score(bead) + delta(type),     delta = features of the type . theta

where theta (1-1, 1-n, n-1, n-m, segments beyond, nulls of each side, opening their runs) is
fitted to the pinned beads, each looked at in a window of the text that begins and ends with beads
near it:

    maximise  sum over pins of size/2 x log p(the pin | its window)  -  PENALTY/2 |theta|^2

In a window each segment belongs to exactly one bead, so that these probabilities compare all
divisions fairly; weighed by size they do not lean to small beads, of which a text has more. The
prior is the trained weights as they are (theta = 0): a few pins move little, and no delta is ever
larger than `BOUND`. No random numbers: the same pins give the same corrections.

`docs/engine.md` has what it is worth on texts that the weights have not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from aligner.engine.decoding.decoder import BEAD_COST
from aligner.engine.decoding.pins import Pin
from aligner.engine.lattice import (
    ALL_TYPES,
    BEAD_SIZES,
    NULL_TYPES,
    SOURCE_OPEN,
    TARGET_OPEN,
    Kept,
    Potentials,
    ScoreBlock,
    SparseLattice,
    kind_of,
    likely_beads,
)

__all__ = ["BOUND", "FEWEST", "PENALTY", "TYPE_FEATURES", "Corrections"]

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FEWEST = 5  # pinned beads from which on something is learned
PENALTY = 20.0
BOUND = 2.0  # nats
_AROUND = 6  # beads of the window to each side of a pin
_ROUNDS = 12  # Newton steps at most
_ENOUGH = 1e-4  # nats: a step that moves no theta by more ends the fit
_NONE = -1e30


def _type_features() -> Doubles:
    """[T, P]: what of theta each type of bead gets."""
    a, b = BEAD_SIZES.T
    kind = np.arange(ALL_TYPES)
    match = kind >= NULL_TYPES
    columns = (
        match & (a == 1) & (b == 1),
        match & (a == 1) & (b > 1),
        match & (a > 1) & (b == 1),
        match & (a > 1) & (b > 1),
        np.where(match, np.maximum(a + b - 3, 0), 0),
        kind < TARGET_OPEN,
        (kind >= TARGET_OPEN) & ~match,
        kind == SOURCE_OPEN,
        kind == TARGET_OPEN,
    )
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


TYPE_FEATURES = _type_features()


@dataclass(frozen=True, slots=True)
class _Edges:
    """Beads as edges of a lattice, see `lattice.EdgeList`, with their scores and first cells."""

    row_E: Ints
    column_E: Ints
    kind_E: Ints
    value_E: Doubles
    source_count: int
    target_count: int

    @property
    def begins(self) -> tuple[Ints, Ints]:
        """First row and column of each bead."""
        size = BEAD_SIZES[self.kind_E]
        return self.row_E - size[:, 0], self.column_E - size[:, 1]

    def inside(self, low: tuple[int, int], high: tuple[int, int]) -> _Edges:
        """Those between two cells, as the beads of a text of its own."""
        row, column = self.begins
        kept = (row >= low[0]) & (column >= low[1])
        kept &= (self.row_E <= high[0]) & (self.column_E <= high[1])
        return _Edges(
            self.row_E[kept] - low[0],
            self.column_E[kept] - low[1],
            self.kind_E[kept],
            self.value_E[kept],
            high[0] - low[0],
            high[1] - low[1],
        )

    def agree(self, source: range, target: range) -> Bools:
        """Which beads may stand beside or for the bead that holds these segments."""
        row, column = self.begins
        over = np.zeros(len(row), np.bool_)
        if source:
            over |= (row < source.stop) & (self.row_E > source.start)
        if target:
            over |= (column < target.stop) & (self.column_E > target.start)
        if not source or not target:
            return np.asarray(~over | (self.kind_E < NULL_TYPES))
        same = (row == source.start) & (column == target.start)
        same &= (self.row_E == source.stop) & (self.column_E == target.stop)
        return np.asarray(~over | (same & (self.kind_E >= NULL_TYPES)))


class Corrections:
    """What pins teach about one pair of texts. What they are taught on and what the last pins
    taught is kept, for a person who fixes bead after bead.
    """

    def __init__(self, potentials: Potentials) -> None:
        self._potentials = potentials
        self._delta = np.zeros(potentials.types)
        self._corrected = potentials

    @cached_property
    def _likely(self) -> tuple[Kept, ...]:
        return tuple(likely_beads(self._potentials, nulls=True))

    def learned(self, pins: Sequence[Pin]) -> Doubles:
        """The correction of each type of bead in nats [T], at most `BOUND` either way; zeros where
        there are too few pins.
        """
        types = self._potentials.types
        beads = [
            pin
            for pin in pins
            if pin.is_bead and (pin.is_null or kind_of((len(pin.source), len(pin.target)), types))
        ]
        if len(beads) < FEWEST:
            return np.zeros(types)
        beads.sort(key=lambda pin: (bool(pin.source), pin.source.start, pin.target.start))
        windows = _windows(_edges(self._potentials, self._likely, beads), beads)
        return np.clip(TYPE_FEATURES[:types] @ _fitted(windows), -BOUND, BOUND)

    def corrected(self, pins: Sequence[Pin]) -> tuple[Potentials, Doubles]:
        """The potentials with what the pins teach, the same object while they teach the same, and
        the correction of each type of bead in nats [T].
        """
        delta = self.learned(pins)
        if not np.array_equal(delta, self._delta):
            whole = self._potentials
            blocks = []
            for block in whole if delta.any() else ():
                values = block.values_RBT + delta.astype(np.float32)
                values[block.values_RBT <= _NONE / 2] = np.float32(_NONE)
                blocks.append(ScoreBlock(block.first_row, block.first_column, values))
            self._delta = delta
            self._corrected = (
                Potentials(whole.source_count, whole.target_count, tuple(blocks))
                if blocks
                else whole
            )
        return self._corrected, delta


def _edges(potentials: Potentials, likely: Sequence[Kept], beads: Sequence[Pin]) -> _Edges:
    """The likely beads of the lattice, and the pinned ones, likely or not."""
    wanted: dict[int, list[tuple[int, int, int]]] = {}
    for pin in beads:
        kind = None if pin.is_null else kind_of((len(pin.source), len(pin.target)), ALL_TYPES)
        if kind is not None:
            number = potentials.block_number(pin.source.stop)
            wanted.setdefault(number, []).append((pin.source.stop, pin.target.stop, kind))
    parts: list[tuple[npt.NDArray[np.generic], ...]] = []
    for number, (block, kept) in enumerate(zip(potentials, likely, strict=True)):
        values = block.values_RBT
        place = kept.place_K
        for row, column, kind in wanted.get(number, ()):
            cell = (row - block.first_row, column - block.first_column)
            if 0 <= cell[1] < block.columns and values[(*cell, kind)] > _NONE / 2:
                place = np.union1d(place, np.ravel_multi_index((*cell, kind), values.shape))
        row_K, column_K, kind_K = np.unravel_index(place, values.shape)
        parts.append(
            (
                row_K + block.first_row,
                column_K + block.first_column,
                kind_K,
                values.reshape(-1)[place].astype(np.float64),
            )
        )
    row_E, column_E, kind_E, value_E = map(np.concatenate, zip(*parts, strict=True))
    counts = potentials.source_count, potentials.target_count
    return _Edges(row_E, column_E, kind_E, value_E, *counts)


@dataclass(frozen=True, slots=True)
class _Window:
    """The beads near one pin, which of them agree with it, and what the pin counts."""

    edges: _Edges
    agrees_E: Bools
    weight: float


def _windows(edges: _Edges, beads: Sequence[Pin]) -> list[_Window]:
    """A window for each pin that can be had inside the likely beads."""
    agrees = np.ones(len(edges.kind_E), np.bool_)
    for pin in beads:
        agrees &= edges.agree(pin.source, pin.target)
    whole = SparseLattice([edges])
    masked = np.where(agrees, edges.value_E, _NONE)
    if whole.forward(masked)[0] <= _NONE / 2:
        return []
    (path,), _ = whole.decode(masked, BEAD_COST)
    # a window begins and ends behind a match, where no run of nulls goes on
    rows, columns = edges.begins
    matches = [edge for edge in path if edges.kind_E[edge] >= NULL_TYPES]
    ends = [(0, 0), *((int(edges.row_E[e]), int(edges.column_E[e])) for e in matches)]
    starts = [*((int(rows[e]), int(columns[e])) for e in matches)]
    starts.append((edges.source_count, edges.target_count))
    out = []
    for pin in beads:
        side = 0 if pin.source else 1
        first, last = (pin.source, pin.target)[side].start, (pin.source, pin.target)[side].stop
        before = sum(end[side] <= first for end in ends)  # of `ends`, all in order
        behind = sum(start[side] < last for start in starts)
        low = ends[max(0, before - 1 - _AROUND)]
        high = starts[min(len(starts) - 1, behind + _AROUND)]
        inside = edges.inside(low, high)
        source, target = (
            range(part.start - at, part.stop - at)
            for part, at in zip((pin.source, pin.target), low, strict=True)
        )
        size = len(pin.source) + len(pin.target)
        if len(inside.kind_E):
            out.append(_Window(inside, inside.agree(source, target), size / 2))
    return out


def _fitted(windows: Sequence[_Window]) -> Doubles:
    """Theta [P] by Newton's method, with the beads' own doubt for the curvature; zeros where no pin
    says anything.
    """
    # each window twice: all its beads, and those that agree with the pin
    if not windows:
        return np.zeros(TYPE_FEATURES.shape[1])
    lattice = SparseLattice([window.edges for window in windows] * 2)
    count = len(windows)
    weight_E = np.repeat(
        [window.weight for window in windows], [len(window.edges.kind_E) for window in windows]
    )
    base = np.concatenate([window.edges.value_E for window in windows])
    agrees = np.concatenate([window.agrees_E for window in windows])
    features = TYPE_FEATURES[np.concatenate([window.edges.kind_E for window in windows])]
    weight_K = np.array([window.weight for window in windows])

    def look(theta: Doubles) -> tuple[float, Doubles, Doubles]:
        """Penalised log-likelihood, the posteriors of all beads, and those given the pin."""
        values = base + features @ theta
        both = np.concatenate((values, np.where(agrees, values, _NONE)))
        total = lattice.forward(both)
        posterior = lattice.posteriors(both)
        told = total[count:] > _NONE / 2  # a pin that no path of its window holds says nothing
        gain = np.where(told, total[count:] - total[:count], 0.0)
        value = float(weight_K @ gain) - 0.5 * PENALTY * float(theta @ theta)
        silent = np.repeat(~told, [len(window.edges.kind_E) for window in windows])
        free = posterior[: len(base)]
        return value, free, np.where(silent, free, posterior[len(base) :])

    theta = np.zeros(features.shape[1])
    value, free, given = look(theta)
    for _ in range(_ROUNDS):
        slope = features.T @ (weight_E * (given - free)) - PENALTY * theta
        doubt = weight_E * free * (1 - free)
        curve = features.T @ (features * doubt[:, None]) + PENALTY * np.eye(len(theta))
        step = np.asarray(np.linalg.solve(curve, slope), np.float64)
        if np.abs(step).max() < _ENOUGH:
            break
        for _ in range(_ROUNDS):  # the curvature is a bound in most places only
            tried = look(theta + step)
            if tried[0] >= value:
                break
            step = step / 2
        else:
            break
        theta = theta + step
        value, free, given = tried
    return theta
