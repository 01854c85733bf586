"""Every seeded defect is found where it is, and nothing else is; what is clean is found clean."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from aligner.formats.validation import Fault, validate
from tests.unit.formats.validation.defects import CLEAN, DEFECTS, NAMES

ROWS = [(fmt, row) for fmt, rows in DEFECTS.items() for row in rows]
# one change may break two rules; these findings follow from the first
FOLLOW = {
    ("tmx", "no language"): {"T202", "T203"},
    ("tei", "id twice"): {"E204", "E307"},
    ("tei", "segment in a division"): {"E201"},
    ("tei", "three targets"): {"E307"},
    ("tei", "the same twice"): {"E303"},
    ("tei", "no id"): {"E204"},
    ("tmx", "ept of nothing"): {"T401"},
    ("xliff2", "ec of nothing"): {"F402"},
    ("json", "segments no list"): {"J302"},
    ("json", "no paragraphs"): {"J302"},
    ("json", "paragraph without text"): {"J302"},
    ("json", "bead of nothing"): {"J303"},
}


def found(fmt: str, text: str, folder: Path) -> list[Fault]:
    path = folder / NAMES[fmt]
    path.write_text(text, encoding="utf-8", newline="")
    return list(validate(path))


@pytest.mark.parametrize("fmt", CLEAN)
def test_nothing_in_a_clean_file(fmt: str, tmp_path: Path) -> None:
    assert found(fmt, CLEAN[fmt], tmp_path) == []


@pytest.mark.parametrize(("fmt", "row"), ROWS, ids=[f"{fmt}-{row[0]}" for fmt, row in ROWS])
def test_defect_is_found(
    fmt: str, row: tuple[str, str, str, str, int, str], tmp_path: Path
) -> None:
    name, old, new, code, line, words = row
    assert old in CLEAN[fmt]
    findings = found(fmt, CLEAN[fmt].replace(old, new, 1), tmp_path)
    chosen = [f for f in findings if f.code == code]
    assert [(f.code, f.line) for f in chosen] == [(code, line)], findings
    assert words in chosen[0].reason
    assert chosen[0].advice
    others = {f.code for f in findings} - {code}
    assert others <= FOLLOW.get((fmt, name), set()), findings


def test_table_is_large_enough() -> None:
    assert len(ROWS) >= 40
    assert all(len(rows) >= 8 for rows in DEFECTS.values())


@pytest.mark.parametrize("fmt", ["tmx", "json"])
def test_gzip_is_the_same(fmt: str, tmp_path: Path) -> None:
    _, old, new, *_ = DEFECTS[fmt][-2]
    text = CLEAN[fmt].replace(old, new, 1)
    plain = found(fmt, text, tmp_path)
    packed = tmp_path / f"{NAMES[fmt]}.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert list(validate(packed)) == plain != []
