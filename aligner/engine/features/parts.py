"""The parts of a bead's score: each feature's value times its weight; they sum to the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.engine.features.beads import Blocks
from aligner.engine.features.matches import MATCH_FEATURES
from aligner.engine.features.nulls import NULL_FEATURES
from aligner.engine.features.weights import Weights
from aligner.engine.lattice import NULL_TYPES, bead_of

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
    match, null = weights.mixed(trust, uneven=blocks.uneven)
    waiting = iter(steps)
    step = next(waiting, None)
    for part in blocks:
        bottom = part.first_row + part.shape[0]
        while step is not None and step[0] < bottom:
            row, column, kind = step
            names: tuple[str, ...]
            place = (row - part.first_row, column - part.first_column)
            if kind < NULL_TYPES:
                names, numbers, values = NULL_FEATURES, null, part.null_TGRB[kind, :, *place]
            else:
                names, numbers = MATCH_FEATURES, match
                values = part.match_TFRB[kind - NULL_TYPES, :, *place]
            parts = [
                Part(name, float(value), float(weight))
                for name, value, weight in zip(names, values, numbers, strict=True)
                if value
            ]
            if kind >= NULL_TYPES:
                cell = range(row, row + 1), range(column, column + 1)
                for extra in blocks.extras:
                    share = float(extra.shares(*cell, *bead_of(kind))[0, 0])
                    if share:
                        parts.append(Part(extra.name, share, extra.bonus))
            yield tuple(sorted(parts, key=lambda p: -abs(p.nats)))
            step = next(waiting, None)
