"""Quantities that belong together: amounts with cents, measures in two units, ranges, years."""

from __future__ import annotations

from dataclasses import replace

from aligner.checks.common import fold, is_cjk, measure_of, word_list
from aligner.checks.quantities.passage import NumberPassage, Quantity

__all__ = ["RANGE_MARKS", "joined_quantities"]

RANGE_MARKS = frozenset("-–—/x×")
_CENTS = frozenset(
    ["centavos", "centavo", "cents", "cent", "centimes", "centime", "centesimi", "pence", "penny"]
)
_APART = frozenset(("or", "o", "ou", "oder", "to", "a", "bis"))  # of a range, not of a sum
_WITH = frozenset(("con", "mit", "com", "avec", ""))
_NEAR = 40  # characters before a number in which "about" may stand


def joined_quantities(passage: NumberPassage, quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of a passage after all that needs more than one of them."""
    quantities = _compound(passage, _cents(passage, _short_years(passage, quantities)))
    return tuple(_about(passage, _shared_units(passage, quantities)))


def _short_years(passage: NumberPassage, quantities: list[Quantity]) -> list[Quantity]:
    """The second year of "1950-53" and "2017/18" is written short."""
    out = list(quantities)
    for place in range(1, len(out)):
        year, short = out[place - 1], out[place]
        tied = passage.text[year.end : short.start].strip() in RANGE_MARKS
        if tied and 1000 <= year.value < 2100 and short.digits and 0 <= short.value < 100:
            whole = year.value // 100 * 100 + short.value
            if short.end - short.start == 2 and whole > year.value:
                out[place] = replace(short, values=(short.value, whole))
    return out


def _cents(passage: NumberPassage, quantities: list[Quantity]) -> list[Quantity]:
    """One amount: "un dólar con veinticinco centavos"."""
    out: list[Quantity] = []
    for quantity in quantities:
        last = passage.text[quantity.start : quantity.end].split()[-1:]
        cents = bool(last) and fold(last[0]) in _CENTS
        if out and out[-1].currency and cents and quantity.value < 100:
            between = passage.text[out[-1].end : quantity.start].strip()
            if len(between) <= 4 and not any(c in ",;.%" for c in between):
                whole = out.pop()
                value = whole.value + quantity.value / 100
                out.append(replace(whole, end=quantity.end, values=(value,), strong=True))
                continue
        if cents and quantity.currency:
            out.append(replace(quantity, values=(*quantity.values, quantity.value / 100)))
        else:
            out.append(quantity)
    return out


def _compound(passage: NumberPassage, quantities: list[Quantity]) -> list[Quantity]:
    """One measure in the larger unit: "6 feet 2 inches", "a year and three months"."""
    inner = frozenset(word_list(passage.lang, "range")) | _WITH
    out: list[Quantity] = []
    for quantity in quantities:
        if out and out[-1].unit and quantity.unit and _part_of(out[-1], quantity):
            between = fold(passage.text[out[-1].end : quantity.start].strip())
            if between in inner and between not in _APART:
                whole = out.pop()
                large, small = measure_of(whole.unit), measure_of(quantity.unit)
                value = whole.value + quantity.value * small.factor / large.factor
                strong = whole.strong or quantity.strong
                out.append(replace(whole, end=quantity.end, values=(value,), strong=strong))
                continue
        out.append(quantity)
    return out


def _part_of(whole: Quantity, part: Quantity) -> bool:
    """Whether the second can be the smaller unit of a measure in two units."""
    large, small = measure_of(whole.unit), measure_of(part.unit)
    return (
        large.dimension == small.dimension != "temperature"
        and small.factor < large.factor
        and whole.value == int(whole.value)
        and 0 < part.value * small.factor < large.factor * 1.001
        and whole.kind == part.kind == "number"
    )


def _shared_units(passage: NumberPassage, quantities: list[Quantity]) -> list[Quantity]:
    """The first number of "between 2 and 5 centimetres" has the unit of the second."""
    joins = frozenset(word_list(passage.lang, "range"))
    out = list(quantities)
    for place in range(len(out) - 2, -1, -1):
        left, right = out[place], out[place + 1]
        if left.unit or left.currency or left.kind not in ("number", "percent"):
            continue
        if not (right.unit or right.currency or right.kind == "percent"):
            continue
        between = passage.text[left.end : right.start].strip().casefold()
        if fold(between) in joins or between in RANGE_MARKS:
            kind = "percent" if right.kind == "percent" else left.kind
            out[place] = replace(left, unit=right.unit, currency=right.currency, kind=kind)
    return out


def _about(passage: NumberPassage, quantities: list[Quantity]) -> list[Quantity]:
    marks = [tuple(word.split()) for word in word_list(passage.lang, "about")]
    out = []
    for quantity in quantities:
        start = max(0, quantity.start - _NEAR)
        before = fold(passage.text[start : quantity.start]).rstrip(" $£€~≈")
        behind = fold(passage.text[quantity.end : quantity.end + 3])
        near = any(before.endswith(" ".join(mark)) for mark in marks) or any(
            behind.startswith(mark[0]) for mark in marks if is_cjk(passage.lang)
        )
        out.append(replace(quantity, approx=near) if near else quantity)
    return out
