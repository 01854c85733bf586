"""The same text in the memory, and which of several translations is meant.

A text has one translation where all its units agree. Where they do not, what the query says beside
its text decides, in this order: its context (PO `msgctxt`, the id of a string), its neighbours, its
language with the region, its inline codes. Where nothing decides, no unit is more than like the
query (`ambiguous`, 99): a program that takes what is exact as finished must ask a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.languages.tags import canonical
from aligner.memory.rest import packed_codes
from aligner.memory.store import Memory
from aligner.memory.words import key_of, plain
from aligner.model import Code

__all__ = ["AMBIGUOUS", "IN_CONTEXT", "SAME", "UNSURE", "QueryContext", "ScoredUnit", "same_text"]

IN_CONTEXT, SAME, AMBIGUOUS = 101.0, 100.0, 99.0
UNSURE = "fuzzy"  # the label of units that a catalogue (PO) is not sure of


@dataclass(frozen=True, slots=True)
class QueryContext:
    """What a query has beside its text: neighbours, `context` ("" for a text that has none, None
    where nobody knows), inline codes.
    """

    before: str = ""
    after: str = ""
    context: str | None = None
    codes: Sequence[Code] = ()


class ScoredUnit(NamedTuple):
    """A unit by its id; of equal scores the lower `rank` is nearer to the query."""

    identifier: int
    score: float
    kind: str
    rank: int = 0


class _Row(NamedTuple):
    """A unit with the text of the query; what of the query's surroundings it shares."""

    identifier: int
    target: str  # as it is compared
    is_sure: bool
    is_near: bool
    is_context: bool
    is_region: bool
    codes: int


def same_text(
    memory: Memory, text: str, languages: Iterable[int], target_lang: str, beside: QueryContext
) -> list[ScoredUnit]:
    """The units of this very text in pairs of languages, scored; inside `memory.reading()`."""
    regions = {number: target for number, _, target in memory.languages()}
    rows: list[_Row] = []
    for language in languages:
        near = tuple(key_of(language, one) if one else 0 for one in (beside.before, beside.after))
        region = bool(target_lang) and regions[language] == canonical(target_lang)
        rows += [
            _row(memory, row, near, region, beside)
            for row in memory.db.execute(
                "SELECT id, before, after, context, target, labels, rest FROM unit WHERE key = ?",
                (key_of(language, text),),
            ).fetchall()
        ]
    return _scored(rows, knows_context=bool(beside.context))


def _row(
    memory: Memory,
    row: tuple[int, int, int, str, str, str, str | None],
    near: tuple[int, ...],
    region: bool,
    beside: QueryContext,
) -> _Row:
    identifier, before, after, context, target, labels, rest = row
    places = [(before, after, context)]
    if any(near) or beside.context is not None:
        places += memory.db.execute(
            "SELECT before, after, context FROM again WHERE unit = ?", (identifier,)
        ).fetchall()
    is_near = any(near) and any(
        all(not asked or asked == there for asked, there in zip(near, place, strict=False))
        for place in places
    )
    return _Row(
        identifier,
        plain(target),
        UNSURE not in labels.split("\n"),
        is_near,
        any(place[2] == beside.context for place in places),
        region,
        _alike(beside.codes, packed_codes(rest)) if beside.codes else 0,
    )


def _alike(asked: Sequence[Code], there: Sequence[Code]) -> int:
    """2 for codes that do the same in the same order, 1 for as many of the same sort, else 0."""
    if [code.role for code in asked] != [code.role for code in there]:
        return 0
    return 1 + all(one.markup == other.markup for one, other in zip(asked, there, strict=True))


_SIGNS: tuple[Callable[[_Row], int], ...] = (
    lambda row: row.is_context,
    lambda row: row.is_near,
    lambda row: row.is_region,
    lambda row: row.codes,
)


def _scored(rows: list[_Row], *, knows_context: bool) -> list[ScoredUnit]:
    nearest = rows
    for sign in _SIGNS:
        most = max(map(sign, nearest), default=0)
        nearest = [row for row in nearest if sign(row) == most]
    targets = {row.target for row in nearest if row.is_sure}
    agreed = len(targets) <= 1
    out = []
    for row in rows:
        rank = 0 if row in nearest else 1
        if not row.is_sure:
            out.append(ScoredUnit(row.identifier, AMBIGUOUS, "fuzzy", rank))
        elif not agreed or (rank and row.target not in targets):
            out.append(ScoredUnit(row.identifier, AMBIGUOUS, "ambiguous", rank))
        elif row.is_near or (knows_context and row.is_context):
            out.append(ScoredUnit(row.identifier, IN_CONTEXT, "context", rank))
        else:
            out.append(ScoredUnit(row.identifier, SAME, "exact", rank))
    return out
