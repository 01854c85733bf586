"""Weights: files that fit, files that do not, mixing, calibration, trust."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest

from aligner.engine.features import (
    MATCH_FEATURES,
    NULL_FEATURES,
    parse_weights,
    shipped_weights,
    trust,
)
from aligner.model import ModelError
from tests.unit.engine.features.synthetic import random_weights


def test_a_file_holds_all_of_it() -> None:
    weights = shipped_weights()
    again = parse_weights(weights.dumps(), "w.json")
    assert again.dumps() == weights.dumps()
    assert again.digest == weights.digest
    assert again.about == weights.about
    for part in ("seeing", "blind"):
        assert np.allclose(again.match[part], weights.match[part], rtol=1e-5)
    assert random_weights(1).digest != random_weights(2).digest


def test_what_is_shipped_says_how_it_was_made() -> None:
    weights = shipped_weights()
    assert {"cases", "encoder", "decay", "iterations"} <= set(weights.about)
    assert len(weights.about["cases"]) > 50
    for kind in ("match", "null"):
        knots = weights.reliability[kind]
        assert (knots[0][0], knots[-1][0]) == (0.0, 1.0)
        assert all(a[0] < b[0] and a[1] <= b[1] for a, b in itertools.pairwise(knots))


def change(data: dict[str, Any], how: str) -> None:
    table = data["match"]["seeing"]
    if how == "missing":
        del table["distance"]
    elif how == "unknown":
        table["phase of the moon"] = 1.0
    elif how == "text":
        table["distance"] = "far"
    elif how == "part":
        del data["null"]["blind"]
    elif how == "format":
        data["format"] = 2
    elif how == "half":
        data["match"]["uneven"] = data["match"]["blind"]
    elif how == "about":
        data["about"] = "mine"
    elif how == "encoder":
        data["about"] = {"encoder": 3}
    elif how == "infinite":
        table["distance"] = float("inf")
    elif how == "knots":
        data["reliability"] = {"match": [[0.5]]}


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("missing", "the weights are for other features (such as 'distance')"),
        ("unknown", "the weights are for other features (such as 'phase of the moon')"),
        ("text", "this is not a weights file"),
        ("part", "this is not a weights file"),
        ("format", "weights of format 2"),
        ("knots", "this is not a weights file"),
        ("half", "only half of the part 'uneven' is there"),
        ("about", "this is not a weights file (what it says about itself is no object)"),
        ("encoder", "this is not a weights file (the name of its encoder is no text)"),
        ("infinite", "this is not a weights file (a weight is not a finite number)"),
    ],
)
def test_weights_that_do_not_fit(how: str, message: str) -> None:
    data = json.loads(random_weights(1).dumps())
    change(data, how)
    with pytest.raises(ModelError) as caught:
        parse_weights(json.dumps(data), "mine.json")
    assert str(caught.value).startswith(f"mine.json: {message}")
    assert "aligner train" in caught.value.hint


@pytest.mark.parametrize("text", ["", "3", "[]", "null", '{"format": 1}', '"text"'])
def test_files_that_are_no_weights(text: str) -> None:
    with pytest.raises(ModelError, match=r"mine\.json: this is not a weights file"):
        parse_weights(text, "mine.json")


def test_mixing() -> None:
    weights = random_weights(3)
    for share in (0.0, 0.25, 1.0):
        match, null = weights.mixed(share)
        for mixed, table in ((match, weights.match), (null, weights.null)):
            expected = share * table["seeing"] + (1 - share) * table["blind"]
            assert np.allclose(mixed, expected, atol=1e-6)


def test_calibration_runs_between_the_knots() -> None:
    from dataclasses import replace

    plain = random_weights(3)
    assert plain.calibrated(0.37, null=False) == 0.37
    knots = ((0.0, 0.0), (0.5, 0.8), (1.0, 0.9))
    weights = replace(plain, reliability={"match": knots})
    assert weights.calibrated(0.25, null=False) == pytest.approx(0.4)
    assert weights.calibrated(0.75, null=False) == pytest.approx(0.85)
    assert weights.calibrated(1.0, null=False) == 0.9
    assert weights.calibrated(0.25, null=True) == 0.25


@pytest.mark.parametrize(
    ("covers", "expected"), [((0.98, 0.97), 1.0), ((0.98, 0.0), 0.0), ((0.5, 0.98), 0.5)]
)
def test_the_weaker_language_decides(covers: tuple[float, float], expected: float) -> None:
    assert trust(*covers) == pytest.approx(expected)
    assert trust(*reversed(covers)) == pytest.approx(expected)


@pytest.mark.parametrize("names", [MATCH_FEATURES, NULL_FEATURES], ids=["match", "null"])
def test_features_have_names_of_their_own(names: tuple[str, ...]) -> None:
    assert len(set(names)) == len(names)
