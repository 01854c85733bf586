"""Evidence set by hand, for what no gold has: nats for beads beside those of the trained weights.

An extra says for every bead how much of its evidence the bead holds; the potentials add that many
times `bonus`, and `explain` shows the same figure as a part.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Extra", "Pairs"]

Floats = npt.NDArray[np.float32]
_ONE = (1, 1)


class Extra(Protocol):
    """What the potentials and `explain` ask of an extra."""

    @property
    def name(self) -> str:
        """The name of its part."""
        ...

    @property
    def bonus(self) -> float:
        """Nats for a bead that holds its evidence once."""
        ...

    def shares(self, rows: range, columns: range, a: int, b: int) -> Floats:
        """[R, B] for the beads of `a` and `b` segments that end at these cells; 0 outside the texts."""
        ...


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of segments (i, j), sorted: how many of them a bead holds. `single`: 1-1 beads only."""

    name: str
    bonus: float
    pairs: Sequence[tuple[int, int]]
    single: bool = False

    def shares(self, rows: range, columns: range, a: int, b: int) -> Floats:
        """See `Extra`."""
        out = np.zeros((len(rows), len(columns)), np.float32)
        if self.single and (a, b) != _ONE:
            return out
        for i, j in self.pairs[bisect.bisect_left(self.pairs, (rows.start - a, 0)) :]:
            if i + 1 >= rows.stop:
                break
            top, left = i + 1 - rows.start, j + 1 - columns.start
            out[max(0, top) : max(0, top + a), max(0, left) : max(0, left + b)] += 1
        return out
