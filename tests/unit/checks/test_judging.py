"""Severity follows from kind and probability; the shipped judgement has all checks that need it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks import CHECK_CODES, SEVERITIES
from aligner.checks.common import INPUTS, JUDGED, Hit, Judgement, Setting, judgement_signs

PLAIN = Judgement(
    mean=(0.0,) * len(JUDGED),
    scale=(1.0,) * len(JUDGED),
    shared=(0.0, 1.0, *(0.0,) * (len(JUDGED) - 2)),
    codes={"number": (0.0,) * len(JUDGED)},
    least={"number": 0.2},
    plain=0.6,
    major=0.8,
    critical=0.95,
)


@pytest.mark.parametrize(
    ("own", "probability", "severity"),
    [
        ("critical", 0.96, "critical"),
        ("critical", 0.9, "major"),
        ("critical", 0.5, "minor"),
        ("critical", 0.1, "note"),
        ("major", 0.99, "major"),
        ("minor", 0.99, "minor"),
        ("note", 0.99, "note"),
    ],
)
def test_severity(own: str, probability: float, severity: str) -> None:
    assert PLAIN.severity("number", own, probability) == severity


def test_where_nothing_was_measured_a_finding_must_be_likely() -> None:
    assert PLAIN.severity("number", "major", 0.5) == "minor"
    assert PLAIN.severity("link", "major", 0.5) == "note"


@given(st.sampled_from(SEVERITIES), st.floats(0, 1))
def test_severity_is_never_raised(own: str, probability: float) -> None:
    made = PLAIN.severity("number", own, probability)
    assert SEVERITIES.index(made) <= SEVERITIES.index(own)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_surer_the_likelier(one: float, other: float) -> None:
    low, high = (
        PLAIN.probability(
            "number",
            judgement_signs(
                Hit("number", "major", sure, "", ((0, 1),)), ("a b c", "d e f"), "en", Setting()
            ),
        )
        for sure in sorted((one, other))
    )
    assert low <= high


def test_the_shipped_judgement() -> None:
    path = resources.files("aligner.checks.common") / "judgement.json"
    stored = json.loads(path.read_text("utf-8"))
    assert set(stored) == {"document", "pairs"} < set(INPUTS)
    for kept in stored.values():
        assert set(kept["codes"]) <= set(CHECK_CODES)
        assert all(len(values) == len(JUDGED) for values in kept["codes"].values())
        assert 0.5 <= kept["major"] <= kept["critical"] <= 1
        # what is shown besides is an exception downwards
        assert all(least <= kept["plain"] for least in kept["least"].values())


def test_a_sign_that_nobody_knows_says_nothing() -> None:
    hit = Hit("number", "major", 0.9, "", ((0, 1),))
    signs = judgement_signs(hit, ("a b c", "d e f"), "en", Setting("document"))
    assert math.isnan(signs[JUDGED.index("lone")])
    weighed = replace(PLAIN, shared=(0.0, 1.0, *(1.0,) * (len(JUDGED) - 2)), mean=signs)
    mean = [0.0 if math.isnan(sign) else sign for sign in signs]
    assert replace(weighed, mean=tuple(mean)).probability("number", signs) == 0.5
