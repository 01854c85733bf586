"""Numbers of a text with what they count: digits, number words, times, dates, amounts, measures.

`quantities(text, lang)` reads from left to right. A quantity has one or more possible values
("1,412" is 1412, or 1.412 in a language with decimal commas), a kind, and perhaps a unit or a
currency. `strong` says that a translation has to keep it; weak ones (the article "un", the ordinal
"second", the collective "couple") may stand for a number of the other side but need not be there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from aligner.checking import _cldr, _kept
from aligner.checking._numerals import Numerals, numerals
from aligner.checking._text import Word, base, fold, is_cjk, words

__all__ = ["Quantity", "quantities"]

_NUMBER = re.compile(
    r"(?<![\w.,])[#№]?(?P<n>\d+(?:[.,'’٫٬]\d+|[ \u00a0\u202f]\d{3}(?!\d))*)"
    r"|(?P<f>[½⅓⅔¼¾⅛⅜⅝⅞])"
)
_DIGITS = re.compile(r"\d+(?:[.,'’٫٬]\d+|[ \u00a0\u202f]\d{3}(?!\d))*|[½⅓⅔¼¾⅛⅜⅝⅞]")
_TIME = re.compile(
    r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])(?:(?:[:.]|[ \u00a0\u202f]?h[ \u00a0\u202f]?)(?P<m>[0-5]\d)(?!\d))?"
    r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?|h\b|hrs?\b|uhr\b|o'clock|o’clock))?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b(?=[IVXL])(?:X{0,3})(?:IX|IV|V?I{0,3})\b|\bX?L?X{0,3}(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINAL_MARK = re.compile(r"(?:st|nd|rd|th|er|re|ère|ème|e|º|ª|°|ro|do|to|vo|mo|a|o|-?[йяе]|-?го)\b|\.?[ºª]")
_DECADE_MARK = re.compile(r"['’]?s\b")
_LETTERS = frozenset("mhglst°")  # units of one letter that are read behind figures
_CENTS = frozenset("centavos centavo cents cent centimes centime centesimi pence penny".split())
_RANGE_MARKS = frozenset("-–—/x×")


@dataclass(frozen=True, slots=True)
class Quantity:
    """See the module. `kind`: number, ordinal, percent, time, month, weekday, decade, several
    ("several hours": no value, but a unit), name (figures inside a word).

    `values` are alternatives; for a time minutes after midnight or noon, for a month 1-12, for a
    weekday 0 (Monday) - 6. `digits` where it was written in figures; `approx` where a word for
    "about" stands before it.
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


@lru_cache(maxsize=8192)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """All quantities of a text, in order."""
    return _Reader(text, lang).read()


