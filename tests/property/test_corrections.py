"""What pins teach, against its definition by enumeration: bounded, the same whatever came before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import Corrections, Pin, decode_beads, parse_pins
from aligner.engine.decoding.corrections import BOUND, FEWEST, PENALTY, TYPE_FEATURES
from aligner.engine.lattice import TYPES, Potentials, ScoreBlock, bead_of, kind_of
from tests.property.test_lattice import Step, ladders

Doubles = npt.NDArray[np.float64]
# five beads that tile a text of 6 x 6 segments, nulls among them
TILED = (
    "[0]:[0]\n[1]:[1, 2]\n[2, 3]:[3]\n[4]:[]\n[5]:[4, 5]",
    "[0]:[0]\n[1]:[1]\n[2]:[2]\n[]:[3]\n[3]:[4]",
)


def potentials_of(n: int, m: int, seed: int, spread: float = 1.0) -> Potentials:
    values = np.random.default_rng(seed).normal(0, spread, (n + 1, m + 1, TYPES))
    whole = values.astype(np.float32)
    return Potentials(n, m, (ScoreBlock(0, 0, whole[:2]), ScoreBlock(2, 0, whole[2:])))


def holds(path: tuple[Step, ...], pin: Pin) -> bool:
    beads = []
    for row, column, kind in path:
        a, b = bead_of(kind)
        beads.append((range(row - a, row), range(column - b, column)))
    if not pin.is_null:
        return (pin.source, pin.target) in beads
    nulls = ({i for s, t in beads if not t for i in s}, {j for s, t in beads if not s for j in t})
    return set(pin.source) <= nulls[0] and set(pin.target) <= nulls[1]


class Enumerated:
    """The objective as the module states it, over all paths of a text smaller than a window."""

    def __init__(self, potentials: Potentials, pins: tuple[Pin, ...]) -> None:
        paths = list(ladders(potentials.source_count, potentials.target_count))
        values = np.concatenate([block.values_RBT for block in potentials]).astype(np.float64)
        self.scores = np.array([sum(values[step] for step in path) for path in paths])
        self.types = np.array(
            [np.bincount([kind for *_, kind in path], minlength=TYPES) for path in paths]
        )
        self.agrees = [(np.array([holds(path, pin) for path in paths]), pin) for pin in pins]

    def __call__(self, theta: Doubles) -> float:
        scores = self.scores + self.types @ (TYPE_FEATURES[:TYPES] @ theta)
        weighed = np.exp(scores - scores.max())
        value = -0.5 * PENALTY * float(theta @ theta)
        for agrees, pin in self.agrees:
            size = len(pin.source) + len(pin.target)
            value += size / 2 * float(np.log(weighed[agrees].sum() / weighed.sum()))
        return value


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(TILED))
def test_the_fit_is_the_best_there_is(seed: int, text: str) -> None:
    n, m = (6, 6) if "5" in text else (4, 5)
    pins = parse_pins(text, "pins", n, m)
    potentials = potentials_of(n, m, seed)
    delta = Corrections(potentials).learned(pins)
    theta: Doubles = np.linalg.lstsq(TYPE_FEATURES[:TYPES], delta, rcond=None)[0].astype(float)
    assert TYPE_FEATURES[:TYPES] @ theta == pytest.approx(delta, abs=1e-9)  # none was cut
    objective = Enumerated(potentials, pins)
    best = objective(theta)
    assert best > objective(np.zeros(len(theta)))
    for place in range(len(theta)):
        for step in (-0.02, 0.02):
            moved = theta.copy()
            moved[place] += step
            # PENALTY/2 x .02^2 is lost where the slope is nought; likely beads are not all beads
            assert objective(moved) < best - 1e-3


def merging(count: int, penalty: float) -> Potentials:
    """Source segments in pairs: each pair one 2-1 bead, or a 1-1 bead and a null; the second scores
    higher by `penalty`.
    """
    n, m = 2 * count, count
    values = np.full((n + 1, m + 1, TYPES), -9.0, np.float32)
    for k in range(1, count + 1):
        values[2 * k, k, kind_of((2, 1), TYPES)] = 0.0
        values[2 * k - 1, k, kind_of((1, 1), TYPES)] = penalty / 2
        values[2 * k, k, 0] = penalty / 2
    return Potentials(n, m, (ScoreBlock(0, 0, values),))


def test_the_rest_follows_what_a_person_fixed() -> None:
    potentials = merging(30, 0.7)
    pins = parse_pins("".join(f"[{2 * k}, {2 * k + 1}]:[{k}]\n" for k in range(8)), "p", 60, 30)
    corrections = Corrections(potentials)
    before = decode_beads(potentials).ranges()
    assert (range(58, 60), range(29, 30)) not in before
    made, delta = corrections.corrected(pins)
    assert (range(58, 60), range(29, 30)) in decode_beads(made).ranges()
    assert delta[kind_of((2, 1), TYPES)] > 0 > delta[kind_of((1, 1), TYPES)]
    again = corrections.corrected(pins)
    assert again[0] is made
    # the other way round it teaches the other thing
    other = parse_pins(
        "".join(f"[{2 * k}]:[{k}]\n[{2 * k + 1}]:[]\n" for k in range(8)), "p", 60, 30
    )
    assert corrections.learned(other)[kind_of((2, 1), TYPES)] < 0


def test_few_pins_teach_nothing() -> None:
    potentials = merging(30, 0.7)
    text = "".join(f"[{2 * k}, {2 * k + 1}]:[{k}]\n" for k in range(FEWEST - 1))
    pins = parse_pins(f"{text}cut 40:20\n", "p", 60, 30)
    made, delta = Corrections(potentials).corrected(pins)
    assert made is potentials
    assert not delta.any()


def test_many_pins_move_nothing_further_than_the_bound() -> None:
    potentials = merging(200, 12.0)
    text = "".join(f"[{2 * k}, {2 * k + 1}]:[{k}]\n" for k in range(190))
    delta = Corrections(potentials).learned(parse_pins(text, "p", 400, 200))
    assert np.abs(delta).max() == BOUND
    made, _ = Corrections(potentials).corrected(parse_pins(text, "p", 400, 200))
    for block, old in zip(made, potentials, strict=True):
        assert np.abs(block.values_RBT - old.values_RBT).max() <= BOUND + 1e-5


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_neither_order_nor_history_counts(seed: int, other: int) -> None:
    potentials = potentials_of(12, 12, seed)
    lines = [f"[{k}]:[{k}]" for k in range(0, 12, 2)]
    pins = parse_pins("\n".join(lines), "p", 12, 12)
    fresh = Corrections(potentials).learned(pins)
    used = Corrections(potentials)
    used.corrected(parse_pins("\n".join(f"[{k}]:[]" for k in range(6)), "p", 12, 12))
    turned = np.random.default_rng(other).permutation(lines).tolist()
    found, delta = used.corrected(parse_pins("\n".join(turned), "p", 12, 12))
    assert delta.tobytes() == fresh.tobytes()
    again, _ = Corrections(potentials).corrected(pins)
    for a, b in zip(found, again, strict=True):
        assert a.values_RBT.tobytes() == b.values_RBT.tobytes()


def test_pins_outside_the_band_or_too_large_are_left_out() -> None:
    values = np.zeros((7, 7, TYPES), np.float32)
    narrow = Potentials(6, 6, (ScoreBlock(0, 0, values[:3, :4]), ScoreBlock(3, 2, values[3:, 2:])))
    text = "[0]:[0]\n[1]:[5]\n[2]:[]\n[3]:[]\n[4]:[]"
    assert not Corrections(narrow).learned(parse_pins(text, "p", 6, 6)).any()
    large = Potentials(12, 12, (ScoreBlock(0, 0, np.zeros((13, 13, TYPES), np.float32)),))
    pins = "[0, 1, 2, 3, 4, 5]:[0, 1, 2, 3, 4, 5]\n" + "".join(
        f"[{k}]:[{k}]\n" for k in range(6, 12)
    )
    with_large = Corrections(large).learned(parse_pins(pins, "p", 12, 12))
    assert with_large.any()
