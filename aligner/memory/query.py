"""What somebody searches for, as patterns that decide and terms that the index knows.

A plain query is a phrase: its words next to each other, whatever stands between them that is no
letter or digit; case does not count. A star in or at a word stands for any letters (`bomb*`); with
`forms` a word of four letters or more is found with other endings too; with `apart` the words may
stand anywhere in the text. The index knows no positions, so it gives the units that hold all the
words and the text decides. A regular expression (Python's `re`) is narrowed in the same way by the
words that every match must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.memory.lookup import quoted
from aligner.memory.words import UNSPACED, fold_text, words_of
from aligner.model import UsageError

__all__ = ["SIDES", "SearchQuery", "required", "sides_of"]

SIDES = ("source", "target")

_WORD = re.compile(r"[^\W_]+")
_STARRED = re.compile(r"(?:[^\W_]|\*)*[^\W_](?:[^\W_]|\*)*")
_LETTERS = r"[^\W_]*"
_STEM = 4  # letters from which a word may have another ending
_ENDING = 4  # letters that an ending may have
_CJK = re.compile(f"[{UNSPACED}]")
_SPECIAL = frozenset(".^$*+?{}[]\\|()")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`patterns`: a text must hold a match of each; `terms` of FTS5 that every such text has, [] where
    none is certain.
    """

    patterns: tuple[re.Pattern[str], ...]
    terms: tuple[str, ...]

    @classmethod
    def of(
        cls, text: str, *, regex: bool = False, forms: bool = False, apart: bool = False
    ) -> SearchQuery:
        """Raises UsageError for an empty query, a broken expression, or one with `forms`."""
        if regex and forms:
            raise UsageError("--forms is for words", hint="leave --regex or --forms out")
        if not text.strip():
            raise UsageError("the query is empty")
        starred = _STARRED.findall(text)
        parts = starred if apart and starred and not regex else [text]
        made = [_compiled(part, regex=regex, forms=forms) for part in parts]
        terms = dict.fromkeys(term for _, own in made for term in own)
        return cls(tuple(pattern for pattern, _ in made), tuple(terms))

    def first(self, text: str) -> re.Match[str] | None:
        """The first match of the first pattern in a text that has a match of all."""
        matches = [pattern.search(text) for pattern in self.patterns]
        return matches[0] if all(matches) else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """All matches in order (code points), none of them empty and none inside another; [] where a
        pattern has none.
        """
        if self.first(text) is None:
            return []
        out: list[tuple[int, int]] = []
        for start, end in sorted(
            match.span() for pattern in self.patterns for match in pattern.finditer(text)
        ):
            if start < end and (not out or start >= out[-1][1]):
                out.append((start, end))
        return out


def sides_of(side: str) -> tuple[str, ...]:
    """The sides to search: one, or for "both" the two. Raises UsageError for another word."""
    if side == "both":
        return SIDES
    if side not in SIDES:
        raise UsageError(f"there is no side {side!r}", hint="source, target or both")
    return (side,)


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
