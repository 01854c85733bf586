"""A page of units: those that a filter and a search leave, from a place on or back from it.

Places are ids, so that the thousandth page costs what the first does. A request looks for a short
time only (`seconds`) and then says how far it came: the next one goes on there. Nearly all find
their page at once; one goes on where words are common, what is looked for rare, and no index knows
it: a phrase of common words, a regular expression without a word.

The walk is led by the index of words, or by the condition that fewest units meet (`conditions`).
"""

from __future__ import annotations

import heapq
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any

from aligner.memory.conditions import Condition, conditions_of, leading
from aligner.memory.lookup import UNIT_COLUMNS, made
from aligner.memory.query import SIDES, SearchQuery, sides_of
from aligner.memory.store import Memory
from aligner.memory.stored import Filter
from aligner.model import Unit

__all__ = ["Browsed", "BrowsedUnit", "browse_units", "count_units"]

_FEW = 3_000  # units: a search that leaves fewer leads, whatever the filter
_FEWER = 20_000  # units: a condition that leaves fewer leads, where the search leaves many
_CHUNKS = (64, 256, 512)  # units that are fetched and looked at between two looks at the clock
_WINDOW = 8_192  # ids of the first stretch that is walked through
_COMMON = 50_000  # units in which words of one beginning stand that is no help then
_ROW = "unit.id, unit.source, unit.target"
_COUNTED = 500_000  # units of one condition, for about 40 ms
_END = 1 << 62

Spans = list[tuple[int, int]]
_Row = tuple[int, str, str]
_Step = tuple[int | None, Iterable[_Row]]


@dataclass(frozen=True, slots=True)
class BrowsedUnit:
    """A unit with its id, and where in its texts (source, target) the search was met."""

    id: int
    unit: Unit
    spans: tuple[Spans, Spans]


