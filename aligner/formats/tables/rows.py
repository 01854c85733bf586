r"""Rows of tables as they lie in a file: (line, cells), one at a time.

- tsv: one line is one row; a field in double quotes is unquoted where the quotes close before the
  tab, for many such files hold lone quotes, and holds line ends where the row is whole only so
- csv: comma, semicolon or tab, whichever the first line holds most of; line ends inside quotes
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from aligner.model import Malformed

__all__ = ["armed", "csv_rows", "tsv_rows", "unescaped"]

Row = tuple[int, list[str]]

_UNESCAPE = re.compile(r"\\([tnr\\])")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
# formulas that `aligner.formats.tables.write_csv` disarms
_DISARMED = re.compile("'+[ \xa0]*[-=+@＝＋－＠\t\r\n]")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"$')
_MAX_LINES = 40  # of a row whose cells hold line ends
_TRIES = 3  # ends of such a row that are looked at
_LOOKED_AT = 10_000  # lines that say how wide a table is


def tsv_rows(lines: Iterator[str]) -> Iterator[Row]:
    """The rows of a table of tabs.

    Many such tables hold lone quotes, so lines join only where the whole is a row of the table's
    width whose cells all close, and what joins is shorter than a row.
    """
    for number, row in _joined(lines):
        yield number, [_unquoted(cell) for cell in row.split("\t")]


def csv_rows(lines: Iterator[str], name: str) -> Iterator[Row]:
    """The rows of a table of commas. Raises Malformed for quotes that do not close."""
    head: list[str] = []
    for line in lines:
        head.append(line)
        if line.strip():
            break
    first = re.sub(r'"[^"]*"', "", head[-1][:10_000] if head else "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(chain(head, lines), delimiter=delimiter, strict=True)
    try:
        first_line = 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield first_line, cells
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise Malformed(
            f"not a table of commas ({error})", context=name, line=reader.line_num
        ) from None


def unescaped(cell: str) -> str:
    r"""Our writer of tables of tabs writes `\t`, `\n`, `\r` and `\\` in texts."""
    return _UNESCAPE.sub(lambda match: _ESCAPES[match[1]], cell) if "\\" in cell else cell


def armed(cell: str) -> str:
    """Our writer puts an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if _DISARMED.match(cell) else cell


def _joined(source: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Rows with the number of their first line: a spreadsheet writes line ends inside quotes."""
    stripped = (line.removesuffix("\n") for line in source)
    lines = list(islice(stripped, _LOOKED_AT))
    width = _width(lines)
    number = 0
    while lines:
        at = 0
        # of the last lines the rows may go on in what is not read yet
        more = list(islice(stripped, _LOOKED_AT))
        end_of_lines = len(lines)
        lines += more
        while at < end_of_lines:
            end = _row_end(lines, at, width) if width else at + 1
            if end > at + 1 or lines[at].strip():
                yield number + at + 1, "\n".join(lines[at:end])
            at = end
        number += at
        lines = lines[at:]


def _width(lines: list[str]) -> int:
    if lines and (tabs := lines[0].count("\t")) and lines[0].strip():
        return tabs  # its header, or its first row, which seldom holds a line end
    counts = Counter(line.count("\t") for line in lines if line.strip())
    return max(counts, key=lambda tabs: (counts[tabs], tabs), default=0)


def _row_end(lines: list[str], start: int, width: int) -> int:
    """Where the row that begins at line `start` ends (exclusive)."""
    tabs, quotes = lines[start].count("\t"), lines[start].count('"')
    if tabs > width or not _open(lines[start]):
        return start + 1
    tries = 0
    for end in range(start + 1, min(start + _MAX_LINES, len(lines))):
        tabs += lines[end].count("\t")
        here = lines[end].count('"')
        quotes += here
        if tabs > width or tries == _TRIES:
            break
        if tabs == width and here and quotes % 2 == 0:
            if not _open("\n".join(lines[start : end + 1])):
                return end + 1
            tries += 1
    return start + 1


def _open(row: str) -> bool:
    """True where a cell opens with a quote and does not close."""
    return any(cell.startswith('"') and not _QUOTED.match(cell) for cell in row.split("\t"))


def _unquoted(cell: str) -> str:
    match = _QUOTED.match(cell) if cell.startswith('"') else None
    return match[1].replace('""', '"') if match else cell
