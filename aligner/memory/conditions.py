"""A filter as conditions, each with the index that finds the units which meet it (`facets`).

`Filter.where` says the same for a walk through all units; here a page of a memory of a million is
wanted at once, so the condition that fewest units meet leads and the others only look at its units.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aligner.memory.facets import FIELD, NAME, USER
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.stored import Filter

__all__ = ["MANY", "Condition", "conditions_of", "leading"]

MANY = 100_000  # units up to which those that meet a condition are counted, for about 5 ms
_LAST_DAY = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Condition:
    """`test`: SQL on `unit` that uses no index, and its values; `tables`, `where` and `place`: what
    walks through the units that meet it by an index, with the same values, and the column that has
    their ids. No `where`: there is no index. `in_order`: the walk is in the order of the ids.
    """

    test: str
    values: tuple[Any, ...] = ()
    tables: str = ""
    where: str = ""
    place: str = "unit.id"
    in_order: bool = True

    def count(self, memory: Memory, most: int = MANY) -> int:
        """How many units meet it; `most` for that many and more."""
        tables = self.tables.partition(" CROSS JOIN ")[0]
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {tables} WHERE {self.where} LIMIT {most})"  # noqa: S608
        return int(memory.db.execute(sql, self.values).fetchone()[0])


def conditions_of(memory: Memory, chosen: Filter) -> list[Condition]:
    """The conditions of a filter; [] for one that all units pass. Raises StoreError for languages that
    no unit has.
    """
    languages = memory.chosen(chosen.source_lang, chosen.target_lang)
    out: list[Condition] = []
    if len(languages) < len(memory.languages()):
        out.append(_column("languages", languages))
    if chosen.status:
        out.append(_column("status", [STATUS.index(chosen.status)]))
    if chosen.document:
        rows = memory.db.execute(
            "SELECT id FROM origin WHERE instr(document, ?) > 0", (chosen.document,)
        )
        out.append(_column("origin", [row[0] for row in rows]))
    if chosen.user:
        out.append(_facet(memory, USER, "", chosen.user))
    name, value = chosen.field
    if name:
        out.append(_facet(memory, FIELD if value else NAME, name, value))
    if chosen.since or chosen.until:
        out.append(_days(chosen.since or "!", chosen.until or _LAST_DAY))
    if chosen.confidence > 0:
        out.append(Condition("unit.confidence >= ?", (chosen.confidence,)))
    if chosen.reviewed:
        out.append(Condition("+unit.status > 0"))
    if chosen.label:
        label = f"\n{chosen.label}\n"
        out.append(Condition("instr(char(10) || unit.labels || char(10), ?) > 0", (label,)))
    if chosen.ids:
        listed = json.dumps(chosen.ids)
        out.append(Condition("unit.id IN (SELECT value FROM json_each(?))", (listed,)))
    return out


def leading(memory: Memory, conditions: Sequence[Condition], below: int = MANY) -> Condition | None:
    """The condition to walk by: the one that fewest units meet, if fewer than `below`; else one whose walk
    is in order. None: to walk through all units is as good.
    """
    indexed = [one for one in conditions if one.where]
    counts = {one: one.count(memory) for one in indexed}
    best = min(counts, key=counts.__getitem__, default=None)
    if best is not None and counts[best] < below:
        return best
    return next((one for one in indexed if one.in_order), None) if below == MANY else None


def _column(name: str, numbers: Sequence[int]) -> Condition:
    """A column that has one of some numbers."""
    if len(numbers) == 1:
        test = f"unit.{name} = ?"
        return Condition(f"+{test}", (numbers[0],), f"unit INDEXED BY unit_{name}", test)
    test = f"unit.{name} IN (SELECT value FROM json_each(?))"  # noqa: S608
    listed = (json.dumps(numbers),)
    return Condition(f"+{test}", listed, f"unit INDEXED BY unit_{name}", test, in_order=False)


def _facet(memory: Memory, kind: int, name: str, value: str) -> Condition:
    row = memory.db.execute(
        "SELECT id FROM facet WHERE kind = ? AND name = ? AND value = ?", (kind, name, value)
    ).fetchone()
    number = row[0] if row else 0
    return Condition(
        "EXISTS (SELECT 1 FROM facet_unit AS f WHERE f.facet = ? AND f.unit = unit.id)",
        (number,),
        "facet_unit AS led CROSS JOIN unit ON unit.id = led.unit",
        "led.facet = ?",
        "led.unit",
    )


def _days(since: str, until: str) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM unit_day AS d WHERE d.unit = unit.id AND d.day BETWEEN ? AND ?)",
        (since, until),
        "unit_day AS led INDEXED BY unit_day_day CROSS JOIN unit ON unit.id = led.unit",
        "led.day BETWEEN ? AND ?",
        "led.unit",
        in_order=False,
    )
