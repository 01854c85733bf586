"""Likelihood and gradient against enumeration and finite differences; fitting finds the gold."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine import features
from aligner.engine.decoding import decode_beads
from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES, Weights
from aligner.engine.lattice import bead_of
from aligner.engine.training.calibrate import knots
from aligner.engine.training.examples import Example, example
from aligner.engine.training.fit import fit, initial_weights, log_likelihood
from aligner.engine.training.gold import Region, regions
from aligner.model import AlignError
from tests.property.test_lattice import Step, ladders, score
from tests.unit.engine.features.synthetic import blocks, blurred, meanings, random_weights

Beads = Sequence[tuple[list[int], list[int]]]

CASES: list[tuple[str, int, int, Beads, bool]] = [
    ("one to one", 3, 3, [([0], [0]), ([1], [1]), ([2], [2])], False),
    ("nulls of both sides", 3, 3, [([0], [0]), ([1], []), ([], [1]), ([2], [2])], False),
    ("runs of nulls", 4, 3, [([3], [2])], False),
    ("two to two", 4, 3, [([0, 1], [0, 1]), ([2, 3], [2])], False),
    ("coarse: any path inside", 4, 3, [([0, 1], [0, 1]), ([2, 3], [2])], True),
    ("crossed: latent", 3, 3, [([0], [1]), ([1], [0]), ([2], [2])], False),
    ("a gap: latent", 4, 2, [([0, 2], [0]), ([3], [1])], False),
    ("everything latent", 3, 4, [([0, 2], [0, 3])], False),
    ("nothing aligned", 2, 3, [], False),
]


def agrees(path: tuple[Step, ...], gold: tuple[Region, ...]) -> bool:
    """Whether a path is one that the gold allows, straight from the definition of a region."""
    beads = []
    for row, column, kind in path:
        a, b = bead_of(kind)
        beads.append((range(row - a, row), range(column - b, column)))
    rest = iter(beads)
    for region in gold:
        inside = []
        done = (region.source.start, region.target.start)
        while done != (region.source.stop, region.target.stop):
            bead = next(rest)
            done = (bead[0].stop, bead[1].stop)
            if done[0] > region.source.stop or done[1] > region.target.stop:
                return False
            inside.append(bead)
        whole = bool(region.source) and bool(region.target)
        if whole and not region.free and inside != [(region.source, region.target)]:
            return False
    return True


def log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))


@pytest.mark.parametrize(
    ("n", "m", "gold", "coarse"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
@pytest.mark.parametrize("trust", [1.0, 0.3])
def test_likelihood_is_that_of_all_agreeing_paths(
    n: int, m: int, gold: Beads, coarse: bool, trust: float
) -> None:
    made = blocks(meanings(n, 1), blurred(meanings(m, 1), 2))
    weights = random_weights(7)
    of_gold = regions(gold, n, m, coarse=coarse)
    potentials = features.potentials(made, weights, trust)
    scored = [(score(potentials, path), path) for path in ladders(n, m)]
    right = [value for value, path in scored if agrees(path, of_gold)]
    assert right
    if not any(region.free for region in of_gold):
        assert len(right) == 1
    expected = log_sum(right) - log_sum([value for value, _ in scored])
    item = example("tiny", made, of_gold, trust, 1.0)
    assert item.fixed == (not any(region.free for region in of_gold))
    assert log_likelihood(item, weights).value == pytest.approx(expected, abs=2e-3)


@given(seed=st.integers(0, 2**31), which=st.integers(0, len(CASES) - 1))
@settings(max_examples=12, deadline=None)
def test_the_gradient_is_the_slope(seed: int, which: int) -> None:
    _, n, m, gold, coarse = CASES[which]
    made = blocks(meanings(n, seed), blurred(meanings(m, seed), seed + 1), seed)
    item = example("tiny", made, regions(gold, n, m, coarse=coarse), 1.0, 1.0)
    weights = random_weights(seed)
    found = log_likelihood(item, weights)
    rng = np.random.default_rng(seed)
    step = 0.02

    def moved(table: str, direction: np.ndarray, by: float) -> Weights:
        old = getattr(weights, table)
        return replace(weights, **{table: {**old, "seeing": old["seeing"] + by * direction}})

    for table, gradient, count in (
        ("match", found.match, len(MATCH_FEATURES)),
        ("null", found.null, len(NULL_FEATURES)),
    ):
        direction = rng.normal(0, 1, count) / math.sqrt(count)
        up, down = (log_likelihood(item, moved(table, direction, by)).value for by in (step, -step))
        slope = (up - down) / (2 * step)
        assert slope == pytest.approx(float(gradient @ direction), abs=0.02, rel=0.02)


def texts(
    seed: int, drop: int, join: int
) -> tuple[features.Blocks, list[tuple[list[int], list[int]]]]:
    """24 segments; the target lacks one and has two others joined into one."""
    rows = meanings(24, seed)
    target, gold = [], []
    i = 0
    while i < 24:
        if i == drop:
            gold.append(([i], list[int]()))
            i += 1
            continue
        width = 2 if i == join else 1
        target.append(rows[i : i + width].sum(axis=0) / math.sqrt(width))
        gold.append((list(range(i, i + width)), [len(target) - 1]))
        i += width
    return blocks(rows, blurred(np.array(target, np.float32), seed + 1), seed), gold


def some_examples() -> list[Example]:
    """Four texts with their gold."""
    examples = []
    for seed, drop, join in ((1, 5, 10), (2, 11, 3), (3, 20, 15), (4, 2, 8)):
        made, gold = texts(seed, drop, join)
        found = regions(gold, 24, made.target.count, coarse=False)
        examples.append(example(f"text {seed}", made, found, 1.0, 0.05))
    return examples


def test_fitting_finds_the_gold_of_texts_it_never_saw() -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    examples = some_examples()
    lines: list[str] = []
    weights = fit(examples, iterations=12, report=lines.append)
    assert fit(examples, iterations=12).dumps() == weights.dumps()
    assert any("a unit of weight" in line for line in lines)
    for item in examples:
        better = log_likelihood(item, weights).value
        assert better > log_likelihood(item, initial_weights()).value
    made, gold = texts(9, 7, 16)
    decoded = decode_beads(features.potentials(made, weights, 1.0))
    beads = [(list(source), list(target)) for source, target in decoded.ranges()]
    assert beads == gold


def test_gold_that_the_band_misses_is_named_and_left_out() -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    made, gold = texts(1, 5, 10)
    good = example("good", made, regions(gold, 24, made.target.count, coarse=False), 1.0, 0.05)
    # the first strip without its columns: no path begins
    strip = good.strips[0]
    closed = replace(strip, allowed=np.zeros_like(strip.allowed))
    bad = replace(good, name="bad", strips=(closed, *good.strips[1:]), fixed=False)
    with pytest.raises(AlignError):
        log_likelihood(bad, initial_weights())
    lines: list[str] = []
    fit([good, bad], iterations=2, report=lines.append)
    assert "bad: the band misses its gold; left out" in lines


def test_knots_rise_and_follow_what_was_right() -> None:
    rng = np.random.default_rng(3)
    posteriors = rng.random(6000)
    right = rng.random(6000) < posteriors**2  # overconfident
    found = knots(list(posteriors), list(right))
    assert found[0] == (0.0, 0.0)
    assert found[-1][0] == 1.0
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in itertools.pairwise(found))
    x, y = zip(*found, strict=True)
    for at in (0.3, 0.5, 0.7, 0.9):
        assert float(np.interp(at, x, y)) == pytest.approx(at**2, abs=0.06)
    assert knots([0.5] * 100, [True] * 100) == ()
