"""The check of negation: dropped or put in.

Word lists count negations on both sides, but languages negate in different places ("no ... nada",
"without", "un-"). So each negation is also toggled: taken out of the text, or the language's plain
"not" put into it, by prefix sums; where the similarity of the pair rises, it stands wrongly or is
missing. Counts and toggles are weighed by a small trained model.
"""

from __future__ import annotations

import re

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

__all__ = ["NEGATION_FEATURES", "negation_features", "negations", "unequal_counts"]

_DOUBLE = ("es", "it", "pt", "ca", "ru", "uk", "pl")  # "no dijo nada" negates once
_NEAR = 18
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
    """Code points of the words that negate; "ne ... pas" is two of them."""
    listed = frozenset(word_list(lang, "negation"))
    fixed = [
        match.span()
        for phrase in word_table("negation_fixed").get(base(lang), ())
        for match in re.finditer(_bounded(phrase, lang), text, re.IGNORECASE)
    ]
    spans = []
    if is_cjk(lang):
        for word in word_table("negation").get(base(lang), ()):
            spans += [m.span() for m in re.finditer(re.escape(word), text)]
    else:
        spans = [(w.start, w.end) for w in words(text) if w.key in listed]
    if base(lang) == "fr" and not any(text[a:b].lower() in ("ne", "n") for a, b in spans):
        # "une personne", "un rien": they negate beside "ne" only
        spans = [(a, b) for a, b in spans if text[a:b].lower() not in ("personne", "rien")]
    if base(lang) == "en":
        spans += [m.span() for m in _CONTRACTED.finditer(text)]
    return tuple(
        span for span in sorted(spans) if not any(a <= span[0] and span[1] <= b for a, b in fixed)
    )


def unequal_counts(source: str, target: str, langs: tuple[str, str]) -> bool:
    """Whether one side negates more often; where both do alike nothing was dropped or put in."""
    counts = [
        min(4.0, _weight(text, negations(text, lang), lang))
        for text, lang in ((source, langs[0]), (target, langs[1]))
    ]
    return counts[0] != counts[1]


def _bounded(phrase: str, lang: str) -> str:
    """A pattern for whole words; "sin embargo" negates nothing."""
    return re.escape(phrase) if is_cjk(lang) else rf"\b{re.escape(phrase)}(?!\w)"


def _weight(text: str, spans: Spans, lang: str) -> float:
    """How many things are negated: double negation of one verb counts once."""
    if base(lang) == "fr":
        ne = sum(text[a:b].lower() in ("ne", "n") for a, b in spans)
        return float(max(ne, len(spans) - ne))
    count, last = 0, -100
    for start, end in spans:
        near = base(lang) in _DOUBLE and start - last < _NEAR
        count += not near
        last = end
    return float(count)


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
    counts = tuple(_weight(t, s, x) for t, s, x in zip(texts, spans, langs, strict=True))
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