class _Reader:
    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self.words = words(text)
        self.at = {word.start: place for place, word in enumerate(self.words)}
        self.table: Numerals = numerals(lang)
        self.units = _cldr.units(lang)
        self.dates = _cldr.dates(lang)
        self.money = _cldr.currencies(lang)
        self.scale_marks: dict[str, float] = _kept.raw("scale_marks").get(base(lang), {})
        self.collective = {
            fold(word): value
            for word, value in _kept.raw("collective").get(base(lang), {}).items()
        }
        self.one = frozenset(_kept.of(lang, "one"))
        self.classifiers = frozenset(_kept.of(lang, "classifiers"))
        self.spans: dict[str, tuple[float, str]] = _kept.raw("spans").get(base(lang), {})
        self.several = frozenset(_kept.of(lang, "several"))
        self.percent = [tuple(word.split()) for word in _kept.of(lang, "percent")]

    def read(self) -> tuple[Quantity, ...]:
        found: list[Quantity] = []
        place = 0
        while place < len(self.words):
            made = self._one(place)
            if made is None:
                place += 1
                continue
            quantity, place = made
            found.append(quantity)
        found = self._compound(self._cents(self._short_years(found)))
        return tuple(self._about(self._shared_units(found)))

    def _one(self, place: int) -> tuple[Quantity, int] | None:
        word = self.words[place]
        if word.key[:1].isdigit() or word.key in "½⅓⅔¼¾⅛⅜⅝⅞":
            return self._figures(place)
        if self.text.startswith("百分之", word.start) and is_cjk(self.lang):
            inner = self._one(place + 3) if place + 3 < len(self.words) else None
            if inner and inner[0].kind == "number":
                made = replace(inner[0], kind="percent", start=word.start, strong=True, unit="")
                return made, inner[1]
        date = _cldr.longest(self.dates, self.words, place)
        if date:
            (kind, value, strong), end = date
            if kind == "month" and not strong and self._beside_digits(place, end):
                strong = base(self.lang) not in ("en", "de") or self.text[word.start].isupper()
            if strong or self.text[word.start].isupper() or is_cjk(self.lang):
                made = Quantity(word.start, self._end(end), kind, (float(value),), strong, False)
                return made, end
        if is_cjk(self.lang):
            return self._characters(place)
        return self._spelled(place)

    def _beside_digits(self, place: int, end: int) -> bool:
        near = (*self.words[max(0, place - 2) : place], *self.words[end : end + 1])
        return any(w.key.isdigit() for w in near)

    def _end(self, place: int) -> int:
        return self.words[place - 1].end

    # figures

    def _figures(self, place: int) -> tuple[Quantity, int] | None:
        start = self.words[place].start
        if start and self.text[start - 1].isalpha() and not is_cjk(self.lang):
            # B2B, H1N1: part of a name
            return Quantity(start, self._end(place + 1), "name", (0.0,), False, True), place + 1
        time = self._time(place)
        if time:
            return time
        match = _DIGITS.match(self.text, start)
        if match is None:
            return None
        end = self._after(match.end())
        values = _values(match.group(), base(self.lang))
        if start and self.text[start - 1] in "-−" and not self.text[max(0, start - 2) : start - 1].strip():
            values, start = tuple(-value for value in values), start - 1
        kind, strong = "number", True
        rest = self.text[match.end() :]
        if self.text[match.end() : match.end() + 1].isalpha() or rest[:1] in ("º", "ª", "'", "’") \
                or rest[1:2] in ("º", "ª"):
            mark = _ORDINAL_MARK.match(rest)
            decade = _DECADE_MARK.match(rest)
            if decade:
                return Quantity(start, match.end() + decade.end(), "decade", values, True, True), \
                    self._after(match.end() + decade.end())
            if mark:
                kind, end = "ordinal", self._after(match.end() + mark.end())
        mixed = re.match(r" ?([½⅓⅔¼¾⅛⅜⅝⅞])| (\d)/(\d)(?!\d)", rest)
        if mixed:
            part = unicodedata.numeric(mixed[1]) if mixed[1] else int(mixed[2]) / max(1, int(mixed[3]))
            values, end = tuple(value + part for value in values), self._after(match.end() + mixed.end())
        return self._with_unit(Quantity(start, self._end(end), kind, values, strong, True), end)

    def _after(self, offset: int) -> int:
        place = 0
        for place, word in enumerate(self.words):
            if word.start >= offset:
                return place
        return len(self.words)

    def _time(self, place: int) -> tuple[Quantity, int] | None:
        start = self.words[place].start
        match = _TIME.match(self.text, start)
        if match is None:
            return None
        half = (match["half"] or "").lower()
        between = self.text[match.end("h") : match.start("m")].strip() if match["m"] else ""
        sure = between == ":" or half[:1] in ("a", "p") or "uhr" in half or (half and between)
        if between == "h":
            sure = True
        tail = self.text[match.end() : match.end() + 2]
        if not sure or re.match(r"[:.,]\d", tail) or tail[:1].isdigit():
            return None
        hour, minute = int(match["h"]), int(match["m"] or 0)
        if match["m"] and re.match(r"\s*(?:segundos|seconds|sec)", self.text[match.end() :]):
            return None
        end = self._after(match.end())
        quantity = Quantity(
            start, match.end(), "time", (float((hour * 60 + minute) % 720),), True, True
        )
        return quantity, end

    # words

    def _spelled(self, place: int) -> tuple[Quantity, int] | None:
        start = self.words[place].start
        parsed = self._cardinal(place)
        if parsed:
            value, end, weak = parsed
            if weak and value == 1 and end < len(self.words) \
                    and self.words[end].key in self.table.ordinals:
                return None  # "un segundo mandato"
            half = self._and_half(end)
            if half:
                value, end = value + 0.5, half
            quantity = Quantity(start, self._end(end), "number", (value,), not weak, False)
            return self._with_unit(quantity, end)
        ordinal = _cldr.longest(self.table.ordinals, self.words, place)
        if ordinal:
            value, end = ordinal
            if value % 10 == 0 and end < len(self.words):
                more = _cldr.longest(self.table.ordinals, self.words, end)
                if more and more[0] < 10:
                    value, end = value + more[0], more[1]
            quantity = Quantity(start, self._end(end), "ordinal", (float(value),), False, False)
            return self._with_unit(quantity, end) if value == 0 else (quantity, end)
        key = self.words[place].key
        if key in self.collective:
            value = float(self.collective[key])
            scale = place + 1
            if self.words[scale : scale + 1] and self.words[scale].key in self.one:
                scale += 1
            if value == 0.5 and scale < len(self.words) and self.words[scale].key in self.table.scales:
                value *= self.table.scales[self.words[scale].key]
                quantity = Quantity(start, self._end(scale + 1), "number", (value,), True, False)
                return self._with_unit(quantity, scale + 1, spelled=True)
            if key in self.spans:
                value, unit = self.spans[key]
                made = Quantity(
                    start, self._end(place + 1), "number", (float(value),), False, False, unit
                )
                return made, place + 1
            quantity = Quantity(start, self._end(place + 1), "number", (value,), False, False)
            return self._with_unit(quantity, place + 1, spelled=True)
        if key in self.one and place + 1 < len(self.words):
            unit = _cldr.longest(self.units, self.words, place + 1, joined=True)
            ordinal = self.words[place + 1].key in self.table.ordinals  # "un segundo mandato"
            if unit and not unit[0][1] and not ordinal:
                made = Quantity(
                    start, self._end(unit[1]), "number", (1.0,), False, False, unit[0][0]
                )
                return made, unit[1]
        if key in self.several and place + 1 < len(self.words):
            unit = _cldr.longest(self.units, self.words, place + 1, joined=True)
            if unit and not unit[0][1]:
                made = Quantity(
                    start, self._end(unit[1]), "several", (0.0,), False, False, unit[0][0]
                )
                return made, unit[1]
        roman = _ROMAN.match(self.text, start)
        if roman and len(roman.group()) >= 2 and roman.end() == self.words[place].end:
            value = float(_roman(roman.group()))
            return Quantity(start, roman.end(), "ordinal", (value,), False, True), place + 1
        return None

    def _and_half(self, place: int) -> int:
        """"y medio", "and a half" behind a number."""
        for at in (place + 1, place + 2):
            inside = [w.key for w in self.words[place:at]]
            if at < len(self.words) and self.words[at].key in self.collective:
                if self.collective[self.words[at].key] == 0.5 and all(
                    key in self.table.connectors or key in self.one for key in inside
                ) and inside:
                    return at + 1
        return 0

    def _cardinal(self, place: int) -> tuple[float, int, bool] | None:
        """Value, place behind it, whether it is weak (one, or a word with another meaning)."""
        total, last = 0.0, float("inf")
        at, first = place, place
        parts = 0
        weak = False
        while at < len(self.words):
            begin = at
            if parts and self.words[at].key in self.table.connectors and at + 1 < len(self.words):
                begin = at + 1
            elif parts and self.words[at].key == "-" and at + 1 < len(self.words):
                begin = at + 1
            group = self._group(begin)
            value, end = group if group else (1.0, begin)
            scale = self.table.scales.get(self.words[end].key) if end < len(self.words) else None
            if scale is None and group is None:
                break
            if scale is None and begin > at and value >= 100:
                break
            while scale is not None:
                if end > begin or parts or scale >= 1000 or group is None:
                    value *= scale
                end += 1
                scale = self.table.scales.get(self.words[end].key) if end < len(self.words) else None
                if scale is not None and scale < 1000 and value >= 1000:
                    break
            if parts and value >= last:
                break
            if parts and scale is None and begin == at and value < 100 and last < 100:
                break
            total, last, at = total + value, value if value >= 100 else 1.0, end
            parts += 1
            if value < 100:
                break
        if not parts:
            closed = self._closed(self.words[first].key)
            return (closed, first + 1, False) if closed else None
        single = self.words[first].key if at == first + 1 else ""
        weak = total <= 1 or single in self.table.weak
        if single in self.table.scales and not group_like(single, total):
            weak = True
        return total, at, weak

    def _group(self, place: int) -> tuple[float, int] | None:
        if place >= len(self.words):
            return None
        found = _cldr.longest(self.table.cardinals, self.words, place)
        if not found:
            return None
        value, end = found
        if value >= 100 and value % 100 == 0 and value < 1000 and end < len(self.words):
            begin = end + (self.words[end].key in self.table.connectors)
            more = None
            if begin < len(self.words):
                more = _cldr.longest(self.table.cardinals, self.words, begin)
            if more and more[0] < 100:
                return float(value + more[0]), more[1]
        return float(value), end

    def _closed(self, key: str) -> float:
        """German, Italian, Dutch: "zweitausenddreihundert" in one word."""
        for scale, power in self.table.scales.items():
            if power != 1000 or len(scale) < 4 or scale not in key or key == scale:
                continue
            left, _, right = key.partition(scale)
            values = []
            for part in (left, right):
                rows = self.table.cardinals.get(part, ()) if part else ()
                value = next((v for k, v in rows if len(k) == 1), None)
                values.append(1 if not part and part is left else (0 if not part else value))
            if None not in values:
                return float(values[0] * 1000 + values[1])  # type: ignore[operator]
        return 0.0

    def _characters(self, place: int) -> tuple[Quantity, int] | None:
        """Chinese and Japanese numbers; a lone one or two digits count only before a measure."""
        at = place
        total, section, digit = 0.0, 0.0, 0.0
        plain: list[int] = []
        while at < len(self.words) and self.words[at].key in self.table.digits:
            value = self.table.digits[self.words[at].key]
            plain.append(value)
            if value >= 10000:
                total, section, digit = total + (section + digit or 1) * value, 0.0, 0.0
            elif value >= 10:
                section, digit = section + (digit or 1) * value, 0.0
            else:
                digit = float(value)
            at += 1
        if at == place:
            return None
        if len(plain) > 1 and all(value < 10 for value in plain):
            number = float("".join(map(str, plain)))
        else:
            number = total + section + digit
        behind = self.words[at].key if at < len(self.words) else ""
        strong = number > 10 and len(plain) > 1
        if 1 < number <= 10 and behind in self.classifiers:
            strong = True
        if len(plain) == 1 and plain[0] >= 100:
            strong = False
        kind = "number"
        if self.text[self.words[place].start - 1 : self.words[place].start] == "第":
            kind, strong = "ordinal", False
        quantity = Quantity(self.words[place].start, self._end(at), kind, (number,), strong, False)
        if kind == "ordinal":
            return quantity, at
        return self._with_unit(quantity, at, spelled=True)

    # what is counted

    def _with_unit(
        self, quantity: Quantity, place: int, *, spelled: bool = False
    ) -> tuple[Quantity, int]:
        quantity, place = self._scaled(quantity, place)
        before = self.words[: self._after(quantity.start)]
        money = self._money_before(before)
        if money:
            quantity = replace(quantity, currency=money[0], start=money[1])
        if place >= len(self.words):
            return quantity, place
        for key in self.percent:
            if tuple(w.key for w in self.words[place : place + len(key)]) == key:
                end = place + len(key)
                return replace(quantity, kind="percent", end=self._end(end)), end
        if self.words[place].key in "%٪" and quantity.digits:
            return replace(quantity, kind="percent", end=self._end(place + 1)), place + 1
        if base(self.lang) in ("zh", "tr") and before and self._percent_before(before):
            return replace(quantity, kind="percent"), place
        at = place
        if self.words[at].key == "-" and at + 1 < len(self.words):
            at += 1
        if self.words[at].key == "de" and at + 1 < len(self.words):
            at += 1
        found = _cldr.longest(self.money, self.words, at)
        if found and not quantity.currency:
            code, end = found
            unit = _cldr.longest(self.units, self.words, at, joined=True)
            if unit and unit[1] == end and not unit[0][1]:
                return replace(quantity, currency=code, unit=unit[0][0], end=self._end(end)), end
            return replace(quantity, currency=code, end=self._end(end)), end
        unit = _cldr.longest(self.units, self.words, at, joined=True)
        if unit is None and self.text[self.words[at].start].isupper():
            # a foreign title, "60 Minutes"
            unit = _cldr.longest(_cldr.units("en"), self.words, at, joined=True)
        if unit:
            (code, short), end = unit
            glued = self.words[at].start <= self._end(at) + 1 if at else False
            key = self.words[at].key
            letter = len(key) == 1 and key.isalpha() and end == at + 1 and not is_cjk(self.lang)
            fits = quantity.digits and glued and quantity.kind == "number" and key != "in"
            if not short or (fits and (not letter or key in _LETTERS)):
                quantity = replace(quantity, unit=code, end=self._end(end))
                if short and key in self.scale_marks:
                    more = quantity.value * self.scale_marks[key]
                    quantity = replace(quantity, values=(*quantity.values, more))
                half = self._and_half(end)
                if half:
                    values = tuple(value + 0.5 for value in quantity.values)
                    quantity, end = replace(quantity, values=values, end=self._end(half)), half
                if key == "月" and end == at + 1 and quantity.value <= 12:
                    quantity = replace(quantity, kind="month", unit="", values=(quantity.value,))
                return quantity, end
        if at < len(self.words) and at == place and not spelled:
            # "5 nautical miles", "3 long years": one word may stand between
            unit = None
            if at + 1 < len(self.words) and self.words[at].is_word:
                unit = _cldr.longest(self.units, self.words, at + 1, joined=True)
            time = unit and unit[0][0].startswith("duration-")
            if unit and not unit[0][1] and (time or base(self.lang) in ("en", "de", "nl")):
                return replace(quantity, unit=unit[0][0], end=self._end(unit[1])), place
        return quantity, place

    def _scaled(self, quantity: Quantity, place: int) -> tuple[Quantity, int]:
        scaled = False
        while place < len(self.words) and quantity.kind == "number":
            word = self.words[place]
            factor = self.table.scales.get(word.key)
            if factor is None and quantity.digits and word.key in self.scale_marks and not scaled:
                short = len(word.key) <= 2
                if not short or (word.start - quantity.end <= 1 and self._scale_fits(quantity, word)):
                    factor = int(self.scale_marks[word.key])
            if factor is None and is_cjk(self.lang) and self.table.digits.get(word.key, 0) >= 100:
                factor = self.table.digits[word.key]
            if factor is None or (not quantity.digits and scaled):
                break
            if not quantity.digits and not is_cjk(self.lang):
                break
            scaled = True
            values = tuple(value * factor for value in quantity.values)
            quantity = replace(quantity, values=values, end=word.end)
            place += 1
            if quantity.digits and place < len(self.words) and word.key in self.scale_marks \
                    and self.words[place].key == "." and len(word.key) <= 4:
                place += 1
        return quantity, place

    def _scale_fits(self, quantity: Quantity, word: Word) -> bool:
        """"5m" is five metres or five million: million after a currency sign."""
        if word.key in ("k", "bn", "mn", "mln", "tn", "mio", "mrd", "tsd", "mds", "md", "mld", "mill"):
            return True
        before = self.text[max(0, quantity.start - 2) : quantity.start]
        return any(char in "$£€¥" for char in before)

    def _money_before(self, before: Sequence[Word]) -> tuple[str, int] | None:
        for back in (1, 2):
            if len(before) < back:
                break
            found = _cldr.longest(self.money, before, len(before) - back)
            if found and found[1] == len(before) and (
                not before[-back].key.isalpha() or len(before[-back].key) == 3
            ):
                return found[0], before[-back].start
        return None

    def _percent_before(self, before: Sequence[Word]) -> bool:
        text = fold(self.text[: before[-1].end].rstrip())
        return any(text.endswith("".join(key)) for key in self.percent)

    # afterwards

    def _short_years(self, found: list[Quantity]) -> list[Quantity]:
        """"1950-53" and "2017/18": the second year is written short."""
        out = list(found)
        for place in range(1, len(out)):
            year, short = out[place - 1], out[place]
            joined = self.text[year.end : short.start].strip() in _RANGE_MARKS
            if joined and 1000 <= year.value < 2100 and short.digits and 0 <= short.value < 100:
                whole = year.value // 100 * 100 + short.value
                if short.end - short.start == 2 and whole > year.value:
                    out[place] = replace(short, values=(short.value, whole))
        return out

    def _compound(self, found: list[Quantity]) -> list[Quantity]:
        """"6 feet 2 inches", "a year and three months": one measure in the larger unit."""
        out: list[Quantity] = []
        for quantity in found:
            if out and out[-1].unit and quantity.unit and _part_of(out[-1], quantity):
                between = self.text[out[-1].end : quantity.start].strip().casefold()
                inner = frozenset(_kept.of(self.lang, "range")) | {"con", "mit", "com", "con", ""}
                if fold(between) in inner and between not in ("or", "o", "ou", "oder", "to", "a", "bis"):
                    whole = out.pop()
                    large, small = _cldr.unit_of(whole.unit), _cldr.unit_of(quantity.unit)
                    value = whole.value + quantity.value * small.factor / large.factor
                    out.append(replace(whole, end=quantity.end, values=(value,),
                                       strong=whole.strong or quantity.strong))
                    continue
            out.append(quantity)
        return out

    def _cents(self, found: list[Quantity]) -> list[Quantity]:
        """"un dólar con veinticinco centavos" is one amount."""
        out: list[Quantity] = []
        for quantity in found:
            last = self.text[quantity.start : quantity.end].split()[-1:]
            if out and out[-1].currency and last and fold(last[0]) in _CENTS and quantity.value < 100:
                between = self.text[out[-1].end : quantity.start].strip()
                if len(between) <= 4 and not any(c in ",;.%" for c in between):
                    whole = out.pop()
                    value = whole.value + quantity.value / 100
                    out.append(replace(whole, end=quantity.end, values=(value,), strong=True))
                    continue
            if last and fold(last[0]) in _CENTS and quantity.currency:
                values = (*quantity.values, quantity.value / 100)
                quantity = replace(quantity, values=values)
            out.append(quantity)
        return out

    def _shared_units(self, found: list[Quantity]) -> list[Quantity]:
        """"between 2 and 5 centimetres": the first number has the unit of the second."""
        joins = frozenset(_kept.of(self.lang, "range"))
        out = list(found)
        for place in range(len(out) - 2, -1, -1):
            left, right = out[place], out[place + 1]
            if left.unit or left.currency or left.kind not in ("number", "percent"):
                continue
            if not (right.unit or right.currency or right.kind == "percent"):
                continue
            between = self.text[left.end : right.start].strip().casefold()
            if fold(between) in joins or between in _RANGE_MARKS:
                kind = "percent" if right.kind == "percent" else left.kind
                out[place] = replace(left, unit=right.unit, currency=right.currency, kind=kind)
        return out

    def _about(self, found: list[Quantity]) -> list[Quantity]:
        marks = [tuple(word.split()) for word in _kept.of(self.lang, "about")]
        out = []
        for quantity in found:
            before = fold(self.text[max(0, quantity.start - 40) : quantity.start]).rstrip(" $£€~≈")
            behind = fold(self.text[quantity.end : quantity.end + 3])
            near = any(before.endswith(" ".join(mark)) for mark in marks) or any(
                behind.startswith(mark[0]) for mark in marks if is_cjk(self.lang)
            )
            out.append(replace(quantity, approx=near) if near else quantity)
        return out


