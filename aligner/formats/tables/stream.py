"""Tables of any size as units, a row a unit: tsv and csv here, workbooks in `formats.xlsx`.

What a column is, its name says (`formats.common.columns`); without a header every column that holds
letters in half of the first rows or more is a text. The header of the stream has the columns, so
that they are written again as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from aligner.formats.common.columns import Columns, is_header
from aligner.formats.tables.rows import Row, armed, csv_rows, tsv_rows, unescaped
from aligner.model import AlignerError, Malformed, ReadError, ReadOptions, Unit, UnitStream
from aligner.text.lines import text_lines

__all__ = [
    "MAX_COLUMNS",
    "OURS",
    "TableReader",
    "csv_table",
    "stream_csv",
    "stream_tsv",
    "tsv_table",
]

MAX_COLUMNS = 1000  # of a table of texts; more is no such table
OURS = frozenset({"source_ids", "target_ids"})  # columns by which our own tables are known
ESCAPED = "escaped"  # a column of tables that had to write a cell otherwise than it is
_LOOKED_AT = 10_000  # rows that say which columns are texts


class TableReader:
    """A table that is read row by row: its columns are known from the start.

    `plain` gives a cell as it is of what our own writer wrote. Raises ReadError where no column
    holds text.
    """

    def __init__(self, rows: Iterator[Row], name: str, plain: Callable[[str], str] = str) -> None:
        self._name = name
        self._plain = plain
        self.dropped: list[tuple[str, str]] = []  # what is no row: reason, text
        head: list[Row] = []
        self._broken: AlignerError | None = None
        try:
            head += islice(rows, _LOOKED_AT)
        except AlignerError as error:
            self._broken = error
        head = [self._checked(row) for row in head]
        self.header: Row | None = None
        names: list[str] = []
        if head and is_header(head[0][1]):
            line, cells = head.pop(0)
            names = [cell.strip().lstrip("\ufeff") for cell in cells]
            self.header = line, names
        width = max((len(cells) for _, cells in head), default=len(names))
        names += [""] * (width - len(names))
        self._ours = OURS.issubset(names)
        self._mark = names.index(ESCAPED) if ESCAPED in names else -1
        self._head, self._rest = [self._restored(row) for row in head], rows
        self.columns = Columns(
            names, [cells for _, cells in self._head], named=self.header is not None
        )
        if not self.columns.texts:
            if self._broken:
                raise self._broken
            raise ReadError(
                "no column holds text",
                context=name,
                hint="name the columns source and target, or by their languages, in the first row",
            )

    def rows(self) -> Iterator[Row]:
        """The rows behind the header, once. Raises Malformed for too many columns."""
        yield from self._head
        if self._broken:
            raise self._broken
        for row in self._rest:
            yield self._restored(self._checked(row))

    def units(self) -> Iterator[Unit]:
        """A unit a row."""
        for number, (_, cells) in enumerate(self.rows(), start=1):
            yield self.columns.unit(cells, number)

    def stream(self) -> UnitStream:
        """The units and the columns."""
        stream = UnitStream((), self.columns.header())

        def units() -> Iterator[Unit]:
            yield from self.units()
            stream.dropped.update(reason for reason, _ in self.dropped)

        stream.units = units()
        return stream

    def _checked(self, row: Row) -> Row:
        line, cells = row
        if len(cells) > MAX_COLUMNS:
            raise Malformed(
                f"a row of {len(cells)} cells; a table of texts has at most {MAX_COLUMNS}",
                context=self._name,
                line=line,
            )
        return row

    def _restored(self, row: Row) -> Row:
        line, cells = row
        mark = self._mark
        if self._ours or (0 <= mark < len(cells) and cells[mark] == "yes"):
            return line, [self._plain(cell) for cell in cells]
        return row


def tsv_table(file: BinaryIO, name: str, options: ReadOptions) -> TableReader:
    """A table of tabs. Raises as `Table`, and as `text_lines`."""
    return TableReader(tsv_rows(text_lines(file, name, options.encoding)), name, unescaped)


def csv_table(file: BinaryIO, name: str, options: ReadOptions) -> TableReader:
    """A table of commas, semicolons or tabs (RFC 4180). Raises as `tsv_table`."""
    return TableReader(csv_rows(text_lines(file, name, options.encoding), name), name, armed)


def stream_tsv(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of a table of tabs. Raises as `tsv_table`."""
    return tsv_table(file, name, options).stream()


def stream_csv(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of a table of commas. Raises as `tsv_table`."""
    return csv_table(file, name, options).stream()
