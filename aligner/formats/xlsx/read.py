"""Workbooks (.xlsx): the first sheet as a table, further sheets where they have the same header.

The columns are those of `tables`. Formulas are read as the value the program stored. Needs openpyxl
(extra `[xlsx]`, MIT); what the package unpacks to is bounded as everywhere (`_zip`).
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any, BinaryIO

from aligner.files.archives import Package
from aligner.formats.common.units import alignment_of
from aligner.formats.tables.read import document_of_table
from aligner.formats.tables.rows import Row
from aligner.formats.tables.stream import MAX_COLUMNS, Table
from aligner.model import (
    AlignerError,
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Malformed,
    MissingExtra,
    ReadOptions,
    Source,
    UnitStream,
)
from aligner.text.decoding import is_zip
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = ["SUFFIXES", "read", "read_alignment", "read_text", "stream"]

SUFFIXES = (".xlsx", ".xlsm")

_MAX_ROWS = 1_048_576  # of any sheet, by the programs that write them
_MAX_CELLS = 20_000_000
# how Office Open XML writes characters that XML forbids (ECMA-376, 22.4.2.4)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of the table; raises Declined for another suffix, else as `read_alignment`, and
    UsageError for a side that is not in it.
    """
    if suffix_of(source.name) not in SUFFIXES:
        raise Declined(f"the suffix is not one of {', '.join(SUFFIXES)}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return document_of_table(_table(source), source, options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides of the table.

    Raises Declined for what is no workbook, MissingExtra without the library, Malformed for a
    damaged one or one too large, ReadError for a table without text.
    """
    del options
    table = _table(source)
    return alignment_of(table.stream(), source, order=table.columns.languages)


def stream(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of the table. Raises as `read_alignment`."""
    del options
    return _table(Source(name, file.read())).stream()


def _table(source: Source) -> Table:
    if not is_zip(source.data):
        raise Declined("this is no workbook")
    package = Package(source.data, source.name)
    if "xl/workbook.xml" not in package:
        raise Declined("there is no xl/workbook.xml in it")
    # under the bounds for hostile packages, before a library unpacks it
    for member in package.names:
        package.read(member)
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(
            "reading a workbook needs the optional part [xlsx]",
            context=source.name,
            hint="pip install 'aligner[xlsx]', or save it as .csv",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions it does not keep
            book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
            sheets = [(sheet.title, _rows(sheet, source.name)) for sheet in book.worksheets]
    except AlignerError:
        raise
    except Exception as error:  # noqa: BLE001 - damaged parts raise whatever the library stumbles over
        raise Malformed(
            f"a damaged workbook ({' '.join(str(error).split())})", context=source.name
        ) from None
    sheets = [(title, rows) for title, rows in sheets if rows]
    if not sheets:
        raise Malformed("the workbook is empty", context=source.name)
    first = sheets[0][1]
    others = []
    for title, rows in sheets[1:]:
        if rows[0][1] == first[0][1]:
            first += rows[1:]
        else:
            others.append((f"sheet {title!r}", "\n".join("\t".join(c) for _, c in rows)))
    table = Table(iter(first), source.name)
    table.dropped += others
    return table


def _rows(sheet: Any, name: str) -> list[Row]:
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
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), str(value))
