"""What the memory knows of a text: exact, in context, or like it; where a language is named, also by
units that were translated the other way.

Fuzzy candidates share two of the query's rarest words (or one that is rare enough): a text that is
75 % the same has lost few of them. Rare words are counted in the index, common ones estimated from
where they stand, for their lists are long. The candidates are compared in full by rapidfuzz's
normalised indel similarity, 2 * LCS / (a + b) in percent, which SQLite never sees.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from aligner.memory.exact import AMBIGUOUS, SAME, UNSURE, QueryContext, ScoredUnit, same_text
from aligner.memory.rest import with_rest
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.words import plain, words_of
from aligner.model import Code, Unit, Variant

__all__ = [
    "SOURCE_COLUMN",
    "TARGET_COLUMN",
    "UNIT_COLUMNS",
    "UNIT_TABLES",
    "Match",
    "find_matches",
    "fuzzy_query",
    "penalties_of",
    "turned",
    "unit_of",
]

_RAREST = 6  # words of the query that take part
_RARE = 1000  # a word in fewer units is enough by itself
_END = 100  # the last units of a word, whose places are looked at
_MOST = 8000  # units that a query may fetch, by estimate
UNIT_COLUMNS = (
    "unit.id, languages.source, languages.target, unit.source, unit.target, origin.document,"
    " unit.number, unit.kind, unit.confidence, unit.status, unit.labels, unit.comment,"
    " unit.context, unit.identifier, unit.rest"
)
UNIT_TABLES = (
    "unit JOIN languages ON languages.id = unit.languages JOIN origin ON origin.id = unit.origin"
)


# where the texts stand among UNIT_COLUMNS
SOURCE_COLUMN, TARGET_COLUMN = 3, 4
_Ranked = tuple[ScoredUnit, Unit]


@dataclass(frozen=True, slots=True)
class Match:
    """`score`: 101 the same text in the same context, 100 the same text, below that the similarity
    in percent; what the penalty took is off already. `kind`: context, exact, ambiguous (the same
    text, but the memory has several translations and nothing says which is meant), fuzzy or
    semantic. The unit has the inline codes of both its texts (`unit.variants[1].codes`), so that
    those of the query can be put into the translation.
    """

    unit: Unit
    score: float
    kind: str

    @property
    def is_exact(self) -> bool:
        """Whether the memory has this very text, and is sure of its translation."""
        return self.score >= SAME


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
    context: str | None = None,
    codes: Sequence[Code] = (),
) -> list[Match]:
    """The best matches first, at most `limit`, with a score of `least` or more.

    `text` is without inline codes, which are `codes`; `before` and `after` are its neighbours and
    `context` what tells it from another of the same words: PO `msgctxt`, the id of a string; ""
    for a text that has none, None where nobody knows. A unit in the same context has 101. Units of
    the same source that disagree where none of this decides have 99 and the kind `ambiguous`:
    `is_exact` is false, so no program takes them as finished (`memory.exact`).

    Units of the other direction come with their sides changed over, and only where a language is
    named: without one nothing says which of two texts the user has. Raises StoreError where the
    memory has no such languages.
    """
    beside = QueryContext(before, after, context, codes)
    with memory.reading():
        languages, back = memory.either_way(source_lang, target_lang)
        penalty = float(memory.setting("penalty", "0"))
        penalties = penalties_of(memory)
        near = same_text(memory, text, languages, target_lang, beside)
        has_forward = bool(near)
        if languages and len(near) < limit and least < 100:
            near += _fuzzy(
                memory, text, languages, max(least, 1.0), {row.identifier for row in near}
            )
        scored = [(row, False) for row in near]
        if back:
            other = _fuzzy(memory, text, back, max(min(least, 100.0), 1.0), set(), "target")
            scored += [(row, True) for row in other]
        scored.sort(key=lambda pair: (-pair[0].score, pair[0].rank, pair[1], pair[0].identifier))
        ranked = []
        for row, is_turned in scored[: limit * 4]:
            unit = unit_of(memory, row.identifier)
            ranked.append((row, turned(unit) if is_turned else unit))
    if back:
        ranked = _doubted(ranked, alone=not has_forward)
    matches = []
    for row, unit in ranked:
        score = row.score - (penalty if unit.status == STATUS[0] else 0.0)
        score -= max((p for name, p in penalties.items() if name in unit.document), default=0.0)
        if score >= least:
            matches.append((Match(unit, score, row.kind), row.rank))
    # of equal scores the nearer, the reviewed and the more confident first
    matches.sort(key=lambda m: _order(*m))
    return [match for match, _ in matches[:limit]]


def penalties_of(memory: Memory) -> dict[str, float]:
    """What matches lose by the names of their documents."""
    known = json.loads(memory.setting("penalties", "{}"))
    return {str(name): float(percent) for name, percent in known.items()}


def _order(match: Match, rank: int) -> tuple[float, int, bool, float]:
    unit = match.unit
    return -match.score, rank, unit.status == STATUS[0], -(unit.confidence or 0.0)


def _doubted(ranked: list[_Ranked], *, alone: bool) -> list[_Ranked]:
    """Matches among which units were translated the other way: a catalogue's doubt, and, where there are no others
    (`alone`), that the same text may be the translation of several sources.
    """
    same = [unit for row, unit in ranked if row.score >= SAME and UNSURE not in unit.labels]
    several = alone and len({plain(unit.target) for unit in same}) > 1
    out = []
    for row, unit in ranked:
        kind = UNSURE if UNSURE in unit.labels else "ambiguous" if several else ""
        if kind and row.score >= SAME:
            row = row._replace(score=AMBIGUOUS, kind=kind)  # noqa: PLW2901
        out.append((row, unit))
    return out


def turned(unit: Unit) -> Unit:
    """The unit with its sides changed over."""
    source, target = unit.variants
    return unit.with_variants(target, source)


def unit_of(memory: Memory, identifier: int) -> Unit:
    """The unit of an id."""
    row = memory.db.execute(
        f"SELECT {UNIT_COLUMNS} FROM {UNIT_TABLES} WHERE unit.id = ?",  # noqa: S608 - our own names
        (identifier,),
    ).fetchone()
    return made(row)


def made(row: Sequence[Any]) -> Unit:
    """A unit from UNIT_COLUMNS."""
    _, sl, tl, source, target, document, number, kind, confidence, status, *texts = row
    labels, comment, context, identifier, rest = texts
    unit = Unit(
        (Variant(sl, source), Variant(tl, target)),
        document,
        number,
        kind,
        confidence,
        STATUS[status],
        tuple(labels.split("\n")) if labels else (),
        comment,
        context=context,
        id=identifier,
    )
    return with_rest(unit, rest)


def _fuzzy(
    memory: Memory,
    text: str,
    languages: list[int],
    least: float,
    known: set[int],
    side: str = "source",
) -> list[ScoredUnit]:
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
        return [_like(identifier, score) for _, score, identifier in best]
    return [
        ScoredUnit(identifier, SAME, "exact")
        if plain(stored) == plain(text)
        else _like(identifier, score)
        for stored, score, identifier in best
    ]


def _like(identifier: int, score: float) -> ScoredUnit:
    return ScoredUnit(identifier, min(round(score, 1), AMBIGUOUS), "fuzzy", 2)


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
