"""What `scripts/test quick` leaves out is there, and nothing stands in the list twice."""

from __future__ import annotations

from tests.conftest import ROOT


def test_slow_modules_are_there() -> None:
    lines = (ROOT / "tests" / "slow.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    assert [name for name in names if not (ROOT / name).is_file()] == []
    assert len(set(names)) == len(names)
