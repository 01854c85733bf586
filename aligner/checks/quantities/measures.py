"""What a number counts: a scale word behind it, a currency, a percent sign, a unit."""

from __future__ import annotations

from dataclasses import replace

from aligner.checks.common import base, fold, is_cjk, longest_entry, unit_names
from aligner.checks.quantities.passage import NumberPassage, Parsed, Quantity

__all__ = ["and_half", "with_unit"]

_LETTERS = frozenset("mhglst°")  # units of one letter that are read behind figures
_SURE_SCALES = frozenset(
    ["k", "bn", "mn", "mln", "tn", "mio", "mrd", "tsd", "mds", "md", "mld", "mill"]
)
_FIRST_WORD = ("en", "de", "nl")  # "5 nautical miles": a word may stand before the unit


def with_unit(
    passage: NumberPassage, quantity: Quantity, place: int, *, spelled: bool = False
) -> Parsed:
    """The quantity with what stands around it, and the place behind all of it.

    `spelled`: no word may stand between the number and its unit.
    """
    quantity, place = _scaled(passage, quantity, place)
    quantity = _money_before(passage, quantity)
    if place >= len(passage.words):
        return quantity, place
    percent = _percent(passage, quantity, place)
    if percent:
        return percent
    at = place
    if passage.key(at) == "-" and at + 1 < len(passage.words):
        at += 1
    if passage.key(at) == "de" and at + 1 < len(passage.words):
        at += 1
    money = longest_entry(passage.money, passage.words, at)
    if money and not quantity.currency:
        code, end = money
        unit = passage.unit_at(at)
        named = unit[0] if unit and unit[2] == end and not unit[1] else ""
        return replace(quantity, currency=code, unit=named, end=passage.end(end)), end
    measured = _unit(passage, quantity, at)
    if measured:
        return measured
    if at == place and not spelled:
        return _unit_behind_a_word(passage, quantity, place), place
    return quantity, place


def and_half(passage: NumberPassage, place: int) -> int:
    """The place behind "y medio", "and a half" at `place`; 0 where nothing of the kind is there."""
    for at in (place + 1, place + 2):
        inside = passage.keys(place, at)
        if (
            passage.collective.get(passage.key(at)) == 0.5
            and inside
            and all(key in passage.table.connectors or key in passage.one for key in inside)
        ):
            return at + 1
    return 0


def _percent(passage: NumberPassage, quantity: Quantity, place: int) -> Parsed | None:
    for key in passage.percent:
        if passage.keys(place, place + len(key)) == key:
            end = place + len(key)
            return replace(quantity, kind="percent", end=passage.end(end)), end
    if passage.key(place) in ("%", "٪") and quantity.digits:
        return replace(quantity, kind="percent", end=passage.end(place + 1)), place + 1
    before = passage.before(quantity)
    if base(passage.lang) in ("zh", "tr") and before:
        text = fold(passage.text[: before[-1].end].rstrip())
        if any(text.endswith("".join(key)) for key in passage.percent):
            return replace(quantity, kind="percent"), place
    return None


def _unit(passage: NumberPassage, quantity: Quantity, at: int) -> Parsed | None:
    unit = passage.unit_at(at)
    if unit is None and passage.text[passage.words[at].start].isupper():
        # a foreign title, "60 Minutes"
        entry = longest_entry(unit_names("en"), passage.words, at, joined=True)
        unit = (entry[0][0], entry[0][1], entry[1]) if entry else None
    if unit is None:
        return None
    code, short, end = unit
    key = passage.key(at)
    letter = len(key) == 1 and key.isalpha() and end == at + 1 and not is_cjk(passage.lang)
    glued = at > 0 and passage.words[at].start <= passage.end(at) + 1
    fits = quantity.digits and glued and quantity.kind == "number" and key != "in"
    if short and not (fits and (not letter or key in _LETTERS)):
        return None
    quantity = replace(quantity, unit=code, end=passage.end(end))
    if short and key in passage.scale_marks:
        # "5m" is five metres, or five million
        more = quantity.value * passage.scale_marks[key]
        quantity = replace(quantity, values=(*quantity.values, more))
    half = and_half(passage, end)
    if half:
        values = tuple(value + 0.5 for value in quantity.values)
        quantity, end = replace(quantity, values=values, end=passage.end(half)), half
    if key == "月" and end == at + 1 and quantity.value <= 12:
        quantity = replace(quantity, kind="month", unit="", values=(quantity.value,))
    return quantity, end


def _unit_behind_a_word(passage: NumberPassage, quantity: Quantity, place: int) -> Quantity:
    if place + 1 >= len(passage.words) or not passage.words[place].is_word:
        return quantity
    unit = passage.unit_at(place + 1)
    if unit is None or unit[1]:
        return quantity
    if unit[0].startswith("duration-") or base(passage.lang) in _FIRST_WORD:
        return replace(quantity, unit=unit[0], end=passage.end(unit[2]))
    return quantity


def _scaled(passage: NumberPassage, quantity: Quantity, place: int) -> Parsed:
    """The number with its scale word: "2,4 millones", "$3bn", "30 mil", "三万"."""
    scaled = False
    while place < len(passage.words) and quantity.kind == "number":
        word = passage.words[place]
        factor: float | None = passage.table.scales.get(word.key)
        if factor is None and quantity.digits and word.key in passage.scale_marks and not scaled:
            glued = word.start - quantity.end <= 1
            if len(word.key) > 2 or (glued and _scale_fits(passage, quantity, word.key)):
                factor = passage.scale_marks[word.key]
        if factor is None and is_cjk(passage.lang):
            digit = passage.table.digits.get(word.key, 0)
            factor = digit if digit >= 100 else None
        if factor is None or not (quantity.digits or is_cjk(passage.lang)):
            break
        scaled = True
        values = tuple(value * factor for value in quantity.values)
        quantity = replace(quantity, values=values, end=word.end)
        place += 1
        if passage.key(place) == "." and word.key in passage.scale_marks and len(word.key) <= 4:
            place += 1
    return quantity, place


def _scale_fits(passage: NumberPassage, quantity: Quantity, key: str) -> bool:
    """Whether a short mark is a scale: "5m" is five million only after a currency sign."""
    before = passage.text[max(0, quantity.start - 2) : quantity.start]
    return key in _SURE_SCALES or any(char in "$£€¥" for char in before)


def _money_before(passage: NumberPassage, quantity: Quantity) -> Quantity:
    before = passage.before(quantity)
    for back in (1, 2):
        if len(before) < back:
            break
        entry = longest_entry(passage.money, before, len(before) - back)
        sign = before[-back].key
        if entry and entry[1] == len(before) and (not sign.isalpha() or len(sign) == 3):
            return replace(quantity, currency=entry[0], start=before[-back].start)
    return quantity
