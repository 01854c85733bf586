"""When two quantities say the same: equal values, converted units, roundings, sums."""

from __future__ import annotations

import math
from collections.abc import Sequence

from aligner.checks.common import measure_of
from aligner.checks.quantities.passage import Quantity

__all__ = ["EQUAL", "NEAR", "base_value", "closeness", "same_sum"]

# how well two quantities agree, best first
EQUAL, VALUE, CONVERTED, CONFLICT, NEAR = range(5)
_DATES = frozenset(("month", "weekday"))
_MONTH_SECONDS = 30.44 * 86400
_EXACT = 1e-9
_CLOSE = 0.03  # what a translator who converts may be off by without looking wrong
_COARSE = 0.12  # the same where the figure has one digit
_ROUNDED = 0.06  # "9.800" given as "about 10,000"
_SMALL = 3


def closeness(a: Quantity, b: Quantity) -> int | None:
    """The kind of agreement of two quantities, None where they do not agree.

    EQUAL: value and unit; VALUE: value, and one has no unit; CONVERTED: another unit, the same
    amount; CONFLICT: the same figure in units that do not measure the same amount; NEAR: rounded.
    """
    if a.kind in _DATES or b.kind in _DATES:
        return _dates(a, b)
    if "time" in (a.kind, b.kind):
        return _times(a, b)
    if "decade" in (a.kind, b.kind):
        same = any(x % 100 == y % 100 for x in a.values for y in b.values)
        return EQUAL if same else None
    if "several" in (a.kind, b.kind):
        if a.kind != b.kind:
            return None
        return EQUAL if a.unit == b.unit else CONFLICT
    same = any(_equal(x, y) for x in a.values for y in b.values)
    if a.unit and b.unit and a.unit != b.unit:
        if _converted(a, b):
            return CONVERTED
        return CONFLICT if same else None
    if same:
        alike = (a.unit, a.currency, a.kind) == (b.unit, b.currency, b.kind)
        if a.currency and b.currency and a.currency != b.currency:
            return CONFLICT
        return EQUAL if alike else VALUE
    if "name" not in (a.kind, b.kind) and _rounded(a, b):
        return NEAR
    return None


def _dates(a: Quantity, b: Quantity) -> int | None:
    if a.kind == b.kind:
        return EQUAL if a.value == b.value else None
    other = b if a.kind in _DATES else a
    date = a if a.kind in _DATES else b
    if date.kind == "month" and other.kind == "number" and other.digits and not other.unit:
        return VALUE if date.value in other.values else None
    return None


def _times(a: Quantity, b: Quantity) -> int | None:
    if a.kind == b.kind:
        return EQUAL if a.value == b.value else None
    time, other = (a, b) if a.kind == "time" else (b, a)
    if other.kind == "number" and not other.currency:
        for value in other.values:
            if value <= 24 and (value * 60) % 720 == time.value:
                return VALUE
            # "14.30" without a word for time
            minutes = int(value) * 60 + round((value - int(value)) * 100)
            if value < 24.6 and minutes % 720 == time.value:
                return VALUE
    return None


def _equal(x: float, y: float) -> bool:
    return abs(x - y) <= _EXACT * max(abs(x), abs(y))


def _digits(value: float) -> int:
    """Significant digits as written, trailing zeros not counted."""
    if value == 0:
        return 1
    return len(f"{abs(value):.10g}".replace(".", "").split("e")[0].strip("0")) or 1


def _tolerance(value: float) -> float:
    """How far rounding to the digits of this figure can be off, as a share of it."""
    digits = _digits(value)
    power = math.floor(math.log10(abs(value))) if value else 0
    half = 0.5 * 10 ** (power - digits + 1) / abs(value) if value else 0.0
    most = 0.26 if abs(value) <= _SMALL else _COARSE
    return max(_CLOSE, min(half, most))


def base_value(a: Quantity, value: float | None = None) -> tuple[str, float] | None:
    """(dimension, amount in base units); months and years as seconds of mean length."""
    if not a.unit:
        return None
    unit = measure_of(a.unit)
    amount = (a.value if value is None else value) * unit.factor + unit.offset
    if unit.dimension == "months":
        return "[time]", amount * _MONTH_SECONDS
    return unit.dimension, amount


def _converted(a: Quantity, b: Quantity) -> bool:
    for x in a.values:
        for y in b.values:
            left, right = base_value(a, x), base_value(b, y)
            if left is None or right is None or left[0] != right[0]:
                continue
            if left[0] == "temperature":
                if _temperatures(a, b, x, y):
                    return True
                continue
            largest = max(abs(left[1]), abs(right[1]), 1e-12)
            off = abs(left[1] - right[1]) / largest
            allowed = max(_tolerance(x), _tolerance(y))
            if a.approx or b.approx:
                allowed = max(allowed, _ROUNDED)
            if off <= allowed:
                return True
    return False


def _temperatures(a: Quantity, b: Quantity, x: float, y: float) -> bool:
    left, right = measure_of(a.unit), measure_of(b.unit)
    absolute = abs((x * left.factor + left.offset) - (y * right.factor + right.offset))
    step = abs(x * left.factor - y * right.factor)  # "two degrees warmer"
    rounded = 10 if x % 10 == 0 or y % 10 == 0 else 1
    return absolute <= (2.0 if rounded == 10 else 0.8) or (abs(x) <= 15 and step <= 0.3)


def _rounded(a: Quantity, b: Quantity) -> bool:
    """`b` is the translation: it may say less exactly what its source says, not more."""
    x, y = a.value, b.value
    if min(abs(x), abs(y)) < 10 or (a.unit and b.unit and a.unit != b.unit):
        return False
    if not (a.approx or b.approx):
        return False
    return _digits(y) <= 2 and _digits(x) > _digits(y) and abs(x - y) / max(x, y) <= _ROUNDED


def same_sum(parts: Sequence[Quantity], whole: Sequence[Quantity]) -> bool:
    """Whether measures make the same amount: "a year and three months" and "15 months"."""
    sums = []
    for side in (parts, whole):
        amounts = [base_value(q) for q in side]
        if None in amounts or not amounts or len({a[0] for a in amounts if a}) != 1:
            return False
        sums.append((amounts[0][0], sum(a[1] for a in amounts if a)))  # type: ignore[index]
    if sums[0][0] != sums[1][0] or sums[0][0] == "temperature":
        return False
    largest = max(abs(sums[0][1]), abs(sums[1][1]), 1e-12)
    allowed = max(0.012, _tolerance(whole[0].value) if len(whole) == 1 else 0.0)
    return abs(sums[0][1] - sums[1][1]) / largest <= min(allowed, _CLOSE)
