"""Two right readings: beads of a path whose other division is nearly as likely.

Whether two sentences are one bead of 2-2 or two of 1-1 often has no answer. For each match bead of
a path that could be two, and for each two neighbours that could be one, both ways begin and end at
the same cells in the same state, so that their posteriors stand in the ratio of their scores:

    P(two beads) = P(one bead) x exp(score + score - score)

No other pass over the lattice is needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from aligner.engine.lattice import NULL_TYPES, bead_of, kind_of

__all__ = ["OtherPath", "other_readings"]

Step = tuple[int, int, int]  # end row, end column, type
Look = Callable[[Step], float]

_NEAR = 0.1  # posteriors that differ by less are two readings
_LEAST = 0.1  # posterior that the other one has at least


@dataclass(frozen=True, slots=True)
class OtherPath:
    """`steps`: numbers of the path's steps (one, or two neighbours); `beads` what stands in their
    place in the other reading; the probabilities (0-1) of both.
    """

    steps: tuple[int, ...]
    beads: tuple[tuple[range, range], ...]
    posterior: float
    other: float


def other_readings(
    path: Sequence[Step], score: Look, posterior: Look, types: int
) -> Iterator[OtherPath]:
    """The other readings of a path's match beads, in order, the likeliest of each place.

    `types` is the number of bead types of the lattice; `score` and `posterior` of any bead of the lattice (nats, -1e30 where it is impossible; 0-1).
    """
    for number, step in enumerate(path):
        if step[2] < NULL_TYPES:
            continue
        here = posterior(step)
        best: tuple[float, tuple[Step, ...]] | None = None
        for halves in _halves(step, types):
            other = here * _ratio(sum(map(score, halves)) - score(step))
            if best is None or other > best[0]:
                best = other, halves
        if best is not None and _near(here, best[0]):
            yield OtherPath((number,), tuple(map(_sides, best[1])), here, best[0])
        whole = _whole(path[number - 1], step, types) if number else None
        if whole is not None:
            other = posterior(whole)
            both = other * _ratio(score(path[number - 1]) + score(step) - score(whole))
            if score(whole) > _IMPOSSIBLE and _near(both, other):
                yield OtherPath((number - 1, number), (_sides(whole),), both, other)


_IMPOSSIBLE = -1e20
_LARGEST = 60.0  # nats: exp of more tells nothing and overflows


def _ratio(nats: float) -> float:
    return math.exp(min(nats, _LARGEST)) if nats > _IMPOSSIBLE else 0.0


def _near(one: float, other: float) -> bool:
    return other >= _LEAST and one >= _LEAST and abs(one - other) < _NEAR


def _halves(step: Step, types: int) -> Iterator[tuple[Step, Step]]:
    """All ways to make two match beads of one."""
    row, column, kind = step
    a, b = bead_of(kind)
    for a1 in range(1, a):
        for b1 in range(1, b):
            first, second = kind_of((a1, b1), types), kind_of((a - a1, b - b1), types)
            if first is not None and second is not None:
                yield (row - a + a1, column - b + b1, first), (row, column, second)


def _whole(first: Step, second: Step, types: int) -> Step | None:
    """One match bead in the place of two neighbours; None where there is no such type."""
    if first[2] < NULL_TYPES:
        return None
    sizes = bead_of(first[2]), bead_of(second[2])
    size = (sizes[0][0] + sizes[1][0], sizes[0][1] + sizes[1][1])
    kind = kind_of(size, types)
    return None if kind is None else (second[0], second[1], kind)


def _sides(step: Step) -> tuple[range, range]:
    row, column, kind = step
    a, b = bead_of(kind)
    return range(row - a, row), range(column - b, column)
