"""Numbers in words, and in Chinese and Japanese characters."""

from __future__ import annotations

from aligner.checks.common import base, longest_entry, word_table
from aligner.checks.quantities.measures import and_half, with_unit
from aligner.checks.quantities.passage import NumberPassage, Parsed, Quantity

__all__ = ["characters", "spelled"]

_COUNTED_ALONE = (
    "mil",
    "mille",
    "tausend",
)  # a thousand by itself; "million" by itself says little

_ORDINALS_IN_TWO_WORDS = ("be", "bg", "ru", "uk")


def spelled(passage: NumberPassage, place: int) -> Parsed | None:
    """The number that begins at this word, with what it counts."""
    start = passage.words[place].start
    parsed = _cardinal(passage, place)
    if parsed:
        value, end, weak = parsed
        if weak and value == 1 and passage.key(end) in passage.table.ordinals:
            return None  # "un segundo mandato"
        compound = _ordinal_behind(passage, value, end)
        if compound:
            value, end = compound
            return Quantity(start, passage.end(end), "ordinal", (value,), False, False), end
        half = and_half(passage, end)
        if half:
            value, end = value + 0.5, half
        quantity = Quantity(start, passage.end(end), "number", (value,), not weak, False)
        return with_unit(passage, quantity, end)
    return _ordinal(passage, place) or _collective(passage, place) or _unit_alone(passage, place)


def _ordinal_behind(passage: NumberPassage, value: float, end: int) -> tuple[float, int] | None:
    """Value and place behind an ordinal of which only the last word is one: "thirty-sixth", "one hundred
    and first", "тридцать шестой".
    """
    if value < 20 or value % 10:
        return None
    joined = passage.key(end) == "-" or passage.key(end) in passage.table.connectors
    if not joined and base(passage.lang) not in _ORDINALS_IN_TWO_WORDS:
        return None  # "thirty first-class seats"
    at = end + 1 if joined else end
    entry = (
        longest_entry(passage.table.ordinals, passage.words, at)
        if at < len(passage.words)
        else None
    )
    if entry is None or entry[0] >= (100 if value % 100 == 0 else 10):
        return None
    return value + entry[0], entry[1]


def _ordinal(passage: NumberPassage, place: int) -> Parsed | None:
    entry = longest_entry(passage.table.ordinals, passage.words, place)
    if not entry:
        return None
    value, end = entry
    if value % 10 == 0 and end < len(passage.words):
        more = longest_entry(passage.table.ordinals, passage.words, end)
        if more and more[0] < 10:  # "trigésimo sexto"
            value, end = value + more[0], more[1]
    start = passage.words[place].start
    return Quantity(start, passage.end(end), "ordinal", (float(value),), False, False), end


def _collective(passage: NumberPassage, place: int) -> Parsed | None:
    """A word that counts: "both", "docena", "medio millón", "a fortnight"."""
    key = passage.key(place)
    if key not in passage.collective:
        return None
    clock = _clock(passage, place)
    if clock:
        return clock
    start, value = passage.words[place].start, float(passage.collective[key])
    scale = place + 1
    if passage.key(scale) in passage.one:
        scale += 1
    if value == 0.5 and passage.key(scale) in passage.table.scales:
        value *= passage.table.scales[passage.key(scale)]
        quantity = Quantity(start, passage.end(scale + 1), "number", (value,), True, False)
        return with_unit(passage, quantity, scale + 1, spelled=True)
    end = passage.end(place + 1)
    if key in passage.spans:
        value, unit = passage.spans[key]
        return Quantity(start, end, "number", (float(value),), False, False, unit), place + 1
    quantity = Quantity(start, end, "number", (value,), False, False)
    return with_unit(passage, quantity, place + 1, spelled=True)


def _clock(passage: NumberPassage, place: int) -> Parsed | None:
    """A time of day: "half past three", "quarter to nine"."""
    minutes = word_table("past").get(base(passage.lang), {})
    offset = minutes.get(" ".join(passage.keys(place, place + 2)))
    hour = _group(passage, place + 2) if offset is not None else None
    if hour is None or hour[0] > 12:
        return None
    value = float((hour[0] * 60 + offset) % 720)
    start = passage.words[place].start
    return Quantity(start, passage.end(hour[1]), "time", (value,), True, False), hour[1]


