"""Single units: listed with their ids, changed; a language renamed.

A key is a hash of the pair of languages and the source, so that what changes either makes the keys of a
unit anew, and those by which its neighbours know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.languages.tags import canonical, wrong_tag
from aligner.memory.lookup import UNIT_COLUMNS, UNIT_TABLES, made
from aligner.memory.rest import keys_of_unit, with_codes, with_rest
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.stored import Filter
from aligner.memory.words import indexed, key_of
from aligner.model import Code, Unit, UsageError

__all__ = [
    "COLUMNS",
    "Edited",
    "NewText",
    "edit_unit",
    "edited",
    "follow_source",
    "listed_units",
    "reindex",
    "rename_language",
]

COLUMNS = ("source", "target")


@dataclass(frozen=True, slots=True)
class Edited:
    """What was done to a unit: whether anything changed, how many inline codes went with old words,
    and the unit that was there already which it became (0 for none).
    """

    changed: bool = False
    codes: int = 0
    became: int = 0

    @property
    def is_double(self) -> bool:
        """Whether it became a unit that was there already."""
        return self.became > 0


@dataclass(frozen=True, slots=True)
class NewText:
    """New words, and the codes among them; None where nobody looked after these: they go, where the
    words are others.
    """

    words: str
    codes: tuple[Code, ...] | None = None


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
    """Change a unit: its texts, which makes its status `edited` and takes away their inline codes, or its
    status. A unit that becomes another one of the memory is that one from then on.

    Raises UsageError for an id that is not there, an empty text, a status nobody knows, and where
    nothing is to change.
    """
    if source is None and target is None and status is None:
        raise UsageError("nothing to change", hint="--source, --target or --status")
    new = tuple(None if text is None else NewText(text) for text in (source, target))
    with memory.transaction():
        return edited(memory, identifier, new, status)


def edited(
    memory: Memory, identifier: int, texts: Sequence[NewText | None], status: str | None
) -> Edited:
    """`edit_unit` inside a transaction, with the codes that new texts have; None for the old one."""
    if status is not None and status not in STATUS:
        raise UsageError(f"there is no status {status!r}", hint=f"known: {', '.join(STATUS)}")
    db = memory.db
    row = db.execute(
        "SELECT languages, key, source, target, status, rest FROM unit WHERE id = ?", (identifier,)
    ).fetchone()
    if row is None:
        raise UsageError(
            f"there is no unit {identifier}",
            context=str(memory.path),
            hint="memory list shows ids",
        )
    language, old_key, *old, number, rest = row
    new, gone = list(old), 0
    was = rest
    for side, text in enumerate(texts):
        if text is None or (text.words == old[side] and text.codes is None):
            continue
        if not text.words.strip():
            raise UsageError("a unit needs both its texts", hint="memory delete removes it")
        new[side] = text.words
        rest, fewer = with_codes(rest, side, text.codes or ())
        gone += fewer
    is_new = (new, rest) != (old, was)
    wanted = STATUS.index(status or ("edited" if is_new else STATUS[number]))
    if not is_new and wanted == number:
        return Edited()
    if not is_new:
        db.execute("UPDATE unit SET status = ? WHERE id = ?", (wanted, identifier))
        return Edited(changed=True)
    key, pair = keys_of_unit(language, with_rest(Unit.of("", "", *new), rest))
    twin = db.execute(
        "SELECT id FROM unit WHERE key = ? AND pair = ? AND id <> ?", (key, pair, identifier)
    ).fetchone()
    for side, name in enumerate(COLUMNS):
        reindex(memory, name, identifier, old[side], None if twin else new[side])
    if twin:
        db.execute("DELETE FROM again WHERE unit = ?", (identifier,))
        db.execute("DELETE FROM unit WHERE id = ?", (identifier,))
        db.execute("UPDATE unit SET status = max(status, ?) WHERE id = ?", (wanted, twin[0]))
        return Edited(changed=True, codes=gone, became=int(twin[0]))
    db.execute(
        "UPDATE unit SET key = ?, pair = ?, source = ?, target = ?, length = ?, rest = ?,"
        " status = ? WHERE id = ?",
        (key, pair, *new, len(new[0]), rest, wanted, identifier),
    )
    follow_source(memory, old_key, key)
    return Edited(changed=True, codes=gone)


def follow_source(memory: Memory, old: int, new: int) -> None:
    """Neighbours know a source by its new key, where no other unit has the old one."""
    if old != new and not memory.db.execute("SELECT 1 FROM unit WHERE key = ?", (old,)).fetchone():
        _follow(memory, {old: new})


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
        for name, text in zip(COLUMNS, (source, target), strict=True):
            reindex(memory, name, identifier, text, None)
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


def reindex(memory: Memory, name: str, identifier: int, old: str, new: str | None) -> None:
    """Other words of a side in the index, None for none; `name` is one of COLUMNS."""
    memory.db.execute(
        f"INSERT INTO {name}_words ({name}_words, rowid, words) VALUES ('delete', ?, ?)",  # noqa: S608
        (identifier, indexed(old)),
    )
    if new is not None:
        memory.db.execute(
            f"INSERT INTO {name}_words (rowid, words) VALUES (?, ?)",  # noqa: S608 - our own names
            (identifier, indexed(new)),
        )


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
                f" WHERE {name} <> 0 AND {name} IN (SELECT old FROM renamed)"
            )
