"""Rows that a person deleted from a sheet: the pair is excluded, its texts stay without counterpart.

A row may also be gone because its texts were moved into another one, with their ids or without; then
nothing is excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aligner.review.table import SheetRow
from aligner.text.notation import whole_number

__all__ = ["EXCLUDED", "with_removed"]

EXCLUDED = "excluded"  # the label of what a deleted row leaves
_SIDES = ("source", "target")


def with_removed(
    rows: Sequence[SheetRow],
    known: Mapping[str, SheetRow],
    key: Callable[[str], str],
    named: Callable[[SheetRow, str], list[int]],
) -> list[SheetRow]:
    """The rows in order, and for each that is gone with its texts a row of its source and one of its
    target, labelled. `known`: the rows as they were, by their ids; `key` makes texts comparable,
    `named` gives the segments that the ids of a row name.
    """
    there = {row.cell("id") for row in rows if row.cell("id")}
    missing = [row for name, row in known.items() if name not in there]
    if not missing or not there or not there <= set(known):
        return list(rows)  # none is gone, or it is the sheet of another alignment
    made = list(rows)
    for row in missing:
        left = [
            side
            for side in _SIDES
            if row.cell(side) and not _moved(row, side, rows, known, key, named)
        ]
        for side in left:
            made.insert(_place(made, row), _alone(row, side))
    return made


def _moved(
    gone: SheetRow,
    side: str,
    rows: Sequence[SheetRow],
    known: Mapping[str, SheetRow],
    key: Callable[[str], str],
    named: Callable[[SheetRow, str], list[int]],
) -> bool:
    """Whether another row has the texts of one that is gone, or the ids of them."""
    segments, words = set(named(gone, side)), key(gone.cell(side))
    for row in rows:
        before = known.get(row.cell("id"))
        if segments & set(named(row, side)):
            return True
        if before is not None and key(before.cell(side)) == key(row.cell(side)):
            continue
        if words in key(row.cell(side)):
            return True
    return False


def _place(rows: Sequence[SheetRow], gone: SheetRow) -> int:
    """Behind the rows that stood before it, and new ones that follow these."""
    number = whole_number(gone.cell("id")) or 0
    place = 0
    for at, row in enumerate(rows, start=1):
        other = whole_number(row.cell("id"))
        if other is None:
            place += place == at - 1
        elif other < number:
            place = at
    return place


def _alone(row: SheetRow, side: str) -> SheetRow:
    other = _SIDES[1 - _SIDES.index(side)]
    labels = "; ".join(filter(None, (row.cell("label"), EXCLUDED)))
    cells = {**row.cells, "id": "", "label": labels, "status": "edited"}
    return SheetRow(row.number, {**cells, other: "", f"{other}_ids": ""})
