"""The check of negation: dropped or put in.

Word lists count negations on both sides, but languages negate in different places ("no ... nada",
"without", "un-"). So each negation is also toggled: taken out of the text, or the language's plain
"not" put into it, by prefix sums; where the similarity of the pair rises, it stands wrongly or is
missing. Counts and toggles are weighed by a small trained model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from aligner.checks.common import (
    PairVectors,
    SideTokens,
    Spans,
    Sums,
    base,
    is_cjk,
    word_list,
    word_table,
    words,
)

Floats = npt.NDArray[np.float32]

__all__ = ["NEGATION_FEATURES", "may_differ", "negation_features", "negations", "unequal_counts"]

_DOUBLE = ("es", "it", "pt", "ca", "gl", "ro", "ru", "uk", "pl")  # "no dijo nada" negates once
# characters between the two of a double negation in one sentence: surely, and perhaps
_SURELY_NEAR, _NEAR = 18, 40
# "No. 8", "n.º 5", "núm. 3": signs of a number, not negations
_NUMBER_SIGN = re.compile(
    r"\b(?:n\s*\.?\s*[º°ᵒo]s?|nos?|n[úu]ms?|nr)\s*\.?\s*(?=\d)", re.IGNORECASE
)
_STOP = re.compile(r"[.!?;:…。！？；]\s")
_CLAUSE = re.compile(
    r"[,()«»“”\"—–]|\b(?:que|che|că|что|że|що|y|e|и|pero|mas|porque)\b", re.IGNORECASE
)
_THAT = re.compile(r"\b(?:que|che|că|что|że|що)\b", re.IGNORECASE)
# what goes on with a negation that stands before: "no vino ni llamó", "did not come nor call"
_GOES_ON = frozenset(
    ["ni", "nor", "noch", "ne", "né", "nem", "ani", "ні", "ни", "tampoco", "neither", "tampouco"]
)
# a plain "not": two of them in a sentence negate two things
_PLAIN = frozenset(["no", "non", "não", "nao", "не", "nie", "nu", "sin", "sem", "senza", "sense"])
# French: what may stand before its "ne", what negates beside "ne" only, and "ne ... plus"
_BEFORE_NE = frozenset(
    ["personne", "rien", "aucun", "aucune", "jamais", "nul", "nulle", "ni", "pas"]
)
_WITH_NE = frozenset(["personne", "rien", "jamais"])
_NO_MORE = re.compile(
    r"['’]?\s*(?:\S+\s+){1,3}(?:plus|guère|point)\b(?!\s+(?:que|de\s+\d))", re.IGNORECASE
)
# "une personne", "cette personne": somebody; "sans aucune peine": one negation
_SOMEBODY = re.compile(
    r"\b(?:la|une|cette|chaque|toute|autre|m[êe]me|seule|ma|ta|sa|leur|notre|votre|quelle|d['’]une)\s+(personne)\b|\bsans\s+(aucune?)\b",
    re.IGNORECASE,
)
_UNLIKE = re.compile(
    r"\bun(?!der|i[^n]|til|to\b|cle)[a-z]{4,}(?:ed|able|ible|ive|ful|ing|ly|ar)\b", re.IGNORECASE
)
_NOT_ONLY = re.compile(
    r"\b(?:no|não|ne|n['’]|pas|non|nicht|not)\b(?:\s+[\w'’]+){0,4}?\s+"
    r"(?:solo|sólo|solamente|únicamente|apenas|só|somente|seulement|uniquement|nur|only|just)\b",
    re.IGNORECASE,
)  # denies the "only", not what is said
_SAME = 10  # characters on both sides of a negation that both texts have word for word
_INSERTED = re.compile(r"\[[^\[\]]{3,}\]|\([^()]{3,}\)")
_NON = re.compile(r"\bnon-\w+", re.IGNORECASE)
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PREFIXES = {
    "en": re.compile(r"\b(?:un|in|im|il|ir|dis|non)[a-z]{4,}|\w{3,}less\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:in|im|des|anti)[a-zé]{5,}", re.IGNORECASE),
    "fr": re.compile(r"\b(?:in|im|dé|dés)[a-zé]{5,}", re.IGNORECASE),
    "de": re.compile(r"\b(?:un)[a-zäöü]{4,}|\w{3,}los(?:e|en|er|es)?\b", re.IGNORECASE),
    "it": re.compile(r"\b(?:in|im|dis)[a-z]{5,}", re.IGNORECASE),
    "pt": re.compile(r"\b(?:in|im|des)[a-z]{5,}", re.IGNORECASE),
    "ru": re.compile(r"\b(?:не|без|бес)\w{4,}", re.IGNORECASE),
}

NEGATION_FEATURES = (
    "s_count",
    "t_count",
    "s_any",
    "t_any",
    "s_hidden",
    "t_hidden",
    "more_s",
    "more_t",
    "t_remove",
    "s_remove",
    "t_add",
    "s_add",
    "similarity",
    "s_words",
    "t_words",
    "length",
    "bare_s",
    "bare_t",
)


def negations(text: str, lang: str) -> Spans:
    """Code points of the words that negate; "ne ... pas" is two of them. Number signs ("No. 8") and
    phrases that negate nothing ("sin embargo", "don't forget to") are left out.
    """
    listed = frozenset(word_list(lang, "negation"))
    fixed = [match.span() for match in _NUMBER_SIGN.finditer(text)]
    fixed += _phrases(text, lang, "negation_fixed")
    spans = []
    if is_cjk(lang):
        for word in word_table("negation").get(base(lang), ()):
            spans += [m.span() for m in re.finditer(re.escape(word), text)]
    else:
        spans = [(w.start, w.end) for w in words(text) if w.key in listed]
    if base(lang) == "fr" and not any(text[a:b].lower() in ("ne", "n") for a, b in spans):
        # "une personne", "un rien": they negate beside "ne" only
        spans = [(a, b) for a, b in spans if text[a:b].lower() not in ("personne", "rien")]
    if base(lang) == "fr":
        fixed += [match.span(match.lastindex or 0) for match in _SOMEBODY.finditer(text)]
    if base(lang) == "en":
        spans += [m.span() for m in _CONTRACTED.finditer(text)]
    if base(lang) in ("en", "fr"):
        spans += [m.span() for m in _NON.finditer(text)]
    return tuple(
        span for span in sorted(spans) if not any(a <= span[0] and span[1] <= b for a, b in fixed)
    )


def unequal_counts(source: str, target: str, langs: tuple[str, str]) -> bool:
    """Whether one side negates more often; where both do alike nothing was dropped or put in."""
    counts = _counts((source, target), langs)
    return min(4.0, counts[0]) != min(4.0, counts[1])


def may_differ(source: str, target: str, langs: tuple[str, str]) -> bool:
    """`unequal_counts` after the ways to say one thing that counts alone do not see: "no ... ni", "won't
    ... and won't" and "não devem ter apenas", "not only should".
    """
    if not unequal_counts(source, target, langs):
        return False
    ranges = []
    for text, lang in zip((source, target), langs, strict=True):
        spans = negations(text, lang)
        only = [match.span() for match in _NOT_ONLY.finditer(text)]
        goes_on = sum(text[a:b].lower() in _GOES_ON for a, b in spans[1:])
        least = _weight(text, _outside(spans, only), lang)
        ranges.append((least, least + goes_on, len(only)))
    (low, high, left), (other_low, other_high, right) = ranges
    told = bool(left or right or high > low or other_high > other_low)
    return not told or low > other_high or other_low > high


def _counts(texts: tuple[str, str], langs: tuple[str, str]) -> tuple[float, float]:
    """How many things each side negates. Where one side alone has insertions in brackets, what they
    negate is not counted, for an insertion is a finding of its own. "Don't forget to" may be "be
    sure to": of phrases that languages say with a negation or without, as many are counted as the
    other side has.
    """
    inserted = [[match.span() for match in _INSERTED.finditer(text)] for text in texts]
    denials = [_denials(text, lang) for text, lang in zip(texts, langs, strict=True)]
    ranges = []
    for k, (text, lang) in enumerate(zip(texts, langs, strict=True)):
        spans = _not_shared(text, texts[1 - k], negations(text, lang))
        if len(inserted[k]) > len(inserted[1 - k]):
            spans = _outside(spans, inserted[k])
        either = _phrases(text, lang, "negation_optional")
        either += [match.span() for match in _NON.finditer(text)]
        least = _weight(text, _outside(spans, either), lang)
        most = max(least, _weight(text, spans, lang, sure=True)) + max(
            0, denials[k] - denials[1 - k]
        )
        ranges.append((least, most))
    (low, high), (other_low, other_high) = ranges
    if low > other_high:
        return low, other_high
    if other_low > high:
        return high, other_low
    both = min(high, other_high)
    return both, both


def _not_shared(text: str, other: str, spans: Spans) -> Spans:
    """Without those of a title or a quotation that both texts have in one language."""
    return tuple(
        (a, b)
        for a, b in spans
        if not (a >= _SAME and text[a - _SAME : b + _SAME].strip() in other)
    )


def _denials(text: str, lang: str) -> int:
    """Words that deny by their stems: "unsuitable" may be "no es recomendable"."""
    stems = word_list(lang, "negation_stems")
    count = sum(word.key.startswith(stems) for word in words(text)) if stems else 0
    if base(lang) == "en":
        count += sum(not m.group().lower().startswith(stems) for m in _UNLIKE.finditer(text))
    return count


def _outside(spans: Spans, places: list[tuple[int, int]]) -> Spans:
    return tuple(
        (start, end) for start, end in spans if not any(a <= start and end <= b for a, b in places)
    )


def _phrases(text: str, lang: str, table: str) -> list[tuple[int, int]]:
    """Where the phrases of a table stand, of those that begin at one place the longest."""
    pattern = _any_phrase(base(lang), table)
    if pattern is None:
        return []
    return [match.span(1) for match in pattern.finditer(text.replace("’", "'"))]


@lru_cache(maxsize=64)
def _any_phrase(lang: str, table: str) -> re.Pattern[str] | None:
    """One pattern for a table, None for an empty one; apostrophes are one sign, and phrases are found
    inside others too.
    """
    phrases = sorted(word_table(table).get(lang, ()), key=len, reverse=True)
    either = "|".join([_bounded(phrase.replace("’", "'"), lang) for phrase in phrases])
    return re.compile(f"(?=({either}))", re.IGNORECASE) if phrases else None


def _bounded(phrase: str, lang: str) -> str:
    """A pattern for whole words; "sin embargo" negates nothing."""
    return re.escape(phrase) if is_cjk(lang) else rf"\b{re.escape(phrase)}(?!\w)"


def _weight(text: str, spans: Spans, lang: str, *, sure: bool = False) -> float:
    """How many things are negated: double negation of one verb counts once. `sure`: only where the
    two stand close by in one clause.
    """
    if base(lang) == "fr":
        return float(sum(1 for _ in _french(text, spans)))
    count, last = 0, -1
    for start, end in spans:
        word = text[start:end].lower()
        before = last >= 0 and not _STOP.search(text, last, start + 1)
        goes_on = before and word in _GOES_ON
        double = before and base(lang) in _DOUBLE and word not in _PLAIN
        double = double and (start - last < _NEAR or not _CLAUSE.search(text, last, start))
        if double and sure:
            double = start - last < _SURELY_NEAR and not _THAT.search(text, last, start)
        count += not (goes_on or double)
        last = end
    return float(count)


def _french(text: str, spans: Spans) -> Iterator[tuple[int, int]]:
    """Of the words that negate those that count: "ne" with its second word is one negation, alone it
    is none ("ne ... que", "avant qu'il ne parte"), "ni" goes on, and "pas" alone is one.
    """
    begin = 0
    for end in [*(match.end() for match in _STOP.finditer(text)), len(text) + 1]:
        here = [span for span in spans if begin <= span[0] < end]
        words_here = [text[a:b].lower() for a, b in here]
        particles = [i for i, word in enumerate(words_here) if word in ("ne", "n")]
        taken = set(particles)
        for i in particles:
            later = next((j for j in range(i + 1, len(here)) if j not in taken), None)
            earlier = next((j for j in range(i - 1, -1, -1) if j not in taken), None)
            if later is not None and here[later][0] - here[i][1] < _NEAR:
                taken.add(later)
                yield here[i]
            elif earlier is not None and words_here[earlier] in _BEFORE_NE:
                taken.add(earlier)
                yield here[i]
            elif _NO_MORE.match(text, here[i][1]):
                yield here[i]
        for j, word in enumerate(words_here):
            before = any(k < j for k in range(len(here)))
            if j not in taken and not (word == "ni" and before) and word not in _WITH_NE:
                yield here[j]
        begin = end


def _hidden(text: str, lang: str) -> float:
    listed = frozenset(word_list(lang, "negation_hidden"))
    count = sum(w.key in listed for w in words(text))
    pattern = _PREFIXES.get(base(lang))
    return float(count + (len(pattern.findall(text)) if pattern else 0))


def negation_features(
    pair: PairVectors, source: str, target: str, langs: tuple[str, str], nots: tuple[Sums, Sums]
) -> dict[str, float]:
    """The features of NEGATION_FEATURES by name; `nots` are the plain negations of both
    languages (`negation_core`) as texts of their own.
    """
    texts = (source, target)
    sides = (pair.source, pair.target)
    spans = tuple(negations(text, lang) for text, lang in zip(texts, langs, strict=True))
    counts = _counts(texts, langs)
    hidden = tuple(_hidden(t, x) for t, x in zip(texts, langs, strict=True))
    vectors = sides[0].vector(), sides[1].vector()
    similarity = float(vectors[0] @ vectors[1])
    removed = tuple(_removed(sides[k], spans[k], vectors[1 - k], similarity) for k in (0, 1))
    added = tuple(
        float(
            (
                sides[k].sums.plus(sides[k].row, nots[k], range(len(nots[k].tokens)))
                @ vectors[1 - k]
            ).max()
        )
        - similarity
        for k in (0, 1)
    )
    return {
        "s_count": min(4.0, counts[0]),
        "t_count": min(4.0, counts[1]),
        "s_any": float(counts[0] > 0),
        "t_any": float(counts[1] > 0),
        "s_hidden": min(3.0, hidden[0]),
        "t_hidden": min(3.0, hidden[1]),
        "more_s": float(np.clip(counts[0] - counts[1], -3, 3)),
        "more_t": float(np.clip(counts[1] - counts[0] - hidden[0], -3, 3)),
        "t_remove": removed[1],
        "s_remove": removed[0],
        "t_add": added[1],
        "s_add": added[0],
        "similarity": similarity,
        "s_words": float(len(spans[0])),
        "t_words": float(len(spans[1])),
        "length": float(np.log1p(len(words(source)))),
        "bare_s": float(counts[0] > 0 and counts[1] == 0 and hidden[1] == 0),
        "bare_t": float(counts[1] > 0 and counts[0] == 0 and hidden[0] == 0),
    }


def _removed(side: SideTokens, spans: Spans, other: Floats, similarity: float) -> float:
    cuts = [cut for cut in (side.cut(*span) for span in spans) if cut[1] > cut[0]]
    if not cuts:
        return 0.0
    return float((side.without(cuts) @ other).max()) - similarity
