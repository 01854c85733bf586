"""The checks of names and acronyms.

A name of the translation is supported where the source has a like word (romanised, by edit
distance), the same country (CLDR), a word that means the same (encoder), or a word that has stood
beside it before (the memory of the file or article). A finding needs both: a name without support
in the translation and one without support in the source. That is what a swapped name leaves; a
name that was only left out is seen by the checks of omission. Names of institutions count in the
translation only: those of the source are translated, each in its own way.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np

from aligner.checks.common import SideTokens, Word, fold, is_cjk, words
from aligner.checks.names.capitals import Name, capitalised_words, names_of
from aligner.checks.names.common_words import ordinary
from aligner.checks.names.territories import territories_in

__all__ = [
    "NAME_FEATURES",
    "SAME",
    "NamePartners",
    "Support",
    "alike_words",
    "far_runs",
    "initials_match",
    "may_be_wrong",
    "name_features",
    "romanised",
]

_PREFIX = 4
SAME = 0.9  # likeness of two names from which they are one
_DICE = 0.66
_HALF, _LIKENED = 0.5, 0.75  # Dice and likeness from which a partner is the name itself
_COUNTED = 0.7  # likeness of words that may be the same name in the other language
_ORDINARY = 2  # so many times as often in small letters
_AGAIN = 2  # distinct sources in which a pair must have stood

NAME_FEATURES = (
    "t_fuzzy",
    "t_meaning",
    "t_gain",
    "t_known",
    "t_present",
    "t_bestall",
    "t_surplus",
    "s_fuzzy",
    "s_meaning",
    "s_gain",
    "s_known",
    "s_present",
    "s_bestall",
    "s_surplus",
    "cross",
    "t_count",
    "s_count",
    "t_initial",
    "t_office",
    "similarity",
    "t_meaning_margin",
    "t_ordinary",
    "t_all_ordinary",
    "s_ordinary",
    "s_all_ordinary",
    "s_lost",
)


@dataclass(slots=True)
class Support:
    """How well the other side supports a name: each 0-1, `gain` the ablation's rise, `surplus` how
    often the name stands here beyond the like words there ("Wheeling said in Wheeling").
    """

    name: Name
    fuzzy: float = 0.0
    meaning: float = 0.0
    gain: float = 0.0
    known: float = 0.0
    surplus: float = 0.0

    @property
    def best(self) -> float:
        """One figure for the order of suspicion."""
        likeness = max(self.fuzzy, self.known, min(1.0, self.meaning * 1.15))
        return likeness - 2 * max(0.0, self.gain) - 0.5 * min(1.0, self.surplus)

    @property
    def is_suspect(self) -> bool:
        """Whether no like word, country or known partner speaks for it, or too few."""
        return (self.fuzzy < SAME and self.known < 1) or self.surplus > 0


@dataclass(slots=True)
class NamePartners:
    """Which words of one side have stood with a name of the other, over distinct sources; `ordinary`:
    the words of the side of the names that are none.
    """

    partners: dict[str, frozenset[str]] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()

    @classmethod
    def learn(
        cls, pairs: Sequence[tuple[str, str]], langs: tuple[str, str]
    ) -> tuple[NamePartners, NamePartners]:
        """(names of the target -> source words, names of the source -> target words)."""
        first = dict(reversed(pairs))  # one a distinct source
        rows = list(first.items())
        sides = (
            [({n.key for n in names_of(t, langs[1])}, _keys(s)) for s, t in rows],
            [({n.key for n in names_of(s, langs[0])}, _keys(t)) for s, t in rows],
        )
        return (
            cls(_partners(sides[0]), _in_small_letters(target for _, target in rows)),
            cls(_partners(sides[1]), _in_small_letters(source for source, _ in rows)),
        )


def _in_small_letters(texts: Iterable[str]) -> frozenset[str]:
    """The words that are no names: far more often in small letters than with a capital."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for w in words(text):
            if w.is_word:
                (small if text[w.start].islower() else capital)[w.key] += 1
    return frozenset(
        key for key, count in small.items() if count >= _AGAIN and count >= _ORDINARY * capital[key]
    )


def _keys(text: str) -> set[str]:
    return {w.key for w in words(text) if w.is_word and (len(w.key) > 3 or not w.key.isascii())}


