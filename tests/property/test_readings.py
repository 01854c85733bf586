"""Two right readings against enumeration: the probability of both divisions of the same segments."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import decode_beads
from aligner.engine.lattice import NULL_TYPES, Lattice, bead_of
from aligner.model import AlignError
from tests.property.test_lattice import ladders, random_potentials, score

Side = tuple[range, range]


@given(
    n=st.integers(2, 4),
    m=st.integers(2, 4),
    seed=st.integers(0, 2**31),
    holes=st.sampled_from([0.0, 0.2]),
)
@settings(max_examples=80, deadline=None)
def test_other_readings_are_those_of_enumeration(n: int, m: int, seed: int, holes: float) -> None:
    potentials = random_potentials(n, m, seed, [2], holes)
    try:
        _ = Lattice(potentials).total
    except AlignError:
        return
    decoded = decode_beads(potentials)
    paths = [(score(potentials, path), path) for path in ladders(n, m)]
    top = max(value for value, _ in paths)
    weights = {path: math.exp(value - top) for value, path in paths if value > -math.inf}
    mass = sum(weights.values())

    def sides(step: tuple[int, int, int]) -> Side:
        a, b = bead_of(step[2])
        return range(step[0] - a, step[0]), range(step[1] - b, step[1])

    def chance(beads: tuple[Side, ...]) -> float:
        """Of all paths that hold these match beads."""
        return (
            sum(
                weight
                for path, weight in weights.items()
                if set(beads) <= {sides(step) for step in path if step[2] >= NULL_TYPES}
            )
            / mass
        )

    for reading in decoded.readings:
        here = tuple(sides(decoded.steps[k]) for k in reading.steps)
        assert chance(here) == pytest.approx(reading.posterior, abs=2e-3)
        assert chance(reading.beads) == pytest.approx(reading.other, abs=2e-3)
        for side in (0, 1):
            assert [i for bead in here for i in bead[side]] == [
                i for bead in reading.beads for i in bead[side]
            ]
    # nothing that the definition asks for is missing
    named = {reading.steps for reading in decoded.readings}
    for number, step in enumerate(decoded.steps):
        a, b = bead_of(step[2])
        if (a, b) != (2, 2) or (number,) in named:
            continue
        s, t = sides(step)
        halves = ((s[:1], t[:1]), (s[1:], t[1:]))
        one, two = chance((sides(step),)), chance(halves)
        assert two < 0.101 or one < 0.101 or abs(one - two) > 0.099
