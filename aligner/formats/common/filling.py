"""Translations from a memory put into a file: the codes of the file take the places that the codes
of the memory's unit have, and a draft is finished only where they correspond.

Codes are inline codes and placeholders in the text (`%s`, `{name}`). Those of the file's source go
with those of the unit's source one by one, those of the translation with theirs by id, native code or
order. Codes at the ends of a text have their place anyway; where one inside has none, the draft is
none, and the match may only be proposed beside the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aligner.model import Code, Unit, Variant

__all__ = [
    "NO_PLACE",
    "DraftText",
    "Filled",
    "Finder",
    "LeftSegment",
    "Query",
    "Suggest",
    "Suggestion",
    "drafted",
    "inlined",
    "with_placeholders",
]

NO_PLACE = "inline codes have no place in the translation"
_PLACEHOLDER = re.compile(
    r"%(?:\d+\$)?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|L|q|j|z|t)?[diouxXeEfFgGcspn@](?![\w])"
    r"|%\([A-Za-z_]\w*\)[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]"
    r"|%\{[A-Za-z_]\w*\}|%[1-9](?!\d*\$)|\{[A-Za-z_]?[\w.]*\}|\$\{\w+\}"
)


class Suggestion(NamedTuple):
    """A unit of the memory for a text, its score in percent, and whether it is sure."""

    unit: Unit
    score: float
    is_exact: bool


class Query(NamedTuple):
    """A text to translate, its neighbours, and what tells it from another of the same words (None
    where nobody knows).
    """

    source: Variant
    before: str = ""
    after: str = ""
    context: str | None = None


Suggest = Callable[[Query], Sequence[Suggestion]]
Finder = Callable[[str, str], Suggest]  # of the languages that a file declares


@dataclass(frozen=True, slots=True)
class DraftText:
    """A translation with the codes of the file."""

    target: Variant
    suggestion: Suggestion
    is_exact: bool


class LeftSegment(NamedTuple):
    """A segment that stayed as it was: its number from 1, its text and why."""

    number: int
    text: str
    reason: str


@dataclass(slots=True)
class Filled:
    """How many segments there were, how many were filled (exact, fuzzy), for how many a match is
    proposed beside the text, and why others with a match were left (`left`, counted); of a document
    `rest` lists every segment that stayed as it was, `linked` those (from 1) whose formatting stands
    where linked words say.
    """

    segments: int = 0
    exact: int = 0
    fuzzy: int = 0
    proposed: int = 0
    left: Counter[str] = field(default_factory=Counter)
    rest: list[LeftSegment] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)

    def count(self, is_exact: bool) -> None:
        """Count a filled segment."""
        if is_exact:
            self.exact += 1
        else:
            self.fuzzy += 1


def drafted(query: Query, suggestions: Sequence[Suggestion]) -> DraftText | None:
    """The best suggestion whose translation can take the codes of the text; None where none can."""
    best: DraftText | None = None
    for suggestion in _agreed(query, suggestions):
        made = _restored(query.source, suggestion)
        if made is None:
            continue
        if made.is_exact:
            return made
        best = best or made
    return best


def _agreed(query: Query, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions in order, those of the context of the text first; none is sure where several
    of the best disagree.
    """
    exact = [one for one in suggestions if one.is_exact]
    best = [one for one in exact if query.context and one.unit.context == query.context]
    best = best or [one for one in exact if one.score == exact[0].score]
    if len({" ".join(one.unit.variants[1].text.split()) for one in best}) > 1:
        return [one._replace(is_exact=False) for one in suggestions]
    return [*best, *(one for one in suggestions if one not in best)]


def inlined(variant: Variant) -> str:
    """The text with its native codes in it."""
    pieces, at = [], 0
    for code in variant.codes:
        pieces += [variant.text[at : code.place], code.markup]
        at = code.place
    return "".join([*pieces, variant.text[at:]])


def with_placeholders(variant: Variant) -> Variant:
    """The text without its placeholders, which are codes like others."""
    placeholders = list(_PLACEHOLDER.finditer(variant.text))
    if not placeholders:
        return variant
    codes: list[Code] = []
    pieces: list[str] = []
    at = gone = 0
    waiting = list(variant.codes)
    for match in placeholders:
        while waiting and waiting[0].place <= match.start():
            code = waiting.pop(0)
            codes.append(code._replace(place=code.place - gone))
        pieces.append(variant.text[at : match.start()])
        codes.append(Code(match.start() - gone, "point", markup=match[0]))
        gone += len(match[0])
        at = match.end()
    codes += [code._replace(place=max(code.place - gone, 0)) for code in waiting]
    return variant._replace(text="".join([*pieces, variant.text[at:]]), codes=tuple(codes))


def _restored(text: Variant, suggestion: Suggestion) -> DraftText | None:
    unit = suggestion.unit
    source, target = unit.variants[:2]
    wanted = with_placeholders(text)
    if not wanted.codes and not source.codes and not target.codes:
        return DraftText(target, suggestion, suggestion.is_exact)
    there, into = with_placeholders(source), with_placeholders(target)
    placed = _mapped(wanted.codes, there.codes, into.codes)
    exact = suggestion.is_exact and placed is not None
    if placed is None:
        placed = _at_ends(wanted, into.text)
    if placed is None:
        return None
    return DraftText(_textual(into._replace(codes=tuple(placed))), suggestion, exact)


def _mapped(
    wanted: Sequence[Code], source: Sequence[Code], target: Sequence[Code]
) -> list[Code] | None:
    """The wanted codes at the places of the target's; None where they do not correspond."""
    if len(wanted) != len(source) or len(target) != len(source):
        return None
    for one, other in zip(wanted, source, strict=True):
        if one.markup and other.markup and one.markup != other.markup:
            return None
        if one.role != other.role and not (one.markup and one.markup == other.markup):
            return None
    free = list(range(len(source)))
    made: list[Code] = []
    for code in target:
        tests: tuple[Callable[[Code], bool], ...] = (
            lambda c, code=code: bool(code.id) and (c.id, c.role) == (code.id, code.role),  # type: ignore[misc]
            lambda c, code=code: bool(code.markup) and c.markup == code.markup,  # type: ignore[misc]
            lambda c, code=code: c.role == code.role and not (c.markup and code.markup),  # type: ignore[misc]
        )
        number = next((n for test in tests for n in free if test(source[n])), None)
        if number is None:
            return None
        free.remove(number)
        made.append(wanted[number]._replace(place=code.place))
    return made


def _at_ends(wanted: Variant, text: str) -> list[Code] | None:
    """Codes that stand before or behind the whole text; None where one stands inside."""
    first = len(wanted.text) - len(wanted.text.lstrip())
    last = len(wanted.text.rstrip())
    if any(first < code.place < last for code in wanted.codes):
        return None
    return [code._replace(place=0 if code.place <= first else len(text)) for code in wanted.codes]


def _textual(variant: Variant) -> Variant:
    """Placeholders are text again, codes of elements stay codes."""
    pieces: list[str] = []
    codes: list[Code] = []
    at = more = 0
    for code in variant.codes:
        if code.element:
            codes.append(code._replace(place=code.place + more))
            continue
        pieces += [variant.text[at : code.place], code.markup]
        at = code.place
        more += len(code.markup)
    return variant._replace(text="".join([*pieces, variant.text[at:]]), codes=tuple(codes))
