"""Units in: batches that commit together with the place they reach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.words import indexed, key_of, pair_of
from aligner.units import Unit

__all__ = ["Loaded", "load"]

_BATCH = 20_000  # units a transaction
_NEIGHBOURS = 64  # texts whose keys are kept at hand
_UNIT = "INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_AGAIN = "INSERT OR IGNORE INTO again VALUES (?,?,?,?,?)"
# a person's decision is never undone by a machine's, and the better confidence stays
_BETTER = """
UPDATE unit SET
  confidence = CASE WHEN confidence IS NULL THEN ?1 WHEN ?1 IS NULL THEN confidence
               ELSE max(confidence, ?1) END,
  status = CASE WHEN ?2 > 0 THEN ?2 ELSE status END,
  comment = CASE WHEN ?3 <> '' THEN ?3 ELSE comment END
WHERE id = ?4
"""
# the first place of a unit is in its own row
_FIRST = """
DELETE FROM again WHERE EXISTS (
  SELECT 1 FROM unit WHERE unit.id = again.unit AND unit.origin = again.origin
  AND unit.number = again.number
)
"""


@dataclass(slots=True)
class Loaded:
    """What an import did. `skipped`: units that an earlier, killed run of it had stored."""

    units: int = 0
    new: int = 0
    known: int = 0
    nulls: int = 0
    skipped: int = 0


def load(
    memory: Memory,
    units: Iterable[Unit],
    name: str,
    digest: str,
    progress: Callable[[int], None] | None = None,
) -> Loaded:
    """Store units that have both texts; each pair of texts once, each of its places.

    `digest` says what the units are: where an import of it was killed the next one goes on behind
    its last batch, and one that was finished only looks (everything is counted as skipped).
    Raises StoreError.
    """
    found = memory.db.execute(
        "SELECT done, finished FROM import WHERE digest = ?", (digest,)
    ).fetchone()
    loaded = Loaded()
    stream = iter(units)
    if found is not None:
        loaded.skipped = int(found[0])
        if found[1]:
            return loaded
        for _ in islice(stream, loaded.skipped):
            pass
    batches = _Batches(memory)
    done = loaded.skipped
    while True:
        batch = list(islice(stream, _BATCH))
        done += len(batch)
        last = len(batch) < _BATCH
        with memory.transaction() as db:
            batches.store(batch, loaded)
            db.execute(
                "INSERT INTO import (name, digest, done, finished) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET done = excluded.done,"
                " finished = excluded.finished",
                (name, digest, done, int(last)),
            )
        if progress:
            progress(done)
        if last:
            return loaded


class _Batches:
    """Ids that stay the same over the batches of one import."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._languages: dict[tuple[str, str], int] = {}
        self._origins: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[int, str], int] = {}

    def store(self, batch: list[Unit], loaded: Loaded) -> None:
        """Inside a transaction: the new units of a batch, and new places of known ones."""
        db = self._memory.db
        next_id = int(db.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0]) + 1
        self._origins.clear()  # an origin of a batch that was rolled back has no row
        self._languages.clear()
        fresh: dict[tuple[int, int], int] = {}
        rows, sources, targets, again, better = [], [], [], [], []
        known = db.cursor()
        for unit, languages, key, pair, origin in self._keyed(batch, loaded):
            before = self._neighbour(languages, unit.before)
            after = self._neighbour(languages, unit.after)
            there = fresh.get((key, pair))
            if there is None:
                found = known.execute(
                    "SELECT id FROM unit WHERE key = ? AND pair = ?", (key, pair)
                ).fetchone()
                there = found[0] if found else None
            status = STATUS.index(unit.status)
            if there is not None:
                loaded.known += 1
                again.append((there, origin, unit.number, before, after))
                better.append((unit.confidence, status, unit.comment, there))
                continue
            loaded.new += 1
            fresh[key, pair] = next_id
            rows.append(
                (
                    next_id,
                    languages,
                    key,
                    pair,
                    unit.source,
                    unit.target,
                    len(unit.source),
                    unit.confidence,
                    status,
                    unit.kind,
                    "\n".join(unit.labels),
                    unit.comment,
                    origin,
                    unit.number,
                    before,
                    after,
                )
            )
            sources.append((next_id, indexed(unit.source)))
            targets.append((next_id, indexed(unit.target)))
            next_id += 1
        db.executemany(_UNIT, rows)
        db.executemany("INSERT INTO source_words (rowid, words) VALUES (?, ?)", sources)
        db.executemany("INSERT INTO target_words (rowid, words) VALUES (?, ?)", targets)
        if again:
            db.executemany(_AGAIN, again)
            db.executemany(_BETTER, better)
            db.execute(_FIRST)

    def _keyed(
        self, batch: list[Unit], loaded: Loaded
    ) -> Iterator[tuple[Unit, int, int, int, int]]:
        for unit in batch:
            loaded.units += 1
            if unit.is_null:
                loaded.nulls += 1
                continue
            sides = (unit.source_lang, unit.target_lang)
            languages = self._languages.get(sides)
            if languages is None:
                languages = self._memory.language_id(*sides)
                self._languages[sides] = languages
            yield (
                unit,
                languages,
                key_of(languages, unit.source),
                pair_of(unit.source, unit.target),
                self._origin(unit),
            )

    def _neighbour(self, languages: int, text: str) -> int:
        """The key of a neighbour, which is the unit before or after in the same stream."""
        if not text:
            return 0
        key = self._keys.get((languages, text))
        if key is None:
            if len(self._keys) > _NEIGHBOURS:
                self._keys.clear()
            key = self._keys[languages, text] = key_of(languages, text)
        return key

    def _origin(self, unit: Unit) -> int:
        # units of one document share their mapping: looked up by its identity, held by the batch
        mark = (unit.document, id(unit.metadata))
        known = self._origins.get(mark)
        if known is not None:
            return known
        metadata = json.dumps(dict(sorted(unit.metadata.items())), ensure_ascii=False)
        db = self._memory.db
        row = (unit.document, metadata)
        db.execute("INSERT OR IGNORE INTO origin (document, metadata) VALUES (?, ?)", row)
        found = db.execute(
            "SELECT id FROM origin WHERE document = ? AND metadata = ?", row
        ).fetchone()
        self._origins[mark] = int(found[0])
        return int(found[0])
