"""Workbooks of several sheets, empty ones, and zip files that are none."""

from __future__ import annotations

import io
import zipfile

import pytest

from aligner.formats import FORMATS
from aligner.model import Declined, Malformed, ReadOptions, Unit, UnitStream

openpyxl = pytest.importorskip("openpyxl", reason="pip install 'aligner[xlsx]'")


def stream(data: bytes) -> UnitStream:
    load = FORMATS["xlsx"].stream
    assert load is not None
    return load()(io.BytesIO(data), "a.xlsx", ReadOptions())


def book(*sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def texts(units: list[Unit]) -> list[list[str]]:
    return [[variant.text for variant in unit.variants] for unit in units]


HEAD: list[object] = ["es", "en"]


def test_sheets_of_one_head_are_one_table_and_others_are_told() -> None:
    found = stream(
        book(
            [HEAD, ["Uno.", "One."], [2.0, 2]],
            [],
            [HEAD, ["Tres.", "Three."]],
            [["remarks"], ["do not use"]],
        )
    )
    assert texts(list(found)) == [["Uno.", "One."], ["2", "2"], ["Tres.", "Three."]]
    assert dict(found.dropped) == {"sheet 'S4'": 1}


@pytest.mark.parametrize("sheets", [[[]], [[], []]])
def test_an_empty_workbook(sheets: list[list[list[object]]]) -> None:
    with pytest.raises(Malformed, match="the workbook is empty"):
        stream(book(*sheets))


def test_what_is_no_workbook() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(Declined, match=r"there is no xl/workbook\.xml in it"):
        stream(packed.getvalue())
    with pytest.raises(Declined, match="this is no workbook"):
        stream(b"a,b\n")
