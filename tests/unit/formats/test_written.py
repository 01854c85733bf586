"""Every writer, to the byte: the same texts and units give the files that were looked over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formats.written import EXPECTED, cases, shown

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_it_is_written_as_it_was(name: str, tmp_path: Path) -> None:
    """After a change that is meant: `python -m tests.unit.formats.written`."""
    made = shown(CASES[name](tmp_path)).encode()
    assert made.decode().splitlines() == (EXPECTED / name).read_bytes().decode().splitlines()
    assert made == (EXPECTED / name).read_bytes()


def test_every_file_has_a_case() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == set(CASES)
