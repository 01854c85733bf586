"""The second pass: likely beads are scored again, and the parts still sum to the score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine import features
from aligner.engine.decoding import decode_beads
from aligner.engine.features import SECOND_FEATURES
from aligner.engine.lattice import (
    NULL_TYPES,
    Lattice,
    Potentials,
    bead_of,
    likely_beads,
    null_posteriors,
)
from aligner.engine.rescoring import ALONE, LINKED, rescore, windows_of
from aligner.engine.solving import Scored
from aligner.model import AlignError
from tests.property.test_lattice import ladders, random_potentials, score
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


def scored(
    n: int, m: int, seed: int, weights_of_second: Mapping[str, float] | None = None
) -> tuple[Scored, features.Weights, Potentials]:
    source, target = meanings(n, seed), blurred(meanings(m, seed), seed + 1)
    made = blocks(source, target, seed)
    weights = random_weights(seed)
    first = features.potentials(made, weights, 1.0)
    tokens = side(source, seed + 2), side(target, seed + 3)
    second = weights_of_second or second_weights(seed)
    return Scored(made, 1.0, *rescore(first, tokens, second)), weights, first


@given(n=st.integers(1, 9), m=st.integers(1, 9), seed=st.integers(0, 2**31))
@settings(max_examples=25, deadline=None)
def test_the_parts_sum_to_the_second_score(n: int, m: int, seed: int) -> None:
    made, weights, _ = scored(n, m, seed)
    decoded = decode_beads(made.potentials)
    for parts, wanted in zip(made.explain(weights, decoded.steps), decoded.scores, strict=True):
        assert sum(part.nats for part in parts) == pytest.approx(wanted, abs=2e-3)
        sizes = [abs(part.nats) for part in parts]
        assert sizes == sorted(sizes, reverse=True)


def test_beads_that_are_not_likely_keep_their_order_and_impossible_ones_stay_so() -> None:
    second = {**second_weights(4), ALONE: 0.0, LINKED: 0.0}
    made, _, first = scored(12, 11, 4, second)
    assert made.attributed is not None
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


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**31), st.sampled_from([0.0, 0.2]))
@settings(max_examples=20, deadline=None)
def test_a_segment_is_null_as_often_as_on_all_paths(
    n: int, m: int, seed: int, holes: float
) -> None:
    potentials = random_potentials(n, m, seed, [2], holes)
    try:
        got = null_posteriors(potentials)
    except AlignError:
        return
    wanted = np.zeros(n), np.zeros(m)
    total = 0.0
    for path in ladders(n, m):
        chance = math.exp(score(potentials, path))
        total += chance
        for row, column, kind in path:
            if kind < NULL_TYPES:
                side = 0 if bead_of(kind) == (1, 0) else 1
                wanted[side][(row, column)[side] - 1] += chance
    for side in (0, 1):
        assert got[side] == pytest.approx(wanted[side] / total, abs=1e-4)


def test_what_the_first_pass_held_of_the_segments_counts_once_more() -> None:
    """A bead gains the log odds, at most 6, of what the first pass held of its own segments."""
    first = random_potentials(9, 8, 8, [10], 0.0)
    tokens = side(meanings(9, 1), 2), side(meanings(8, 3), 4)
    second = {**second_weights(8), ALONE: 0.0, LINKED: 0.0}
    plain = rescore(first, tokens, second)[0]
    weighed = rescore(first, tokens, {**second, ALONE: -1.0, LINKED: -2.0})[0]
    odds = [
        np.clip(np.log(np.clip(p, 1e-9, 1)) - np.log(np.clip(1 - p, 1e-9, 1)), -6, 6)
        for p in null_posteriors(first)
    ]
    assert odds[0].max() > 0.5
    assert odds[1].min() < -0.5
    seen = 0
    for before, after in zip(plain, weighed, strict=True):
        for place in zip(*np.nonzero(before.values_RBT > -1e20), strict=True):
            row, column = int(place[0]) + before.first_row, int(place[1]) + before.first_column
            a, b = bead_of(int(place[2]))
            if row < a or column < b:
                continue
            own = [*odds[0][row - a : row].tolist(), *odds[1][column - b : column].tolist()]
            wanted = -sum(max(0.0, one) for one in own) if a and b else -2 * max(0.0, -own[0])
            change = after.values_RBT[place] - before.values_RBT[place]
            assert change == pytest.approx(wanted, abs=1e-3)
            seen += 1
    assert seen > 200


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
