"""Units in: batches that commit together with the place they reach.

A batch is a transaction of many chunks. In a large memory each transaction rewrites most pages of
the index of keys, so fewer of them are faster, but other writers wait for its end; a chunk is what
Python holds. Readers see a batch when it is whole, a kill loses no more than the one under way.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.words import indexed, key_of, keys_of
from aligner.model import AlignerError, InternalError, Unit

__all__ = ["Loaded", "load_units"]

_CHUNK = 2_000  # units
_HELD = 2.0  # seconds that a batch may go on
_NEIGHBOURS = 64  # texts whose keys are kept at hand
_UNIT = "INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_ASKED = "CREATE TEMP TABLE IF NOT EXISTS asked (key INTEGER NOT NULL, pair INTEGER NOT NULL)"
_KNOWN = """
SELECT asked.key, asked.pair, unit.id
FROM asked CROSS JOIN unit ON unit.key = asked.key AND unit.pair = asked.pair
"""
# the first place of a unit is in its own row
_AGAIN = """
INSERT OR IGNORE INTO again SELECT ?1, ?2, ?3, ?4, ?5
WHERE NOT EXISTS (SELECT 1 FROM unit WHERE id = ?1 AND origin = ?2 AND number = ?3)
"""
# a person's decision is never undone by a machine's, and the better confidence stays
_BETTER = """
UPDATE unit SET
  confidence = CASE WHEN confidence IS NULL THEN ?1 WHEN ?1 IS NULL THEN confidence
               ELSE max(confidence, ?1) END,
  status = CASE WHEN ?2 > 0 THEN ?2 ELSE status END,
  comment = CASE WHEN ?3 <> '' THEN ?3 ELSE comment END
WHERE id = ?4
"""


@dataclass(slots=True)
class Loaded:
    """What an import did. `skipped`: units that an earlier, killed run of it had stored."""

    units: int = 0
    new: int = 0
    known: int = 0
    nulls: int = 0
    skipped: int = 0


def load_units(
    memory: Memory,
    units: Iterable[Unit],
    name: str,
    digest: str,
    progress: Callable[[int], None] | None = None,
) -> Loaded:
    """Store units that have both texts; each pair of texts once, each of its places.

    `digest` says what the units are: where an import of it was killed the next one goes on behind
    its last batch, and one that was finished only looks (everything is counted as skipped).
    Raises StoreError, and what the units raise, when those before are stored.
    """
    earlier = memory.db.execute(
        "SELECT done, finished FROM import WHERE digest = ?", (digest,)
    ).fetchone()
    loaded = Loaded()
    stream = iter(units)
    if earlier is not None:
        loaded.skipped = int(earlier[0])
        if earlier[1]:
            return loaded
        for _ in islice(stream, loaded.skipped):
            pass
    batches = _Batches(memory)
    done = loaded.skipped
    broken: AlignerError | None = None
    last = False
    while not last:
        # read before the memory is held: here another writer gets its turn
        chunk, broken = _taken(stream)
        with memory.transaction() as db:
            until = time.monotonic() + _HELD
            while True:
                batches.store(chunk, loaded)
                done += len(chunk)
                last = len(chunk) < _CHUNK
                if progress:
                    progress(done)
                if last or time.monotonic() > until:
                    break
                chunk, broken = _taken(stream)
            db.execute(
                "INSERT INTO import (name, digest, done, finished) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET done = excluded.done,"
                " finished = excluded.finished",
                (name, digest, done, int(last and not broken)),
            )
    if broken:
        if isinstance(broken, InternalError):  # the reader was killed, not the file broken
            raise broken
        # nothing to go on with: the file must be repaired, and then it is another one
        with memory.transaction() as db:
            db.execute("DELETE FROM import WHERE digest = ?", (digest,))
        raise broken
    return loaded


def _taken(stream: Iterator[Unit]) -> tuple[list[Unit], AlignerError | None]:
    """The next units, and what broke the stream behind them."""
    chunk: list[Unit] = []
    try:
        chunk.extend(islice(stream, _CHUNK))
    except AlignerError as error:
        return chunk, error
    return chunk, None


class _Batches:
    """Ids that stay the same over the chunks of one import."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._languages: dict[tuple[str, str], int] = {}
        self._origins: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[int, str], int] = {}
        memory.db.execute(_ASKED)

    def store(self, chunk: list[Unit], loaded: Loaded) -> None:
        """Inside a transaction: the new units of a chunk, and new places of known ones."""
        db = self._memory.db
        next_id = int(db.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0]) + 1
        self._origins.clear()  # the mappings of the last chunk are gone, others may have their ids
        loaded.units += len(chunk)
        full = [unit for unit in chunk if unit.source and unit.target]
        loaded.nulls += len(chunk) - len(full)
        languages = [self._language(unit) for unit in full]
        keys = [
            keys_of(number, unit.source, unit.target)
            for number, unit in zip(languages, full, strict=True)
        ]
        there = self._known(keys)
        rows, sources, targets, again, better = [], [], [], [], []
        for unit, language, both in zip(full, languages, keys, strict=True):
            origin = self._origin(unit)
            before = self._neighbour(language, unit.before) if unit.before else 0
            after = self._neighbour(language, unit.after) if unit.after else 0
            status = STATUS.index(unit.status)
            known = there.get(both)
            if known is not None:
                loaded.known += 1
                again.append((known, origin, unit.number, before, after))
                better.append((unit.confidence, status, unit.comment, known))
                continue
            loaded.new += 1
            there[both] = next_id
            rows.append(
                (
                    next_id,
                    language,
                    *both,
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

    def _known(self, keys: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Ids of those that are stored: one question for a chunk, a quarter of what one each took."""
        db = self._memory.db
        db.executemany("INSERT INTO asked VALUES (?, ?)", keys)
        known = {(key, pair): number for key, pair, number in db.execute(_KNOWN)}
        db.execute("DELETE FROM asked")
        return known

    def _language(self, unit: Unit) -> int:
        sides = (unit.source_lang, unit.target_lang)
        known = self._languages.get(sides)
        if known is None:
            known = self._languages[sides] = self._memory.language_id(*sides)
        return known

    def _neighbour(self, languages: int, text: str) -> int:
        """The key of a neighbour, which is the unit before or after in the same stream."""
        key = self._keys.get((languages, text))
        if key is None:
            if len(self._keys) > _NEIGHBOURS:
                self._keys.clear()
            key = self._keys[languages, text] = key_of(languages, text)
        return key

    def _origin(self, unit: Unit) -> int:
        # units of one document share their mapping: looked up by its identity, held by the chunk
        mark = (unit.document, id(unit.metadata))
        known = self._origins.get(mark)
        if known is not None:
            return known
        metadata = json.dumps(dict(sorted(unit.metadata.items())), ensure_ascii=False)
        db = self._memory.db
        row = (unit.document, metadata)
        db.execute("INSERT OR IGNORE INTO origin (document, metadata) VALUES (?, ?)", row)
        row_id = db.execute(
            "SELECT id FROM origin WHERE document = ? AND metadata = ?", row
        ).fetchone()
        self._origins[mark] = int(row_id[0])
        return int(row_id[0])
