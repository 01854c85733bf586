"""Spreadsheets as rows of cells by column name: .xlsx, .csv and .tsv as the writers make them.

What a spreadsheet program does to a file on saving (numbers for texts, a mark at the start, other
separators, columns moved) does not matter; columns are found by the names in the first row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.files.workbooks import sheets_of
from aligner.model import Malformed, UsageError

__all__ = ["SheetRow", "read_table", "unread_columns"]

_UNESCAPED = re.compile(r"\\([\\tnr])")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_NEEDED = ("id", "source_ids", "target_ids", "source", "target")
# what `aligner convert` writes, though not all of it can be changed in a sheet
_WRITTEN = frozenset(
    [
        *(
            *_NEEDED,
            "status",
            "label",
            "comment",
            "type",
            "confidence",
            "quality",
            "speaker",
            "kind",
        ),
        *("source_lengths", "target_lengths", "escaped"),
    ]
)


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


def unread_columns(rows: Sequence[SheetRow]) -> list[str]:
    """Names of columns that hold something and say nothing to us."""
    named = dict.fromkeys(name for row in rows for name, cell in row.cells.items() if cell)
    return [name or "(no name)" for name in named if name not in _WRITTEN]


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
    """The rows of all sheets: a long table goes on in further sheets, each with the header."""
    lines: list[tuple[int, list[str]]] = []
    for sheet in sheets_of(data, name):
        lines += sheet.rows[1:] if lines else sheet.rows
    return lines
