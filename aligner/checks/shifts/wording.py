"""Shifts of wording: who says it, how sure, how much, and connections made explicit.

Words and phrases of a kind (words.json) are sought on both sides. Where only one side has any, they
are taken out of it: a counterpart in other words ("de oídas" for "they say") makes the two sides come
further apart, and then there is no finding. These checks are off unless they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from aligner.checks.common import Hit, base, is_cjk, shortened, word_table

__all__ = ["SHIFTS", "check_shifts"]

Gain = Callable[[bool, tuple[int, int]], float]
"""(in the target?, code points) -> how much nearer the texts come without this part."""

SHIFTS = ("attribution", "hedge", "intensity", "explicitation")
_NAMED = {
    "attribution": "who says it",
    "hedge": "a word for doubt",
    "intensity": "a word for degree",
    "explicitation": "a connective",
}
# the rise without the words from which they have no counterpart; a word of degree weighs little
_RISE = {"attribution": 0.0, "hedge": -0.01, "intensity": -0.2, "explicitation": 0.0}
_SURE = {"attribution": 0.5, "hedge": 0.5, "intensity": 0.4, "explicitation": 0.4}
_Match = re.Match[str]


def check_shifts(
    source: str, target: str, source_lang: str, target_lang: str, gain: Gain, codes: frozenset[str]
) -> Iterator[Hit]:
    """Attribution, hedges, words of degree and connectives that stand on one side only.

    `codes`: which of SHIFTS are wanted. Languages without a list raise no finding.
    """
    for code in SHIFTS:
        if code not in codes:
            continue
        sides = tuple(
            _found(text, lang, code)
            for text, lang in ((source, source_lang), (target, target_lang))
        )
        if sides[0] is None or sides[1] is None or bool(sides[0]) == bool(sides[1]):
            continue
        in_target = not sides[0]
        bare = (source, source_lang) if in_target else (target, target_lang)
        if _alike(*bare, code):
            continue
        if code == "explicitation" and not in_target:
            continue  # what the translation leaves implicit is no explicitation
        lone = [m for m in sides[in_target] or () if gain(in_target, m.span()) > _RISE[code]]
        if not lone:
            continue
        spans = tuple(m.span() for m in lone)
        where = "translation" if in_target else "source"
        quoted = ", ".join(f"“{shortened(m.group())}”" for m in lone)
        yield Hit(
            code,
            "minor",
            _SURE[code],
            f"{_NAMED[code]}, {quoted}, only in the {where}",
            () if in_target else spans,
            spans if in_target else (),
            f"{'+' if in_target else '-'} {' '.join(m.group().casefold() for m in lone)}",
        )


def _found(text: str, lang: str, code: str) -> list[_Match] | None:
    """The words of a kind in a text, None for a language that has no list of them."""
    shape = _shape(base(lang), code)
    return None if shape is None else [m for m in shape.finditer(text) if not _is_name(m)]


def _is_name(word: _Match) -> bool:
    """Whether a capital stands inside a sentence: "United States", "Theresa May"."""
    before = word.string[: word.start()]
    return word.group()[0].isupper() and bool(re.search(r"[\w,;’)] $", before))


def _alike(text: str, lang: str, code: str) -> bool:
    """Whether a text has a word that may say the same, though it raises no finding by itself."""
    shape = _shape(base(lang), code, "shifts_alike")
    return shape is not None and bool(shape.search(text))


@lru_cache(maxsize=64)
def _shape(lang: str, code: str, table: str = "shifts") -> re.Pattern[str] | None:
    phrases = word_table(table).get(code, {}).get(lang)
    if not phrases:
        return None
    listed = sorted(phrases, key=len, reverse=True)
    either = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in listed)
    edges = ("", "") if is_cjk(lang) else (r"(?<![\w’'-])", r"(?![\w-])")
    return re.compile(f"{edges[0]}(?:{either}){edges[1]}", re.IGNORECASE)
