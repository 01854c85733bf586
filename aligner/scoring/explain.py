"""The parts of a bead's score: each feature's value times its weight; they sum to the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.potentials import NULL_TYPES, ONE_TO_ONE, bead_of
from aligner.scoring import matches, nulls, same, tables, timing
from aligner.scoring.features import Blocks
from aligner.scoring.model import Weights

__all__ = ["Part", "explain"]


@dataclass(frozen=True, slots=True)
class Part:
    """One term of w . phi: `value` of the feature, its `weight`, and their product in nats."""

    name: str
    value: float
    weight: float

    @property
    def nats(self) -> float:
        """What the feature adds to the score."""
        return self.value * self.weight


def explain(
    blocks: Blocks, weights: Weights, trust: float, steps: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[Part, ...]]:
    """For each bead of a path (end row, end column, type) its parts, largest first, zeros left out.

    Invariant: the parts of a bead sum to its score in the potentials.
    """
    match, null = weights.mixed(trust)
    placed, alike = set(blocks.twins), dict(blocks.same)
    waiting = iter(steps)
    step = next(waiting, None)
    for part in blocks:
        bottom = part.first_row + part.shape[0]
        while step is not None and step[0] < bottom:
            row, column, kind = step
            names: tuple[str, ...]
            place = (row - part.first_row, column - part.first_column)
            if kind < NULL_TYPES:
                names, numbers, values = nulls.NAMES, null, part.null_TGRB[kind, :, *place]
            else:
                names, numbers = matches.NAMES, match
                values = part.match_TFRB[kind - NULL_TYPES, :, *place]
            parts = [
                Part(name, float(value), float(weight))
                for name, value, weight in zip(names, values, numbers, strict=True)
                if value
            ]
            cell = (row - 1, column - 1)
            if kind == ONE_TO_ONE and cell in placed:
                parts.append(Part(tables.NAME, 1.0, tables.BONUS))
            a, b = bead_of(kind)
            held = [
                (i, j)
                for i in range(row - a, row)
                if (j := alike.get(i, -1)) in range(column - b, column)
            ]
            if held:
                parts.append(Part(same.NAME, float(len(held)), same.BONUS))
            if blocks.clock is not None and kind >= NULL_TYPES:
                share = blocks.clock.common(range(row - a, row), range(column - b, column))
                parts.append(Part(timing.NAME, share, timing.BONUS))
            yield tuple(sorted(parts, key=lambda p: -abs(p.nats)))
            step = next(waiting, None)
