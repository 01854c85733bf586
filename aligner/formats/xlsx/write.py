"""A workbook for people (Office Open XML): the columns of `tsv`, a fixed header, filters, confidences
coloured, texts that wrap, right-to-left languages the right way round.

Every text is written as text: nothing is taken for a formula, a number or an address. Excel's limits
hold: 32,767 characters a cell (longer ones are cut, `left_out` lists them), 1,048,576 rows a sheet
(then another sheet). Needs XlsxWriter (extra `[xlsx]`, BSD-2-Clause).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from aligner.files import Sink
from aligner.formats.common.ids import prefixes
from aligner.formats.options import WriteOptions
from aligner.formats.tables.write_tsv import header, losses, row
from aligner.languages.scripts import is_right_to_left
from aligner.model import Alignment, AlignmentSet, Document, as_set, rows_of
from aligner.text.output import joined, xml_safe

__all__ = ["left_out", "losses", "write"]

CELL = 32_767
ROWS = 1_048_576
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_CONFIDENCE = 2
_WIDE, _NARROW = 60, 12


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the workbook. Raises ExportError where the sink cannot be written."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    moment = options.moment() or _EPOCH
    book.set_properties({"created": moment.replace(tzinfo=None), "title": "Aligned texts"})
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    writer = _Book(book, documents)
    for number, unit in enumerate(rows_of(alignments), start=1):
        writer.add(row(number, unit, documents, names))
    writer.close()
    book.close()
    with sink.open() as out:
        out.write(made.getbuffer())


def left_out(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Cells that are cut."""
    del options
    alignments = as_set(alignment)
    cut = sum(
        len(joined(document, side)) > CELL
        for unit in rows_of(alignments)
        for document, side in zip(alignments.documents, unit.sides, strict=True)
        if side
    )
    if cut:
        yield f"the ends of {cut} texts longer than {CELL} characters"


class _Book:
    """The sheets of a workbook: a new one when the last is full."""

    def __init__(self, book: Any, documents: tuple[Document, ...]) -> None:
        self._book = book
        self._titles = header(len(documents))
        first = 3 + len(documents)
        plain = {"text_wrap": True, "valign": "top"}
        self._formats: list[Any] = [book.add_format(plain)] * len(self._titles)
        self._formats[_CONFIDENCE] = book.add_format({**plain, "num_format": "0.000"})
        for column, document in enumerate(documents, start=first):
            order = 2 if is_right_to_left(document.lang) else 1
            self._formats[column] = book.add_format({**plain, "reading_order": order})
        self._wide = range(first, first + len(documents))
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._right = bool(documents) and is_right_to_left(documents[0].lang)
        self._sheet: Any = None
        self._row = ROWS

    def add(self, cells: list[str]) -> None:
        """One row."""
        if self._row == ROWS:
            self._finish()
            self._open()
        for column, cell in enumerate(cells):
            style = self._formats[column]
            if column == _CONFIDENCE and cell:
                self._sheet.write_number(self._row, column, float(cell), style)
            elif cell:
                self._sheet.write_string(self._row, column, xml_safe(cell)[:CELL], style)
        self._row += 1

    def close(self) -> None:
        """The last sheet; one with a header only where there was no unit."""
        if self._sheet is None:
            self._open()
        self._finish()

    def _finish(self) -> None:
        """Filters and colours, which need to know how many rows there are."""
        if self._sheet is None:
            return
        last = max(self._row - 1, 1)
        self._sheet.autofilter(0, 0, last, len(self._titles) - 1)
        scale = {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": 0,
            "mid_value": 0.5,
            "max_value": 1,
            "min_color": "#F4B6A6",
            "mid_color": "#FBE7A1",
            "max_color": "#BFE3C0",
        }
        self._sheet.conditional_format(1, _CONFIDENCE, last, _CONFIDENCE, scale)

    def _open(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        if self._right:
            self._sheet.right_to_left()
        for column in range(len(self._titles)):
            width = _WIDE if column in self._wide else _NARROW
            self._sheet.set_column(column, column, width)
        for column, title in enumerate(self._titles):
            self._sheet.write_string(0, column, title, self._bold)
        self._row = 1
