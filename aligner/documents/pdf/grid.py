"""Geometry of a printed page: tables, and where the columns of its text end.

A page knows where letters stand and nothing of cells. A printed row is a line with wide gaps, or
cells written one after the other, each in lines of its own. Gaps much wider than a space part
cells. Rows whose cells stand in the same columns, at least three of them (two, if the gaps are very
wide), are a table; fewer prove nothing, for a line of justified text or a list may hold a gap too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

__all__ = ["GAP", "Line", "Piece", "PrintedTable", "column_edges", "find_tables", "level"]

GAP = 0.75  # of the height of a line: what parts cells; a space is 0.25, stretched seldom over 0.6
_WIDE = 2.0  # of the height: what two rows need for want of a third
_RIVER = 0.5  # of the height: white between two columns over all rows
_EDGE = 0.5  # of the height: what lines up
_LEVEL = 0.45  # of the height: two baselines are one
_PITCH = 1.45  # of the height: from one line of a cell to the next
_APART = 4.0  # of the height: from one row to the next
_MOST = 300  # rows of a table, lines of a row; more are another table
_COLUMNS = 40
_BAND = 24.0  # points: lines beside each other share such a stretch of the page
_LABEL = re.compile(r"[:：]\s*$")
_MARK = re.compile(r"(?:[•‣▪◦·●*–—-]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)])$")

Piece = tuple[float, float, str]  # left, right, text
_Span = tuple[float, float]


@dataclass(slots=True)
class Line:
    """A printed line: its box in points, the height of its letters, its text and the parts of it
    between wide gaps (at least one).
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    pieces: tuple[Piece, ...] = ()
    note: bool = False  # a raised number stood before it
    raised: int = 0  # digits of a raised number that it opens with


@dataclass(slots=True)
class PrintedTable:
    """Lines `start` to `end` (exclusive) are a table; cells by row, each with its lines."""

    start: int
    end: int
    rows: list[list[list[str]]]


@dataclass(slots=True)
class _Cell:
    left: float
    right: float
    lines: list[str]


@dataclass(slots=True)
class _Row:
    cells: list[_Cell]
    end: int
    top: Line  # its first line
    lowest: float
    gaps: list[float] = field(default_factory=list)


def find_tables(lines: Sequence[Line]) -> list[PrintedTable]:
    """The tables in the lines of a text, in order; linear in the number of lines."""
    tables: list[PrintedTable] = []
    at = 0
    while at < len(lines):
        may = len(lines[at].pieces) > 1 or _begins(lines, at)
        rows, columns = _run(lines, at) if may else ([], [])
        if rows:
            free = at > (tables[-1].end if tables else 0)
            head = [_row(lines, at - 1, at)] if free else []
            if head and _heads(head[0], rows[0], columns):
                rows = [*head, *rows]
            cells = [[cell.lines for cell in row.cells] for row in rows]
            tables.append(PrintedTable(at - (rows[0] in head), rows[-1].end, cells))
        at = rows[-1].end if rows else at + 1
    return tables


def column_edges(lines: Sequence[Line]) -> list[float]:
    """For every line the x that a full line of its column reaches: that of its page, or, where text
    stands beside it on the right, the widest of the lines that have such neighbours.
    """
    widest: dict[int, float] = {}
    bands: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        widest[line.page] = max(widest.get(line.page, 0.0), line.right)
        bands.setdefault(_band(line), []).append(line)
    for band in bands.values():
        band.sort(key=lambda line: line.left)
    keys = [_beside(line, bands[_band(line)]) for line in lines]
    counts = Counter(keys)
    reach: dict[tuple[int, int], float] = {}
    for line, key in zip(lines, keys, strict=True):
        if key is not None:
            reach[key] = max(reach.get(key, 0.0), line.right)
    edges = [reach[key] if key is not None and counts[key] > 2 else 0.0 for key in keys]
    order = range(len(lines))
    for step, numbers in ((-1, order), (1, reversed(order))):
        for n in numbers:
            near = n + step
            if edges[n] or not 0 <= near < len(lines):
                continue
            high, low = (lines[near], lines[n]) if step < 0 else (lines[n], lines[near])
            pitch = high.bottom - low.bottom
            if 0 < pitch <= _PITCH * max(low.size, 1.0) and lines[n].right <= edges[near] + 1:
                edges[n] = edges[near]
    return [edge or widest[line.page] for edge, line in zip(edges, lines, strict=True)]


def _band(line: Line) -> tuple[int, int]:
    """Lines of one height on a page fall into one band, or into the next."""
    return line.page, round((line.bottom + line.top) / 2 / _BAND)


def _beside(line: Line, band: Sequence[Line]) -> tuple[int, int] | None:
    """Page and left edge (in steps) of the text that stands beside a line on its right."""
    start = bisect_left(band, line.right + _RIVER * line.size, key=lambda other: other.left)
    for other in band[start : start + _COLUMNS]:
        shared = min(line.top, other.top) - max(line.bottom, other.bottom)
        if shared > 0.4 * min(line.size, other.size):
            return line.page, round(other.left / _BAND)
    return None


def _heads(row: _Row, first: _Row, columns: list[_Span]) -> bool:
    """True for the names of the columns above their table, which may be centred over them."""
    if len(row.cells) != len(columns) or not _follows(row, first):
        return False
    return all(
        (n == 0 or cell.left > columns[n - 1][1])
        and (n == len(columns) - 1 or cell.right < columns[n + 1][0])
        for n, cell in enumerate(row.cells)
    )


