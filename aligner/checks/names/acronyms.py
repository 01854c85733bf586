"""The check of acronyms: one of them became another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.checks.common import (
    SideTokens,
    Word,
    fold,
    has_case,
    longest_entry,
    territory_names,
    word_list,
    words,
)
from aligner.checks.names.support import NamePartners, far_runs, initials_match

__all__ = ["ACRONYM_FEATURES", "Acronym", "AcronymSupport", "acronym_features", "acronyms_of"]

_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]{1,2}\.[ \u00a0\u202f]?){2,}(?!\w)")
_PLAIN = re.compile(r"(?<![\w.@/])[^\W\d_a-zà-ÿа-я][^\W_]{0,6}s?(?![\w@])")
_DOUBLED = re.compile(r"\b([A-Z])\1[. \u00a0\u202f]+([A-Z])\2\b\.?")  # EE. UU., RR. HH.
_SPELLING = 4  # letters of a word that an acronym may begin with, written small
_NAME = 80  # characters of a name beside its acronym
_ROMAN = re.compile(r"[IVXLCM]+")


ACRONYM_FEATURES = (
    "t_present",
    "t_letters",
    "t_known",
    "t_meaning",
    "t_gain",
    "s_present",
    "s_letters",
    "s_known",
    "s_meaning",
    "s_gain",
    "t_count",
    "s_count",
    "has_case",
)


@dataclass(frozen=True, slots=True)
class AcronymSupport:
    """An acronym and how well the other side supports it."""

    acronym: Acronym
    letters: float
    known: float
    meaning: float
    gain: float

    @property
    def best(self) -> float:
        """One figure for the order of suspicion."""
        return max(self.letters, self.known, min(1.0, self.meaning * 1.1)) - 2 * max(0.0, self.gain)


@dataclass(frozen=True, slots=True)
class Acronym:
    """`letters` without dots and spaces, in capitals."""

    start: int
    end: int
    letters: str


def acronyms_of(text: str, lang: str) -> list[Acronym]:
    """Runs of 2-6 capitals, dotted or not; no Roman numerals, no words of a line in capitals."""
    acronyms: list[Acronym] = []
    for match in (*_DOUBLED.finditer(text), *_DOTTED.finditer(text)):
        letters = "".join(c for c in match.group() if c.isalpha())
        if letters.isupper() and 2 <= len(letters) <= 6 and not _covered(acronyms, match.span()):
            acronyms.append(Acronym(*_trimmed(match), letters))
    capitals = sum(word.isupper() and len(word) > 1 for word in text.split())
    if capitals > 0.6 * len(text.split()) and len(text.split()) > 2:
        return []
    for match in _PLAIN.finditer(text):
        written = match.group()
        if written.endswith("s") and written[:-1].isupper():
            written = written[:-1]
        letters = "".join(c for c in written if c.isalnum())
        upper = sum(c.isupper() for c in letters)
        if upper < 2 or upper < len(letters) or _covered(acronyms, match.span()):
            continue
        if _ROMAN.fullmatch(letters) or not any(c.isalpha() for c in letters):
            continue
        acronyms.append(Acronym(match.start(), match.start() + len(written), letters))
    titles = frozenset(word_list(lang, "no_acronyms"))
    return sorted((a for a in acronyms if fold(a.letters) not in titles), key=lambda a: a.start)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match.group().rstrip())


def _covered(acronyms: list[Acronym], span: tuple[int, int]) -> bool:
    return any(a.start < span[1] and span[0] < a.end for a in acronyms)


def acronym_features(
    source: str,
    target: str,
    langs: tuple[str, str],
    sides: tuple[SideTokens, SideTokens],
    memories: tuple[NamePartners, NamePartners],
) -> tuple[dict[str, float], AcronymSupport | None, AcronymSupport | None]:
    """The features of ACRONYM_FEATURES by name; the worst supported acronym of each side."""
    left, right = acronyms_of(source, langs[0]), acronyms_of(target, langs[1])
    theirs = _judge(
        right, left, target, source, (langs[1], langs[0]), (sides[1], sides[0]), memories[0]
    )
    mine = _judge(left, right, source, target, langs, sides, memories[1])
    worst_t = min(theirs, key=lambda one: one.best, default=None)
    worst_s = min(mine, key=lambda one: one.best, default=None)
    values = {
        **_side_features("t", worst_t),
        **_side_features("s", worst_s),
        "t_count": float(min(4, len(right))),
        "s_count": float(min(4, len(left))),
        "has_case": float(has_case(langs[0])),
    }
    return values, worst_t, worst_s


def _side_features(side: str, one: AcronymSupport | None) -> dict[str, float]:
    """The features of the worst supported acronym of a side; without one those of a fine one."""
    return {
        f"{side}_present": 1.0 if one else 0.0,
        f"{side}_letters": one.letters if one else 1.0,
        f"{side}_known": one.known if one else 1.0,
        f"{side}_meaning": one.meaning if one else 0.7,
        f"{side}_gain": one.gain if one else 0.0,
    }


def _judge(
    mine: list[Acronym],
    others: list[Acronym],
    text: str,
    other: str,
    langs: tuple[str, str],
    sides: tuple[SideTokens, SideTokens],
    memory: NamePartners,
) -> list[AcronymSupport]:
    if not mine:
        return []
    near, far = sides
    far_words = [w for w in words(other) if w.is_word]
    keys = {w.key for w in far_words}
    codes = _codes(other, langs[1])
    cuts = [near.cut(a.start, a.end) for a in mine]
    vector = far.vector()
    gains = near.without(cuts) @ vector - float(near.vector() @ vector)
    far_cuts = far_runs(far_words, far, langs[1])
    meaning = (near.only(cuts) @ far.only(far_cuts).T).max(axis=1) if far_cuts else gains * 0
    supports = []
    for k, one in enumerate(mine):
        letters = fold(one.letters)
        likeness = max((_letters_alike(letters, fold(two.letters)) for two in others), default=0.0)
        if letters in keys:
            likeness = 1.0
        code = _code(text[one.start : one.end], langs[0])
        partners = memory.partners.get(letters)
        known = 0.0
        if (
            initials_match(one.letters, other)
            or (code and code in codes)
            or _spelled_small(letters, far_words)
            or _explained(one, text)
        ):
            known = 1.0
        elif partners:
            known = 1.0 if partners & keys else -0.5
        supports.append(AcronymSupport(one, likeness, known, float(meaning[k]), float(gains[k])))
    return supports


def _spelled_small(letters: str, others: list[Word]) -> bool:
    """Whether words in a row begin with these letters: "PR" and "abrir un pull request"."""
    long = "".join(w.key[0] if len(w.key) >= _SPELLING else " " for w in others)
    return len(letters) > 1 and letters in long


def _explained(one: Acronym, text: str) -> bool:
    """Whether its own text spells it out beside it: "Pan American Health Organization (PAHO)"."""
    if text[one.start - 1 : one.start] == "(":
        return initials_match(one.letters, text[max(0, one.start - _NAME) : one.start])
    if text[one.end : one.end + 2] == " (":
        return initials_match(one.letters, text[one.end : one.end + _NAME])
    return False


def _letters_alike(a: str, b: str) -> float:
    """1 for the same letters in any order (OTAN, NATO) or doubled for the plural (EE. UU., EU)."""
    if a == b or (sorted(a) == sorted(b) and len(a) > 1):
        return 1.0
    if set(a) == set(b) and len(set(a)) > 1:
        return 1.0
    if len(a) > 2 and len(b) > 2:
        common = sum(min(a.count(c), b.count(c)) for c in set(a))
        return 0.8 * common / max(len(a), len(b))
    return 0.0


def _code(text: str, lang: str) -> str:
    """The CLDR code of the territory that the whole text names, "" where it is none."""
    key = [w for w in words(text) if w.is_word]
    hit = longest_entry(territory_names(lang), key, 0) if key else None
    if hit is None:
        joined = [w for w in words(text.replace(".", "").replace(" ", "")) if w.is_word]
        hit = longest_entry(territory_names(lang), joined, 0) if joined else None
    return hit[0] if hit else ""


def _codes(text: str, lang: str) -> set[str]:
    near = [w for w in words(text) if w.is_word]
    table = territory_names(lang)
    hits = (longest_entry(table, near, place) for place in range(len(near)))
    codes = {hit[0] for hit in hits if hit}
    codes |= {_code(text[a.start : a.end], lang) for a in acronyms_of(text, lang)}
    return codes - {""}
