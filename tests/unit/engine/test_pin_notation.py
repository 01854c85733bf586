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
    ],
)
def test_a_pin_that_is_none(line: str, message: str) -> None:
    with pytest.raises(Malformed) as raised:
        parse_pins(line, "pins", 20, 20)
    assert raised.value.message == f"{message}: «{line}»"
