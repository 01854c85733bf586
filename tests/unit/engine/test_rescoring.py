"""The second pass: likely beads are scored again, and the parts still sum to the score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine import features
from aligner.engine.decoding import decode_beads
from aligner.engine.features import SECOND_FEATURES
from aligner.engine.lattice import NULL_TYPES, Lattice, Potentials, likely_beads
from aligner.engine.rescoring import rescore, windows_of
from aligner.engine.solving import Scored
from aligner.model import AlignError
from tests.property.test_lattice import random_potentials
from tests.unit.engine.features.synthetic import blocks, blurred, meanings, random_weights


@dataclass
class Side:
    """Three tokens a segment."""

    bounds: npt.NDArray[np.int64]
    weight_T: npt.NDArray[np.float32]
    rows: npt.NDArray[np.float32]

    def vectors(self, start: int, stop: int) -> npt.NDArray[np.float32]:
        return self.rows[self.bounds[start] : self.bounds[stop]]


def side(rows: npt.NDArray[np.float32], seed: int) -> Side:
    tokens = blurred(np.repeat(rows, 3, axis=0), seed, 0.8)
    weight = np.random.default_rng(seed).uniform(0.1, 1, len(tokens)).astype(np.float32)
    return Side(np.arange(0, len(tokens) + 1, 3), weight, tokens)


def second_weights(seed: int) -> dict[str, float]:
    values = np.random.default_rng(seed).normal(0, 0.4, len(SECOND_FEATURES))
    made = dict(zip(SECOND_FEATURES, values.tolist(), strict=True))
    return {**made, "first pass, match": 0.9, "first pass, null": 1.1}


def scored(n: int, m: int, seed: int) -> tuple[Scored, features.Weights, Potentials]:
    source, target = meanings(n, seed), blurred(meanings(m, seed), seed + 1)
    made = blocks(source, target, seed)
    weights = random_weights(seed)
    first = features.potentials(made, weights, 1.0)
    tokens = side(source, seed + 2), side(target, seed + 3)
    return Scored(made, 1.0, *rescore(first, tokens, second_weights(seed))), weights, first


@given(n=st.integers(1, 9), m=st.integers(1, 9), seed=st.integers(0, 2**31))
@settings(max_examples=25, deadline=None)
def test_the_parts_sum_to_the_second_score(n: int, m: int, seed: int) -> None:
    made, weights, _ = scored(n, m, seed)
    decoded = decode_beads(made.potentials)
    for parts, score in zip(made.explain(weights, decoded.steps), decoded.scores, strict=True):
        assert sum(part.nats for part in parts) == pytest.approx(score, abs=2e-3)
        sizes = [abs(part.nats) for part in parts]
        assert sizes == sorted(sizes, reverse=True)


def test_beads_that_are_not_likely_keep_their_order_and_impossible_ones_stay_so() -> None:
    made, _, first = scored(12, 11, 4)
    assert made.attributed is not None
    second = second_weights(4)
    seen = 0
    for old, new, places in zip(first, made.potentials, made.attributed.looked_up, strict=True):
        before, after = old.values_RBT.reshape(-1), new.values_RBT.reshape(-1)
        assert (after[before < -1e20] < -1e20).all()
        kinds = np.arange(len(before)) % old.values_RBT.shape[2]
        nulls = (kinds < NULL_TYPES) & (before > -1e20)
        constant = np.where(
            np.isin(kinds, (0, 2)), second["opens a run of nulls"] + second["null"], second["null"]
        )
        assert after[nulls] == pytest.approx(before[nulls] * 1.1 + constant[nulls], abs=1e-3)
        others = np.setdiff1d(np.flatnonzero((kinds >= NULL_TYPES) & (before > -1e20)), places)
        for kind in set(kinds[others].tolist()):
            same = others[kinds[others] == kind]
            seen += len(same)
            assert after[same] - before[same] * 0.9 == pytest.approx(
                np.full(len(same), float(after[same[0]] - before[same[0]] * 0.9)), abs=1e-3
            )
    assert seen > 50


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**31), st.sampled_from([0.0, 0.3]))
@settings(max_examples=30, deadline=None)
def test_likely_beads_are_those_of_the_flattened_marginals(
    n: int, m: int, seed: int, holes: float
) -> None:
    potentials = random_potentials(n, m, seed, [2], holes)
    halved = Potentials(
        n,
        m,
        tuple(
            type(block)(block.first_row, block.first_column, block.values_RBT * np.float32(0.5))
            for block in potentials
        ),
    )
    try:
        wanted = list(Lattice(halved).marginals())
    except AlignError:
        return
    for kept, marginal, block in zip(
        likely_beads(potentials, nulls=True), wanted, potentials, strict=True
    ):
        got = np.zeros(marginal.size, np.float32)
        got[kept.place_K] = kept.posterior_K
        assert got == pytest.approx(np.where(marginal > 1e-5, marginal, 0).reshape(-1), abs=1e-5)
        assert (kept.row_K >= block.first_row).all()
        assert (kept.source_K + kept.target_K >= 1).all()


def test_windows_hold_every_likely_bead() -> None:
    _, _, first = scored(14, 12, 9)
    kept = list(likely_beads(first))
    windows = windows_of(kept, 14, 12)
    for one in kept:
        for row, column, a, b in zip(
            one.row_K, one.column_K, one.source_K, one.target_K, strict=True
        ):
            for i in range(row - a, row):
                assert windows.low_N[i] <= column - b
                assert windows.high_N[i] >= column


def test_the_second_pass_does_not_depend_on_the_number_of_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from aligner.runtime import cores

    results = []
    for count in (1, 3):
        monkeypatch.setattr(cores, "count", lambda count=count: count)
        made, _, _ = scored(30, 28, 6)
        results.append([block.values_RBT.tobytes() for block in made.potentials])
    assert results[0] == results[1]
