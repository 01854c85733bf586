"""What training says of its weights: in words, with figures that may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from aligner.cli.common import weights
from aligner.engine import embedding, evaluating, features, training
from aligner.engine.evaluating import load_gold
from tests.conftest import CORPORA


def test_nothing_was_held_out() -> None:
    (line,) = weights.meaning(())
    assert line.startswith("No piece was held out (--folds)")
    assert list(weights.compared((), (), None, None)) == []  # type: ignore[arg-type]


def rates(strict: float | None, lax: float | None, null: float | None) -> dict[str, Any]:
    return {
        name: SimpleNamespace(precision=value, f1=value)
        for name, value in (("strict", strict), ("lax", lax), ("null", null))
    }


@pytest.mark.parametrize(
    ("figures", "said", "left_out"),
    [
        (rates(0.9, 0.95, None), "the gold has no segment without a counterpart", "are recognised"),
        (rates(None, None, 0.5), "an F1 of 0.50 (null)", "of 100"),
    ],
)
def test_figures_that_say_nothing(
    figures: dict[str, Any], said: str, left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = SimpleNamespace(documents=2, macro=figures)
    monkeypatch.setattr(evaluating, "summarise_scores", lambda _: summary)
    told = "\n".join(weights.meaning(["a", "b"]))  # type: ignore[list-item]
    assert said in told
    assert left_out not in told


@pytest.mark.parametrize(
    ("p", "difference", "said"),
    [
        (0.01, 0.1, "better than the shipped ones"),
        (0.01, -0.1, "worse than"),
        (0.5, 0.1, "no diff"),
    ],
)
def test_what_a_difference_means(
    p: float, difference: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = load_gold(CORPORA / "training" / "poem-harbour-pt-en")
    score = evaluating.score_case(case, case.gold)
    interval = SimpleNamespace(low=-0.2, high=0.3)
    one: Any = SimpleNamespace(p=p, difference=difference, interval=interval)

    def scored(pieces: Sequence[Any], *_: object) -> list[Any]:
        assert [piece.name for piece in pieces] == [case.name]
        return [score]

    monkeypatch.setattr(training, "score_cases", scored)
    monkeypatch.setattr(evaluating, "paired_bootstrap", lambda *_: {"macro": {"strict": one}})
    encoder = embedding.load_encoder("embedded")
    shipped = features.shipped_weights()
    lines = list(weights.compared([score], [case], encoder, shipped))
    assert lines[0].split() == ["shipped", "weights", "1", "1.000", "1.000", *lines[0].split()[5:]]
    assert f"{difference:+.3f} (-0.200 .. +0.300, p {p:.3f}): {said}" in lines[1]
    assert len(lines) == 2 + (case.name in shipped.about["cases"])
    monkeypatch.setattr(evaluating, "paired_bootstrap", lambda *_: {"macro": {}})
    assert len(list(weights.compared([score], [case], encoder, shipped))) == 1
