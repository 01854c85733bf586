"""A workbook for people (Office Open XML): the columns of `tsv`, a fixed header, filters, confidences
coloured, texts that wrap, right-to-left languages the right way round.

Every text is written as text: nothing is taken for a formula, a number or an address. Excel's limits
hold: 32,767 characters a cell (longer ones are cut, `left_out` lists them), 1,048,576 rows a sheet
(then another sheet). Needs XlsxWriter (extra `[xlsx]`, BSD-2-Clause).
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from aligner.files import Sink, scratch_folder
from aligner.formats.common.ids import prefixes
from aligner.formats.common.to_units import came_as_units, stream_of
from aligner.formats.common.unit_rows import UnitRows
from aligner.formats.options import WriteOptions
from aligner.formats.tables.write_tsv import has_quality, header, losses, row
from aligner.languages.scripts import is_right_to_left
from aligner.model import Alignment, AlignmentSet, UnitStream, as_set, rows_of
from aligner.text.output import joined, xml_safe
from aligner.text.wording import numbered

__all__ = ["left_out", "losses", "write", "write_units"]

CELL = 32_767
ROWS = 1_048_576
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_WIDE, _NARROW = 60, 12


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the workbook. Raises ExportError where the sink cannot be written."""
    if came_as_units(alignment):
        write_units(stream_of(alignment), sink, options)
        return
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    rated = has_quality(alignments)
    # behind id, type, confidence, quality and the ids of each text
    before = 3 + rated + len(documents)
    texts = {n: document.lang for n, document in enumerate(documents, start=before)}
    with _written(sink, options, header(len(documents), rated=rated), texts) as writer:
        for number, unit in enumerate(rows_of(alignments), start=1):
            writer.add(row(number, unit, documents, names, rated=rated))


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write the units, with the columns that `tables.write_units` gives them; returns how many.
    Raises ExportError where the sink cannot be written.
    """
    rows = UnitRows(stream.header)
    try:
        for unit in stream:
            rows.add(unit)
        with _written(sink, options, rows.names(), rows.texts()) as writer:
            for cells in rows.rows():
                writer.add(cells)
    finally:
        rows.close()
    return rows.count


def _is_exact(number: float) -> bool:
    """True where the sixteen digits that a workbook's writer gives are the number."""
    return float(f"{number:.16G}") == number


@contextlib.contextmanager
def _written(
    sink: Sink, options: WriteOptions, titles: Sequence[str], texts: Mapping[int, str]
) -> Iterator[_Book]:
    """A workbook that is in the sink behind the block; `texts`: languages of columns of text."""
    made = io.BytesIO()
    with scratch_folder() as folder:  # rows wait in files there, which a run that is ended removes
        book = xlsxwriter.Workbook(
            made,
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        moment = options.moment() or _EPOCH
        book.set_properties({"created": moment.replace(tzinfo=None), "title": "Aligned texts"})
        writer = _Book(book, titles, texts)
        yield writer
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
        yield f"the ends of {numbered(cut, 'text')} longer than {CELL} characters"


class _Book:
    """The sheets of a workbook: a new one when the last is full."""

    def __init__(self, book: Any, titles: Sequence[str], texts: Mapping[int, str]) -> None:
        """`titles`: none where the table has no header; `texts`: languages of columns of text."""
        self._book = book
        self._titles = titles
        self._plain = {"text_wrap": True, "valign": "top"}
        self._usual: Any = book.add_format(self._plain)
        self._formats: dict[int, Any] = {}
        self._shares = {titles.index(n) for n in ("confidence", "quality") if n in titles}
        share = book.add_format({**self._plain, "num_format": "0.000"})
        self._formats |= dict.fromkeys(self._shares, share)
        for column, lang in texts.items():
            order = 2 if is_right_to_left(lang) else 1
            self._formats[column] = book.add_format({**self._plain, "reading_order": order})
        self._wide = frozenset(texts)
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._right = is_right_to_left(next(iter(texts.values()), ""))
        self._sheet: Any = None
        self._row = ROWS

    def add(self, cells: list[str]) -> None:
        """One row."""
        if self._row == ROWS:
            self._finish()
            self._open()
        for column, cell in enumerate(cells):
            style = self._formats.get(column, self._usual)
            if column in self._shares and cell and _is_exact(float(cell)):
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
        if not self._titles:
            return
        self._sheet.autofilter(0, 0, last, len(self._titles) - 1)
        if not self._shares:
            return
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
        for column in sorted(self._shares):
            self._sheet.conditional_format(1, column, last, column, scale)

    def _open(self) -> None:
        self._sheet = self._book.add_worksheet()
        if self._titles:
            self._sheet.freeze_panes(1, 0)
        if self._right:
            self._sheet.right_to_left()
        for column in range(len(self._titles) or max(self._wide, default=-1) + 1):
            width = _WIDE if column in self._wide else _NARROW
            self._sheet.set_column(column, column, width)
        for column, title in enumerate(self._titles):
            self._sheet.write_string(0, column, title, self._bold)
        self._row = 1 if self._titles else 0
