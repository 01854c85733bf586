"""From potentials to beads: best path or minimum-Bayes-risk path, and each bead's posterior.

The posterior of a bead is the probability that the bead is in the alignment: the sum of all paths
through it over the sum of all paths. For a null bead it is summed over the places where the null
could stand: segment i has no counterpart, wherever the path passes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from aligner.engine.decoding.readings import OtherPath, other_readings
from aligner.engine.lattice import (
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
    Lattice,
    Potentials,
    ScoreBlock,
    bead_of,
)
from aligner.model import Reading

__all__ = ["BEAD_COST", "Decoded", "best_path", "decode_beads"]

BEAD_COST = 0.45  # half of an F1 of .9
_NONE = np.float32(-1e30)
_OUTSIDE = np.float32(-1e9)  # scores of beads outside the band

Floats = npt.NDArray[np.float32]

Step = tuple[int, int, int]  # end row, end column, type


@dataclass(frozen=True, slots=True)
class Decoded:
    """One path: for each bead its end cell and type, its score (nats) and its posterior (0-1).

    `readings`: where another division of its beads is nearly as likely.
    """

    steps: tuple[Step, ...]
    scores: tuple[float, ...]
    posteriors: tuple[float, ...]
    readings: tuple[OtherPath, ...] = ()

    def others(self) -> dict[int, Reading]:
        """The number of a step -> the other division of its bead, or of its bead and the next."""
        return {
            one.steps[0]: Reading(
                len(one.steps),
                tuple((len(a), len(b)) for a, b in one.beads),
                round(one.other, 3),
                round(one.posterior, 3),
            )
            for one in sorted(self.readings, key=lambda one: one.other)
        }

    def ranges(self) -> tuple[tuple[range, range], ...]:
        """Source and target ranges of the beads in order."""
        out = []
        for row, column, kind in self.steps:
            a, b = bead_of(kind)
            out.append((range(row - a, row), range(column - b, column)))
        return tuple(out)


def decode_beads(
    potentials: Potentials, method: Literal["viterbi", "mbr"] = "mbr", bead_cost: float = BEAD_COST
) -> Decoded:
    """The path of highest score ("viterbi") or of the best expected F1 ("mbr").

    MBR (Goodman 1996) with the F-measure: F = 2 right / (system + gold) is largest where the sum
    of (posterior - F/2) over the beads of the path is, so each bead costs `bead_cost`. Without the
    cost many small doubtful beads would win over one larger one. Raises AlignError where no path
    joins the two ends.
    """
    posteriors = _Posteriors(potentials, bead_cost if method == "mbr" else 0.0)
    if method == "viterbi":
        steps = best_path(potentials)
    else:
        gains = tuple(_GainBlock(posteriors, number) for number in range(len(potentials.blocks)))
        steps = best_path(Potentials(potentials.source_count, potentials.target_count, gains))
    cost = posteriors.cost

    def look(values: Callable[[int], Floats], step: Step, outside: float) -> float:
        row, column, kind = step
        number = potentials.block_number(row)
        block = potentials.blocks[number]
        place = (row - block.first_row, column - block.first_column)
        if not 0 <= place[1] < block.columns:
            return outside
        return float(values(number)[(*place, kind)])

    def score(step: Step) -> float:
        return look(lambda number: potentials.blocks[number].values_RBT, step, float(_NONE))

    def posterior(step: Step) -> float:
        return min(1.0, max(0.0, look(posteriors.gains, step, -cost) + cost))

    return Decoded(
        tuple(steps),
        tuple(map(score, steps)),
        tuple(map(posterior, steps)),
        tuple(other_readings(steps, score, posterior, potentials.types)),
    )


def best_path(potentials: Potentials) -> list[Step]:
    """The path of highest score, ties broken by bead type order.

    Raises AlignError where no path joins the two ends.
    """
    lattice = Lattice(potentials, "max")
    _ = lattice.total
    row, column = potentials.source_count, potentials.target_count
    number = len(potentials.blocks) - 1
    steps: list[Step] = []
    allowed: tuple[int, ...] | None = None
    while (row, column) != (0, 0):
        while potentials.blocks[number].first_row > row:
            number -= 1
        block = potentials.blocks[number]
        here = block.values_RBT[row - block.first_row, column - block.first_column]
        arriving = lattice.begins_of(row, column) + here
        if allowed is not None:
            mask = np.full(len(arriving), -np.inf)
            mask[list(allowed)] = 0.0
            if NULL_TYPES in allowed:
                mask[NULL_TYPES:] = 0.0
            arriving = arriving + mask
        kind = int(np.argmax(arriving))
        steps.append((row, column, kind))
        a, b = bead_of(kind)
        row, column = row - a, column - b
        allowed = _BEFORE.get(kind)
    return steps[::-1]


_MATCHES = (NULL_TYPES,)  # stands for all match types
# which bead may come before a null, given whether that null opened or extended its run
_BEFORE = {
    SOURCE_OPEN: _MATCHES,
    SOURCE_EXTEND: (SOURCE_OPEN, SOURCE_EXTEND),
    TARGET_OPEN: (*_MATCHES, SOURCE_OPEN, SOURCE_EXTEND),
    TARGET_EXTEND: (TARGET_OPEN, TARGET_EXTEND),
}


class _Posteriors:
    """The posteriors of all beads, less a cost, block by block.

    Those of a long text are hundreds of megabytes, and nearly all are nothing: what is too small to change
    the difference in single precision is not kept. Null posteriors are summed over places, opening
    and extending together.
    """

    def __init__(self, potentials: Potentials, cost: float) -> None:
        self.potentials, self.cost = potentials, cost
        self._source = np.zeros(potentials.source_count + 1)
        self._target = np.zeros(potentials.target_count + 1)
        self._kept: list[tuple[npt.NDArray[np.int32], Floats]] = []
        least = np.float32(np.spacing(np.float32(cost)) / 2 if cost else 0.0)
        for block, values in zip(potentials, Lattice(potentials, "sum").marginals(), strict=True):
            rows, columns = _places(block)
            nulls = values[:, :, :TARGET_OPEN].sum(axis=(1, 2), dtype=np.float64)
            self._source[rows] += nulls
            nulls = values[:, :, TARGET_OPEN:NULL_TYPES].sum(axis=(0, 2), dtype=np.float64)
            self._target[columns] += nulls
            values[:, :, :NULL_TYPES] = 0
            flat = values.reshape(-1)
            place = np.flatnonzero(flat > least).astype(np.int32)
            self._kept.append((place, flat[place]))
        self._last: tuple[int, Floats] = (-1, np.zeros((0, 0, 0), np.float32))

    def gains(self, number: int) -> Floats:
        """[R, B, T] of a block: the posterior of each bead less the cost, -1e30 outside the band."""
        if self._last[0] != number:
            block = self.potentials.blocks[number]
            rows, columns = _places(block)
            values = np.zeros(block.values_RBT.shape, np.float32)
            place, kept = self._kept[number]
            values.reshape(-1)[place] = kept
            values[:, :, :TARGET_OPEN] = self._source[rows, None, None]
            values[:, :, TARGET_OPEN:NULL_TYPES] = self._target[None, columns, None]
            values -= np.float32(self.cost)
            # a bead outside the band stays outside: its posterior is 0, not merely small
            values[block.values_RBT <= _OUTSIDE] = _NONE
            self._last = (number, values)
        return self._last[1]


class _GainBlock(ScoreBlock):
    """A block of `_Posteriors.gains`, made when it is looked at."""

    __slots__ = ("_number", "_posteriors")
    _number: int
    _posteriors: _Posteriors

    def __init__(self, posteriors: _Posteriors, number: int) -> None:
        block = posteriors.potentials.blocks[number]
        for name, value in (
            ("first_row", block.first_row),
            ("first_column", block.first_column),
            ("_posteriors", posteriors),
            ("_number", number),
        ):
            object.__setattr__(self, name, value)

    @property
    def values_RBT(self) -> Floats:
        """See `_Posteriors.gains`."""
        return self._posteriors.gains(self._number)

    @property
    def rows(self) -> int:
        """R."""
        return self._posteriors.potentials.blocks[self._number].rows

    @property
    def columns(self) -> int:
        """B."""
        return self._posteriors.potentials.blocks[self._number].columns


def _places(block: ScoreBlock) -> tuple[slice, slice]:
    return (
        slice(block.first_row, block.first_row + block.rows),
        slice(block.first_column, block.first_column + block.columns),
    )
