"""Two right readings against enumeration: the probability of both divisions of the same segments."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import decode_beads
from aligner.engine.decoding.readings import OtherPath
from aligner.engine.lattice import NULL_TYPES, TYPES, Lattice, bead_of
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
    # what the definition asks for, and nothing else: of each place the likeliest other reading
    sizes = {bead_of(kind) for kind in range(NULL_TYPES, TYPES)}
    named = {reading.steps: reading for reading in decoded.readings}
    previous: Side | None = None
    for number, step in enumerate(decoded.steps):
        place = sides(step)
        if step[2] < NULL_TYPES:
            previous = None
            continue
        one = chance((place,))
        two = max((chance(halves) for halves in parted(place, sizes)), default=0.0)
        check(one, two, named.get((number,)))
        whole = joined(previous, place, sizes)
        if previous is not None and whole is not None:
            check(chance((previous, place)), chance((whole,)), named.get((number - 1, number)))
        previous = place


def check(here: float, other: float, reading: OtherPath | None) -> None:
    """Both at least .1, and less than .1 apart: but for what rounding may decide."""
    asked = min(here, other) - 0.1, 0.1 - abs(here - other)
    if min(map(abs, asked)) > 3e-3:
        assert (reading is not None) == (min(asked) > 0)
    if reading is not None:
        assert reading.posterior == pytest.approx(here, abs=2e-3)
        assert reading.other == pytest.approx(other, abs=2e-3)


def parted(bead: Side, sizes: set[tuple[int, int]]) -> Iterator[tuple[Side, Side]]:
    """All ways to make two match beads of one."""
    (source, target) = bead
    for i, j in itertools.product(range(1, len(source)), range(1, len(target))):
        halves = (source[:i], target[:j]), (source[i:], target[j:])
        if all((len(a), len(b)) in sizes for a, b in halves):
            yield halves


def joined(one: Side | None, other: Side, sizes: set[tuple[int, int]]) -> Side | None:
    if one is None:
        return None
    made = tuple(range(a.start, b.stop) for a, b in zip(one, other, strict=True))
    return (made[0], made[1]) if (len(made[0]), len(made[1])) in sizes else None