@dataclass(frozen=True, slots=True)
class Browsed:
    """Units in the order of their ids. `place`: how far it was looked, None: to the end. With
    `is_full` there may be more behind the last unit, else the time was over at `place`.
    """

    units: list[BrowsedUnit]
    place: int | None
    is_full: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, and from where in which direction."""

    conditions: Sequence[Condition]
    query: SearchQuery | None
    sides: tuple[str, ...]
    low: int
    high: int
    back: bool

    @property
    def order(self) -> str:
        return "DESC" if self.back else "ASC"

    def tests(self, but: Condition | None = None) -> tuple[str, list[Any]]:
        """SQL of the conditions, each after an AND, and its values."""
        others = [one for one in self.conditions if one is not but]
        return (
            "".join(f" AND {one.test}" for one in others),
            [value for one in others for value in one.values],
        )

    def is_met(self, row: _Row) -> bool:
        """Whether a row has what is searched for."""
        query = self.query
        return query is None or any(
            query.first(text)
            for text, side in zip(row[1:], SIDES, strict=True)
            if side in self.sides
        )

    def spans(self, unit: Unit) -> tuple[Spans, Spans]:
        """Where the texts of a unit have it."""
        if self.query is None:
            return [], []
        source = self.query.spans(unit.source) if "source" in self.sides else []
        target = self.query.spans(unit.target) if "target" in self.sides else []
        return source, target


def browse_units(
    memory: Memory,
    chosen: Filter,
    query: SearchQuery | None = None,
    side: str = "both",
    *,
    after: int = 0,
    before: int | None = None,
    limit: int = 50,
    seconds: float = 0.04,
) -> Browsed:
    """The first `limit` units with an id above `after`; with `before` the last ones below it.

    The memory must be prepared (`prepare_page`). Raises StoreError for languages that it has not,
    UsageError for a side that is none.
    """
    until = time.monotonic() + seconds
    with memory.reading():
        asked = _asked(memory, chosen, query, side, after, before)
        ids: list[int] = []
        place: int | None = None
        for place, rows in _walk(memory, asked, limit + 1, until):
            ids += [row[0] for row in rows if asked.is_met(row)]
            if len(ids) > limit or place is None or time.monotonic() > until:
                break
        is_full = len(ids) > limit
        ids = ids[:limit]
        units = _listed(memory, asked, sorted(ids))
    if is_full:
        place = ids[-1]
    return Browsed(units, place, is_full)


def _listed(memory: Memory, asked: _Asked, ids: Sequence[int]) -> list[BrowsedUnit]:
    """The units of some ids, in their order."""
    rows = memory.db.execute(
        f"SELECT {UNIT_COLUMNS} FROM json_each(?) AS wanted"  # noqa: S608 - our own names
        " CROSS JOIN unit ON unit.id = wanted.value"
        " JOIN languages ON languages.id = unit.languages JOIN origin ON origin.id = unit.origin",
        (json.dumps(ids),),
    )
    units = [(row[0], made(row)) for row in rows]
    return [BrowsedUnit(number, unit, asked.spans(unit)) for number, unit in units]


def count_units(
    memory: Memory,
    chosen: Filter,
    query: SearchQuery | None = None,
    side: str = "both",
    *,
    after: int = 0,
    seconds: float = 0.04,
) -> tuple[int, int | None]:
    """How many units pass behind `after`, and how far was looked in the time; None: to the end."""
    until = time.monotonic() + seconds
    with memory.reading() as db:
        asked = _asked(memory, chosen, query, side, after, None)
        if query is None and after == 0 and len(asked.conditions) < 2:
            for one in asked.conditions:
                if one.where:
                    count = one.count(memory, _COUNTED)
                    return count, after if count == _COUNTED else None
            if not asked.conditions:
                return int(db.execute("SELECT count(*) FROM unit").fetchone()[0]), None
        count, reached = 0, after
        for place, rows in _walk(memory, asked, _END, until):
            count += sum(map(asked.is_met, rows))
            if place is None:
                break
            reached = place
            if time.monotonic() > until:
                return count, reached
        return count, None


def _asked(
    memory: Memory,
    chosen: Filter,
    query: SearchQuery | None,
    side: str,
    after: int,
    before: int | None,
) -> _Asked:
    last = int(memory.db.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0])
    high = last if before is None else min(last, before - 1)
    conditions, sides = conditions_of(memory, chosen), sides_of(side)
    return _Asked(conditions, query, sides, after + 1, high, back=before is not None)


def _walk(memory: Memory, asked: _Asked, enough: int, until: float) -> Iterator[_Step]:
    """Rows that meet the conditions and may meet the search, piece by piece, each with the
    id up to which all was looked at then; None: to the end.
    """
    terms = {side: _useful(memory, side, asked.query) for side in asked.sides}
    by_words = asked.query is not None and all(terms.values())
    if not by_words:
        lead = leading(memory, asked.conditions)
    elif _leaves_many(memory, terms):
        lead = leading(memory, asked.conditions, _FEWER)
        by_words = lead is None
    if by_words:
        yield from _by_words(memory, asked, terms)
    else:
        yield from _by_windows(memory, asked, lead, enough, until)


def _by_words(memory: Memory, asked: _Asked, terms: dict[str, str]) -> Iterator[_Step]:
    """Led by the index of words."""
    streams = [
        (
            row[0]
            for row in memory.db.execute(
                f"SELECT rowid FROM {side}_words WHERE {side}_words MATCH ?"  # noqa: S608
                f" AND rowid BETWEEN ? AND ? ORDER BY rowid {asked.order}",
                (match, asked.low, asked.high),
            )
        )
        for side, match in terms.items()
    ]
    ids = _each_once(heapq.merge(*streams, reverse=asked.back))
    tests, values = asked.tests()
    for size in chain(_CHUNKS, repeat(_CHUNKS[-1])):
        chunk = list(islice(ids, size))
        rows = memory.db.execute(
            f"SELECT {_ROW} FROM json_each(?) AS wanted"  # noqa: S608
            f" CROSS JOIN unit ON unit.id = wanted.value WHERE 1{tests}",
            (json.dumps(chunk), *values),
        )
        if len(chunk) < size:
            yield None, rows
            return
        yield chunk[-1], rows


def _each_once(ids: Iterator[int]) -> Iterator[int]:
    last = 0
    for one in ids:
        if one != last:
            yield one
        last = one


def _by_windows(
    memory: Memory, asked: _Asked, lead: Condition | None, enough: int, until: float
) -> Iterator[_Step]:
    """Led by a condition, or by nothing: stretches of ids, each as long as the time allows."""
    tests, values = asked.tests(lead)
    tables, where, place = "unit", "1", "unit.id"
    first: tuple[Any, ...] = ()
    if lead is not None:
        tables, where, place, first = lead.tables, lead.where, lead.place, lead.values
    limit = f" LIMIT {enough}" if asked.query is None and enough < _END else ""
    sql = (
        f"SELECT {_ROW} FROM {tables} WHERE {where}"  # noqa: S608
        f" AND {place} BETWEEN ? AND ?{tests} ORDER BY {place} {asked.order}{limit}"
    )
    low, high, width = asked.low, asked.high, _WINDOW
    while True:
        begin = max(asked.low, high - width + 1) if asked.back else low
        end = high if asked.back else min(asked.high, low + width - 1)
        began = time.monotonic()
        cursor = memory.db.execute(sql, (*first, begin, end, *values))
        while len(rows := cursor.fetchmany(_CHUNKS[-1])) == _CHUNKS[-1]:
            yield rows[-1][0], rows
        is_last = begin == asked.low if asked.back else end == asked.high
        yield (None if is_last else begin if asked.back else end), rows
        if is_last:
            return
        if asked.back:
            high = begin - 1
        else:
            low = end + 1
        now = time.monotonic()
        share = 0.5 * (until - now) / max(now - began, 1e-4)
        width = int(width * max(0.25, min(8.0, share)))


def _leaves_many(memory: Memory, terms: dict[str, str]) -> bool:
    """Whether the words stand in so many units that a condition may leave fewer."""
    return any(
        memory.db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {side}_words WHERE {side}_words MATCH ? LIMIT {_FEW})",  # noqa: S608
            (match,),
        ).fetchone()[0]
        >= _FEW
        for side, match in terms.items()
    )


def _useful(memory: Memory, side: str, query: SearchQuery | None) -> str:
    """A query of FTS5 from the terms; "" for none. A beginning of very common words is left out: FTS5
    would put all their lists together before it gives the first unit.
    """
    if query is None:
        return ""
    return " AND ".join(
        term for term in query.terms if not (term.endswith(" *") and _is_common(memory, side, term))
    )


def _is_common(memory: Memory, side: str, term: str) -> bool:
    beginning = term.removesuffix(" *").strip('"')
    db = memory.db
    db.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{side}_terms USING fts5vocab(main, {side}_words, row)"
    )
    total = 0
    for (units,) in db.execute(
        f"SELECT doc FROM temp.{side}_terms WHERE term >= ? AND term < ?",  # noqa: S608
        (beginning, beginning + "\U0010ffff"),
    ):
        total += units
        if total > _COMMON:
            return True
    return False
