"""Bilingual tables: rows checked without aligning, each on its own.

Tab-separated, one pair a line, no quoting (a quotation mark is a quotation mark). The first line
names the columns: `id`, `source` or `src`, `target` or `tgt`; others are ignored. `¶` separates
turns inside a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.checks.common import Finding, Place, finding_of
from aligner.checks.pairs import Checker, TextPair
from aligner.model import Malformed

__all__ = ["TableRow", "check_rows", "parse_rows"]

_COLUMNS = {"source": ("source", "src"), "target": ("target", "tgt")}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table; `line` is where it stands in the file."""

    id: str
    source: str
    target: str
    line: int


def parse_rows(content: str, name: str) -> list[TableRow]:
    """The rows of a table. Raises Malformed for a missing column or a row that is too short."""
    lines = content.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    header = [cell.strip().lower() for cell in lines[0].split("\t")]
    places = {}
    for column, names in _COLUMNS.items():
        place = next((header.index(one) for one in names if one in header), None)
        if place is None:
            raise Malformed(
                f"no column is called {' or '.join(names)}",
                context=name,
                line=1,
                excerpt=lines[0][:60],
                hint="the first line names the columns: id, source, target, separated by tabs",
            )
        places[column] = place
    identity = header.index("id") if "id" in header else None
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) <= max(places.values()):
            raise Malformed(
                f"the row has {len(cells)} cells and the header {len(header)}",
                context=name,
                line=number,
                excerpt=line[:60],
                hint="cells are separated by tabs; a cell holds no line break",
            )
        row = cells[identity].strip() if identity is not None and identity < len(cells) else ""
        rows.append(
            TableRow(
                row or str(number),
                cells[places["source"]].strip(),
                cells[places["target"]].strip(),
                number,
            )
        )
    return rows


def check_rows(
    rows: Sequence[TableRow], checker: Checker
) -> Iterator[tuple[TableRow, list[Finding]]]:
    """Each row with its findings, in order; names and labels are learned over all rows."""
    pairs = [TextPair(row.source, row.target) for row in rows]
    checker.learn(pairs)
    for row, hits in zip(rows, checker.hits(pairs), strict=True):
        findings = [
            finding_of(
                hit,
                Place((), (), row.source, row.target, hit.source, hit.target, row=row.id),
            )
            for hit in hits
        ]
        yield row, findings
