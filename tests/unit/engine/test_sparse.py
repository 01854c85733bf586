"""Lattices of few beads against the full program: sums, posteriors and paths are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import decode_beads
from aligner.engine.decoding.decoder import BEAD_COST
from aligner.engine.lattice import Lattice, Potentials, SparseLattice, bead_of
from aligner.model import AlignError
from tests.property.test_lattice import random_potentials

Ints = npt.NDArray[np.int64]


@dataclass
class Text:
    source_count: int
    target_count: int
    row_E: Ints
    column_E: Ints
    kind_E: Ints
    values_E: npt.NDArray[np.float64]
    posterior_E: npt.NDArray[np.float64]


def text_of(potentials: Potentials) -> Text:
    """Every possible bead as an edge, with its marginal."""
    rows, columns, kinds, values, marginals = [], [], [], [], []
    for block, marginal in zip(potentials, Lattice(potentials).marginals(), strict=True):
        row, column, kind = np.nonzero(block.values_RBT > -1e9)
        sizes = np.array([bead_of(one) for one in kind.tolist()]).reshape(-1, 2)
        inside = (row + block.first_row >= sizes[:, 0]) & (
            column + block.first_column >= sizes[:, 1]
        )
        row, column, kind = row[inside], column[inside], kind[inside]
        rows.append(row + block.first_row)
        columns.append(column + block.first_column)
        kinds.append(kind)
        values.append(block.values_RBT[row, column, kind].astype(np.float64))
        marginals.append(marginal[row, column, kind].astype(np.float64))
    return Text(
        potentials.source_count,
        potentials.target_count,
        np.concatenate(rows),
        np.concatenate(columns),
        np.concatenate(kinds),
        np.concatenate(values),
        np.concatenate(marginals),
    )


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=4),
    st.integers(0, 2**31),
    st.sampled_from([0.0, 0.3, 0.6]),
)
@settings(max_examples=60, deadline=None)
def test_sums_posteriors_and_paths_are_those_of_the_full_program(
    sizes: list[tuple[int, int]], seed: int, holes: float
) -> None:
    full, texts, totals = [], [], []
    for number, (n, m) in enumerate(sizes):
        potentials = random_potentials(n, m, seed + number, [2, 3], holes)
        try:
            total = Lattice(potentials).total
        except AlignError:
            continue
        full.append(potentials)
        totals.append(total)
        texts.append(text_of(potentials))
    if not texts:
        return
    lattice = SparseLattice(texts)
    values = np.concatenate([text.values_E for text in texts])
    assert lattice.forward(values) == pytest.approx(totals, abs=1e-4)
    wanted = np.concatenate([text.posterior_E for text in texts])
    assert lattice.posteriors(values) == pytest.approx(wanted, abs=1e-4)
    assert lattice.forward(values, best=True) == pytest.approx(
        [Lattice(one, "max").total for one in full], abs=1e-4
    )
    paths, posterior = lattice.decode(values, BEAD_COST)
    first = 0
    for text, potentials, path in zip(texts, full, paths, strict=True):
        decoded = decode_beads(potentials)
        steps = [
            (int(text.row_E[k - first]), int(text.column_E[k - first]), int(text.kind_E[k - first]))
            for k in path
        ]
        if steps != list(decoded.steps):  # equal worth: the two programs may choose differently
            assert sum(posterior[k] - BEAD_COST for k in path) == pytest.approx(
                sum(one - BEAD_COST for one in decoded.posteriors), abs=1e-4
            )
        else:
            assert [posterior[k] for k in path] == pytest.approx(decoded.posteriors, abs=1e-4)
        first += len(text.kind_E)


def test_a_text_without_a_path_is_worth_nothing() -> None:
    one = text_of(random_potentials(3, 3, 5, [4], 0.0))
    lattice = SparseLattice([one])
    values = np.where(one.row_E == 2, -1e30, one.values_E)
    values = np.where(one.row_E == 3, -1e30, values)
    assert lattice.forward(values)[0] < -1e20
