"""The beads that are worth a second look: likely ones of the lattice, even at half its certainty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.lattice.paths import Lattice
from aligner.engine.lattice.potentials import NULL_TYPES, TARGET_OPEN, Potentials, bead_of

__all__ = ["Kept", "likely_beads", "null_posteriors"]

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

_FLATTENED = 0.5  # scores are halved: what the first pass is sure of, it may be wrong about
_LEAST = 1e-5  # posterior


@dataclass(frozen=True, slots=True)
class Kept:
    """Likely beads of one block: where they stand in its values, and their cells and sizes.

    Bead k ends at the cell (row_K[k], column_K[k]) and has source_K[k] and target_K[k] segments;
    `place_K` is its flat index in `values_RBT`, `posterior_K` its flattened posterior (0-1).
    """

    place_K: Ints
    row_K: Ints
    column_K: Ints
    source_K: Ints
    target_K: Ints
    posterior_K: npt.NDArray[np.float32]


def likely_beads(potentials: Potentials, *, nulls: bool = False) -> Iterator[Kept]:
    """For each block its match beads (with `nulls` all beads) of a posterior that is not negligible.

    20 to 100 beads a row of some 1,500 are left, the right ones among them.
    """
    sizes = np.array([bead_of(kind) for kind in range(potentials.types)])
    marginals = Lattice(potentials, scale=_FLATTENED).marginals()
    for block, values in zip(potentials, marginals, strict=True):
        if not nulls:
            values[:, :, :NULL_TYPES] = 0
        place = np.flatnonzero(values > _LEAST)
        row, column, kind = np.unravel_index(place, values.shape)
        size = sizes[kind]
        yield Kept(
            place,
            row + block.first_row,
            column + block.first_column,
            size[:, 0],
            size[:, 1],
            values.reshape(-1)[place],
        )


def null_posteriors(potentials: Potentials) -> tuple[Doubles, Doubles]:
    """[N] and [M]: for each segment of the source and of the target the probability (0-1) that it
    has no partner, wherever the path passes it.
    """
    source, target = np.zeros(potentials.source_count), np.zeros(potentials.target_count)
    for block, values in zip(potentials, Lattice(potentials).marginals(), strict=True):
        rows = values[:, :, :TARGET_OPEN].sum(axis=(1, 2), dtype=np.float64)
        columns = values[:, :, TARGET_OPEN:NULL_TYPES].sum(axis=(0, 2), dtype=np.float64)
        for whole, part, first in (
            (source, rows, block.first_row),
            (target, columns, block.first_column),
        ):
            inside = part[1:] if first == 0 else part  # nothing ends before the first segment
            start = max(first - 1, 0)
            whole[start : start + len(inside)] += inside
    return np.minimum(source, 1.0), np.minimum(target, 1.0)
