"""The check of negation: dropped or put in.

Word lists count negations on both sides, but languages negate in different places ("no ... nada",
"without", "un-"). So each negation is also toggled: taken out of the text, or the language's plain
"not" put into it, by prefix sums; where the similarity of the pair rises, it stands wrongly or is
missing. Counts and toggles are weighed by a small trained model of pairs whose counts differ.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from aligner.checks.common import PairVectors, SideTokens, Spans, Sums, base, word_list, words
from aligner.checks.negation.counting import counted, negations, said_otherwise

Floats = npt.NDArray[np.float32]

__all__ = ["NEGATION_FEATURES", "negation_features"]

_PREFIXES = {
    "en": re.compile(r"\b(?:un|in|im|il|ir|dis|non)[a-z]{4,}|\w{3,}less\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:in|im|des|anti)[a-zé]{5,}", re.IGNORECASE),
    "fr": re.compile(r"\b(?:in|im|dé|dés)[a-zé]{5,}", re.IGNORECASE),
    "de": re.compile(r"\b(?:un)[a-zäöü]{4,}|\w{3,}los(?:e|en|er|es)?\b", re.IGNORECASE),
    "it": re.compile(r"\b(?:in|im|dis)[a-z]{5,}", re.IGNORECASE),
    "pt": re.compile(r"\b(?:in|im|des)[a-z]{5,}", re.IGNORECASE),
    "ru": re.compile(r"\b(?:не|без|бес)\w{4,}", re.IGNORECASE),
}

# "more" is the side that negates more often, "less" the other
NEGATION_FEATURES = (
    "dropped",
    "more_count",
    "less_count",
    "difference",
    "more_words",
    "less_words",
    "more_hidden",
    "less_hidden",
    "otherwise",
    "more_remove",
    "less_remove",
    "more_add",
    "less_add",
    "similarity",
    "length",
)


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
    counts = counted(texts, langs)
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
    more, less = (0, 1) if counts[0] >= counts[1] else (1, 0)
    return {
        "dropped": float(counts[0] > counts[1]),
        "more_count": min(4.0, counts[more]),
        "less_count": min(4.0, counts[less]),
        "difference": min(4.0, counts[more]) - min(4.0, counts[less]),
        "more_words": float(len(spans[more])),
        "less_words": float(len(spans[less])),
        "more_hidden": min(3.0, hidden[more]),
        "less_hidden": min(3.0, hidden[less]),
        "otherwise": float(said_otherwise(source, target, langs)),
        "more_remove": removed[more],
        "less_remove": removed[less],
        "more_add": added[more],
        "less_add": added[less],
        "similarity": similarity,
        "length": float(np.log1p(len(words(source)))),
    }


def _removed(side: SideTokens, spans: Spans, other: Floats, similarity: float) -> float:
    cuts = [cut for cut in (side.cut(*span) for span in spans) if cut[1] > cut[0]]
    if not cuts:
        return 0.0
    return float((side.without(cuts) @ other).max()) - similarity
