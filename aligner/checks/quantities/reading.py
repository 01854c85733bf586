"""Numbers of a text with what they count: digits, number words, times, dates, amounts, measures.

`quantities(text, lang)` reads from left to right. A quantity has one or more possible values
("1,412" is 1412, or 1.412 in a language with decimal commas), a kind, and perhaps a unit or a
currency. `strong` says that a translation has to keep it; weak ones (the article "un", the ordinal
"second", the collective "couple") may stand for a number of the other side but need not be there.

Start reading from `_one`; then `spelled.py` (numbers in words), `measures.py` (what they count),
`together.py` (quantities that belong together).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from aligner.checks.common import base, is_cjk, longest_entry
from aligner.checks.quantities.measures import with_unit
from aligner.checks.quantities.passage import NumberPassage, Parsed, Quantity
from aligner.checks.quantities.spelled import characters, spelled
from aligner.checks.quantities.together import joined_quantities

__all__ = ["Quantity", "quantities"]

_FRACTIONS = "½⅓⅔¼¾⅛⅜⅝⅞"
_DIGITS = re.compile(rf"\d+(?:[.,'’٫٬]\d+|[ \u00a0\u202f]\d{{3}}(?!\d))*|[{_FRACTIONS}]")
_TIME = re.compile(
    r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4])"
    r"(?:(?:[:.]|[ \u00a0\u202f]?h[ \u00a0\u202f]?)(?P<m>[0-5]\d)(?!\d))?"
    r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?|h\b|hrs?\b|uhr\b|o'clock|o’clock))?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\s*(?:segundos|seconds|sec)")
_ROMAN = re.compile(r"\bX{0,3}(?:L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINAL_MARK = re.compile(
    r"\.?(?:st|nd|rd|th|er|re|ère|ème|e|º|ª|°|ro|do|to|vo|mo|a|o|-?[йяе]|-?го)\b|\.?[ºª]"
)
_DECADE_MARK = re.compile(r"['’]?s\b")
_MIXED = re.compile(rf" ?([{_FRACTIONS}])| (\d)/(\d)(?!\d)")
_CAPITAL_MONTHS = ("en", "de")


@lru_cache(maxsize=8192)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """All quantities of a text, in order."""
    passage = NumberPassage(text, lang)
    made: list[Quantity] = []
    place = 0
    while place < len(passage.words):
        parsed = _one(passage, place)
        if parsed is None:
            place += 1
            continue
        quantity, place = parsed
        made.append(quantity)
    return joined_quantities(passage, made)


def _one(passage: NumberPassage, place: int) -> Parsed | None:
    """The quantity that begins at this word."""
    word = passage.words[place]
    if word.key[:1].isdigit() or word.key in _FRACTIONS:
        return _figures(passage, place)
    if is_cjk(passage.lang) and passage.text.startswith("百分之", word.start):
        inner = _one(passage, place + 3) if place + 3 < len(passage.words) else None
        if inner and inner[0].kind == "number":
            made = replace(inner[0], kind="percent", start=word.start, strong=True, unit="")
            return made, inner[1]
    return (
        _date(passage, place)
        or (characters if is_cjk(passage.lang) else spelled)(passage, place)
        or _roman(passage, place)
    )


def _date(passage: NumberPassage, place: int) -> Parsed | None:
    entry = longest_entry(passage.dates, passage.words, place)
    if not entry:
        return None
    (kind, value, strong), end = entry
    start = passage.words[place].start
    capital = passage.text[start].isupper()
    if kind == "month" and not strong:  # "May" is a month beside a day
        near = (*passage.words[max(0, place - 2) : place], *passage.words[end : end + 1])
        if any(word.key.isdigit() for word in near):
            strong = base(passage.lang) not in _CAPITAL_MONTHS or capital
    if not (strong or capital or is_cjk(passage.lang)):
        return None
    return Quantity(start, passage.end(end), kind, (float(value),), strong, False), end


def _roman(passage: NumberPassage, place: int) -> Parsed | None:
    word = passage.words[place]
    match = _ROMAN.match(passage.text, word.start)
    if match is None or len(match.group()) < 2 or match.end() != word.end:
        return None
    total = 0
    for here, behind in pairwise((*match.group(), "")):
        value = _ROMAN_VALUES[here]
        total += -value if behind and _ROMAN_VALUES[behind] > value else value
    return Quantity(word.start, word.end, "ordinal", (float(total),), False, True), place + 1


def _figures(passage: NumberPassage, place: int) -> Parsed | None:
    text, start = passage.text, passage.words[place].start
    if start and text[start - 1].isalpha() and not is_cjk(passage.lang):
        # B2B, H1N1: part of a name
        return Quantity(start, passage.end(place + 1), "name", (0.0,), False, True), place + 1
    time = _time(passage, start)
    if time:
        return time
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    values = _values(match.group(), base(passage.lang))
    if start and text[start - 1] in "-−" and not text[max(0, start - 2) : start - 1].strip():
        values, start = tuple(-value for value in values), start - 1
    kind, end = "number", passage.after(match.end())
    rest = text[match.end() :]
    if rest[:1].isalpha() or rest[:1] in "ºª'’" or rest[1:2] in ("º", "ª"):
        decade = _DECADE_MARK.match(rest)
        if decade:
            stop = match.end() + decade.end()
            return Quantity(start, stop, "decade", values, True, True), passage.after(stop)
        mark = _ORDINAL_MARK.match(rest)
        if mark:
            kind, end = "ordinal", passage.after(match.end() + mark.end())
    mixed = _MIXED.match(rest)
    if mixed:
        part = unicodedata.numeric(mixed[1]) if mixed[1] else int(mixed[2]) / max(1, int(mixed[3]))
        values = tuple(value + part for value in values)
        end = passage.after(match.end() + mixed.end())
    return with_unit(passage, Quantity(start, passage.end(end), kind, values, True, True), end)


def _time(passage: NumberPassage, start: int) -> Parsed | None:
    match = _TIME.match(passage.text, start)
    if match is None:
        return None
    half = (match["half"] or "").lower()
    between = ""
    if match["m"]:
        between = passage.text[match.end("h") : match.start("m")].strip().lower()
    sure = between in (":", "h") or half[:1] in ("a", "p") or "uhr" in half or (half and between)
    tail = passage.text[match.end() : match.end() + 2]
    if not sure or re.match(r"[:.,]\d", tail) or tail[:1].isdigit():
        return None
    if match["m"] and _SECONDS.match(passage.text, match.end()):
        return None
    minutes = float((int(match["h"]) * 60 + int(match["m"] or 0)) % 720)
    quantity = Quantity(start, match.end(), "time", (minutes,), True, True)
    return quantity, passage.after(match.end())


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
    whole = float("".join(parts))
    if len(parts) > 2:
        return (whole,) if grouped else (whole, float(parts[0]))
    fraction = float(f"{parts[0]}.{parts[1]}")
    if not grouped or parts[0] == "0":
        return (fraction,)
    native = "." if lang in ("en", "zh", "ja", "ko", "th", "he", "hi") else ","
    return (fraction, whole) if marks[0] == native else (whole, fraction)
