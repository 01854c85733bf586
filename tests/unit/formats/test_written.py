"""Every writer, to the byte: the same texts and units give the files that were looked over."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.formats.validation import validate
from tests.unit.formats.written import EXPECTED, cases, shown

CASES = cases()


@pytest.fixture(autouse=True)
def _beside_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named as seen from the one that is written."""
    monkeypatch.chdir(tmp_path)


XML = {"tmx": ".tmx", "tei": ".tei.xml", "xliff": ".xlf", "xliff2": ".xlf"}
# wrong in the files that others wrote: a kind of data, an id that stands twice, white space at an end
RIGHTLY = {"L014", "T205", "T307"}


@pytest.mark.parametrize("name", CASES)
def test_it_is_written_as_it_was(name: str, tmp_path: Path) -> None:
    """After a change that is meant: `python -m tests.unit.formats.written`."""
    made = shown(CASES[name](tmp_path)).encode()
    assert made.decode().splitlines() == (EXPECTED / name).read_bytes().decode().splitlines()
    assert made == (EXPECTED / name).read_bytes()


@pytest.mark.parametrize("name", [name for name in CASES if name.rpartition(".")[2] in XML])
def test_nothing_is_found_in_it(name: str, tmp_path: Path) -> None:
    suffix = XML[name.rpartition(".")[2]]
    for file, data in CASES[name](tmp_path).items():
        if not file.endswith(("told", "lost")):
            path = tmp_path / f"a{suffix}"
            path.write_bytes(data)
            assert [f for f in validate(path) if f.code not in RIGHTLY] == [], file


def test_every_file_has_a_case() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == set(CASES)
