"""Large beads, where one side is much finer than the other, against brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine import features
from aligner.engine.decoding import decode_beads, parse_pins
from aligner.engine.decoding.decoder import best_path
from aligner.engine.decoding.pins import apply_pins, join_pinned
from aligner.engine.features.extras import Unlike
from aligner.engine.lattice import (
    ALL_TYPES,
    LARGE_TYPES,
    MATCH_TYPES,
    NULL_TYPES,
    TYPES,
    Lattice,
    Potentials,
    ScoreBlock,
    bead_of,
    kind_of,
    types_for,
)
from tests.property.test_lattice import Step, ladders
from tests.unit.engine.features.synthetic import blocks, blurred, meanings, random_weights


def test_which_beads_there_are() -> None:
    sizes = set(MATCH_TYPES + LARGE_TYPES)
    assert len(sizes) == len(MATCH_TYPES) + len(LARGE_TYPES) == ALL_TYPES - NULL_TYPES
    for a in range(1, 20):
        for b in range(1, 20):
            wanted = a + b <= 12 or (min(a, b) == 1 and max(a, b) <= 16)
            assert ((a, b) in sizes) == wanted, (a, b)
            kind = kind_of((a, b), ALL_TYPES)
            assert (kind is not None) == wanted
            assert kind is None or bead_of(kind) == (a, b)
            assert (kind_of((a, b), TYPES) is not None) == (a + b <= 8)


@given(
    st.tuples(st.integers(1, 500), st.integers(1, 500)),
    st.tuples(st.floats(1, 1e4), st.floats(1, 1e4)),
)
def test_beads_may_be_large_where_one_side_has_fewer_and_longer_segments(
    counts: tuple[int, int], lengths: tuple[float, float]
) -> None:
    types = types_for(counts, lengths)
    assert types == types_for(counts[::-1], lengths[::-1])
    few = 0 if counts[0] < counts[1] else 1
    fewer = counts[1 - few] / counts[few]
    longer = (lengths[few] / counts[few]) / (lengths[1 - few] / counts[1 - few])
    assert (types == ALL_TYPES) == (fewer >= 2.5 and longer >= 1.6 - 1e-9)


def random_potentials(n: int, m: int, seed: int, rows: int) -> Potentials:
    """Scores for every bead, large ones too, in blocks of that many rows."""
    values = np.random.default_rng(seed).normal(0, 2, (n + 1, m + 1, ALL_TYPES))
    return Potentials(
        n,
        m,
        tuple(
            ScoreBlock(first, 0, values[first : first + rows].astype(np.float32))
            for first in range(0, n + 1, rows)
        ),
    )


def score(potentials: Potentials, path: tuple[Step, ...]) -> float:
    total = 0.0
    for row, column, kind in path:
        block = potentials.blocks[potentials.block_number(row)]
        total += float(block.values_RBT[row - block.first_row, column, kind])
    return total


@given(
    st.sampled_from([(1, 9), (9, 1), (1, 10), (2, 7), (2, 8), (8, 2)]),
    st.integers(0, 2**31),
    st.integers(1, 3),
)
@settings(max_examples=12, deadline=None)
def test_sums_marginals_and_best_paths_are_those_of_enumeration(
    size: tuple[int, int], seed: int, rows: int
) -> None:
    n, m = size
    potentials = random_potentials(n, m, seed, rows)
    paths = list(ladders(n, m, ALL_TYPES))
    values = [score(potentials, path) for path in paths]
    top = max(values)
    weights = [math.exp(value - top) for value in values]
    mass = sum(weights)
    lattice = Lattice(potentials)
    assert lattice.total == pytest.approx(top + math.log(mass), abs=1e-4)
    assert score(potentials, tuple(best_path(potentials))) == pytest.approx(top, abs=1e-4)
    chances: dict[Step, float] = {}
    for path, weight in zip(paths, weights, strict=True):
        for step in path:
            chances[step] = chances.get(step, 0.0) + weight / mass
    for block, marginal in zip(potentials, lattice.marginals(), strict=True):
        for row, column, kind in np.ndindex(marginal.shape):
            wanted = chances.get((row + block.first_row, column, kind), 0.0)
            a, b = bead_of(kind)
            if row + block.first_row >= a and column >= b:
                assert marginal[row, column, kind] == pytest.approx(wanted, abs=1e-4)


def test_a_text_of_long_segments_gets_large_beads_and_an_ordinary_one_does_not() -> None:
    """Each source segment says what ten target segments say together."""
    parts = meanings(40, 3)
    whole = np.stack([parts[k : k + 10].sum(axis=0) for k in range(0, 40, 10)])
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    made = blocks(whole, blurred(parts, 4), large=True, longer=10)
    weights = random_weights(1)
    assert features.potentials(made, weights, 1.0).types == ALL_TYPES
    from aligner.engine.training.fit import initial_weights

    decoded = decode_beads(features.potentials(made, initial_weights(), 1.0))
    assert max(len(target) for _, target in decoded.ranges()) > 7
    ordinary = blocks(parts[:20], blurred(parts[:20], 4), large=True)
    assert features.potentials(ordinary, weights, 1.0).types == TYPES
    # few segments of ordinary length: a part is translated, nothing is joined
    partly = blocks(parts[:4], blurred(parts, 4), large=True)
    assert features.potentials(partly, weights, 1.0).types == TYPES


def test_a_pin_of_a_large_bead_is_one_bead_where_the_lattice_has_it() -> None:
    potentials = random_potentials(2, 12, 7, 2)
    pins = parse_pins("[0]:[0,1,2,3,4,5,6,7,8,9]", "pins", 2, 12)
    decoded = decode_beads(apply_pins(potentials, pins))
    assert (range(1), range(10)) in decoded.ranges()
    joined = join_pinned(decoded.ranges(), pins, potentials.types)
    assert all(len(steps) == 1 for _, steps in joined)


def test_texts_with_large_beads_are_not_unlike_for_their_size() -> None:
    """A clause is far from the article that holds it; how far 1-1 beads may be says nothing here."""
    parts = meanings(30, 5)
    whole = np.stack([parts[k : k + 10].sum(axis=0) for k in range(0, 30, 10)])
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    unrelated = meanings(30, 6)
    for large in (True, False):
        made = blocks(whole, unrelated, large=large, longer=10, background=meanings(50, 7))
        assert made.uneven == large
        assert any(isinstance(extra, Unlike) for extra in made.extras) != large
