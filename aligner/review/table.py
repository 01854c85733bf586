"""Spreadsheets as rows of cells by column name: .xlsx, .csv and .tsv as the writers make them.

What a spreadsheet program does to a file on saving (numbers for texts, a mark at the start, other
separators, columns moved) does not matter; columns are found by the names in the first row.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aligner.model import Malformed, MissingExtra, ReadError, UsageError

__all__ = ["SheetRow", "read_table"]

_LARGEST = 400_000_000  # bytes of a workbook unpacked
_UNESCAPED = re.compile(r"\\([\\tnr])")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_NEEDED = ("id", "source_ids", "target_ids", "source", "target")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` is the row of the sheet, 1 for the header; cells by the name of their column."""

    number: int
    cells: dict[str, str]

    def cell(self, name: str) -> str:
        """The text of a cell, "" where there is none."""
        return self.cells.get(name, "")


def read_table(data: bytes, name: str) -> list[SheetRow]:
    """The rows of a sheet that hold anything.

    Raises UsageError for another format, Malformed (with the row) where it is damaged or a column
    is missing, MissingExtra where .xlsx needs openpyxl.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix == "xlsx":
        lines = _workbook(data, name)
    elif suffix in ("csv", "tsv"):
        lines = _text(data, name, tab=suffix == "tsv")
    else:
        raise UsageError("this is no sheet of ours", context=name, hint="known: .xlsx .csv .tsv")
    header, rows = None, []
    for number, line in lines:
        cells = [cell.strip() for cell in line]
        if header is None:
            header = [cell.lower() for cell in cells]
            _check_header(header, name, number)
        elif any(cells):
            rows.append(SheetRow(number, dict(zip(header, cells, strict=False))))
    if header is None:
        raise Malformed("the sheet is empty", context=name)
    return rows


def _check_header(header: list[str], name: str, number: int) -> None:
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise Malformed(
            f"there is no column {missing[0]!r}",
            context=name,
            line=number,
            hint="keep the first row as `aligner convert` wrote it",
        )
    twice = [column for column in _NEEDED if header.count(column) > 1]
    if twice:
        raise Malformed(f"there are two columns {twice[0]!r}", context=name, line=number)
    if "target2_ids" in header:
        raise UsageError(
            "the sheet holds more than two texts",
            context=name,
            hint="review the set in the browser: aligner review",
        )


def _text(data: bytes, name: str, *, tab: bool) -> Iterable[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(
            f"byte {error.start} is not UTF-8", context=name, hint="save the sheet as UTF-8"
        ) from None
    first = text.partition("\n")[0]
    separator = max("\t;,", key=first.count)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, line in enumerate(reader, 1):
            yield number, [_unescaped(cell) for cell in line] if tab else line
    except csv.Error as error:
        raise Malformed(f"damaged table: {error}", context=name, line=reader.line_num) from None


def _unescaped(cell: str) -> str:
    return _UNESCAPED.sub(lambda match: _ESCAPES[match[1]], cell)


def _workbook(data: bytes, name: str) -> Iterable[tuple[int, list[str]]]:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra(
            "reading .xlsx needs the optional part [xlsx] (openpyxl is missing)",
            context=name,
            hint="pip install 'aligner[xlsx]', or save the sheet as .csv",
        ) from error
    _look_into(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines: list[tuple[int, list[str]]] = []
        for sheet in book.worksheets:
            rows = enumerate(sheet.iter_rows(values_only=True), 1)
            # a long table goes on in further sheets, each with the header
            lines += [
                (number, [_shown(value) for value in row])
                for number, row in rows
                if not (lines and number == 1)
            ]
        book.close()
    except Exception as error:  # whatever a damaged workbook makes the library raise
        raise ReadError(
            f"the workbook cannot be read: {error}", context=name, hint="save it again as .xlsx"
        ) from error
    return lines


def _look_into(data: bytes, name: str) -> None:
    """Refuse zip bombs and XML entities before any of it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise ReadError("the workbook is too large when unpacked", context=name)
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise ReadError("the workbook defines XML entities", context=name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise ReadError(f"this is no .xlsx workbook: {error}", context=name) from error


def _shown(value: Any) -> str:
    """A cell as text; spreadsheet programs make numbers of what looks like one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
