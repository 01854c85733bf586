"""Units in: batches that commit together with the place they reach.

A batch is a transaction of many chunks. In a large memory each transaction rewrites most pages of
the index of keys, so fewer of them are faster, but other writers wait for its end; a chunk is what
Python holds. Readers see a batch when it is whole, a kill loses no more than the one under way.
"""

from __future__ import annotations

import gc
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from aligner.memory.rest import is_otherwise, keys_of_unit, pack_rest
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.words import indexed, key_of
from aligner.model import AlignerError, Header, InternalError, Unit, header_to_json

__all__ = ["Loaded", "load_units"]

_STATUS = {status: number for number, status in enumerate(STATUS)}
_CHUNK = 2_000  # units
_HELD = 2.0  # seconds that a batch may go on
_NEIGHBOURS = 64  # texts whose keys are kept at hand
_UNIT = "INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_ASKED = "CREATE TEMP TABLE IF NOT EXISTS asked (key INTEGER NOT NULL, pair INTEGER NOT NULL)"
_KNOWN = """
SELECT asked.key, asked.pair, unit.id, unit.rest, unit.context
FROM asked CROSS JOIN unit ON unit.key = asked.key AND unit.pair = asked.pair
"""
# the first place of a unit is in its own row
_AGAIN = """
INSERT OR IGNORE INTO again SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
WHERE NOT EXISTS (SELECT 1 FROM unit WHERE id = ?1 AND origin = ?2 AND number = ?3)
"""
# a person's decision is never undone by a machine's, and the better confidence stays
_BETTER = """
UPDATE unit SET
  confidence = CASE WHEN confidence IS NULL THEN ?1 WHEN ?1 IS NULL THEN confidence
               ELSE max(confidence, ?1) END,
  status = CASE WHEN ?2 > 0 THEN ?2 ELSE status END,
  comment = CASE WHEN ?3 <> '' THEN ?3 ELSE comment END,
  identifier = CASE WHEN identifier = '' THEN ?4 ELSE identifier END,
  rest = coalesce(rest, ?5)
WHERE id = ?6
"""


_OTHERWISE = "pairs known already, with other properties, which are not kept"


@dataclass(slots=True)
class Loaded:
    """What an import did. `units` as the file has them; `new` and `known` count pairs of texts, of
    which a unit in three languages has two. `skipped`: units that an earlier, killed run of it had
    stored. `lost` says what is not in the memory, and how often; `nothing`, where none of the units
    was taken, what was asked for and what is there.
    """

    units: int = 0
    new: int = 0
    known: int = 0
    nulls: int = 0
    skipped: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    nothing: str = ""


