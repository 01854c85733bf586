"""The whole of training: which pieces are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from aligner.engine import embedding
from aligner.engine.evaluating import Case
from aligner.engine.features import Weights
from aligner.engine.training import train
from aligner.engine.training.examples import Example
from aligner.engine.training.fit import fit as actual
from tests.unit.engine.training.test_data import case


def pieces(cases: list[Case], whole: list[Case]) -> list[str]:
    """Names of the pieces that training looks at."""
    said: list[str] = []
    encoder = embedding.load_encoder("embedded")
    train(cases, encoder, whole=whole, folds=0, iterations=1, report=said.append)
    return sorted(line.partition(": ")[2] for line in said if line.startswith("features "))


def test_of_whole_cases_nothing_is_made() -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    cases = [case(f"{name}-en-es", 60) for name in ("a", "c", "e")]
    whole = [case(f"{name}-en-es", 50) for name in ("b", "d")]
    alone = pieces(cases, [])
    assert len(alone) > len(cases)
    assert pieces(cases, whole) == sorted([*alone, "b-en-es", "d-en-es"])
    assert pieces(cases[::-1], whole[::-1]) == pieces(cases, whole)


def test_whole_cases_count_a_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    fitted: list[Sequence[Example]] = []

    def fit(examples: Sequence[Example], **options: Any) -> Weights:
        fitted.append(examples)
        return actual(examples, **options)

    monkeypatch.setattr("aligner.engine.training.run.fit", fit)
    pieces([case("a-en-es", 60)], [case("b-en-es", 60)])
    weight = {one.name: one.weight for one in fitted[0]}
    assert weight["b-en-es"] == pytest.approx(weight["a-en-es"] / 4)
