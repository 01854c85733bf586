"""Insertions: what an editor or a translator put between brackets, round or square, or dashes.

"(Ríe)" and "[Laughs]" are the same insertion, whatever the brackets; so is a pair of dashes on the
other side. Words between dashes are an insertion too, where the other side has them neither so nor
otherwise: a dash is often a comma of the other language. An acronym spelled out in brackets is a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aligner.checks.common import Hit, shortened, words

__all__ = ["check_brackets"]

_SQUARE = re.compile(r"[\[［【](?P<inside>[^\]］】]{1,200})[\]］】]")
# "hijo(s)" and the address of a link are no insertions, and neither is the number of a list
_ROUND = re.compile(r"(?<![\w\]])[(（](?P<inside>[^()（）]{2,200})[)）](?!\w)")
# "un(a) segundo(a)", "los/as": endings of the other gender, no insertions either
_ENDING = re.compile(r"(?<=\w)\([^\W\d_]{1,4}\)")
_DASHES = re.compile(
    r"(?<!\S)(?P<mark>[-—–])\s?\w[^—–¶]{2,200}?\s?(?P=mark)(?=[\s,.;:])|—\w[^—¶]+\w—"
)
_MANY = 3  # words from which a gloss in round brackets weighs as much as an editor's insertion

Gain = Callable[[bool, tuple[int, int]], float]
"""(in the target?, code points) -> how much nearer the texts come without this part."""

_STANDS = -0.03  # a part whose removal takes the texts further apart has its like on the other side
_RISE = 0.02  # the rise without words between dashes from which the other side lacks them
# words between commas at this place or nearer, as a share of the text, may be those in brackets
_BESIDE = 0.2
_COMMAS = re.compile(r"(?<=,\s)[^,.;:!?()\[\]¶]{3,100}(?=[,.;!?])")
_ENDED = re.compile(r"[.!?…:;。！？][\"”»’)\]]*$")
_ACRONYM = re.compile(r"(?<!\w)[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.]{1,7}$")
_LONG_WORD, _NOT_SPELLED = 4, 12  # letters of a word of a name that has a capital; of a German one


@dataclass(frozen=True, slots=True)
class _Inserted:
    """An insertion of a text; `spoken` are the code points of its words, without the marks."""

    shape: str
    span: tuple[int, int]
    spoken: tuple[int, int]


def check_brackets(
    source: str, target: str, source_lang: str, target_lang: str, gain: Gain | None = None
) -> Iterator[Hit]:
    """Insertions in brackets, or between dashes, that stand on one side only.

    `gain` tells whether words in round brackets or between dashes stand on the other side without
    them; without it dashes are let be.
    """
    del source_lang, target_lang
    texts = source, target
    dashed = [_dashed(text) for text in texts]
    inserted = [_bracketed(text) for text in texts]
    added = len(inserted[1]) > len(inserted[0])
    surplus = abs(len(inserted[1]) - len(inserted[0]))
    lone: list[_Inserted] = []
    if surplus:
        dashes = max(0, len(dashed[not added]) - len(dashed[added]))
        lone = _lone(texts, added, inserted[added], surplus - dashes, gain)
        yield from _hits(texts, added, lone)
    if gain is None:
        return
    for side in (False, True):
        more = len(inserted[side]) + len(dashed[side])
        more -= len(inserted[not side]) + len(dashed[not side]) + len(lone) * (side == added)
        rises = {one: gain(side, one.span) for one in dashed[side]} if more > 0 else {}
        between = sorted((one for one in rises if rises[one] > _RISE), key=lambda x: -rises[x])
        for one in between[: max(0, more)]:
            yield from _hits(texts, side, [one])


def _bracketed(text: str) -> list[_Inserted]:
    plain = _ENDING.sub(lambda m: "x" * len(m.group()), text)
    return [
        _Inserted(shape, m.span(), m.span("inside"))
        for shape, pattern in (("square", _SQUARE), ("round", _ROUND))
        for m in pattern.finditer(plain)
    ]


def _dashed(text: str) -> list[_Inserted]:
    dashed = []
    for m in _DASHES.finditer(text):
        spoken = m.group().strip("-—– ")
        start = m.start() + m.group().index(spoken)
        dashed.append(_Inserted("dash", m.span(), (start, start + len(spoken))))
    return dashed


def _lone(
    texts: tuple[str, str],
    added: bool,
    inserted: list[_Inserted],
    surplus: int,
    gain: Gain | None,
) -> list[_Inserted]:
    """Of the brackets of one side, those that the other lacks: the ones with the least likeness to
    it, then square ones.
    """
    text, other = texts[added], texts[not added]
    rises = {one: gain(added, one.spoken) if gain else 0.0 for one in inserted}
    ranked = sorted(rises, key=lambda x: (-rises[x], x.shape == "round", x.span))
    lone = [
        one
        for one in ranked[: max(0, surplus)]
        if not _repeated(text[slice(*one.spoken)], other)
        and (one.shape == "square" or _lacks(text[slice(*one.spoken)], rises[one]))
        and not (gain and _between_commas(texts, added, one, gain))
    ]
    return sorted(lone, key=lambda x: x.span)


def _hits(texts: tuple[str, str], added: bool, lone: list[_Inserted]) -> Iterator[Hit]:
    text = texts[added]
    for spelled in (False, True):
        here = [one for one in lone if _is_spelled_acronym(text, one) == spelled]
        if not here:
            continue
        stand = ", ".join(shortened(text[slice(*one.span)]) for one in here)
        weighs = not spelled and any(_weighs(text, one) for one in here)
        spans = tuple(one.span for one in here)
        yield Hit(
            "brackets",
            "minor" if weighs else "note",
            0.7 if weighs else 0.5,
            f"{stand} stands only in the {'translation' if added else 'source'}",
            () if added else spans,
            spans if added else (),
            f"{'+' if added else '-'} {stand}",
        )


def _weighs(text: str, one: _Inserted) -> bool:
    """Whether an insertion is more than a word beside another: an editor's, one of some words, or what
    stands by itself between sentences ("(Pauses)").
    """
    if one.shape == "square" or len(text[slice(*one.spoken)].split()) >= _MANY:
        return True
    before, behind = text[: one.span[0]].rstrip(), text[one.span[1] :].lstrip(' "“«¿¡')
    return (not before or bool(_ENDED.search(before))) and (not behind or behind[0].isupper())


def _is_spelled_acronym(text: str, one: _Inserted) -> bool:
    """Whether brackets spell out the acronym in front of them: "EFSA (European Food Safety Authority)"."""
    acronym = _ACRONYM.search(text[: one.span[0]].rstrip())
    if acronym is None or one.shape == "dash":
        return False
    inside = re.findall(r"[^\W\d_]+", text[slice(*one.spoken)])
    letters = "".join(c for c in acronym.group() if c.isalpha())
    capitals = "".join(word[0] for word in inside if word[0].isupper())
    if letters in (capitals, capitals[::-1]):
        return True
    long = [word for word in inside if len(word) >= _LONG_WORD]
    named = bool(long) and all(word[0].isupper() for word in long)
    return named and (len(long) > 1 or len(long[0]) > _NOT_SPELLED)


def _between_commas(texts: tuple[str, str], added: bool, one: _Inserted, gain: Gain) -> bool:
    """Whether the other side has more words between commas, such at about this place, and they have
    their like here: those in brackets ("(ojalá)" and ", God willing,").
    """
    text, other = texts[added], texts[not added]
    outside = text[: one.span[0]] + text[one.span[1] :]
    clauses = list(_COMMAS.finditer(other))
    if len(clauses) <= len(_COMMAS.findall(outside)):
        return False
    place = (one.span[0] + one.span[1]) / 2 / len(text)
    return any(
        abs((m.start() + m.end()) / 2 / len(other) - place) <= _BESIDE
        and gain(not added, m.span()) <= 0
        for m in clauses
    )


def _repeated(inside: str, other: str) -> bool:
    """Whether the other side has the same words without brackets."""
    mine = " ".join(w.key for w in words(inside) if w.is_word)
    theirs = " ".join(w.key for w in words(other) if w.is_word)
    return len(mine) > 1 and f" {mine} " in f" {theirs} "


def _lacks(inside: str, rise: float) -> bool:
    """Whether the other side lacks words in round brackets; acronyms and figures are left to the
    checks of their own.
    """
    if rise < _STANDS or not any(map(str.isalpha, inside)):
        return False
    return len(inside.split()) > 1 or not (inside.isupper() and inside.isascii())
