"""Looking after a memory: what is in it, what contradicts itself, what goes out, what comes in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.memory.loading import Loaded, load_units
from aligner.memory.lookup import UNIT_TABLES, penalties_of
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.stored import Filter, stored_header, stored_units
from aligner.memory.words import indexed
from aligner.model import UsageError

__all__ = [
    "Inconsistency",
    "delete_units",
    "inconsistencies",
    "memory_statistics",
    "merge_memory",
    "set_penalty",
]

_HIGHEST_PENALTY = 50.0


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One source text with several translations, each with how many places it stands in."""

    source_lang: str
    target_lang: str
    source: str
    targets: tuple[tuple[str, int, str], ...]  # target, places, status


def inconsistencies(memory: Memory, chosen: Filter, limit: int = 1000) -> list[Inconsistency]:
    """Sources with more than one translation, the most frequent first."""
    with memory.reading() as db:
        where, values = chosen.where(memory)
        keys = db.execute(
            f"SELECT unit.key FROM {UNIT_TABLES} WHERE {where}"  # noqa: S608 - our own names
            " GROUP BY unit.key HAVING count(*) > 1 ORDER BY count(*) DESC, min(unit.id) LIMIT ?",
            [*values, limit],
        ).fetchall()
        out = []
        for (key,) in keys:
            rows = db.execute(
                "SELECT languages.source, languages.target, unit.source, unit.target, unit.status,"  # noqa: S608
                " 1 + (SELECT count(*) FROM again WHERE again.unit = unit.id)"
                f" FROM {UNIT_TABLES} WHERE unit.key = ? AND {where} ORDER BY 6 DESC, unit.id",
                [key, *values],
            ).fetchall()
            targets = tuple((row[3], row[5], STATUS[row[4]]) for row in rows)
            out.append(Inconsistency(rows[0][0], rows[0][1], rows[0][2], targets))
    return out


def delete_units(memory: Memory, chosen: Filter) -> int:
    """Remove the units that pass; returns how many. All at once or not at all."""
    with memory.transaction() as db:
        where, values = chosen.where(memory)
        rows = db.execute(
            f"SELECT unit.id, unit.source, unit.target FROM {UNIT_TABLES} WHERE {where}",  # noqa: S608
            values,
        ).fetchall()
        for side, column in (("source", 1), ("target", 2)):
            # an index without content forgets a row when it is told what stood there
            db.executemany(
                f"INSERT INTO {side}_words ({side}_words, rowid, words) VALUES ('delete', ?, ?)",  # noqa: S608
                [(row[0], indexed(row[column])) for row in rows],
            )
        ids = [(row[0],) for row in rows]
        db.executemany("DELETE FROM again WHERE unit = ?", ids)
        db.executemany("DELETE FROM unit WHERE id = ?", ids)
        # what was imported may be imported again
        db.execute("DELETE FROM import")
    return len(rows)


def merge_memory(memory: Memory, other: Path) -> Loaded:
    """Everything of another memory into this one; a pair of texts that both have stays one."""
    import hashlib

    with Memory(other) as source:
        units = stored_units(source, Filter())
        header = stored_header(source, Filter())
        with other.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return load_units(memory, units, str(other), digest, header=header)


def set_penalty(memory: Memory, percent: float, document: str = "") -> None:
    """What a match loses where nobody has reviewed the alignment it comes from; with `document` what one
    loses, reviewed or not, whose document is named like that (0: nothing again).
    """
    if not 0 <= percent <= _HIGHEST_PENALTY:
        raise UsageError(f"a penalty of {percent:g} is not between 0 and {_HIGHEST_PENALTY:g}")
    with memory.transaction() as db:
        if not document:
            db.execute("INSERT OR REPLACE INTO setting VALUES ('penalty', ?)", (repr(percent),))
            return
        known = {**penalties_of(memory), document: percent}
        kept = json.dumps({name: value for name, value in known.items() if value})
        db.execute("INSERT OR REPLACE INTO setting VALUES ('penalties', ?)", (kept,))


def memory_statistics(memory: Memory) -> dict[str, Any]:
    """Counts, as JSON values."""
    with memory.reading() as db:
        languages = [
            {"source": source, "target": target, "units": units, "reviewed": reviewed}
            for source, target, units, reviewed in db.execute(
                "SELECT languages.source, languages.target, count(unit.id),"
                " coalesce(sum(unit.status > 0), 0) FROM languages"
                " LEFT JOIN unit ON unit.languages = languages.id"
                " GROUP BY languages.id ORDER BY languages.id"
            )
        ]
        counts = {
            name: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for name, table in (
                ("units", "unit"),
                ("repeated", "again"),
                ("documents", "(SELECT DISTINCT document, metadata FROM origin)"),
            )
        }
        mean = db.execute("SELECT avg(confidence) FROM unit").fetchone()[0]
        unfinished = [
            {"name": name, "units": done}
            for name, done in db.execute("SELECT name, done FROM import WHERE finished = 0")
        ]
    return {
        **counts,
        "languages": languages,
        "mean_confidence": None if mean is None else round(mean, 3),
        "penalty": float(memory.setting("penalty", "0")),
        "penalties": penalties_of(memory),
        "unfinished_imports": unfinished,
        "bytes": memory.path.stat().st_size,
    }