def _unit_alone(passage: NumberPassage, place: int) -> Parsed | None:
    """A unit with an article or a word for many: "a week", "several hours"."""
    key, start = passage.key(place), passage.words[place].start
    unit = passage.unit_at(place + 1) if key in passage.one or key in passage.several else None
    if unit is None or unit[1]:
        return None
    code, _, end = unit
    if key in passage.one and passage.key(place + 1) not in passage.table.ordinals:
        return Quantity(start, passage.end(end), "number", (1.0,), False, False, code), end
    if key in passage.several:
        return Quantity(start, passage.end(end), "several", (0.0,), False, False, code), end
    return None


def _cardinal(passage: NumberPassage, place: int) -> tuple[float, int, bool] | None:
    """Value, place behind it, whether it is weak (one, or a word with another meaning).

    group, scale word, group ...: every group with its scale is smaller than the one before.
    """
    scales, connectors = passage.table.scales, passage.table.connectors
    total, last, parts, at = 0.0, float("inf"), 0, place
    while at < len(passage.words):
        joined = parts and (passage.key(at) in connectors or passage.key(at) == "-")
        begin = at + 1 if joined and at + 1 < len(passage.words) else at
        group = _group(passage, begin)
        value, end = group or (1.0, begin)
        scale = scales.get(passage.key(end))
        if scale is None and (group is None or (begin > at and value >= 100)):
            break
        value, end = _scale_up(passage, value, end)
        if parts and (value >= last or (scale is None and begin == at and last < 100)):
            break
        total, last, at, parts = total + value, value if value >= 100 else 1.0, end, parts + 1
        if value < 100:
            break
    if not parts:
        closed = _closed(passage, passage.key(place))
        return (closed, place + 1, False) if closed else None
    single = passage.key(place) if at == place + 1 else ""
    alone = single in scales and not (total == 1000 and single in _COUNTED_ALONE)
    return total, at, total <= 1 or single in passage.table.weak or alone


def _scale_up(passage: NumberPassage, value: float, end: int) -> tuple[float, int]:
    """Multiply by the scale words at `end`: "cinco mil millones", "two hundred thousand"."""
    while (scale := passage.table.scales.get(passage.key(end))) is not None:
        if scale < 1000 and value >= 1000:
            break
        value *= scale
        end += 1
    return value, end


def _group(passage: NumberPassage, place: int) -> tuple[float, int] | None:
    """A number below a thousand: what ICU spells, or hundreds and the rest."""
    if place >= len(passage.words):
        return None
    entry = longest_entry(passage.table.cardinals, passage.words, place)
    if not entry:
        return None
    value, end = entry
    if value < 1000 and value >= 100 and value % 100 == 0 and end < len(passage.words):
        begin = end + (passage.key(end) in passage.table.connectors)
        more = None
        if begin < len(passage.words):
            more = longest_entry(passage.table.cardinals, passage.words, begin)
        if more and more[0] < 100:
            return float(value + more[0]), more[1]
    return float(value), end


def _closed(passage: NumberPassage, key: str) -> float:
    """German, Italian, Dutch: "zweitausenddreihundert" in one word; 0 where it is no number."""
    for scale, power in passage.table.scales.items():
        if power != 1000 or len(scale) < 4 or scale not in key or key == scale:
            continue
        left, _, right = key.partition(scale)
        thousands = _one_word(passage, left) if left else 1
        rest = _one_word(passage, right) if right else 0
        if thousands is not None and rest is not None:
            return float(thousands * 1000 + rest)
    return 0.0


def _one_word(passage: NumberPassage, word: str) -> int | None:
    rows = passage.table.cardinals.get(word, ())
    return next((value for key, value in rows if len(key) == 1), None)


def characters(passage: NumberPassage, place: int) -> Parsed | None:
    """Chinese and Japanese numbers; a lone digit counts only before a measure word."""
    at = place
    total, section, digit = 0.0, 0.0, 0.0
    plain: list[int] = []
    while passage.key(at) in passage.table.digits:
        value = passage.table.digits[passage.key(at)]
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
    in_places = len(plain) > 1 and all(value < 10 for value in plain)  # 二〇一八
    number = float("".join(map(str, plain))) if in_places else total + section + digit
    strong = (number > 10 and len(plain) > 1) or (
        1 < number <= 10 and passage.key(at) in passage.classifiers
    )
    start = passage.words[place].start
    if passage.text[start - 1 : start] == "第":
        return Quantity(start, passage.end(at), "ordinal", (number,), False, False), at
    if len(plain) == 1 and plain[0] >= 100:
        strong = False
    quantity = Quantity(start, passage.end(at), "number", (number,), strong, False)
    return with_unit(passage, quantity, at, spelled=True)
