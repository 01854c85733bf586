"""What the memory knows of a text: exact, in context, or like it; where a language is named, also by
units that were translated the other way.

Fuzzy candidates share two of the query's rarest words (or one that is rare enough): a text that is
75 % the same has lost few of them. Rare words are counted in the index, common ones estimated from
where they stand, for their lists are long. The candidates are compared in full by rapidfuzz's
normalised indel similarity, 2 * LCS / (a + b) in percent, which SQLite never sees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.words import key_of, plain, words_of
from aligner.model import Unit

__all__ = ["UNIT_COLUMNS", "Match", "find_matches", "fuzzy_query", "turned", "unit_of"]

_UNSURE = "fuzzy"  # the label of units that a catalogue (PO) is not sure of
_SAME, _LIKE = 100.0, 99.0
_RAREST = 6  # words of the query that take part
_RARE = 1000  # a word in fewer units is enough by itself
_END = 100  # the last units of a word, whose places are looked at
_MOST = 8000  # units that a query may fetch, by estimate
UNIT_COLUMNS = (
    "unit.id, languages.source, languages.target, unit.source, unit.target, origin.document,"
    " unit.number, unit.kind, unit.confidence, unit.status, unit.labels, unit.comment"
)
_JOINED = (
    "unit JOIN languages ON languages.id = unit.languages JOIN origin ON origin.id = unit.origin"
)


@dataclass(frozen=True, slots=True)
class Match:
    """`score`: 101 the same text between the same neighbours, 100 the same text, below that the
    similarity in percent; what the penalty took is off already. `kind`: context, exact, fuzzy or
    semantic.
    """

    unit: Unit
    score: float
    kind: str

    @property
    def is_exact(self) -> bool:
        """Whether the memory has this very text, and is sure of it."""
        return self.score >= _SAME


def find_matches(
    memory: Memory,
    text: str,
    source_lang: str = "",
    target_lang: str = "",
    *,
    least: float = 70.0,
    limit: int = 5,
    before: str = "",
    after: str = "",
) -> list[Match]:
    """The best matches first, at most `limit`, with a score of `least` or more.

    `before` and `after` are the neighbours of the text, for context. Units of the other direction
    come with their sides changed over, and only where a language is named: without one nothing
    says which of two texts the user has. Raises StoreError where the memory has no such languages.
    """
    with memory.reading():
        languages, back = memory.either_way(source_lang, target_lang)
        penalty = float(memory.setting("penalty", "0"))
        near = _exact(memory, text, languages, before, after) if languages else []
        if languages and len(near) < limit and least < 100:
            near += _fuzzy(memory, text, languages, max(least, 1.0), {i for i, _, _ in near})
        scored = [(score, kind, identifier, False) for identifier, score, kind in near]
        if back:
            other = _fuzzy(memory, text, back, max(min(least, 100.0), 1.0), set(), "target")
            scored += [(score, kind, identifier, True) for identifier, score, kind in other]
        scored.sort(key=lambda row: (-row[0], row[3], row[2]))
        matches = []
        for score, kind, identifier, is_turned in scored[: limit * 4]:
            unit = unit_of(memory, identifier)
            if _UNSURE in unit.labels and score >= _SAME:
                score, kind = _LIKE, "fuzzy"  # noqa: PLW2901 - a catalogue's doubt
            off = penalty if unit.status == STATUS[0] else 0.0
            if score - off >= least:
                matches.append(Match(turned(unit) if is_turned else unit, score - off, kind))
    # of equal scores the reviewed and the more confident first
    matches.sort(key=lambda m: (-m.score, m.unit.status == STATUS[0], -(m.unit.confidence or 0.0)))
    return matches[:limit]


def turned(unit: Unit) -> Unit:
    """The unit with its sides changed over."""
    source, target = unit.variants
    return unit.with_variants(target, source)


def unit_of(memory: Memory, identifier: int) -> Unit:
    """The unit of an id."""
    row = memory.db.execute(
        f"SELECT {UNIT_COLUMNS} FROM {_JOINED} WHERE unit.id = ?",  # noqa: S608 - our own names
        (identifier,),
    ).fetchone()
    return made(row)


def made(row: Sequence[Any]) -> Unit:
    """A unit from UNIT_COLUMNS."""
    _, sl, tl, source, target, document, number, kind, confidence, status, labels, comment = row
    return Unit.of(
        sl,
        tl,
        source,
        target,
        document,
        number,
        kind,
        confidence,
        STATUS[status],
        tuple(labels.split("\n")) if labels else (),
        comment,
    )


def _exact(
    memory: Memory, text: str, languages: list[int], before: str, after: str
) -> list[tuple[int, float, str]]:
    out: list[tuple[int, float, str]] = []
    for language in languages:
        sides = tuple(key_of(language, one) if one else 0 for one in (before, after))
        rows = memory.db.execute(
            "SELECT id, before, after FROM unit WHERE key = ?", (key_of(language, text),)
        ).fetchall()
        for identifier, *first in rows:
            places = [tuple(first)]
            if any(sides):
                places += memory.db.execute(
                    "SELECT before, after FROM again WHERE unit = ?", (identifier,)
                ).fetchall()
            same = any(
                all(not asked or asked == there for asked, there in zip(sides, place, strict=True))
                for place in places
            )
            if any(sides) and same:
                out.append((identifier, 101.0, "context"))
            else:
                out.append((identifier, 100.0, "exact"))
    return out


def _fuzzy(
    memory: Memory,
    text: str,
    languages: list[int],
    least: float,
    known: set[int],
    side: str = "source",
) -> list[tuple[int, float, str]]:
    """Units whose text of one side is like `text`; of the target's side also the same text."""
    from rapidfuzz import fuzz, process

    query = fuzzy_query(memory, text, side)
    if not query:
        return []
    share = least / 100.0
    length = "unit.length" if side == "source" else "length(unit.target)"
    rows = memory.db.execute(
        f"SELECT unit.id, unit.{side} FROM {side}_words"  # noqa: S608 - our own names
        f" JOIN unit ON unit.id = {side}_words.rowid"
        f" WHERE {side}_words MATCH ? AND {length} BETWEEN ? AND ?"
        f" AND unit.languages IN ({', '.join(map(str, languages))})",
        (
            query,
            math.floor(len(text) * share / (2 - share)),
            math.ceil(len(text) * (2 - share) / share),
        ),
    ).fetchall()
    choices = {identifier: stored for identifier, stored in rows if identifier not in known}
    best = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=least, limit=50)
    if side == "source":  # exact ones are known already
        return [(identifier, min(round(score, 1), 99.0), "fuzzy") for _, score, identifier in best]
    return [
        (identifier, 100.0, "exact")
        if plain(stored) == plain(text)
        else (identifier, min(round(score, 1), 99.0), "fuzzy")
        for stored, score, identifier in best
    ]


