"""Who speaks, and what kind of paragraph it is, in every table of the interview of corpora/."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from aligner.model import Alignment
from aligner.text.attributing import attributed
from tests.unit.checks.interview import interview
from tests.unit.formats.samples import export


@pytest.fixture(scope="module")
def made() -> Alignment:
    """The gold beads: 32 turns of the Spanish page and 30 of the English one have a speaker."""
    return attributed([interview()])[0]


def expected(made: Alignment) -> list[tuple[str, str]]:
    """(speaker, kind) of every bead, by the first of the texts that has it."""
    rows = []
    for _, source, target in made.pairs():
        side, segment = (made.source, source[0]) if source else (made.target, target[0])
        paragraph = side.paragraphs[segment.paragraph]
        rows.append((paragraph.speaker or "", paragraph.kind))
    return rows


def table(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["speaker"] or "", row["kind"]) for row in rows]


def test_the_turns_are_counted(made: Alignment) -> None:
    for side, turns in ((made.source, 32), (made.target, 30)):
        spoken = [p for p in side.paragraphs if p.kind == "turn"]
        assert len(spoken) == turns
        assert all(p.speaker for p in spoken)
    rows = expected(made)
    assert sum(bool(speaker) for speaker, _ in rows) > 60


@pytest.mark.parametrize(("form", "delimiter"), [("tsv", "\t"), ("csv", ",")])
def test_text_tables(form: str, delimiter: str, made: Alignment, tmp_path: Path) -> None:
    text = export(made, form, tmp_path)[f"out.{form}"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert table(rows) == expected(made)


def test_a_workbook(made: Alignment, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    export(made, "xlsx", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = next(s for s in book if "speaker" in [cell.value for cell in s[1]])
    head, *cells = sheet.iter_rows(values_only=True)
    assert table([dict(zip(head, row, strict=True)) for row in cells]) == expected(made)


def test_lines_of_json(made: Alignment, tmp_path: Path) -> None:
    """Nothing is said where nobody speaks; paragraphs are the usual kind."""
    lines = map(json.loads, export(made, "jsonl", tmp_path)["out.jsonl"].decode().splitlines())
    rows = [(line.get("speaker", ""), line.get("kind", "para")) for line in lines]
    assert rows == expected(made)


def test_the_page_side_by_side(made: Alignment, tmp_path: Path) -> None:
    """Each turn says whose it is where it begins, on both sides."""
    page: Any = html.fromstring(export(made, "html", tmp_path)["out.html"])
    for column, side in ((1, made.source), (2, made.target)):
        shown = page.xpath(f"//tr/td[{column}]/span[@class='speaker']")
        spoken = [p.speaker for p in side.paragraphs if p.speaker and p.segments]
        assert sorted(e.text_content() for e in shown) == sorted(filter(None, spoken))
