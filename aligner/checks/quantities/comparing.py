"""The checks of numbers, number words, dates, times, percentages, amounts and measures.

Quantities of both sides are paired off, the best agreement first; what stays without a partner on
both sides is a change. A figure that is only missing from the translation is an omission, which
other checks see: here it is a note. One that only the translation has is a minor finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.checks.common import Hit
from aligner.checks.quantities.agreement import (
    CONFLICT,
    CONVERTED,
    EQUAL,
    NEAR,
    VALUE,
    base_value,
    closeness,
    same_sum,
)
from aligner.checks.quantities.reading import Quantity, quantities
from aligner.checks.quantities.wording import conversion, in_words, normal_form

__all__ = ["check_quantities"]

_DATES = frozenset(("month", "weekday"))
_NAMES = {"month": "month", "weekday": "weekday", "time": "time"}
_COLLECTIVE = frozenset((2.0, 3.0, 10.0, 12.0, 20.0))  # both, trio, decena, dozen, veintena
_SMALL = frozenset((0.0, 1.0, 2.0))  # said in many ways: "again", "both", "double"
_GAP = 12  # characters between the parts of a sum


def check_quantities(source: str, target: str, source_lang: str, target_lang: str) -> Iterator[Hit]:
    """A number, date, time, amount or measure differs from its source."""
    left = list(quantities(source, source_lang))
    right = list(quantities(target, target_lang))
    paired = _pair(left, right)
    for i, j, kind in paired:
        if kind == CONFLICT:
            yield from _conflict(left[i], right[j], source, target)
        elif left[i].kind == "percent" and right[j].kind == "number":
            yield from _percent_lost(left[i], right[j], right, source, target)
        elif kind == NEAR:
            yield _hit("note", 0.3, left[i], right[j], source, target, "is given rounded")
    taken = {i for i, _, _ in paired}, {j for _, j, _ in paired}
    rest_s = [q for i, q in enumerate(left) if i not in taken[0] and q.kind != "name"]
    rest_t = [q for j, q in enumerate(right) if j not in taken[1] and q.kind != "name"]
    rest_s, rest_t = _sums(rest_s, rest_t, left, right)
    again = {id(q) for q in rest_s if _already_there(q, right, left)}
    again |= {id(q) for q in rest_t if _already_there(q, left, right)}
    rest_s, rest_t = _same_digits(rest_s, rest_t, source, target)
    yield from _changes(rest_s, rest_t, again, left, right, source, target)


def _pair(left: Sequence[Quantity], right: Sequence[Quantity]) -> list[tuple[int, int, int]]:
    """(i, j, agreement), greedily: best agreement, strong before weak, nearest in order."""
    agreeing = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            kind = closeness(a, b)
            if kind is not None:
                off = abs(i / max(1, len(left)) - j / max(1, len(right)))
                agreeing.append(
                    (_rank(kind, a, b), (not a.strong) + (not b.strong), off, i, j, kind)
                )
    pairs: list[tuple[int, int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for *_, i, j, kind in sorted(agreeing):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((i, j, kind))
    return pairs


def _rank(kind: int, a: Quantity, b: Quantity) -> float:
    """Order of pairing off: "dos años" goes to "two months" before it goes to "both"."""
    if kind == CONFLICT:
        left, right = base_value(a), base_value(b)
        return 1.5 if left and right and left[0] == right[0] else CONFLICT
    if kind == VALUE and bool(a.unit) != bool(b.unit) and not (a.strong and b.strong):
        return 2.5
    return {EQUAL: 0.0, CONVERTED: 0.5, VALUE: 1.0, NEAR: 4.0}[kind]


def _conflict(a: Quantity, b: Quantity, source: str, target: str) -> Iterator[Hit]:
    if "several" in (a.kind, b.kind):
        yield _hit("major", 0.85, a, b, source, target, "counts something else", code="unit")
    elif a.unit and b.unit:
        left, right = base_value(a), base_value(b)
        if left and right and left[0] == right[0]:
            yield _hit(
                "major",
                0.85,
                a,
                b,
                source,
                target,
                "has the same figure in another unit",
                code="unit",
            )
        elif a.strong and b.strong and _worded(a, source) and _worded(b, target):
            yield _hit("minor", 0.5, a, b, source, target, "counts something else", code="unit")
    elif a.currency and b.currency:
        yield _hit("major", 0.7, a, b, source, target, "is in another currency", code="currency")


def _percent_lost(
    a: Quantity, b: Quantity, right: Sequence[Quantity], source: str, target: str
) -> Iterator[Hit]:
    """A percentage lost: "70 %" became "70 points"; "38 and 30 percent" shares its sign."""
    shared = any(q.kind == "percent" and 0 < q.start - b.end < _GAP * 2 for q in right)
    follows = target[b.end : b.end + 1] == " " and target[b.end + 1 : b.end + 2].isalpha()
    if a.strong and b.digits and follows and not shared:
        yield _hit("minor", 0.6, a, b, source, target, "is no percentage", code="percentage")


def _worded(q: Quantity, text: str) -> bool:
    """The unit is a word of its own, not a letter that may mean anything."""
    return (
        text[q.start : q.end].rsplit(maxsplit=1)[-1].isalpha()
        and len(text[q.start : q.end].rsplit(maxsplit=1)[-1]) > 2
    )


def _sums(
    rest_s: list[Quantity],
    rest_t: list[Quantity],
    left: Sequence[Quantity],
    right: Sequence[Quantity],
) -> tuple[list[Quantity], list[Quantity]]:
    """Take out runs of neighbouring measures whose sum the other side says in one."""
    for many, ones, flip in ((left, rest_t, False), (right, rest_s, True)):
        for width in (2, 3):
            for place in range(len(many) - width + 1):
                run = many[place : place + width]
                if any(b.start - a.end > _GAP for a, b in pairwise(run)):
                    continue
                for one in list(ones):
                    if one.unit and same_sum(run, [one]):
                        ones.remove(one)
                        mine = rest_t if flip else rest_s
                        mine[:] = [q for q in mine if q not in run]
                        break
    if rest_s and rest_t and len(rest_s) + len(rest_t) > 2 and same_sum(rest_s, rest_t):
        return [], []
    return rest_s, rest_t


def _already_there(q: Quantity, other: Sequence[Quantity], own: Sequence[Quantity]) -> bool:
    """Said twice, or given in a second unit in brackets, beside what has its partner."""
    for one in other:
        kind = closeness(q, one)
        if kind is not None and kind not in (CONFLICT, NEAR):
            return True
    if q.unit:
        return any(
            one is not q
            and one.unit
            and one.unit != q.unit
            and closeness(q, one) == CONVERTED
            and abs(one.start - q.start) < 30
            for one in own
        )
    return False


def _same_digits(
    rest_s: list[Quantity], rest_t: list[Quantity], source: str, target: str
) -> tuple[list[Quantity], list[Quantity]]:
    """Telephone numbers, scores, seasons: other groups, the same digits in a row."""
    rows, counts = [], []
    for rest, text in ((rest_s, source), (rest_t, target)):
        figures = [q for q in rest if q.digits and q.kind in ("number", "ordinal", "time")]
        counts.append(len(figures))
        rows.append("".join(c for q in figures for c in text[q.start : q.end] if c.isdigit()))
    if rows[0] == rows[1] and len(rows[0]) > 2 and counts[0] != counts[1]:
        return [q for q in rest_s if not q.digits], [q for q in rest_t if not q.digits]
    return rest_s, rest_t


def _changes(
    rest_s: Sequence[Quantity],
    rest_t: Sequence[Quantity],
    again: set[int],
    left: Sequence[Quantity],
    right: Sequence[Quantity],
    source: str,
    target: str,
) -> Iterator[Hit]:
    for group in ("month", "weekday", "other"):
        mine = [q for q in rest_s if _group(q) == group]
        theirs = [q for q in rest_t if _group(q) == group]
        yield from _group_changes(mine, theirs, again, left, right, source, target)


def _group(q: Quantity) -> str:
    return q.kind if q.kind in _DATES else "other"


def _group_changes(
    mine: list[Quantity],
    theirs: list[Quantity],
    again: set[int],
    left: Sequence[Quantity],
    right: Sequence[Quantity],
    source: str,
    target: str,
) -> Iterator[Hit]:
    pairs = []
    for a in mine:
        for b in theirs:
            if not _comparable(a, b) or (id(a) in again and id(b) in again):
                continue
            cost = abs(_place(a, left) - _place(b, right))
            cost += 2 * ((a.unit != b.unit) + (a.currency != b.currency) + (a.kind != b.kind))
            cost += (not a.strong) + (not b.strong)
            pairs.append((cost, a.start, b.start, a, b))
    done: set[int] = set()
    for _, _, _, a, b in sorted(pairs, key=lambda row: row[:3]):
        if id(a) in done or id(b) in done:
            continue
        done |= {id(a), id(b)}
        code = _code(a, b, left, right)
        severity = "major" if a.strong and b.strong else "minor"
        confidence = 0.9 if a.strong and b.strong else 0.6
        yield _hit(severity, confidence, a, b, source, target, "became", code=code)
    for side, text in ((mine, source), (theirs, target)):
        for q in side:
            if id(q) not in done and q.strong and id(q) not in again:
                yield _alone(q, text, omitted=side is mine)


def _comparable(a: Quantity, b: Quantity) -> bool:
    """Whether one may have been put for the other; an article or a "second" alone proves nothing."""
    if a.strong and b.strong:
        return True
    if a.kind == b.kind == "ordinal":
        return True
    if a.unit and b.unit and not a.strong and not b.strong:
        left, right = base_value(a), base_value(b)
        if left is None or right is None or left[0] != right[0]:
            return False
        return a.value == b.value or left[0] != "[time]"
    weak, strong = (a, b) if not a.strong else (b, a)
    if not strong.strong:
        return False
    if strong.kind in _DATES:
        return weak.kind == strong.kind
    if weak.unit and strong.unit and weak.unit == strong.unit:
        return True
    if weak.kind == "number" and weak.value in _COLLECTIVE and strong.kind == "number":
        return not strong.unit and not strong.currency and strong.value < 1000
    return weak.kind == "ordinal" and (
        strong.kind == "ordinal" or (weak.value > 2 and not strong.unit and strong.value < 100)
    )


def _place(q: Quantity, side: Sequence[Quantity]) -> float:
    return next((i for i, one in enumerate(side) if one is q), 0) / max(1, len(side))


def _code(a: Quantity, b: Quantity, left: Sequence[Quantity], right: Sequence[Quantity]) -> str:
    kinds = {a.kind, b.kind}
    if kinds & _DATES:
        return "date"
    if "time" in kinds:
        return "time"
    if "percent" in kinds:
        return "percentage"
    if a.currency or b.currency:
        return "currency"
    if a.unit and b.unit and a.unit != b.unit:
        return "unit"
    if _beside_month(a, left) and _beside_month(b, right):
        return "date"
    if a.digits and b.digits:
        return "number"
    return "number-word"


def _beside_month(q: Quantity, side: Sequence[Quantity]) -> bool:
    return q.value <= 31 and any(
        one.kind == "month" and min(abs(one.start - q.end), abs(q.start - one.end)) <= 4
        for one in side
    )


def _written(q: Quantity, text: str) -> str:
    return text[q.start : q.end]


def _hit(
    severity: str,
    confidence: float,
    a: Quantity,
    b: Quantity,
    source: str,
    target: str,
    verb: str,
    *,
    code: str = "",
) -> Hit:
    left, right = _written(a, source), _written(b, target)
    shown = f"“{left}” became “{right}”"
    if verb != "became":
        shown = f"“{left}” {verb}: “{right}”"
    several = "several" in (a.kind, b.kind)  # no figure to show
    if code == "unit" and a.unit and b.unit and not several:
        same = conversion(a, b)
        shown += f"; {same}" if same else ""
    normal = f"{normal_form(a)} / {normal_form(b)}"
    if not ((a.digits and b.digits) or several):
        shown += f" ({in_words(a)} / {in_words(b)})"
    return Hit(
        code or _code(a, b, (), ()),
        severity,
        confidence,
        shown,
        ((a.start, a.end),),
        ((b.start, b.end),),
        normal,
    )


def _alone(q: Quantity, text: str, *, omitted: bool) -> Hit:
    written = _written(q, text)
    code = {"month": "date", "weekday": "date", "time": "time", "percent": "percentage"}.get(q.kind)
    code = code or ("currency" if q.currency else "number" if q.digits else "number-word")
    span = ((q.start, q.end),)
    if omitted:
        return Hit(
            code,
            "note",
            0.3,
            f"“{written}” has no counterpart in the translation",
            span,
            (),
            normal_form(q),
        )
    # translators seldom put in a figure of their own; they do name the day
    severity, sure = ("note", 0.3) if q.kind in _DATES or q.value in _SMALL else ("minor", 0.5)
    message = f"“{written}” has no counterpart in the source"
    return Hit(code, severity, sure, message, (), span, normal_form(q))
