"""Names of several words that begin alike and end in another way, and names that were left out.

"Lindsey Graham" does not become "Lindsey Corbyn", nor the Universidad de Salamanca the University of
Valladolid: where the last words of two names are neither alike, nor mean the same, nor are common words,
one name became another. Names of institutions count, for here their own names are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aligner.checks.common import SideTokens, Word, base, word_list, words
from aligner.checks.names.capitals import names_of, whole_name
from aligner.checks.names.common_words import CAPITAL_NOUNS, ORDINARY, ordinary
from aligner.checks.names.support import NamePartners, alike_words, far_runs, romanised
from aligner.checks.names.territories import territories_in

__all__ = ["OtherTail", "lost_names", "other_tails"]

_HEAD = 0.9  # likeness of the first words of one name
_TAIL = 0.6  # of last words that may be one name in two languages
# similarity from which two words may be one name: of 18 exonyms (Trier, Tréveris) the least has .54, of
# 13 pairs of other towns and families two have more (.52, .59)
_MEANS = 0.5
_LIKE = 0.75  # of words one of which may stand for the other
_SENTENCE = re.compile(r"[.!?…:¶—–]|[¿¡\"“«]")
_JOINED = ("-", "’", "'")
_LOST = 0.45  # similarity under which no word of the other side stands for a name


@dataclass(frozen=True, slots=True)
class OtherTail:
    """Code points of both names, the keys of their last words, and that of the translation as written."""

    source: tuple[int, int]
    target: tuple[int, int]
    keys: tuple[str, str]
    last: str


@dataclass(frozen=True, slots=True)
class _Whole:
    span: tuple[int, int]
    parts: tuple[Word, ...]  # with capitals


def other_tails(
    texts: tuple[str, str],
    langs: tuple[str, str],
    sides: tuple[SideTokens, SideTokens],
    memory: NamePartners,
) -> Iterator[OtherTail]:
    """The names of the source that became others of the translation; `memory`: which words of the
    source have stood with names of the target.
    """
    if base(langs[1]) in CAPITAL_NOUNS:
        return
    theirs = _wholes(texts[1], texts[0], langs[1])
    if not theirs:
        return
    mine = _wholes(texts[0], texts[1], langs[0])
    keys = [{w.key for w in words(text) if w.is_word} for text in texts]
    taken = set()
    for right in theirs:
        for left in mine:
            tails = left.parts[-1], right.parts[-1]
            heads = left.parts[0], right.parts[0]
            if (
                left in taken
                or alike_words(romanised(heads[0].key), romanised(heads[1].key)) < _HEAD
            ):
                continue
            if any(
                _stands(tail, keys[1 - k], _TAIL) or _is_common(texts[k], tail, langs[k])
                for k, tail in enumerate(tails)
            ):
                continue
            if memory.partners.get(tails[1].key, frozenset()) & keys[0]:
                continue
            joined = all(_is_joined(text, tail) for text, tail in zip(texts, tails, strict=True))
            # what hyphens join stays as it is in all languages of Latin letters
            if not joined and _means_same(texts, langs, sides, tails):
                continue
            taken.add(left)
            last = texts[1][tails[1].start : tails[1].end]
            yield OtherTail(left.span, right.span, (tails[0].key, tails[1].key), last)
            break


def lost_names(
    texts: tuple[str, str], langs: tuple[str, str], sides: tuple[SideTokens, SideTokens]
) -> Iterator[tuple[int, int]]:
    """Code points of names of the source, of two words or more, of which the translation has nothing."""
    if base(langs[0]) in CAPITAL_NOUNS:
        return
    kinds = {*word_list(langs[0], "no_names"), *word_list(langs[0], "institutions")}
    named = [_inside(texts[0], one) for one in _wholes(texts[0], texts[1], langs[0], offices=False)]
    # what bodies, cups and parties are called is translated in many ways
    mine = [
        one for one in named if len(one.parts) > 1 and kinds.isdisjoint(w.key for w in one.parts)
    ]
    if not mine:
        return
    others = [w for w in words(texts[1]) if w.is_word]
    keys = {w.key for w in others}
    for one in mine:
        if any(_stands(part, keys, _LIKE) for part in one.parts):
            continue
        common = [_is_common(texts[0], part, langs[0]) for part in one.parts]
        if common[0] or 2 * sum(common) >= len(common):
            continue
        lands = territories_in(texts[0], langs[0])
        if any(a <= one.span[0] and one.span[1] <= b for a, b, _ in lands):
            continue  # countries have short names and acronyms
        near, far = sides
        cut, runs = near.cut(*one.span), far_runs(others, far, langs[1])
        if cut[1] > cut[0] and runs and float((near.only([cut]) @ far.only(runs).T).max()) < _LOST:
            yield one.span


def _wholes(text: str, other: str, lang: str, *, offices: bool = True) -> list[_Whole]:
    """The names of two words or more with a capital; `offices`: those of institutions too."""
    wholes = []
    spans = dict.fromkeys(
        whole_name(text, name, lang, other) for name in names_of(text, lang, offices=offices)
    )
    for start, end in spans:
        parts = tuple(
            Word(start + w.start, start + w.end, w.key)
            for w in words(text[start:end])
            if w.is_word and text[start + w.start].isupper() and w.end - w.start > 1
        )
        if len(parts) > 1:
            wholes.append(_Whole((start, end), parts))
    return wholes


def _inside(text: str, one: _Whole) -> _Whole:
    """Without the word that a sentence begins with, which has its capital from there."""
    if any(map(str.isalpha, _SENTENCE.split(text[: one.span[0]])[-1])):
        return one
    span = one.parts[1].start, one.span[1]
    return replace(one, span=span, parts=one.parts[1:])


def _stands(part: Word, keys: set[str], least: float) -> bool:
    own = romanised(part.key)
    return part.key in keys or any(alike_words(own, romanised(key)) >= least for key in keys)


def _is_common(text: str, part: Word, lang: str) -> bool:
    if _is_joined(text, part):
        return False  # "Aulnay-sous-Bois" is no wood
    return ordinary(text[part.start : part.end], lang) > ORDINARY


def _is_joined(text: str, part: Word) -> bool:
    return text[part.start - 1 : part.start] in _JOINED


def _means_same(
    texts: tuple[str, str],
    langs: tuple[str, str],
    sides: tuple[SideTokens, SideTokens],
    tails: tuple[Word, Word],
) -> bool:
    """Whether two words may be one name in two languages; countries are known."""
    codes = [
        {code for a, b, code in territories_in(text, lang) if a <= tail.start < b}
        for text, lang, tail in zip(texts, langs, tails, strict=True)
    ]
    if codes[0] and codes[1]:
        return bool(codes[0] & codes[1])
    cuts = [side.cut(tail.start, tail.end) for side, tail in zip(sides, tails, strict=True)]
    if any(cut[0] == cut[1] for cut in cuts):
        return True
    return float(sides[0].only([cuts[0]])[0] @ sides[1].only([cuts[1]])[0]) >= _MEANS