def load_units(
    memory: Memory,
    units: Iterable[Unit],
    name: str,
    digest: str,
    progress: Callable[[int], None] | None = None,
    *,
    header: Header | None = None,
    document: str = "",
) -> Loaded:
    """Store units that have both texts; each pair of texts once, each of its places. `header` is
    that of their file, `document` the name of those that have none.

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
    gathering = gc.isenabled()
    gc.disable()  # millions of units without a cycle: looking for them took a tenth of the time
    try:
        return _load(memory, stream, (name, digest), loaded, progress, header or Header(), document)
    finally:
        if gathering:
            gc.enable()


def _load(
    memory: Memory,
    stream: Iterator[Unit],
    known_by: tuple[str, str],
    loaded: Loaded,
    progress: Callable[[int], None] | None,
    header: Header,
    document: str,
) -> Loaded:
    name, digest = known_by
    batches = _Batches(memory, header, document)
    chunks = _Chunks(stream)
    done = loaded.skipped
    last = False
    while not last:
        # read before the memory is held: here another writer gets its turn
        chunk = chunks.take()
        with memory.transaction() as db:
            until = time.monotonic() + _HELD
            while True:
                batches.store(chunk, chunks.following, loaded)
                done += len(chunk)
                last = len(chunk) < _CHUNK
                if progress:
                    progress(done)
                if last or time.monotonic() > until:
                    break
                chunk = chunks.take()
            db.execute(
                "INSERT INTO import (name, digest, done, finished) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET done = excluded.done,"
                " finished = excluded.finished",
                (name, digest, done, int(last and not chunks.broken)),
            )
    broken = chunks.broken
    if broken:
        if isinstance(broken, InternalError):  # the reader was killed, not the file broken
            raise broken
        # nothing to go on with: the file must be repaired, and then it is another one
        with memory.transaction() as db:
            db.execute("DELETE FROM import WHERE digest = ?", (digest,))
        raise broken
    return loaded


class _Chunks:
    """Units in pieces of _CHUNK; a shorter one is the last. `following` is the source of the unit
    behind the piece, `broken` what broke the stream behind the last.
    """

    def __init__(self, stream: Iterator[Unit]) -> None:
        self._stream = stream
        self._ahead: list[Unit] = []
        self.broken: AlignerError | None = None

    def take(self) -> list[Unit]:
        """The next piece."""
        units = self._ahead
        try:
            units.extend(islice(self._stream, _CHUNK + 1 - len(units)))
        except AlignerError as error:
            self.broken = error
        self._ahead = units[_CHUNK:]
        return units[:_CHUNK]

    @property
    def following(self) -> str:
        return self._ahead[0].source if self._ahead else ""


_Stored = tuple[int, str | None, str]  # id, rest, context


def _pairs(chunk: Sequence[Unit]) -> tuple[list[Unit], list[int]]:
    """The pairs that have both texts, and of which unit of the chunk each is."""
    pairs: list[Unit] = []
    units: list[int] = []
    for number, unit in enumerate(chunk):
        variants = unit.variants
        if len(variants) == 2:
            if variants[0].text and variants[1].text:
                pairs.append(unit)
                units.append(number)
            continue
        for pair in unit.pairs():
            if pair.source and pair.target:
                pairs.append(pair)
                units.append(number)
    return pairs, units


class _Batches:
    """Ids that stay the same over the chunks of one import."""

    def __init__(self, memory: Memory, header: Header, document: str) -> None:
        self._memory = memory
        self._header, self._document = header, document
        self._header_id: int | None = None
        self._languages: dict[tuple[str, str], int] = {}
        self._origins: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[int, str], int] = {}
        self._last = ""  # the source of the pair before
        memory.db.execute(_ASKED)

    def store(self, chunk: list[Unit], behind: str, loaded: Loaded) -> None:
        """Inside a transaction: the new pairs of a chunk, and new places of known ones. `behind` is
        the source of the unit that follows.
        """
        db = self._memory.db
        next_id = int(db.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0]) + 1
        self._origins.clear()  # the mappings of the last chunk are gone, others may have their ids
        loaded.units += len(chunk)
        pairs, units = _pairs(chunk)
        several = len(pairs) > len(chunk) or any(len(unit.variants) > 2 for unit in chunk)
        loaded.nulls += len(chunk) - (len(set(units)) if several else len(units))
        languages = [self._language(unit) for unit in pairs]
        keys = [keys_of_unit(number, unit) for number, unit in zip(languages, pairs, strict=True)]
        there = self._known(keys)
        firsts: dict[int, int] = {}  # of units in several languages: id of their first new pair
        rows, sources, targets, again, better = [], [], [], [], []
        for place, (unit, language, both) in enumerate(zip(pairs, languages, keys, strict=True)):
            source, target = unit.variants[0].text, unit.variants[1].text
            origin = self._origin(unit)
            before = after = 0
            if unit.before or unit.after:
                before = self._neighbour(language, unit.before) if unit.before else 0
                after = self._neighbour(language, unit.after) if unit.after else 0
                following = pairs[place + 1].source if place + 1 < len(pairs) else behind
                rest = pack_rest(
                    unit,
                    "" if unit.before == self._last else unit.before,
                    "" if unit.after == following else unit.after,
                )
            else:
                rest = pack_rest(unit)
            self._last = source
            status = _STATUS[unit.status]
            known = there.get(both)
            if known is not None:
                loaded.known += 1
                number, stored, context = known
                other = bool(unit.context) and unit.context != context
                more = (unit.context, unit.id, rest) if other else ("", "", None)
                again.append((number, origin, unit.number, before, after, *more))
                better.append((unit.confidence, status, unit.comment, unit.id, rest, number))
                differs = bool(rest and stored) and rest != stored and not other
                if differs and is_otherwise(rest or "", stored or ""):
                    loaded.lost[_OTHERWISE] += 1
                continue
            loaded.new += 1
            there[both] = (next_id, rest, unit.context)
            together = None
            if several and len(chunk[units[place]].variants) > 2:
                together = firsts.setdefault(units[place], next_id)
            rows.append(
                (
                    next_id,
                    language,
                    *both,
                    source,
                    target,
                    len(source),
                    unit.confidence,
                    status,
                    unit.kind,
                    "\n".join(unit.labels),
                    unit.comment,
                    origin,
                    unit.number,
                    before,
                    after,
                    unit.context,
                    unit.id,
                    together,
                    rest,
                )
            )
            sources.append((next_id, indexed(source)))
            targets.append((next_id, indexed(target)))
            next_id += 1
        db.executemany(_UNIT, rows)
        db.executemany("INSERT INTO source_words (rowid, words) VALUES (?, ?)", sources)
        db.executemany("INSERT INTO target_words (rowid, words) VALUES (?, ?)", targets)
        if again:
            db.executemany(_AGAIN, again)
            db.executemany(_BETTER, better)

    def _known(self, keys: list[tuple[int, int]]) -> dict[tuple[int, int], _Stored]:
        """Those that are stored: one question for a chunk, a quarter of what one each took."""
        db = self._memory.db
        db.executemany("INSERT INTO asked VALUES (?, ?)", keys)
        known = {(key, pair): (number, rest, context) for key, pair, number, rest, context in db.execute(_KNOWN)}  # fmt: skip
        db.execute("DELETE FROM asked")
        return known

    def _language(self, unit: Unit) -> int:
        sides = (unit.variants[0].lang, unit.variants[1].lang)
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
        row = (unit.document or self._document, metadata, self._file())
        db.execute(
            "INSERT OR IGNORE INTO origin (document, metadata, header) VALUES (?, ?, ?)", row
        )
        row_id = db.execute(
            "SELECT id FROM origin WHERE document = ? AND metadata = ? AND header = ?", row
        ).fetchone()
        self._origins[mark] = int(row_id[0])
        return int(row_id[0])

    def _file(self) -> int:
        """The id of the header of the file; 0 where it has none."""
        if self._header_id is None:
            value = header_to_json(self._header)
            self._header_id = 0
            if value:
                text = (json.dumps(value, ensure_ascii=False),)
                db = self._memory.db
                db.execute("INSERT OR IGNORE INTO header (value) VALUES (?)", text)
                (self._header_id,) = db.execute(
                    "SELECT id FROM header WHERE value = ?", text
                ).fetchone()
        return self._header_id
