"""Indexes for a page that filters and changes units of a large memory; made when it is first opened.

facet, facet_unit   people who made or changed units, and their properties: which units have them
unit_day            the day on which a unit was made or changed last (YYYYMMDD), where it says so
deed                what the page did, for undoing it (`revising`)

Triggers keep them in step whoever changes the memory afterwards, an import or an older version of
this program too. An import takes twice as long then, so they are not part of every
memory.
"""

from __future__ import annotations

from collections.abc import Callable

from aligner.memory.store import Memory

__all__ = ["FIELD", "NAME", "USER", "prepare_page"]

USER, FIELD, NAME = 0, 1, 2  # kinds of facets: a person, a property with its value, one with any
_BATCH = 20_000  # units that are read in a transaction
_SETTING = "page"
_READY = "ready 1"
# where `rest` has attributes and properties: those of the unit, and of its two texts
_UNIT = (("$[0]", "$[1]"),)
_TEXTS = (("$[#-2][2]", "$[#-2][3]"), ("$[#-1][2]", "$[#-1][3]"))
_PLAIN = ",[[],[],[],[],[]],[[],[],[],[],[]]]"  # the end of `rest` where it says nothing of texts

_TABLES = """
CREATE TABLE IF NOT EXISTS facet (
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  UNIQUE (kind, name, value)
);
CREATE TABLE IF NOT EXISTS facet_unit (
  facet INTEGER NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (facet, unit)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unit_day (unit INTEGER PRIMARY KEY, day TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS unit_day_day ON unit_day (day);
CREATE TABLE IF NOT EXISTS deed (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, unit INTEGER NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL, undone INTEGER NOT NULL
)
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS unit_languages ON unit (languages);
CREATE INDEX IF NOT EXISTS unit_status ON unit (status);
CREATE INDEX IF NOT EXISTS unit_origin ON unit (origin);
CREATE INDEX IF NOT EXISTS unit_before ON unit (before) WHERE before <> 0;
CREATE INDEX IF NOT EXISTS unit_after ON unit (after) WHERE after <> 0;
CREATE INDEX IF NOT EXISTS again_before ON again (before) WHERE before <> 0;
CREATE INDEX IF NOT EXISTS again_after ON again (after) WHERE after <> 0
"""


_Places = tuple[tuple[str, str], ...]


def _entries(rest: str, unit: str, source: str, places: _Places) -> str:
    """SQL: (unit, kind, name, value) of what `rest` says at some places, of units of a FROM clause."""
    return " UNION ALL ".join(
        f"SELECT {unit} AS unit, {USER} AS kind, '' AS name, value ->> 1 AS value"  # noqa: S608
        f" FROM {source}json_each({rest}, '{attributes}')"
        " WHERE value ->> 0 IN ('creationid', 'changeid') UNION ALL"
        f" SELECT {unit}, kind, value ->> 0, CASE kind WHEN {FIELD} THEN value ->> 1 ELSE '' END"
        f" FROM {source}json_each({rest}, '{properties}')"
        f" CROSS JOIN (SELECT {FIELD} AS kind UNION ALL SELECT {NAME})"
        for attributes, properties in places
    )


def _days(rest: str, unit: str, source: str, places: _Places) -> str:
    """SQL: (unit, day) of units of a FROM clause."""
    days = " UNION ALL ".join(
        f"SELECT {unit} AS unit, substr(value ->> 1, 1, 8) AS day"  # noqa: S608
        f" FROM {source}json_each({rest}, '{attributes}')"
        " WHERE value ->> 0 IN ('creationdate', 'changedate')"
        for attributes, _ in places
    )
    return f"SELECT unit, max(day) AS day FROM ({days}) WHERE day <> '' GROUP BY unit"  # noqa: S608


