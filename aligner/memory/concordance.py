"""Words in context (KWIC), on either side, with the translation beside.

A plain query is a phrase: its words next to each other, whatever stands between them that is no
letter or digit; case does not count. A star in or at a word stands for any letters (`bomb*`); with
`forms` a word of four letters or more is found with other endings too. The index knows no positions, so
it gives the units that hold all the words and the text decides. A regular expression (Python's `re`) is narrowed in the same way
by the words that every match must hold; one without such words reads unit after unit until `limit`
hits are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aligner.memory.lookup import SOURCE_COLUMN, TARGET_COLUMN, UNIT_COLUMNS, made, quoted
from aligner.memory.store import Memory
from aligner.memory.words import UNSPACED, fold_text, words_of
from aligner.model import Unit, UsageError

__all__ = ["ConcordanceLine", "concordance_lines", "required"]

_SIDES = ("source", "target")
_WORD = re.compile(r"[^\W_]+")
_STARRED = re.compile(r"(?:[^\W_]|\*)*[^\W_](?:[^\W_]|\*)*")
_LETTERS = r"[^\W_]*"
_STEM = 4  # letters from which a word may have another ending
_ENDING = 4  # letters that an ending may have
_CJK = re.compile(f"[{UNSPACED}]")
_SPECIAL = frozenset(".^$*+?{}[]\\|()")


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
    if side not in (*_SIDES, "both"):
        raise UsageError(f"there is no side {side!r}", hint="source, target or both")
    if not query.strip():
        raise UsageError("the query is empty")
    pattern, words = _compiled(query, regex=regex, forms=forms)
    hits: list[ConcordanceLine] = []
    with memory.reading():
        # it looks at both sides, so that the direction of a pair does not matter
        languages = [i for way in memory.either_way(source_lang, target_lang) for i in way]
        for one in _SIDES if side == "both" else (side,):
            for row in _candidates(memory, one, words, languages):
                match = pattern.search(row[SOURCE_COLUMN if one == "source" else TARGET_COLUMN])
                if match:
                    hits.append(ConcordanceLine(made(row), one, *match.span()))
                    if len(hits) == limit:
                        return hits
    return hits


def _compiled(query: str, *, regex: bool, forms: bool) -> tuple[re.Pattern[str], list[str]]:
    """The pattern that decides, and terms of FTS5 that every match has."""
    if regex:
        try:
            return re.compile(query, re.IGNORECASE), required(query)
        except re.error as error:
            raise UsageError(f"the regular expression is broken: {error}") from None
    words = _STARRED.findall(query)
    if words and (forms or any("*" in word for word in words)):
        return _loosely(words, forms=forms)
    words = _WORD.findall(query)
    if not words:
        return re.compile(re.escape(query.strip())), []
    body = r"[\W_]+".join(re.escape(word) for word in words)
    left = "" if _CJK.match(words[0][0]) else r"(?<![^\W_])"
    right = "" if _CJK.match(words[-1][-1]) else r"(?![^\W_])"
    return re.compile(f"{left}{body}{right}", re.IGNORECASE), _terms(query)


def _loosely(words: list[str], *, forms: bool) -> tuple[re.Pattern[str], list[str]]:
    """Words with stars, and with other endings where `forms` asks for them."""
    bodies: list[str] = []
    terms: list[str] = []
    for word in words:
        stem, star, _ = word.partition("*")
        if forms and not star and len(word) >= _STEM and not _CJK.search(word):
            stem = word[: max(_STEM, len(word) - 2)]
            body = f"{re.escape(stem)}[^\\W_]{{0,{len(word) - len(stem) + _ENDING - 1}}}"
            star = "*"
        else:
            body = _LETTERS.join(map(re.escape, word.split("*")))
        bodies.append(body)
        if _CJK.search(stem):
            terms += [quoted(piece) for piece in words_of(stem) if len(piece) > 1]
        elif stem:
            terms.append(f"{quoted(fold_text(stem))}{' *' * bool(star)}")
    left = "" if _CJK.match(words[0][0]) else r"(?<![^\W_])"
    right = "" if _CJK.match(words[-1][-1]) else r"(?![^\W_])"
    body = r"[\W_]+".join(bodies)
    return re.compile(f"{left}{body}{right}", re.IGNORECASE), terms


def _terms(text: str) -> list[str]:
    """Terms of a text that stands whole: where a run of characters without spaces may go on in the
    unit, its last character is no term of its own there, unless it is all there is.
    """
    out = []
    for word in words_of(text):
        if len(word) == 1 and _CJK.match(word):
            out.append(f"{quoted(word)} *")
        else:
            out.append(quoted(word))
    if any(len(w) > 1 for w in words_of(text)):
        out = [term for term in out if not term.endswith("*")]
    return out


def required(pattern: str) -> list[str]:
    r"""Terms of FTS5 that every match of an expression holds; [] where none is certain.

    Looks at the top level only: stretches of plain characters outside groups and classes, without
    those that a quantifier may remove. A word that may go on to the right becomes a prefix; one
    that may go on to the left tells nothing.

    >>> required(r"\bclimate chang\w+")
    ['"climate"', '"chang" *']
    """
    if "|" in pattern or "(?" in pattern:
        return []
    out: list[str] = []
    for run, starts, ends in _runs(pattern):
        for word in _WORD.finditer(run):
            if _CJK.search(word[0]):
                pieces = words_of(word[0])
                out += [quoted(p) for p in pieces if len(p) > 1]
                continue
            if word.start() == 0 and not starts:
                continue
            term = quoted(fold_text(word[0]))
            out.append(term if word.end() < len(run) or ends else f"{term} *")
    return out


def _runs(pattern: str) -> Iterator[tuple[str, bool, bool]]:
    """(plain characters, a word starts there for certain, one ends there for certain)."""
    run, starts, place, depth = "", False, 0, 0
    while place < len(pattern):
        char = pattern[place]
        step = 1
        boundary = False
        plain = ""
        if char == "\\" and place + 1 < len(pattern):
            step = 2
            after = pattern[place + 1]
            boundary = after in "bsW"
            plain = "" if after.isalnum() else after
        elif char == "[":
            close = pattern.find("]", place + 2)
            step = (close if close > 0 else len(pattern)) - place + 1
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "{":
            step = max(pattern.find("}", place), place) - place + 1
        elif char not in _SPECIAL:
            plain = char
        behind = pattern[place + step : place + step + 1]
        if plain and not depth and behind not in ("*", "?", "{"):
            run += plain
        else:
            if run:
                yield run, starts, boundary and behind not in ("*", "?", "{")
            run = ""
            starts = boundary and behind not in ("*", "?", "{")
        place += step
    if run:
        yield run, starts, False


def _candidates(
    memory: Memory, side: str, terms: list[str], languages: list[int]
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
            (" AND ".join(dict.fromkeys(terms)),),
        )
    return memory.db.execute(
        f"SELECT {UNIT_COLUMNS} FROM unit {joined} WHERE {where} ORDER BY unit.id"  # noqa: S608
    )