def _partners(rows: Sequence[tuple[set[str], set[str]]]) -> dict[str, frozenset[str]]:
    frequency: Counter[str] = Counter()
    where: dict[str, list[int]] = defaultdict(list)
    for place, (names, others) in enumerate(rows):
        frequency.update(others)
        for name in names:
            where[name].append(place)
    partners = {}
    for name, places in where.items():
        if len(places) < _AGAIN:
            continue
        counts: Counter[str] = Counter()
        for place in places:
            counts.update(rows[place][1])
        # Dice: the partner stands with the name, and hardly without it
        best = sorted(
            (
                (2 * count / (frequency[other] + len(places)), other)
                for other, count in counts.items()
                if count >= _AGAIN
            ),
            reverse=True,
        )
        # the name itself, where it stands there, and not what happens to stand beside it
        own = romanised(name)
        alike = [
            other
            for dice, other in best
            if dice >= _HALF and alike_words(own, romanised(other)) >= _LIKENED
        ]
        known = alike or [other for dice, other in best[:2] if dice >= _DICE]
        if known:
            partners[name] = frozenset(known)
    return partners


@lru_cache(maxsize=65536)
def romanised(key: str) -> str:
    """The key of a word in Latin letters."""
    if key.isascii():
        return key
    from anyascii import anyascii

    plain: str = fold(anyascii(key)).replace(" ", "").replace("'", "")
    return plain


@lru_cache(maxsize=262144)
def alike_words(a: str, b: str) -> float:
    """0-1 by edit distance, prefixes counted in ("escoc-es", "scot-land" do not, "mexic-o" does)."""
    from rapidfuzz.distance import JaroWinkler, Levenshtein, Prefix

    if a == b:
        return 1.0
    whole = Levenshtein.normalized_similarity(a, b)
    common = Prefix.similarity(a, b)
    prefix = common / max(len(a), len(b)) + 0.25 if common >= _PREFIX else 0.0
    return float(max(whole, min(1.0, prefix), 0.9 * JaroWinkler.similarity(a, b) - 0.1))


def name_features(
    source: str,
    target: str,
    langs: tuple[str, str],
    sides: tuple[SideTokens, SideTokens],
    memories: tuple[NamePartners, NamePartners],
) -> tuple[dict[str, float], Support | None, Support | None]:
    """The features of NAME_FEATURES by name; the most suspect name of the target, institutions
    among them, and the worst supported one of the source.
    """
    theirs = _supports(
        names_of(target, langs[1], offices=True),
        (target, source),
        (langs[1], langs[0]),
        (sides[1], sides[0]),
        memories[0],
    )
    mine = _supports(names_of(source, langs[0]), (source, target), langs, sides, memories[1])
    base_similarity = float(sides[0].vector() @ sides[1].vector())
    worst_t = min((one for one in theirs if one.is_suspect), key=lambda one: one.best, default=None)
    worst_s = min(mine, key=lambda one: one.best, default=None)
    cross = 0.0
    if worst_t and worst_s:
        cross = alike_words(romanised(worst_t.name.key), romanised(worst_s.name.key))
    margin = (worst_t.meaning - np.mean([one.meaning for one in theirs])) if worst_t else 0.0
    values = {
        **_side_features("t", worst_t),
        **_side_features("s", worst_s),
        "cross": cross,
        "t_count": min(5, len(theirs)),
        "s_count": min(5, len(mine)),
        "t_initial": bool(worst_t and worst_t.name.initial),
        "t_office": bool(worst_t and worst_t.name.office),
        "similarity": base_similarity,
        "t_meaning_margin": margin,
        **_ordinary_features("t", worst_t, target, langs[1]),
        **_ordinary_features("s", worst_s, source, langs[0]),
        "s_lost": bool(worst_s and worst_s.is_suspect),
    }
    return {name: float(value) for name, value in values.items()}, worst_t, worst_s


def _side_features(side: str, one: Support | None) -> dict[str, float]:
    """The features of the worst supported name of a side; without a name those of a fine one."""
    return {
        f"{side}_fuzzy": one.fuzzy if one else 1.0,
        f"{side}_meaning": one.meaning if one else 0.7,
        f"{side}_gain": one.gain if one else 0.0,
        f"{side}_known": one.known if one else 0.0,
        f"{side}_present": 1.0 if one else 0.0,
        f"{side}_bestall": one.best if one else 1.0,
        f"{side}_surplus": min(2.0, one.surplus) if one else 0.0,
    }


