"""Words that are ordinary although they have a capital: "Project Manager", "Champions Program".

English headings, offices, products and programmes have capitals on common words, which other languages
write small or in another way. How much likelier a word is in small letters is asked of the unigram model
of the embedded encoder's tokenizer, which was trained on 16 languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from aligner.checks.common import base

__all__ = ["CAPITAL_NOUNS", "ORDINARY", "how_ordinary", "ordinary"]

CAPITAL_NOUNS = frozenset(("de", "lb"))  # a capital says nothing of a noun
_KNOWN = -17.0  # log probability from which on the model knows a word as a word
_MOST = 4.0
ORDINARY = -0.5  # from which on a word is ordinary


@lru_cache(maxsize=16384)
def ordinary(word: str, lang: str) -> float:
    """How much likelier (natural logarithm, -4 to 4) a capitalised word is in small letters; -4 for a
    word that the model does not know, and where all nouns have a capital.
    """
    if base(lang) in CAPITAL_NOUNS:
        return -_MOST
    from aligner.engine.embedding import unigram_model

    large, small = unigram_model()([word, word.lower()])
    if max(large, small) < _KNOWN:
        return -_MOST
    return max(-_MOST, min(_MOST, small - large))


def how_ordinary(words: Sequence[str], lang: str) -> float:
    """0-1: the mean of the words of a name."""
    if not words:
        return 0.0
    mean = sum(ordinary(word, lang) for word in words) / len(words)
    return (mean + _MOST) / (2 * _MOST)