def _added(rest: str, unit: str, source: str, places: _Places) -> list[str]:
    """Statements that put in what `rest` says."""
    entries = _entries(rest, unit, source, places)
    return [
        f"INSERT OR IGNORE INTO facet (kind, name, value) SELECT DISTINCT kind, name, value FROM ({entries})",  # noqa: S608
        (
            "INSERT OR IGNORE INTO facet_unit SELECT facet.id, told.unit"  # noqa: S608
            f" FROM ({entries}) AS told CROSS JOIN facet"
            " ON facet.kind = told.kind AND facet.name = told.name AND facet.value = told.value"
        ),
        (
            f"INSERT INTO unit_day {_days(rest, unit, source, places)}"
            " ON CONFLICT (unit) DO UPDATE SET day = max(day, excluded.day)"
        ),
    ]


def _removed() -> list[str]:
    """Statements that take out what the old row said."""
    entries = _entries("old.rest", "old.id", "", _UNIT + _TEXTS)
    return [
        (
            "DELETE FROM facet_unit WHERE unit = old.id AND facet IN (SELECT facet.id"  # noqa: S608
            f" FROM ({entries}) AS told CROSS JOIN facet"
            " ON facet.kind = told.kind AND facet.name = told.name AND facet.value = told.value)"
        ),
        "DELETE FROM unit_day WHERE unit = old.id",
    ]


def _triggers() -> list[str]:
    there = "new.rest IS NOT NULL"
    of_texts = f"{there} AND substr(new.rest, -{len(_PLAIN)}) <> '{_PLAIN}'"
    other = "new.rest IS NOT old.rest"
    units, texts = (_added("new.rest", "new.id", "", places) for places in (_UNIT, _TEXTS))
    # what a statement of SQLite reads is parsed as often as it is named: most units say nothing of texts
    rows = [
        ("facet_insert", "AFTER INSERT", there, units),
        ("facet_insert_texts", "AFTER INSERT", of_texts, texts),
        ("facet_delete", "AFTER DELETE", "old.rest IS NOT NULL", _removed()),
        ("facet_forget", "BEFORE UPDATE OF rest", f"{other} AND old.rest IS NOT NULL", _removed()),
        ("facet_update", "AFTER UPDATE OF rest", f"{other} AND {there}", units),
        ("facet_update_texts", "AFTER UPDATE OF rest", f"{other} AND {of_texts}", texts),
    ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} {event} ON unit WHEN {when} BEGIN {'; '.join(work)}; END"
        for name, event, when, work in rows
    ]


def prepare_page(memory: Memory, progress: Callable[[int, int], None] | None = None) -> bool:
    """Make what the page needs, unless it is there; returns whether anything was made.

    `progress`: units read, and how many there are. A killed run is gone on with. Other programs
    may read and write between two batches. Raises StoreError.
    """
    if memory.setting(_SETTING) == _READY:
        return False
    with memory.transaction() as db:
        for statement in [*_TABLES.split(";"), *_triggers()]:
            db.execute(statement)
        db.execute("INSERT OR IGNORE INTO setting VALUES (?, '0')", (_SETTING,))
        last = int(db.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0])
        done = memory.setting(_SETTING)
    if done == _READY:
        return False  # another program made it meanwhile
    place = int(done)
    # what comes in from here on is seen by the triggers
    part = "SELECT id, rest FROM unit WHERE id > ? AND id <= ? AND rest IS NOT NULL"
    of_texts = f"{part} AND substr(rest, -{len(_PLAIN)}) <> '{_PLAIN}'"
    fill = [
        statement
        for chosen, places in ((part, _UNIT), (of_texts, _TEXTS))
        for statement in _added("part.rest", "part.id", f"({chosen}) AS part, ", places)
    ]
    while place < last:
        upto = min(place + _BATCH, last)
        with memory.transaction() as db:
            for statement in fill:
                db.execute(statement, (place, upto) * (statement.count("?") // 2))
            db.execute("UPDATE setting SET value = ? WHERE name = ?", (str(upto), _SETTING))
        place = upto
        if progress:
            progress(place, last)
    for statement in _INDEXES.split(";"):
        with memory.transaction() as db:
            db.execute(statement)
    with memory.transaction() as db:
        db.execute("UPDATE setting SET value = ? WHERE name = ?", (_READY, _SETTING))
    return True
