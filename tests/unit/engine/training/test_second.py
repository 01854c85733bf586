"""Training of the second pass: its gradient, and that it learns what tells right beads from wrong."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.engine.attribution import ATTRIBUTION_FEATURES
from aligner.engine.decoding.decoder import best_path
from aligner.engine.evaluating import Case, CaseScore, GoldBead
from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES, SECOND_FEATURES
from aligner.engine.lattice import NULL_TYPES, bead_of
from aligner.engine.training.data import TrainingPiece
from aligner.engine.training.second import SecondExample, _Problem, train_second
from tests.property.test_lattice import random_potentials
from tests.unit.engine.test_sparse import text_of

_TELLING = ATTRIBUTION_FEATURES.index("inside share, mean")


def example(name: str, seed: int, *, fixed: bool = True, excerpt: bool = False) -> SecondExample:
    """A text whose gold is one path; a feature of attribution is larger on its match beads."""
    n = m = 6
    potentials = random_potentials(n, m, seed, [7], 0.0)
    text = text_of(potentials)
    rng = np.random.default_rng(seed)
    right = set(best_path(potentials))
    places = list(
        zip(text.row_E.tolist(), text.column_E.tolist(), text.kind_E.tolist(), strict=True)
    )
    allowed = np.array([place in right for place in places])
    edges = len(places)
    match = text.kind_E >= NULL_TYPES
    words = rng.normal(0, 0.1, (edges, len(ATTRIBUTION_FEATURES))).astype(np.float32)
    words[:, _TELLING] += allowed
    words[~match] = 0
    first = rng.normal(0, 0.3, (edges, len(MATCH_FEATURES) + len(NULL_FEATURES)))
    gold = []
    for row, column, kind in sorted(right):
        a, b = bead_of(kind)
        gold.append(GoldBead(tuple(range(row - a, row)), tuple(range(column - b, column))))
    case = Case(name, "en", "es", ("a b",) * n, ("c d",) * m, (0,), (0,), tuple(gold))
    return SecondExample(
        TrainingPiece(case, (), 0.05, (case.name,), is_excerpt=excerpt),
        text.row_E,
        text.column_E,
        text.kind_E,
        first.astype(np.float32),
        words,
        np.zeros(edges, np.float32),
        allowed if fixed else allowed | (rng.random(edges) < 0.1),
        fixed,
    )


def test_the_gradient_is_that_of_finite_differences() -> None:
    examples = [example("a-en-es", 1), example("b-en-es", 2, fixed=False), example("c-en-es", 3)]
    problem = _Problem.of(examples, lambda one: (one.words_EQ, one.extra_E))
    rng = np.random.default_rng(0)
    point = rng.normal(0, 0.3, len(ATTRIBUTION_FEATURES))
    _, slope, _ = problem(point, 0.1)
    for place in (0, 5, _TELLING, len(ATTRIBUTION_FEATURES) - 1):
        step = np.zeros_like(point)
        step[place] = 1e-2
        above, below = problem(point + step, 0.1)[0], problem(point - step, 0.1)[0]
        assert slope[place] == pytest.approx((above - below) / 2e-2, abs=2e-3)


def test_it_learns_what_tells_right_from_wrong_and_does_so_every_time() -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    examples = [example(f"case{k}-en-es", 10 + k, excerpt=k == 5) for k in range(12)]
    trained = train_second(examples, folds=3, decay=0.01)
    assert list(trained.weights) == list(SECOND_FEATURES)
    assert trained.weights["inside share, mean"] > 2
    names = [score.name for score in trained.held_out]
    assert sorted(names) == sorted(f"case{k}-en-es" for k in range(12) if k != 5)
    assert [score.name for score in trained.first_held_out] == names

    def strict(scores: tuple[object, ...]) -> float:
        return float(np.mean([score.rates("strict").f1 or 0.0 for score in scores]))  # type: ignore[attr-defined]

    assert strict(trained.held_out) > strict(trained.first_held_out) + 0.2
    again = train_second(examples, folds=3, decay=0.01)
    assert again.weights == trained.weights


def test_what_stands_for_the_first_pass_learns_from_the_cases_that_it_knows() -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    examples = [example(f"case{k}-en-es", 10 + k) for k in range(12)]
    known = {f"case{k}-en-es" for k in range(8)}

    def beads(scores: tuple[CaseScore, ...]) -> dict[str, object]:
        return {one.name: (one.confidences.tolist(), one.right.tolist()) for one in scores}

    alone = beads(train_second(examples[:8], folds=3, decay=0.01).first_held_out)
    some = beads(train_second(examples, folds=3, decay=0.01, known=known).first_held_out)
    every = beads(train_second(examples, folds=3, decay=0.01).first_held_out)
    assert {name: some[name] for name in alone} == alone
    assert {name: every[name] for name in alone} != alone
    assert len(some) == len(every) == 12
