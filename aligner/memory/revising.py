"""What a person does to single units, so that it can be undone, and never over somebody else's work.

A change says what the person saw; where the unit is another one by now (an import, another window,
the command line) it is refused and nothing is changed. The table `deed` keeps how the units were
before and after, so that undoing works tomorrow too; it is refused where they are not as they were
left.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aligner.memory.editing import COLUMNS, Edited, NewText, edited, follow_source, reindex
from aligner.memory.lookup import unit_of
from aligner.memory.store import Memory
from aligner.memory.words import indexed, key_of
from aligner.model import Unit, UsageError

__all__ = [
    "Deeds",
    "SeenUnit",
    "UnitChanged",
    "change_unit",
    "known_deeds",
    "redo",
    "remove_unit",
    "undo",
    "unit_there",
]

_KEPT = 1_000  # deeds that can be undone
_SOURCE, _TARGET = 4, 5  # columns of `unit`
_LANGUAGES, _KEY = 1, 2

_Image = list[Any] | None  # [row of unit, rows of again]; None: there is no such unit


class UnitChanged(UsageError):
    """A unit is not as the person saw it, or as a deed left it."""


@dataclass(frozen=True, slots=True)
class SeenUnit:
    """A unit as the person saw it."""

    source: str
    target: str
    status: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """What can be undone and done again: the name of the last deed and its unit, ("", 0) for none."""

    undo: tuple[str, int] = ("", 0)
    redo: tuple[str, int] = ("", 0)


def unit_there(memory: Memory, identifier: int) -> Unit:
    """The unit of an id. Raises UsageError where it is not there."""
    row = memory.db.execute("SELECT 1 FROM unit WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        raise UnitChanged(f"unit {identifier} is not there any more")
    return unit_of(memory, identifier)


def change_unit(
    memory: Memory,
    identifier: int,
    seen: SeenUnit,
    read: Callable[[Unit], tuple[NewText | None, NewText | None]],
    status: str | None = None,
) -> Edited:
    """Change a unit as `edit_unit` does. `read` gives the new texts for the unit that is there.

    Raises UnitChanged where it is not as it was seen, and what `edit_unit` and `read` raise.
    """
    with memory.transaction():
        unit = _as_seen(memory, identifier, seen)
        texts = read(unit)
        twins = _with_source(memory, identifier, texts[0])
        before = {number: _image(memory, number) for number in (identifier, *twins)}
        done = edited(memory, identifier, texts, status)
        if done.changed:
            words = any(texts) or status is None
            _record(memory, "edit" if words else "status", identifier, before)
    return done


def remove_unit(memory: Memory, identifier: int, seen: SeenUnit) -> None:
    """Delete a unit. Raises UnitChanged where it is not as it was seen."""
    with memory.transaction() as db:
        _as_seen(memory, identifier, seen)
        before = {identifier: _image(memory, identifier)}
        _put(memory, identifier, None)
        db.execute("DELETE FROM import")  # what was imported may be imported again
        _record(memory, "delete", identifier, before)


def undo(memory: Memory) -> tuple[str, int]:
    """Take back the last deed that was not; returns its name and its unit.

    Raises UsageError where there is none, UnitChanged where its units are not as it left them.
    """
    return _turn(memory, undone=0)


def redo(memory: Memory) -> tuple[str, int]:
    """Do again what was undone last; as `undo`."""
    return _turn(memory, undone=1)


def known_deeds(memory: Memory) -> Deeds:
    """What can be undone and done again."""
    last, first = (_next_deed(memory, undone) for undone in (0, 1))
    return Deeds((last[1], last[2]), (first[1], first[2]))


def _next_deed(memory: Memory, undone: int) -> tuple[int, str, int, str, str]:
    """(id, name, unit, before, after) of the deed to undo, or with `undone` 1 to do again; (0, "", 0, "", "")
    for none.
    """
    row = memory.db.execute(
        "SELECT id, name, unit, before, after FROM deed WHERE undone = ?"
        " ORDER BY CASE WHEN undone THEN id ELSE -id END LIMIT 1",
        (undone,),
    ).fetchone()
    return tuple(row) if row else (0, "", 0, "", "")


def _as_seen(memory: Memory, identifier: int, seen: SeenUnit) -> Unit:
    unit = unit_there(memory, identifier)
    if SeenUnit(unit.source, unit.target, unit.status) != seen:
        raise UnitChanged(
            f"unit {identifier} was changed meanwhile",
            hint="look at it as it is now; what you typed is still here",
        )
    return unit


def _with_source(memory: Memory, identifier: int, source: NewText | None) -> list[int]:
    """Units that the unit may become: those of its new source, or of its old one."""
    rows = memory.db.execute(
        "SELECT id FROM unit WHERE key = (SELECT key FROM unit WHERE id = ?) AND id <> ?",
        (identifier, identifier),
    ).fetchall()
    if source is not None:
        language = memory.db.execute(
            "SELECT languages FROM unit WHERE id = ?", (identifier,)
        ).fetchone()[0]
        rows += memory.db.execute(
            "SELECT id FROM unit WHERE key = ? AND id <> ?",
            (key_of(language, source.words), identifier),
        ).fetchall()
    return sorted({row[0] for row in rows})


def _image(memory: Memory, identifier: int) -> _Image:
    row = memory.db.execute("SELECT * FROM unit WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        return None
    places = memory.db.execute(
        "SELECT * FROM again WHERE unit = ? ORDER BY origin, number", (identifier,)
    ).fetchall()
    return [list(row), [list(place) for place in places]]


def _record(memory: Memory, name: str, identifier: int, before: Mapping[int, _Image]) -> None:
    """Keep what changed, in the transaction that changed it."""
    db = memory.db
    changed = {number: image for number, image in before.items() if _image(memory, number) != image}
    after = {number: _image(memory, number) for number in changed}
    db.execute("DELETE FROM deed WHERE undone = 1")
    made = db.execute(
        "INSERT INTO deed (name, unit, before, after, undone) VALUES (?, ?, ?, ?, 0)",
        (name, identifier, json.dumps(changed), json.dumps(after)),
    )
    db.execute("DELETE FROM deed WHERE id <= ?", ((made.lastrowid or 0) - _KEPT,))


def _turn(memory: Memory, *, undone: int) -> tuple[str, int]:
    """Put the units of a deed from one state of it into the other."""
    with memory.transaction() as db:
        number, name, unit, *states = _next_deed(memory, undone)
        if not number:
            raise UsageError(
                "there is nothing to do again" if undone else "there is nothing to undo"
            )
        if not undone:
            states.reverse()
        there, wanted = (
            {int(one): image for one, image in json.loads(state).items()} for state in states
        )
        for one, image in there.items():
            if _image(memory, one) != image:
                raise UnitChanged(
                    f"unit {one} was changed since by another program",
                    hint="nothing was changed now; look at the unit as it is",
                )
        for one in wanted:
            _put(memory, one, None)
        for one, image in wanted.items():
            if image is not None:
                _put(memory, one, image)
        for one, image in wanted.items():
            old = there[one]
            if image is not None and old is not None:
                follow_source(memory, old[0][_KEY], image[0][_KEY])
        db.execute("UPDATE deed SET undone = ? WHERE id = ?", (1 - undone, number))
    return name, unit


def _put(memory: Memory, identifier: int, image: _Image) -> None:
    """Make a unit what it was, with its places; None: take it out."""
    db = memory.db
    row = db.execute("SELECT source, target FROM unit WHERE id = ?", (identifier,)).fetchone()
    if row is not None:
        for name, text in zip(COLUMNS, row, strict=True):
            reindex(memory, name, identifier, text, None)
        db.execute("DELETE FROM again WHERE unit = ?", (identifier,))
        db.execute("DELETE FROM unit WHERE id = ?", (identifier,))
    if image is None:
        return
    columns, places = image
    if not db.execute("SELECT 1 FROM languages WHERE id = ?", (columns[_LANGUAGES],)).fetchone():
        raise UnitChanged("the languages of the unit have other names since")
    try:
        db.execute(f"INSERT INTO unit VALUES ({', '.join('?' * len(columns))})", columns)  # noqa: S608
    except sqlite3.IntegrityError:
        raise UnitChanged("the memory has the same unit again, from another program") from None
    for name, text in zip(COLUMNS, columns[_SOURCE : _TARGET + 1], strict=True):
        db.execute(
            f"INSERT INTO {name}_words (rowid, words) VALUES (?, ?)",  # noqa: S608 - our own names
            (identifier, indexed(text)),
        )
    for place in places:
        db.execute(f"INSERT INTO again VALUES ({', '.join('?' * len(place))})", place)  # noqa: S608
