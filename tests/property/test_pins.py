"""Pins are never violated, and everything else is optimal given them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import decode_beads
from aligner.engine.decoding.decoder import best_path
from aligner.engine.decoding.pins import apply_pins, cells_of, join_pinned, parse_pins
from aligner.model import AlignError, Malformed
from tests.property.test_lattice import ladders, random_potentials, score


@st.composite
def pinned(draw: st.DrawFn) -> tuple[int, int, str]:
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    lines = []
    for _ in range(draw(st.integers(1, 2))):
        i, j = draw(st.integers(0, n)), draw(st.integers(0, m))
        if draw(st.booleans()):
            lines.append(f"cut {i}:{j}")
        else:
            a, b = draw(st.integers(0, 2)), draw(st.integers(0, 2))
            source = list(range(i, min(i + a, n)))
            target = list(range(j, min(j + b, m)))
            assume(source or target)
            lines.append(f"{source}:{target}")
    return n, m, "\n".join(lines)


@given(pinned(), st.integers(0, 2**32 - 1))
@settings(max_examples=150, deadline=None)
def test_the_pinned_path_is_the_best_of_those_that_keep_the_pins(
    case: tuple[int, int, str], seed: int
) -> None:
    n, m, text = case
    try:
        pins = parse_pins(text, "pins", n, m)
    except Malformed:
        return
    whole = random_potentials(n, m, seed, [2], 0.0)
    # every cell inside the band: a band that misses a pin is another test's matter
    from aligner.engine.lattice import TYPES, Potentials, ScoreBlock

    random = np.random.default_rng(seed)
    values = random.normal(0, 2, (n + 1, m + 1, TYPES)).astype(np.float32)
    whole = Potentials(n, m, (ScoreBlock(0, 0, values[:1]), ScoreBlock(1, 0, values[1:])))

    def keeps(path: tuple[tuple[int, int, int], ...]) -> bool:
        from aligner.engine.lattice import bead_of

        cells = {(0, 0)} | {(row, column) for row, column, _ in path}
        if any(cell not in cells for cell in cells_of(pins)):
            return False
        beads = []
        for row, column, kind in path:
            a, b = bead_of(kind)
            beads.append((range(row - a, row), range(column - b, column)))
        for pin in pins:
            if not pin.is_bead:
                continue
            if pin.is_null:
                nulls = {i for s, t in beads if not t for i in s}
                added = {j for s, t in beads if not s for j in t}
                if not set(pin.source) <= nulls or not set(pin.target) <= added:
                    return False
            elif (pin.source, pin.target) not in beads:
                return False
        return True

    allowed = [path for path in ladders(n, m) if keeps(path)]
    masked = apply_pins(whole, pins)
    if not allowed:
        with pytest.raises(AlignError):
            best_path(masked)
        return
    best = max(score(whole, path) for path in allowed)
    found = tuple(best_path(masked))
    assert keeps(found)
    assert score(whole, found) == pytest.approx(best, abs=1e-4)
    decoded = decode_beads(masked)
    assert keeps(decoded.steps)


def test_a_bead_larger_than_the_lattice_can_be_pinned() -> None:
    text = f"{list(range(1, 7))}:{list(range(2, 8))}"
    pins = parse_pins(text, "pins", 9, 9)
    whole = random_potentials(9, 9, 5, [], 0.0)
    joined = join_pinned(decode_beads(apply_pins(whole, pins)).ranges(), pins)
    assert (range(1, 7), range(2, 8)) in [bead for bead, _ in joined]
    assert sorted(i for (s, _), _ in joined for i in s) == list(range(9))
    assert sorted(j for (_, t), _ in joined for j in t) == list(range(9))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[0]:[0]\n[0, 1]:[2]", 2),
        ("[0]:[3]\n[2]:[1]", 2),
        ("# fine\ncut 2:2\n[1, 2]:[1, 2]", 3),
        ("[1, 3]:[1]", 1),
        ("[9]:[1]", 1),
        ("cut 1:99", 1),
        ("[]:[]", 1),
        ("pin this", 1),
    ],
)
def test_an_impossible_pin_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Malformed) as caught:
        parse_pins(text, "my.pins", 5, 5)
    assert caught.value.line == line
    assert "my.pins" in str(caught.value)
