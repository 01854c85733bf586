"""Pins as files hold them, from 0, and as people count, from 1."""

from __future__ import annotations

import pytest

from aligner.engine.decoding import parse_pins
from aligner.model import Malformed


@pytest.mark.parametrize(
    ("shown", "held"),
    [
        ("s14:t13", "[13]:[12]"),
        ("s4 s5:t6", "[3, 4]:[5]"),
        ("s4-s6 : t6, t7  # a remark", "[3, 4, 5]:[5, 6]"),
        ("s4:", "[3]:[]"),
        (":t6", "[]:[5]"),
    ],
)
def test_a_pin_as_people_count(shown: str, held: str) -> None:
    (one,), (other,) = (parse_pins(line, "pins", 20, 20) for line in (shown, held))
    assert one == other
    assert one.text == held


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("s0:t1", "there is no source segment 0: s and t count from 1"),
        ("s1:t21", "there is no target segment 21: they run from 1 to 20"),
        ("[1]:[20]", "there is no target segment 20: they run from 0 to 19"),
        ("s1 s3:t1", "the source segments of a pinned bead must be neighbours, each once"),
        ("t1:s1", "this is not a pin"),
        (":", "the pinned bead is empty on both sides"),
        ("cut 21:3", "the cut leaves the texts of 20 and 20 segments"),
    ],
)
def test_a_pin_that_is_none(line: str, message: str) -> None:
    with pytest.raises(Malformed) as raised:
        parse_pins(line, "pins", 20, 20)
    assert raised.value.message == f"{message}: «{line}»"


@pytest.mark.parametrize(
    "lines",
    [
        ["[1]:[1]", "[1, 2]:[2]"],  # a segment twice
        ["[4]:[4]", "[6]:[2]"],  # in another order
        ["[1, 2, 3]:[1]", "cut 2:5"],  # a cut through a bead
        ["cut 5:5", "cut 7:3"],
    ],
)
def test_pins_that_cannot_hold_together(lines: list[str]) -> None:
    with pytest.raises(Malformed, match="cannot hold together with line 2") as raised:
        parse_pins("\n".join(["# remarks and blank lines count", *lines]), "pins", 20, 20)
    assert raised.value.line == 3


def test_a_cut_behind_a_null_is_no_contradiction() -> None:
    """A null of one side fixes no place of the other."""
    pins = parse_pins("[5]:[]\n\n[]:[2]\ncut 9:9\n[9]:[9]", "pins", 20, 20)
    assert [pin.is_null for pin in pins] == [True, True, False, False]
