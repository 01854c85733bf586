"""Which countries, regions and languages a text names, by CLDR's names and by adjectives of them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from aligner.checks.common import longest_entry, territory_names, words

__all__ = ["territories_in"]

_STEM = 4  # letters that a country and its adjective have in common, at least


@lru_cache(maxsize=4096)
def territories_in(text: str, lang: str) -> tuple[tuple[int, int, str], ...]:
    """Countries, regions and languages that a text names: code points and CLDR code; adjectives of
    countries too (sirio, Syrian), which CLDR has as languages at most.
    """
    table = territory_names(lang)
    near = [w for w in words(text) if w.is_word]
    named = []
    for place, word in enumerate(near):
        hit = longest_entry(table, near, place)
        if hit:
            named.append((word.start, near[hit[1] - 1].end, hit[0]))
        else:
            named += [(word.start, word.end, code) for code in _adjective(word.key, lang)]
    return tuple(named)


@lru_cache(maxsize=16)
def _stems(lang: str) -> dict[str, list[tuple[str, str]]]:
    """First letters -> (name of one word, code)."""
    stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entries in territory_names(lang).values():
        for key, code in entries:
            if len(key) == 1 and len(key[0]) >= _STEM:
                stems[key[0][:_STEM]].append((key[0], code))
    return stems


@lru_cache(maxsize=16384)
def _adjective(key: str, lang: str) -> frozenset[str]:
    """Codes of the names that differ from a word in their ending only; the longest stem wins."""
    from rapidfuzz.distance import Prefix

    best = 0
    codes: set[str] = set()
    for name, code in _stems(lang).get(key[:_STEM], ()):
        common = Prefix.similarity(name, key)
        if len(name) - common > 2 or len(key) - common > (5 if common > _STEM else 3):
            continue
        if common > best:
            best, codes = common, set()
        if common == best:
            codes.add(code)
    return frozenset(codes)
