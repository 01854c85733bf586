"""Words in context (KWIC), on either side, with the translation beside.

What a query may be is in `query`; a regular expression without a word that every match holds reads unit
after unit until `limit` hits are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.memory.lookup import SOURCE_COLUMN, TARGET_COLUMN, UNIT_COLUMNS, made
from aligner.memory.query import SearchQuery, sides_of
from aligner.memory.store import Memory
from aligner.model import Unit

__all__ = ["ConcordanceLine", "concordance_lines"]


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """`start` and `end` are code points in the text of that side of the unit."""

    unit: Unit
    side: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text that was searched."""
        return self.unit.source if self.side == "source" else self.unit.target


def concordance_lines(
    memory: Memory,
    query: str,
    source_lang: str = "",
    target_lang: str = "",
    *,
    side: str = "both",
    regex: bool = False,
    forms: bool = False,
    limit: int = 50,
) -> list[ConcordanceLine]:
    """Hits in the order of the memory, source side first; one a unit and side. `forms`: the words of the
    query with other endings too.

    Raises UsageError for an empty query, a side that is none, or a broken expression.
    """
    sides = sides_of(side)
    asked = SearchQuery.of(query, regex=regex, forms=forms)
    hits: list[ConcordanceLine] = []
    with memory.reading():
        # it looks at both sides, so that the direction of a pair does not matter
        languages = [i for way in memory.either_way(source_lang, target_lang) for i in way]
        for one in sides:
            for row in _candidates(memory, one, asked.terms, languages):
                match = asked.first(row[SOURCE_COLUMN if one == "source" else TARGET_COLUMN])
                if match:
                    hits.append(ConcordanceLine(made(row), one, *match.span()))
                    if len(hits) == limit:
                        return hits
    return hits


def _candidates(
    memory: Memory, side: str, terms: Sequence[str], languages: list[int]
) -> Iterator[tuple[Any, ...]]:
    """Rows of UNIT_COLUMNS."""
    joined = (
        "JOIN languages ON languages.id = unit.languages JOIN origin ON origin.id = unit.origin"
    )
    where = f"unit.languages IN ({', '.join(map(str, languages))})"
    if terms:
        return memory.db.execute(
            f"SELECT {UNIT_COLUMNS} FROM {side}_words JOIN unit ON unit.id = {side}_words.rowid {joined}"  # noqa: S608
            f" WHERE {side}_words MATCH ? AND {where}",
            (" AND ".join(terms),),
        )
    return memory.db.execute(
        f"SELECT {UNIT_COLUMNS} FROM unit {joined} WHERE {where} ORDER BY unit.id"  # noqa: S608
    )
