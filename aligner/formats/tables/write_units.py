"""Units as tables of tabs or commas.

Units of a table get its columns back, under their names and in their order; others the columns of
our tables, and behind them one for everything else that they have (`formats.common.unit_rows`). A
table cannot hold inline codes, nor what a file says of one variant only. Where a cell has to be
written otherwise than it is (a tab, a line end; a formula in csv), the column `escaped` says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from aligner.files import Sink
from aligner.formats.common.unit_rows import UnitRows
from aligner.formats.options import WriteOptions
from aligner.formats.tables.write_csv import DANGER, safe
from aligner.formats.tables.write_tsv import ESCAPES
from aligner.model import UnitStream

__all__ = ["write_csv_units", "write_tsv_units"]


def write_tsv_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write a table of tabs; returns how many units. Raises ExportError where the sink cannot be
    written.
    """
    del options
    return _write(stream, sink, _is_broken, _escaped, {"delimiter": "\t", "lineterminator": "\n"})


def write_csv_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write a table of commas (RFC 4180), safe for spreadsheets. As `write_tsv_units`."""
    del options
    return _write(stream, sink, _is_formula, safe, {"lineterminator": "\r\n"}, b"\xef\xbb\xbf")


def _write(
    stream: UnitStream,
    sink: Sink,
    odd: Callable[[str], bool],
    written: Callable[[str], str],
    dialect: dict[str, Any],
    mark: bytes = b"",
) -> int:
    rows = UnitRows(stream.header, odd)
    try:
        for unit in stream:
            rows.add(unit)
        with sink.open() as raw:
            raw.write(mark)
            out = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="")
            try:
                table = csv.writer(out, **dialect)
                names = rows.names()
                if names:
                    table.writerow(names)
                escaped = names.index("escaped") if "escaped" in names else -1
                for row in rows.rows():
                    marked = rows.ours or (escaped >= 0 and row[escaped] != "")
                    cells = [written(cell) for cell in row] if marked else row
                    table.writerow([cell.replace("\0", "") for cell in cells])
            finally:
                out.detach()
    finally:
        rows.close()
    return rows.count


def _is_broken(cell: str) -> bool:
    return "\t" in cell or "\n" in cell or "\r" in cell


def _escaped(cell: str) -> str:
    return cell.translate(ESCAPES)


def _is_formula(cell: str) -> bool:
    return DANGER.match(cell) is not None
