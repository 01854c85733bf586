"""XLIFF 2: each sentence of the standard is found broken, and nothing else is; what is right passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.formats.validation import Fault, validate
from aligner.formats.xliff.rules2.codes import CODES
from tests.unit.formats.validation.broken2 import BROKEN as CORE_BROKEN
from tests.unit.formats.validation.modules2 import KEPT, MODULES_BROKEN

BROKEN = [*CORE_BROKEN, *MODULES_BROKEN]
# findings that follow from the one change
FOLLOW = {
    "glossary on a file": {"F015"},
    "language of a text": {"F104"},
    "end before start": {"F402"},
}


def faults(text: str, folder: Path) -> list[Fault]:
    path = folder / "a.xlf"
    path.write_text(text, encoding="utf-8", newline="")
    return list(validate(path, "xliff2"))


@pytest.mark.parametrize(("name", "code", "text"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_is_broken_is_found(name: str, code: str, text: str, tmp_path: Path) -> None:
    found = faults(text, tmp_path)
    assert code in {fault.code for fault in found}
    assert {fault.code for fault in found} - {code} <= FOLLOW.get(name, set()), found
    assert all(fault.advice and fault.severity == CODES[fault.code].severity for fault in found)


@pytest.mark.parametrize(("name", "text"), KEPT, ids=[row[0] for row in KEPT])
def test_what_is_right_passes(name: str, text: str, tmp_path: Path) -> None:
    assert faults(text, tmp_path) == [], name


def test_every_finding_has_an_example() -> None:
    # nesting is tried with TMX
    assert set(CODES) - {code for _, code, _ in BROKEN} == {"F000"}
