"""Number words of a language, turned round: what ICU spells out, looked up again.

`numerals.json` is made by `scripts/make_check_data.py` from ICU's rule-based number formats
(CLDR RBNF): 0 .. 100 and the hundreds in every gender, case and ordinal form a language has, the
words for powers of a thousand, and English-like years. Larger numbers are composed by the reader
in `spelled.py`: group, scale word, group ("dos mil cuatrocientos", "2.4 million").
Languages that are not in the file have no number words; their digits are still read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aligner.checks.common import base, word_list, word_table
from aligner.files.shipped import shipped_json

__all__ = ["Numerals", "numerals_of"]

_ENDINGS = {"de": "nrms"}  # zweite, zweiten, zweiter ...
Spelled = dict[str, tuple[tuple[tuple[str, ...], int], ...]]


@dataclass(frozen=True, slots=True)
class Numerals:
    """`cardinals`, `ordinals`: first word -> [(words, value)], longest first; `scales`: word ->
    power of ten; `connectors`: words inside numbers ("and", "y"); `digits`: CJK character
    -> value for languages that write numbers character by character; `weak`: number words that
    are also something else.
    """

    cardinals: Spelled
    ordinals: Spelled
    scales: dict[str, int]
    connectors: frozenset[str]
    digits: dict[str, int]
    weak: frozenset[str]


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    languages: dict[str, Any] = shipped_json("aligner.checks.quantities", "numerals.json")
    return languages


@lru_cache(maxsize=64)
def numerals_of(lang: str) -> Numerals:
    """The number words of a language; empty for a language that ICU does not spell out."""
    kept = _all().get(base(lang), {})
    ordinals = kept.get("ordinals", {}) | word_table("ordinals").get(base(lang), {})
    for ending in _ENDINGS.get(base(lang), ""):
        ordinals |= {
            f"{word}{ending}": value for word, value in ordinals.items() if word[-1:] == "e"
        }
    return Numerals(
        _by_first(kept.get("cardinals", {})),
        _by_first(ordinals),
        kept.get("scales", {}),
        frozenset(kept.get("connectors", ())),
        kept.get("digits", {}),
        frozenset(word_list(lang, "weak_numbers")),
    )


def _by_first(spelled: dict[str, int]) -> Spelled:
    grouped: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for text, value in spelled.items():
        key = tuple(text.split())
        grouped.setdefault(key[0], []).append((key, value))
    return {
        first: tuple(sorted(entries, key=lambda item: -len(item[0])))
        for first, entries in grouped.items()
    }
