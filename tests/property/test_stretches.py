"""Solved stretch by stretch around pins: the same beads and posteriors as all at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import apply_pins, decode_around, decode_beads, join_pinned, parse_pins
from aligner.engine.lattice import TYPES, Potentials, ScoreBlock
from aligner.model import AlignError, Malformed


def _potentials(n: int, m: int, seed: int) -> Potentials:
    values = np.random.default_rng(seed).normal(0, 2, (n + 1, m + 1, TYPES)).astype(np.float32)
    return Potentials(n, m, (ScoreBlock(0, 0, values[:2]), ScoreBlock(2, 0, values[2:])))


@st.composite
def _pins(draw: st.DrawFn) -> tuple[int, int, str]:
    n, m = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    lines = []
    for _ in range(draw(st.integers(0, 4))):
        i, j = draw(st.integers(0, n - 1)), draw(st.integers(0, m - 1))
        if draw(st.booleans()):
            a, b = draw(st.integers(0, 2)), draw(st.integers(0, 2))
            source, target = list(range(i, min(i + a, n))), list(range(j, min(j + b, m)))
            if source or target:
                lines.append(f"{source}:{target}")
        else:
            lines.append(f"cut {i}:{j}")
    return n, m, "\n".join(lines)


@settings(max_examples=200, deadline=None)
@given(_pins(), st.integers(0, 2**32 - 1))
def test_stretches_are_exact(case: tuple[int, int, str], seed: int) -> None:
    n, m, text = case
    try:
        pins = parse_pins(text, "pins", n, m)
    except Malformed:
        return
    potentials = _potentials(n, m, seed)
    try:
        whole = decode_beads(apply_pins(potentials, pins))
    except AlignError:
        with pytest.raises(AlignError):
            decode_around(potentials, pins, {})
        return
    joined = join_pinned(whole.ranges(), pins)
    known: dict = {}  # type: ignore[type-arg]
    found = decode_around(potentials, pins, known)
    assert [(one.source, one.target) for one in found] == [ranges for ranges, _ in joined]
    for one, (_, steps) in zip(found, joined, strict=True):
        if len(steps) == 1:
            assert one.posterior == pytest.approx(whole.posteriors[steps[0]], abs=2e-3)
            assert one.score == pytest.approx(whole.scores[steps[0]], abs=1e-4)
    # a second time from what is known, and with one bead less fixed
    assert decode_around(potentials, pins, known) == found
    fewer = pins[1:]
    assert decode_around(potentials, fewer, known) == decode_around(potentials, fewer, {})


def test_a_place_outside_the_band_is_said() -> None:
    values = np.zeros((5, 3, TYPES), np.float32)
    band = Potentials(4, 4, (ScoreBlock(0, 0, values[:2]), ScoreBlock(2, 2, values[:3])))
    with pytest.raises(AlignError, match="0:3 lies outside the band"):
        decode_around(band, parse_pins("[0]:[3]", "pins", 4, 4), {})
