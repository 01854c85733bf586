"""What pytest and `scripts/test quick` run: every test module, less those of a list that is right."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from tests.conftest import ROOT


def test_no_test_module_lies_where_pytest_does_not_look(pytestconfig: pytest.Config) -> None:
    left_out: list[str] = pytestconfig.getini("norecursedirs")
    tests = ROOT / "tests"
    for module in tests.rglob("test_*.py"):
        parts = module.relative_to(tests).parts[:-1]
        assert [p for p in parts for pattern in left_out if fnmatch(p, pattern)] == [], module


def test_slow_modules_are_there() -> None:
    lines = (ROOT / "tests" / "slow.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    assert [name for name in names if not (ROOT / name).is_file()] == []
    assert len(set(names)) == len(names)