def _part_of(whole: Quantity, part: Quantity) -> bool:
    """Whether the second can be the smaller unit of a measure in two units."""
    large, small = _cldr.unit_of(whole.unit), _cldr.unit_of(part.unit)
    return (
        large.dimension == small.dimension != "temperature"
        and small.factor < large.factor
        and whole.value == int(whole.value)
        and 0 < part.value * small.factor < large.factor * 1.001
        and whole.kind == part.kind == "number"
    )


def group_like(word: str, total: float) -> bool:
    """A scale word alone ("mil", "thousand") says little; "million" as a noun less."""
    return total == 1000 and word in ("mil", "mille", "tausend")


@lru_cache(maxsize=4096)
def _values(text: str, lang: str) -> tuple[float, ...]:
    """What a numeral in figures may mean, the likeliest first."""
    if not text[0].isdecimal():
        return (unicodedata.numeric(text),)
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    plain = re.sub(r"[\s'’٬\u00a0\u202f]", "", plain).replace("٫", ".")
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return (float(plain),)
    if len(set(marks)) == 2:
        decimal = plain[max(plain.rfind("."), plain.rfind(","))]
        other = "," if decimal == "." else "."
        if plain.count(decimal) > 1:
            return (float(re.sub(r"[.,]", "", plain)),)
        return (float(plain.replace(other, "").replace(decimal, ".")),)
    parts = re.split(r"[.,]", plain)
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    if len(parts) > 2:
        return (float("".join(parts)),) if grouped else (float("".join(parts)), float(parts[0]))
    fraction = float(f"{parts[0]}.{parts[1]}")
    if not grouped or parts[0] == "0":
        return (fraction,)
    whole = float("".join(parts))
    native = "." if lang in ("en", "zh", "ja", "ko", "th", "he", "hi") else ","
    first, second = (fraction, whole) if marks[0] == native else (whole, fraction)
    return (first, second)


def _roman(text: str) -> int:
    total = 0
    for here, behind in zip(text, (*text[1:], ""), strict=False):
        value = _ROMAN_VALUES[here]
        total += -value if behind and _ROMAN_VALUES[behind] > value else value
    return total