def _ordinary_features(side: str, one: Support | None, text: str, lang: str) -> dict[str, float]:
    """How ordinary the word is that has a capital, and the least ordinary of the whole name."""
    if one is None:
        return {f"{side}_ordinary": 0.0, f"{side}_all_ordinary": 0.0}
    own = ordinary(text[one.name.start : one.name.end], lang)
    whole = capitalised_words(text, one.name, lang)
    return {
        f"{side}_ordinary": own,
        f"{side}_all_ordinary": min((ordinary(word, lang) for word in whole), default=own),
    }


def may_be_wrong(source: str, target: str, langs: tuple[str, str], memory: NamePartners) -> bool:
    """Whether a name of the target is suspect, without looking at vectors."""
    names = names_of(target, langs[1], offices=True)
    figures = _figures_of(target, source, names, (langs[1], langs[0]), memory)
    return any(
        Support(name, fuzzy, 0.0, 0.0, known, surplus).is_suspect
        for name, (fuzzy, known, surplus) in zip(names, figures, strict=True)
    )


def _figures_of(
    text: str, other: str, names: Sequence[Name], langs: tuple[str, str], memory: NamePartners
) -> list[tuple[float, float, float]]:
    """For each name how alike the likest word of the other side is, whether it is known, and its
    surplus.
    """
    if not names:
        return []
    others = [w for w in words(other) if w.is_word]
    keys = {w.key for w in others}
    codes = {code for _, _, code in territories_in(other, langs[1])}
    own_codes = territories_in(text, langs[0])
    roman = [romanised(w.key) for w in others]
    ours = [romanised(w.key) for w in words(text) if w.is_word]
    joined = [a + b for a, b in pairwise(roman)]
    if is_cjk(langs[1]):
        joined += ["".join(roman[k : k + n]) for n in (3, 4, 5) for k in range(len(roman) - n + 1)]
    figures = []
    for name in names:
        own = romanised(name.key)
        fuzzy = max((alike_words(own, one) for one in (*roman, *joined)), default=0.0)
        named = {code for start, end, code in own_codes if start <= name.start < end}
        known = 1.0 if named & codes else 0.0
        partners = memory.partners.get(name.key)
        if partners and partners & keys:
            known = 1.0
        elif partners and not known:
            known = -0.5  # it usually stands with a word that is not here
        surplus = 0
        if fuzzy >= _COUNTED:
            here = sum(alike_words(own, one) >= SAME for one in ours)
            surplus = max(0, here - sum(alike_words(own, one) >= _COUNTED for one in roman))
        figures.append((fuzzy, known, float(surplus)))
    return figures


def _supports(
    names: Sequence[Name],
    texts: tuple[str, str],
    langs: tuple[str, str],
    sides: tuple[SideTokens, SideTokens],
    memory: NamePartners,
) -> list[Support]:
    if not names:
        return []
    (text, other), (mine, far) = texts, sides
    vector = far.vector()
    cuts = [mine.cut(n.start, n.end) for n in names]
    gains = mine.without(cuts) @ vector - float(mine.vector() @ vector)
    meaning = np.zeros(len(names))
    far_cuts = far_runs((w for w in words(other) if w.is_word), far, langs[1])
    if far_cuts:
        likeness = mine.only(cuts) @ far.only(far_cuts).T
        meaning = likeness.max(axis=1)
    figures = _figures_of(text, other, names, langs, memory)
    return [
        Support(name, fuzzy, float(meaning[k]), float(gains[k]), known, surplus)
        for k, (name, (fuzzy, known, surplus)) in enumerate(zip(names, figures, strict=True))
    ]


def far_runs(others: Iterable[Word], far: SideTokens, lang: str) -> list[tuple[int, int]]:
    """Token ranges of the words of the other side and of pairs of neighbours."""
    if is_cjk(lang):
        tokens = range(len(far.tokens))
        return [(k, k + 1) for k in tokens] + [(k, k + 2) for k in tokens[:-1]]
    cuts = [far.cut(w.start, w.end) for w in others]
    cuts = [cut for cut in cuts if cut[1] > cut[0]]
    return cuts + [(a[0], b[1]) for a, b in pairwise(cuts)]


def initials_match(acronym: str, other: str) -> bool:
    """Whether capitalised words of the other text spell the acronym ("FGR"), in either order."""
    letters = [c for c in fold(acronym) if c.isalpha()]
    if len(letters) < 2:
        return False
    capitals = [fold(w)[0] for w in re.findall(r"\b[^\W\d_]\w+", other) if w[0].isupper()]
    text = "".join(capitals)
    joined = "".join(letters)
    return joined in text or (len(joined) > 2 and joined[::-1] in text)
