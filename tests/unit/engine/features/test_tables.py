"""Tables of one shape are aligned place by place; tables of other contents are not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import aligner
from aligner.model import Alignment
from tests.unit.engine.features.explained import Explained

ES = [
    "Mes",
    "Entradas",
    "Salidas",
    "Enero",
    "1.200",
    "800",
    "Febrero",
    "1.350",
    "910",
    "Marzo",
    "990",
    "1.020",
    "Abril",
    "1.100",
    "760",
]
EN = [
    "Month",
    "Income",
    "Expenses",
    "January",
    "1,200",
    "800",
    "February",
    "1,350",
    "910",
    "March",
    "990",
    "1,020",
    "April",
    "1,100",
    "760",
]
OTHER = [
    "Name",
    "Age",
    "Town",
    "Ada",
    "41",
    "Lisbon",
    "Bruno",
    "27",
    "Porto",
    "Clara",
    "63",
    "Faro",
    "Diego",
    "18",
    "Braga",
]
WORDS_ES = [
    "manzana",
    "pera",
    "pan",
    "queso",
    "leche",
    "agua",
    "vino",
    "sal",
    "aceite",
    "arroz",
    "huevo",
    "carne",
]
WORDS_EN = [
    "apple",
    "pear",
    "bread",
    "cheese",
    "milk",
    "water",
    "wine",
    "salt",
    "oil",
    "rice",
    "egg",
    "meat",
]
INTRO = (
    "La cooperativa publica cada año sus cuentas para que los socios las lean.",
    "Every year the cooperative publishes its accounts so that the members can read them.",
)


def page(folder: Path, lang: str, intro: str, cells: Sequence[str]) -> Path:
    rows = [
        "".join(f"<td>{cell}</td>" for cell in cells[k : k + 3]) for k in range(0, len(cells), 3)
    ]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    path = folder / f"{lang}.html"
    path.write_text(
        f"<html lang='{lang}'><body><article><p>{intro}</p><table>{table}</table>"
        f"<p>{intro}</p></article></body></html>",
        encoding="utf-8",
    )
    return path


def aligned(folder: Path, source: Sequence[str], target: Sequence[str]) -> Alignment:
    pages = [
        page(folder, lang, intro, cells)
        for lang, intro, cells in zip(("es", "en"), INTRO, (source, target), strict=True)
    ]
    return aligner.align(*pages)


@pytest.mark.parametrize(("source", "target"), [(ES, EN), (WORDS_ES, WORDS_EN)])
def test_cell_by_cell(tmp_path: Path, source: list[str], target: list[str]) -> None:
    made = aligned(tmp_path, source, target)
    assert [bead.kind for bead in made.beads] == ["1-1"] * (len(source) + 2)
    assert min(bead.confidence or 0.0 for bead in made.beads) > 0.9


@pytest.mark.parametrize(
    "target", [OTHER, EN[6:] + EN[:6], WORDS_EN + WORDS_EN[:3]], ids=["other", "moved", "words"]
)
def test_tables_that_do_not_match_get_no_bonus(tmp_path: Path, target: list[str]) -> None:
    assert len(target) == len(ES)
    heard = Explained()
    texts = [
        page(tmp_path, lang, intro, cells)
        for lang, intro, cells in zip(("es", "en"), INTRO, (ES, target), strict=True)
    ]
    aligner.align(*texts, settings=heard.settings())
    assert heard.names
    assert "one place in tables of one shape" not in heard.names


def test_the_bonus_is_a_part_of_the_score(tmp_path: Path) -> None:
    texts = [
        page(tmp_path, lang, intro, cells)
        for lang, intro, cells in zip(("es", "en"), INTRO, (ES, EN), strict=True)
    ]
    heard = Explained()
    aligner.align(*texts, settings=heard.settings())
    assert heard.names.count("one place in tables of one shape") == len(ES)
    assert all(score == pytest.approx(total, abs=1e-3) for score, total in heard.scored)
