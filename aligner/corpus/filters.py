"""Why a unit should not be in a corpus; the names of the reasons are the options that ask for them.

null          a side is empty
quality       less than asked for, or unknown
confidence    less than asked for, or unknown
short, long   words of a side (UAX 29) outside the bounds
ratio         characters of the longer side for one of the shorter
identical     both sides are the same text
numbers       a number of one side is not on the other
language      a side is, for certain, in another language than it should be
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aligner.model import Unit
from aligner.text.words import words

__all__ = ["FilterRules", "numbers_of", "reasons"]

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f'’ ]\d{3})*(?:[.,]\d+)?")
_SURE = 0.8  # probability from which on a detected language counts
_ENOUGH = 25  # characters that detection needs
Detect = Callable[[str], tuple[str, float]]  # text -> language, probability


@dataclass(frozen=True, slots=True)
class FilterRules:
    """What is asked for; the defaults ask for nothing but both sides."""

    confidence: float = 0.0
    least: int = 0
    most: int = 0
    ratio: float = 0.0
    identical: bool = False
    numbers: bool = False
    language: bool = False
    nulls: bool = True  # drop units with an empty side
    quality: float = 0.0


def reasons(unit: Unit, rules: FilterRules, detect: Detect | None = None) -> Iterator[str]:
    """Names of the rules that the unit breaks; none means that it stays."""
    if unit.is_null:
        if rules.nulls:
            yield "null"
        return
    yield from _scored(unit, rules)
    if rules.least or rules.most:
        counts = (len(words(unit.source)), len(words(unit.target)))
        if rules.least and min(counts) < rules.least:
            yield "short"
        if rules.most and max(counts) > rules.most:
            yield "long"
    if rules.ratio:
        sizes = sorted((len(unit.source), len(unit.target)))
        if sizes[1] > rules.ratio * sizes[0]:
            yield "ratio"
    if rules.identical and _bare(unit.source) == _bare(unit.target):
        yield "identical"
    if rules.numbers and numbers_of(unit.source) != numbers_of(unit.target):
        yield "numbers"
    if rules.language and detect is not None and _foreign(unit, detect):
        yield "language"


def _scored(unit: Unit, rules: FilterRules) -> Iterator[str]:
    if rules.confidence and (unit.confidence is None or unit.confidence < rules.confidence):
        yield "confidence"
    if rules.quality and (unit.quality is None or unit.quality < rules.quality):
        yield "quality"


def numbers_of(text: str) -> Counter[str]:
    """Numbers by their digits: 1,234.50 and 1.234,50 are the same, and so are ٣ and 3.

    Single digits do not count: languages write them as words.
    """
    text = unicodedata.normalize("NFKC", text)
    numbers = ("".join(str(int(c)) for c in m if c.isdigit()) for m in _NUMBER.findall(text))
    return Counter(digits for digits in numbers if len(digits) > 1)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _foreign(unit: Unit, detect: Detect) -> bool:
    for text, lang in ((unit.source, unit.source_lang), (unit.target, unit.target_lang)):
        if len(text) < _ENOUGH or not lang:
            continue
        detected, probability = detect(text)
        if probability >= _SURE and detected.partition("-")[0] != lang.partition("-")[0].lower():
            return True
    return False
