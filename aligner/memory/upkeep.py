"""Looking after a memory: what is in it, what contradicts itself, what goes out, what comes in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.memory.loading import Loaded, load_units
from aligner.memory.lookup import UNIT_COLUMNS, made
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.words import indexed
from aligner.model import Unit, UsageError

__all__ = [
    "Filter",
    "Inconsistency",
    "delete_units",
    "inconsistencies",
    "memory_statistics",
    "merge_memory",
    "set_penalty",
    "stored_units",
]

_HIGHEST_PENALTY = 50.0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units: languages ("" for any), least confidence (units without one pass at 0), reviewed
    ones only, those of documents whose name holds a text, those that hold a label.
    """

    source_lang: str = ""
    target_lang: str = ""
    confidence: float = 0.0
    reviewed: bool = False
    document: str = ""
    label: str = ""

    def where(self, memory: Memory) -> tuple[str, list[Any]]:
        """The condition in SQL, and its values."""
        languages = memory.chosen(self.source_lang, self.target_lang)
        parts = [f"unit.languages IN ({', '.join(map(str, languages))})"]
        values: list[Any] = []
        if self.confidence > 0:
            parts.append("unit.confidence >= ?")
            values.append(self.confidence)
        if self.reviewed:
            parts.append("unit.status > 0")
        if self.document:
            parts.append("instr(origin.document, ?) > 0")
            values.append(self.document)
        if self.label:
            parts.append("instr(char(10) || unit.labels || char(10), ?) > 0")
            values.append(f"\n{self.label}\n")
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One source text with several translations, each with how many places it stands in."""

    source_lang: str
    target_lang: str
    source: str
    targets: tuple[tuple[str, int, str], ...]  # target, places, status


_FROM = (
    "unit JOIN languages ON languages.id = unit.languages JOIN origin ON origin.id = unit.origin"
)


def stored_units(memory: Memory, chosen: Filter) -> Iterator[Unit]:
    """The units that pass, by document and place; `before` and `after` are filled in where
    the neighbours are there, metadata always.
    """
    with memory.reading() as db:
        where, values = chosen.where(memory)
        metadata = {
            identifier: json.loads(metadata)
            for identifier, metadata in db.execute("SELECT id, metadata FROM origin")
        }
        rows = db.execute(
            f"SELECT unit.origin, {UNIT_COLUMNS} FROM {_FROM} WHERE {where}"  # noqa: S608 - our names
            " ORDER BY unit.languages, unit.origin, unit.number, unit.id",
            values,
        )
        held: tuple[int, Unit] | None = None
        for origin, *row in rows:
            unit = made(row)._replace(metadata=metadata[origin])
            if held is not None:
                near = held[0] == origin and held[1].number + 1 == unit.number
                yield held[1]._replace(after=unit.source) if near else held[1]
                unit = unit._replace(before=held[1].source) if near else unit
            held = (origin, unit)
        if held is not None:
            yield held[1]


def inconsistencies(memory: Memory, chosen: Filter, limit: int = 1000) -> list[Inconsistency]:
    """Sources with more than one translation, the most frequent first."""
    with memory.reading() as db:
        where, values = chosen.where(memory)
        keys = db.execute(
            f"SELECT unit.key FROM {_FROM} WHERE {where}"  # noqa: S608 - our own names
            " GROUP BY unit.key HAVING count(*) > 1 ORDER BY count(*) DESC, min(unit.id) LIMIT ?",
            [*values, limit],
        ).fetchall()
        out = []
        for (key,) in keys:
            rows = db.execute(
                "SELECT languages.source, languages.target, unit.source, unit.target, unit.status,"  # noqa: S608
                " 1 + (SELECT count(*) FROM again WHERE again.unit = unit.id)"
                f" FROM {_FROM} WHERE unit.key = ? AND {where} ORDER BY 6 DESC, unit.id",
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
            f"SELECT unit.id, unit.source, unit.target FROM {_FROM} WHERE {where}",  # noqa: S608
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
        with other.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return load_units(memory, units, str(other), digest)


def set_penalty(memory: Memory, percent: float) -> None:
    """What a match loses where nobody has reviewed the alignment it comes from."""
    if not 0 <= percent <= _HIGHEST_PENALTY:
        raise UsageError(f"a penalty of {percent:g} is not between 0 and {_HIGHEST_PENALTY:g}")
    with memory.transaction() as db:
        db.execute("INSERT OR REPLACE INTO setting VALUES ('penalty', ?)", (repr(percent),))


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
            for name, table in (("units", "unit"), ("repeated", "again"), ("documents", "origin"))
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
        "unfinished_imports": unfinished,
        "bytes": memory.path.stat().st_size,
    }