def _begins(lines: Sequence[Line], at: int) -> bool:
    """True where a line of one piece may be the first cell of a row: what is beside it comes next."""
    line = lines[at]
    for later in lines[at + 1 : at + 12]:
        if later.page != line.page:
            return False
        if level(line, later):
            return later.left >= line.right + _RIVER * line.size
    return False


def _run(lines: Sequence[Line], start: int) -> tuple[list[_Row], list[_Span]]:
    """Rows from line `start` on that share their columns, and these; none where that is no table."""
    rows: list[_Row] = []
    columns: list[_Span] = []
    before: list[_Span] = []
    at = start
    while at < len(lines) and len(rows) < _MOST:
        row = _row(lines, at, len(lines))
        if not 2 <= len(row.cells) <= _COLUMNS or (rows and not _follows(rows[-1], row)):
            break
        merged = _merged(columns, row)
        if merged is None:
            break
        rows.append(row)
        before = columns
        columns, at = merged, row.end
    if _is_table(rows, columns):
        return rows, columns
    # what came last may be something else: two columns of prose under a table look like a row
    return (rows[:-1], before) if _is_table(rows[:-1], before) else ([], [])


def _row(lines: Sequence[Line], start: int, stop: int) -> _Row:
    """The printed row that begins with line `start`, before line `stop`: cells beside it, and their
    further lines.
    """
    first = lines[start]
    cells = [_Cell(left, right, [text]) for left, right, text in _unmarked(first)]
    row = _Row(cells, start + 1, first, first.bottom)
    last = first
    for number in range(start + 1, min(stop, start + _MOST)):
        line = lines[number]
        if line.page != first.page or line.note:
            break
        cell = cells[-1]
        if level(first, line) and line.left >= cell.right + _RIVER * first.size:
            cells += [_Cell(left, right, [text]) for left, right, text in line.pieces]
        elif _goes_on(cell, cells[-2] if len(cells) > 1 else None, last, line):
            cell.lines.append(line.text)
            cell.left, cell.right = min(cell.left, line.left), max(cell.right, line.right)
        else:
            break
        row.lowest = min(row.lowest, line.bottom)
        row.end, last = number + 1, line
    row.gaps = [right.left - left.right for left, right in pairwise(cells)]
    return row


def _unmarked(line: Line) -> list[Piece]:
    """The pieces of a line; the mark of a list's item belongs to the item."""
    pieces = list(line.pieces)
    if len(pieces) > 1 and _MARK.match(pieces[0][2].strip()):
        (left, _, mark), (_, right, text) = pieces[:2]
        pieces[:2] = [(left, right, f"{mark.strip()} {text.strip()}")]
    return pieces


def _goes_on(cell: _Cell, before: _Cell | None, last: Line, line: Line) -> bool:
    """True where `line` is the next line of the cell that `last` stands in."""
    if len(line.pieces) > 1:
        return False
    below = 0.5 * last.size < last.bottom - line.bottom <= _PITCH * max(last.size, line.size)
    beside = before is None or line.left >= before.right + _RIVER * line.size
    reaches = line.left < cell.right and line.right > cell.left
    return below and beside and reaches


def level(line: Line, other: Line) -> bool:
    """True where the two stand on one baseline, by the height of the first."""
    return abs(line.bottom - other.bottom) < _LEVEL * max(line.size, 1.0)


def _follows(row: _Row, later: _Row) -> bool:
    size = max(row.top.size, 1.0)
    down = row.lowest - later.top.bottom
    return later.top.page == row.top.page and 0.5 * size < down < _APART * size


def _merged(columns: list[_Span], row: _Row) -> list[_Span] | None:
    """The columns with the row's cells in them, one a column; None where they do not fit."""
    river = _RIVER * max(row.top.size, 1.0)
    made = list(columns)
    taken: set[int] = set()
    for cell in row.cells:
        over = [
            n
            for n, (left, right) in enumerate(made)
            if cell.left < right + river and cell.right > left - river
        ]
        if len(over) > 1 or taken.intersection(over):
            return None
        if over:
            left, right = made[over[0]]
            made[over[0]] = (min(left, cell.left), max(right, cell.right))
            taken.add(over[0])
        else:
            made.append((cell.left, cell.right))
            taken.add(len(made) - 1)
    made.sort()
    apart = all(right[0] - left[1] >= river for left, right in pairwise(made))
    return made if apart else None


def _is_table(rows: list[_Row], columns: list[_Span]) -> bool:
    if len(rows) < 2 or all(_LABEL.search(row.cells[0].lines[0]) for row in rows):
        return False
    size = max(rows[0].top.size, 1.0)
    needed = GAP if len(rows) > 2 else _WIDE
    if any(gap < needed * size for row in rows for gap in row.gaps):
        return False
    first_may_differ = len(rows) > 2  # heads are often centred over what is not
    body = rows[1:] if first_may_differ else rows
    return all(_lines_up(body, column, size, first=n == 0) for n, column in enumerate(columns))


def _lines_up(rows: list[_Row], column: _Span, size: float, *, first: bool) -> bool:
    """True where the cells of a column share their left edge or their middle, or, where they are
    numbers, their right edge: two words a line of justified text share that, too.
    """
    cells = [c for row in rows for c in row.cells if column[0] <= c.left and c.right <= column[1]]
    edges = [[cell.left for cell in cells], [(cell.left + cell.right) / 2 for cell in cells]]
    if first or all(any(map(str.isdigit, cell.lines[0])) for cell in cells):
        edges.append([cell.right for cell in cells])
    return not cells or any(max(edge) - min(edge) <= _EDGE * size for edge in edges)
