"""Single units: listed with their ids, changed; a language renamed.

A key is a hash of the pair of languages and the source, so that what changes either makes the keys of a
unit anew, and those by which its neighbours know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aligner.languages.tags import canonical, wrong_tag
from aligner.memory.lookup import UNIT_COLUMNS, UNIT_TABLES, made
from aligner.memory.rest import without_codes
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.stored import Filter
from aligner.memory.words import indexed, key_of, keys_of
from aligner.model import Unit, UsageError

__all__ = ["Edited", "edit_unit", "listed_units", "rename_language"]

_COLUMNS = ("source", "target")


@dataclass(frozen=True, slots=True)
class Edited:
    """What was done to a unit: whether anything changed, how many inline codes went with old words,
    and whether it became a unit that was there already.
    """

    changed: bool = False
    codes: int = 0
    is_double: bool = False


def listed_units(
    memory: Memory, chosen: Filter, limit: int = 100, after: int = 0
) -> Iterator[tuple[int, Unit]]:
    """The units that pass with their ids, in the order of these, `limit` at most behind the id `after`."""
    with memory.reading() as db:
        where, values = chosen.where(memory)
        rows = db.execute(
            f"SELECT {UNIT_COLUMNS} FROM {UNIT_TABLES} WHERE {where} AND unit.id > ?"  # noqa: S608
            " ORDER BY unit.id LIMIT ?",
            [*values, after, limit],
        ).fetchall()
    yield from ((row[0], made(row)) for row in rows)


def edit_unit(
    memory: Memory,
    identifier: int,
    *,
    source: str | None = None,
    target: str | None = None,
    status: str | None = None,
) -> Edited:
    """Change a unit: its texts, which makes its status `edited`, or its status. A unit that becomes
    another one of the memory is that one from then on.

    Raises UsageError for an id that is not there, an empty text, a status nobody knows.
    """
    if status is not None and status not in STATUS:
        raise UsageError(f"there is no status {status!r}", hint=f"known: {', '.join(STATUS)}")
    with memory.transaction() as db:
        row = db.execute(
            "SELECT languages, key, source, target, status, rest FROM unit WHERE id = ?",
            (identifier,),
        ).fetchone()
        if row is None:
            raise UsageError(
                f"there is no unit {identifier}",
                context=str(memory.path),
                hint="memory list shows ids",
            )
        language, old_key, *texts, number, rest = row
        new, codes = list(texts), 0
        for side, text in enumerate((source, target)):
            if text is None or text == texts[side]:
                continue
            if not text.strip():
                raise UsageError("a unit needs both its texts", hint="memory delete removes it")
            rest, gone = without_codes(rest, side)
            new[side], codes = text, codes + gone
        wanted = STATUS.index(status or ("edited" if new != texts else STATUS[number]))
        if new == texts and wanted == number:
            return Edited()
        key, pair = keys_of(language, *new)
        if new != texts:
            twin = db.execute(
                "SELECT id FROM unit WHERE key = ? AND pair = ? AND id <> ?",
                (key, pair, identifier),
            ).fetchone()
            for side, name in enumerate(_COLUMNS):
                _reindex(memory, name, identifier, texts[side], None if twin else new[side])
            if twin:
                db.execute("DELETE FROM again WHERE unit = ?", (identifier,))
                db.execute("DELETE FROM unit WHERE id = ?", (identifier,))
                db.execute(
                    "UPDATE unit SET status = max(status, ?) WHERE id = ?", (wanted, twin[0])
                )
                return Edited(changed=True, codes=codes, is_double=True)
            db.execute(
                "UPDATE unit SET key = ?, pair = ?, source = ?, target = ?, length = ?, rest = ?,"
                " status = ? WHERE id = ?",
                (key, pair, *new, len(new[0]), rest, wanted, identifier),
            )
            if key != old_key and not _is_used(memory, old_key):
                _follow(memory, {old_key: key})
        else:
            db.execute("UPDATE unit SET status = ? WHERE id = ?", (wanted, identifier))
    return Edited(changed=True, codes=codes)


def rename_language(memory: Memory, old: str, new: str) -> int:
    """Call a language, with its region, by another name on both sides; returns how many units changed.
    Units that are the same then become one.

    Raises UsageError for what is no language tag, or one that is not in the memory.
    """
    old, new = canonical(old), canonical(new)
    if not new or wrong_tag(new):
        raise UsageError(f"{new!r} is no language tag", hint="a tag is like es, es-MX or zh-Hant")
    count = 0
    with memory.transaction() as db:
        pairs = [row for row in memory.languages() if old in row[1:]]
        if not pairs:
            there = ", ".join(sorted({tag for row in memory.languages() for tag in row[1:]}))
            raise UsageError(f"no unit is in {old!r}", hint=f"the memory holds {there}")
        for number, *sides in pairs:
            renamed = tuple(new if side == old else side for side in sides)
            known = db.execute(
                "SELECT id FROM languages WHERE source = ? AND target = ?", renamed
            ).fetchone()
            if known is None:
                db.execute(
                    "UPDATE languages SET source = ?, target = ? WHERE id = ?", (*renamed, number)
                )
                count += db.execute(
                    "SELECT count(*) FROM unit WHERE languages = ?", (number,)
                ).fetchone()[0]
            elif known[0] != number:
                count += _moved(memory, number, int(known[0]))
        db.execute("DELETE FROM import")  # what was imported may be imported again
    return count


def _moved(memory: Memory, old: int, new: int) -> int:
    """The units of a pair of languages, as those of another one."""
    db = memory.db
    rows = db.execute(
        "SELECT id, key, pair, source, target FROM unit WHERE languages = ?", (old,)
    ).fetchall()
    keys: dict[int, int] = {}
    for identifier, old_key, pair, source, target in rows:
        key = keys.setdefault(old_key, key_of(new, source))
        twin = db.execute("SELECT id FROM unit WHERE key = ? AND pair = ?", (key, pair)).fetchone()
        if twin is None:
            db.execute(
                "UPDATE unit SET languages = ?, key = ? WHERE id = ?", (new, key, identifier)
            )
            continue
        for name, text in zip(_COLUMNS, (source, target), strict=True):
            _reindex(memory, name, identifier, text, None)
        # its place is one more of the unit that stays
        db.execute(
            "INSERT OR IGNORE INTO again SELECT ?, origin, number, before, after, context, identifier,"
            " rest FROM unit WHERE id = ?",
            (twin[0], identifier),
        )
        db.execute("UPDATE OR IGNORE again SET unit = ? WHERE unit = ?", (twin[0], identifier))
        db.execute("DELETE FROM again WHERE unit = ?", (identifier,))
        db.execute("DELETE FROM unit WHERE id = ?", (identifier,))
    _follow(memory, keys)
    db.execute("DELETE FROM languages WHERE id = ?", (old,))
    return len(rows)


def _reindex(memory: Memory, name: str, identifier: int, old: str, new: str | None) -> None:
    """Other words of a side in the index, None for none."""
    memory.db.execute(
        f"INSERT INTO {name}_words ({name}_words, rowid, words) VALUES ('delete', ?, ?)",  # noqa: S608
        (identifier, indexed(old)),
    )
    if new is not None:
        memory.db.execute(
            f"INSERT INTO {name}_words (rowid, words) VALUES (?, ?)",  # noqa: S608 - our own names
            (identifier, indexed(new)),
        )


def _is_used(memory: Memory, key: int) -> bool:
    return memory.db.execute("SELECT 1 FROM unit WHERE key = ?", (key,)).fetchone() is not None


def _follow(memory: Memory, keys: dict[int, int]) -> None:
    """New keys of texts, where they are neighbours."""
    db = memory.db
    db.execute("CREATE TEMP TABLE IF NOT EXISTS renamed (old INTEGER PRIMARY KEY, new INTEGER)")
    db.execute("DELETE FROM renamed")
    db.executemany("INSERT INTO renamed VALUES (?, ?)", keys.items())
    for table in ("unit", "again"):
        for name in ("before", "after"):
            db.execute(
                f"UPDATE {table} SET {name} = (SELECT new FROM renamed WHERE old = {name})"  # noqa: S608
                f" WHERE {name} IN (SELECT old FROM renamed)"
            )
