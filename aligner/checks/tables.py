"""Bilingual tables: rows checked without aligning, each on its own.

Tab-separated, one pair a line, no quoting (a quotation mark is a quotation mark). The first line
names the columns: `id`, `source` or `src`, `target` or `tgt`; others are ignored. `¶` separates
turns inside a cell. Rows in a row that lack the same cell are one finding, at the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.checks.common import Finding, Hit, Place, Setting, finding_of
from aligner.checks.once import without_doubles
from aligner.checks.pairs import Checker, TextPair
from aligner.checks.runs import extent_words
from aligner.model import Malformed
from aligner.text.wording import numbered

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
                f"the row has {numbered(len(cells), 'cell')} and the header {len(header)}",
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
    rows: Sequence[TableRow], checker: Checker, judged_as: str = "pairs"
) -> Iterator[tuple[TableRow, list[Finding]]]:
    """Each row with its findings, in order; names and labels are learned over all rows. `judged_as`: one
    of `INPUTS`.
    """
    setting = Setting(judged_as)
    pairs = [TextPair(row.source, row.target) for row in rows]
    checker.learn(pairs)
    extents = _extents(rows)
    for number, (row, hits) in enumerate(zip(rows, checker.hits(pairs), strict=True)):
        size = extents.get(number, 1)
        if not size:
            yield row, []
            continue
        if size > 1:
            run = rows[number : number + size]
            yield (
                row,
                [_run(hit, run, number, len(rows), checker.target_lang, setting) for hit in hits],
            )
            continue
        findings = [
            finding_of(
                hit,
                Place((), (), row.source, row.target, hit.source, hit.target, row=row.id),
                checker.target_lang,
                setting,
            )
            for hit in hits
        ]
        yield row, without_doubles(findings, (checker.source_lang, checker.target_lang))


def _extents(rows: Sequence[TableRow]) -> dict[int, int]:
    """Row -> how many in a row have the same cell empty, for the first of them; 0 for the others."""
    extents: dict[int, int] = {}
    first, before = 0, (True, True)
    for number, row in enumerate(rows):
        filled = bool(row.source), bool(row.target)
        if number and filled == before and any(filled) and not all(filled):
            extents[first] = extents.get(first, 1) + 1
            extents[number] = 0
        else:
            first = number
        before = filled
    return extents


def _run(
    hit: Hit, run: Sequence[TableRow], first: int, count: int, target_lang: str, setting: Setting
) -> Finding:
    """The finding of the first row of a run, said of all of them."""
    omitted = bool(run[0].source)
    where = extent_words(
        "the source" if omitted else "the translation", range(first, first + len(run)), count - 1
    )
    message = f"rows {run[0].id} to {run[-1].id}, {len(run)} rows: {where} has no counterpart"
    places = [_whole(row) for row in run]
    spans = places[0].source_spans, places[0].target_spans
    cause = f"{len(run)} rows: {hit.cause}"
    whole = replace(hit, message=message, source=spans[0], target=spans[1], cause=cause)
    made = finding_of(whole, places[0], target_lang, setting)
    return replace(made, places=tuple(places))


def _whole(row: TableRow) -> Place:
    """A row with all its text as evidence."""
    spans = [((0, len(text)),) if text else () for text in (row.source, row.target)]
    return Place((), (), row.source, row.target, spans[0], spans[1], row=row.id)
