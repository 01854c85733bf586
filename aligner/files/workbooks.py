"""Workbooks (.xlsx, Office Open XML) as rows of texts, under bounds; needs openpyxl ([xlsx]).

Whatever a damaged part makes the library stumble over is one sentence.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any, NamedTuple

from aligner.files.archives import Package
from aligner.files.xml_encoding import utf8_xml
from aligner.model import AlignerError, Malformed, MissingExtra

__all__ = ["MAX_COLUMNS", "Sheet", "sheets_of"]

MAX_COLUMNS = 1000  # of a table of texts; more is no such table
_MAX_ROWS = 1_048_576  # of any sheet, by the programs that write them
_MAX_CELLS = 20_000_000
# how Office Open XML writes characters that XML forbids (ECMA-376, 22.4.2.4)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Sheet(NamedTuple):
    """A sheet: its title, and the rows that hold text with their numbers, counted from 1."""

    title: str
    rows: list[tuple[int, list[str]]]


def sheets_of(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook in order; formulas are the values that the program stored.

    Raises MissingExtra without the library, Malformed for a damaged workbook and one too large.
    """
    package = Package(data, name)
    if "xl/workbook.xml" not in package:
        raise Malformed("this is no .xlsx workbook: it has no xl/workbook.xml", context=name)
    # under the bounds for hostile packages, before a library unpacks it
    for member in package.names:
        part = package.read(member)
        if member.endswith((".xml", ".rels")) and b"<!ENTITY" in utf8_xml(part, member):
            raise Malformed("the workbook declares entities of its own", context=f"{name}:{member}")
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(
            "reading a workbook needs the optional part [xlsx]",
            context=name,
            hint="pip install 'aligner[xlsx]', or save it as .csv",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions it does not keep
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return [Sheet(sheet.title, _rows(sheet, name)) for sheet in book.worksheets]
    except AlignerError:
        raise
    except Exception as error:  # noqa: BLE001 - damaged parts raise whatever the library stumbles over
        raise Malformed(
            f"a damaged workbook ({' '.join(str(error).split())})",
            context=name,
            hint="save it again as .xlsx",
        ) from None


def _rows(sheet: Any, name: str) -> list[tuple[int, list[str]]]:
    """The rows that hold text, whatever size the sheet says it has: that is often wrong."""
    sheet.reset_dimensions()
    rows = []
    seen = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        seen += len(row) + 1
        cells = [_text(value) for value in row[:MAX_COLUMNS]]
        far = any(value is not None for value in row[MAX_COLUMNS:])
        if number > _MAX_ROWS or seen > _MAX_CELLS or far:
            raise Malformed(
                f"the sheet {sheet.title!r} is larger than a table of texts",
                context=name,
                line=number,
                hint=f"at most {MAX_COLUMNS} columns and {_MAX_CELLS:,} cells",
            )
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
    return rows


def _text(value: object) -> str:
    """A cell as text; spreadsheet programs make numbers of what looks like one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), str(value))