def fuzzy_query(memory: Memory, text: str, side: str = "source") -> str:
    """The FTS5 query that finds candidates for a text; "" where no word of it is known."""
    counts = {word: _frequency(memory, word, side) for word in dict.fromkeys(words_of(text))}
    rarest = sorted((n, word) for word, n in counts.items() if n)[:_RAREST]
    if not rarest:
        return ""
    total = memory.db.execute("SELECT max(id) FROM unit").fetchone()[0]
    parts: list[tuple[float, str]] = [
        (float(n), quoted(word)) for n, word in rarest if n < _RARE or len(rarest) == 1
    ]
    common = [(n, word) for n, word in rarest if n >= _RARE]
    for (n, one), (m, other) in combinations(common, 2):
        # words of a language are not independent: twice and more what chance would give
        parts.append((3.0 * n * m / total, f"({quoted(one)} AND {quoted(other)})"))
    parts.sort()
    out: list[str] = []
    fetched = 0.0
    for estimate, part in parts:
        if out and fetched + estimate > _MOST:
            break
        fetched += estimate
        out.append(part)
    return " OR ".join(out)


def _frequency(memory: Memory, word: str, side: str) -> int:
    """In how many texts of a side a word stands; from _RARE on as many as its stretch of units holds
    when they stand as close everywhere as at its ends (a name may belong to one document).
    """
    db, asked = memory.db, (quoted(word),)
    hits = f"FROM {side}_words WHERE {side}_words MATCH ?"
    reached = db.execute(f"SELECT rowid {hits} LIMIT 1 OFFSET {_RARE - 1}", asked).fetchone()
    if reached is None:
        return int(db.execute(f"SELECT count(*) {hits}", asked).fetchone()[0])
    (first,) = db.execute(f"SELECT rowid {hits} LIMIT 1", asked).fetchone()
    end = f"SELECT rowid {hits} ORDER BY rowid DESC LIMIT {_END}"
    lower, last = db.execute(f"SELECT min(rowid), max(rowid) FROM ({end})", asked).fetchone()  # noqa: S608
    covered = (reached[0] - first + 1) + (last - lower + 1)
    return int((_RARE + _END) * (last - first + 1) // covered)


def quoted(word: str) -> str:
    """A word as a string of FTS5's query language."""
    return '"' + word.replace('"', '""') + '"'
