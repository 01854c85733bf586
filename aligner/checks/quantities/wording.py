"""Quantities as messages say them: "10 years", "April", "18.64 miles", in English as all messages are."""

from __future__ import annotations

from functools import lru_cache

from aligner.checks.common import measure_of
from aligner.checks.quantities.passage import Quantity

__all__ = ["conversion", "in_words", "normal_form"]

_DATES = frozenset(("month", "weekday"))
_PLAIN = "0.############"  # digits are not grouped: the other figures of messages are not either


def normal_form(q: Quantity) -> str:
    """What ids of findings are made of: value and unit, whatever the language."""
    if q.kind == "time":
        return _clock(q)
    unit = q.unit.partition("-")[2] if q.unit else q.currency
    unit = "%" if q.kind == "percent" else unit
    return (
        f"{q.kind[:2] + ' ' if q.kind in _DATES else ''}{q.value:.12g}{' ' + unit if unit else ''}"
    )


def in_words(q: Quantity) -> str:
    """As a person reads it: the number with its unit in the plural, the name of a month or day."""
    if q.kind == "time":
        return _clock(q)
    if q.kind in _DATES:
        return _named(q.kind, int(q.value))
    if q.unit:
        return _measured(q.value, q.unit)
    figure = f"{q.value:.12g}"
    if q.kind == "percent":
        return f"{figure} %"
    return f"{figure} {q.currency}" if q.currency else figure


def conversion(a: Quantity, b: Quantity) -> str:
    """What a measure is in the unit of another: "30 kilometers are 18.64 miles"; "" for what cannot be."""
    left, right = measure_of(a.unit), measure_of(b.unit)
    if left.dimension != right.dimension:
        return ""
    value = (a.value * left.factor + left.offset - right.offset) / right.factor
    verb = "is" if a.value == 1 else "are"
    return f"{_measured(a.value, a.unit)} {verb} {_measured(float(f'{value:.4g}'), b.unit)}"


def _clock(q: Quantity) -> str:
    return f"{int(q.value) // 60}:{int(q.value) % 60:02d}"


@lru_cache(maxsize=64)
def _named(kind: str, number: int) -> str:
    from babel.dates import get_day_names, get_month_names

    names = get_month_names("wide", locale="en") if kind == "month" else get_day_names(locale="en")
    # weekdays are numbered from Monday in both, months from January
    return str(names.get(number, number))


def _measured(value: float, unit: str) -> str:
    """CLDR's English name in the plural that it asks for: "10 years"."""
    from babel.units import UnknownUnitError, format_unit

    try:
        return format_unit(value, unit, "long", format=_PLAIN, locale="en")
    except UnknownUnitError:
        return f"{value:.12g} {unit.partition('-')[2].replace('-', ' ')}"
