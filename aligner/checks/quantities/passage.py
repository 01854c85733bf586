"""A quantity, and a text laid out for reading quantities: its words and its language's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.checks.common import (
    Word,
    base,
    currency_names,
    date_names,
    fold,
    longest_entry,
    unit_names,
    word_list,
    word_table,
    words,
)
from aligner.checks.quantities.numerals import Numerals, numerals_of

__all__ = ["NumberPassage", "Parsed", "Quantity"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """`kind`: number, ordinal, percent, time, month, weekday, decade, several ("several hours": no
    value, but a unit), name (figures inside a word).

    `values` are alternatives; for a time minutes after midnight or noon, for a month 1-12, for a
    weekday 0 (Monday) - 6. `strong`: a translation has to keep it. `digits` where it was written
    in figures; `approx` where a word for "about" stands before it.
    """

    start: int
    end: int
    kind: str
    values: tuple[float, ...]
    strong: bool
    digits: bool
    unit: str = ""
    currency: str = ""
    approx: bool = False

    @property
    def value(self) -> float:
        """The likeliest reading."""
        return self.values[0]


Parsed = tuple[Quantity, int]  # and the place of the word behind it


class NumberPassage:
    """One text; places are indexes of `words`."""

    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self.words = words(text)
        self.table: Numerals = numerals_of(lang)
        self.units = unit_names(lang)
        self.dates = date_names(lang)
        self.money = currency_names(lang)
        self.scale_marks: dict[str, float] = word_table("scale_marks").get(base(lang), {})
        self.collective: dict[str, float] = {
            fold(word): value
            for word, value in word_table("collective").get(base(lang), {}).items()
        }
        self.one = frozenset(word_list(lang, "one"))
        self.classifiers = frozenset(word_list(lang, "classifiers"))
        self.spans: dict[str, tuple[float, str]] = word_table("spans").get(base(lang), {})
        self.several = frozenset(word_list(lang, "several"))
        self.percent = [tuple(word.split()) for word in word_list(lang, "percent")]

    def end(self, place: int) -> int:
        """Where the word before `place` ends."""
        return self.words[place - 1].end

    def after(self, offset: int) -> int:
        """The first word that begins at or behind a code point."""
        for place, word in enumerate(self.words):
            if word.start >= offset:
                return place
        return len(self.words)

    def key(self, place: int) -> str:
        """The key of a word, "" behind the last."""
        return self.words[place].key if place < len(self.words) else ""

    def keys(self, first: int, last: int) -> tuple[str, ...]:
        """The keys of some words."""
        return tuple(word.key for word in self.words[first:last])

    def before(self, quantity: Quantity) -> Sequence[Word]:
        """The words before a quantity."""
        return self.words[: self.after(quantity.start)]

    def unit_at(self, place: int) -> tuple[str, bool, int] | None:
        """Code of the unit named there, whether it is only a sign, and the place behind it."""
        if place >= len(self.words):
            return None
        entry = longest_entry(self.units, self.words, place, joined=True)
        return None if entry is None else (entry[0][0], entry[0][1], entry[1])
