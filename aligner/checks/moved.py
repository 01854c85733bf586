"""Text that stands elsewhere: what a bead lacks and one of its neighbours has is moved, not lost.

A clause or a few segments without a counterpart are looked for in the beads around, on both sides
and across paragraphs. They stand there where a stretch of the neighbour's other side means the
same and where the neighbour's two sides come no further apart when the clause is put in. What the
neighbour has too much is then the same finding, and so is what other checks find inside what moved:
its names, its negations, the lengths of both beads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.common import (
    BeadTexts,
    Cut,
    Hit,
    Place,
    SideTokens,
    Spans,
    Sums,
    SumsOf,
    letters_in,
    shortened,
    words,
)
from aligner.checks.once import lies_in

__all__ = ["FindingRow", "join_moved", "lies_inside", "moved_letters"]

FindingRow = tuple[BeadTexts, Hit, Place]

_OMITTED = frozenset(("omitted-clause", "omitted-segment"))
_ADDED = frozenset(("added-clause", "added-segment"))
_REACH = 3  # beads around
_MOST = 3  # segments of a run; a longer one is no clause
_LEAST = 4  # words
# of 137 clauses of an interview 97.8 % stand in their own bead by this measure, of 543 comparisons
# with a neighbour's none
_LIKE = 0.5
# where another finding says that just this is too much there; in 68 published translations no two such
# findings were of different texts
_LIKE_BOTH = 0.35
_INSIDE = 0.5  # of a clause that a span takes whole
_CLAUSE_END = re.compile(r"[,;:.!?…—–()\[\]«»“”\"。，；：！？]|$")
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A neighbour, the code points of its other side that mean the same, and how much they do."""

    unit: BeadTexts
    span: tuple[int, int]
    like: float


def join_moved(
    rows: Sequence[FindingRow], units: Sequence[BeadTexts], sums_of: SumsOf
) -> list[FindingRow]:
    """The findings, those of one text that is missing here and too much there made one."""
    around = {number: near for number, row in enumerate(rows) if (near := _neighbours(row, units))}
    if not around:
        return list(rows)
    known = _Known(rows, around, sums_of)
    gone: set[int] = set()
    made: dict[int, FindingRow] = {}
    for number, row in enumerate(rows):
        if number in gone or number not in around:
            continue
        elsewhere = max(
            (
                one
                for one in known.likenesses(number, row, around[number])
                if one.like >= _LIKE or any(_same(row, other, one) for other in rows)
            ),
            key=lambda one: one.like,
            default=None,
        )
        if elsewhere is None:
            continue
        made[number] = _moved(row, elsewhere)
        gone |= {
            k for k, other in enumerate(rows) if k not in made and _same(row, other, elsewhere)
        }
    kept = [made.get(n, row) for n, row in enumerate(rows) if n not in gone or n in made]
    moved = list(made.values())
    return [row for row in kept if not any(_explains(one, row) for one in moved if one is not row)]


def moved_letters(rows: Sequence[FindingRow]) -> dict[tuple[int, tuple[int, ...]], int]:
    """(0 source, 1 target; segments) -> letters there of which the counterpart stands elsewhere."""
    letters: dict[tuple[int, tuple[int, ...]], int] = {}
    for _, hit, place in rows:
        if hit.code != "moved":
            continue
        for side, (numbers, text, spans) in enumerate(_sides(place)):
            inside = sum(letters_in(text[a:b]) for a, b in spans)
            letters[side, numbers] = letters.get((side, numbers), 0) + inside
    return letters


def _sides(place: Place) -> tuple[tuple[tuple[int, ...], str, Spans], ...]:
    return (
        (place.source, place.source_text, place.source_spans),
        (place.target, place.target_text, place.target_spans),
    )


def _explains(moved: FindingRow, row: FindingRow) -> bool:
    """Whether all that another finding shows lies inside what moved."""
    _, hit, place = row
    wide: list[Spans] = []
    for own, theirs in zip(_sides(moved[2]), _sides(place), strict=True):
        numbers, text, spans = own
        same = (numbers, text) == theirs[:2]
        wide.append(tuple(_to_clauses(text, span) for span in spans) if same else ())
    return lies_inside(hit, (wide[0], wide[1]))


def lies_inside(hit: Hit, stretches: tuple[Spans, Spans]) -> bool:
    """Whether a finding is explained by stretches of its two texts that have no counterpart there: all
    of its evidence lies in them; of negations, the ones too many do.
    """
    outside = [
        tuple(one for one in spans if not lies_in((one,), wide))
        for spans, wide in zip((hit.source, hit.target), stretches, strict=True)
    ]
    if [hit.source, hit.target] == outside:
        return False
    if hit.code == "negation":
        return len(outside[0]) == len(outside[1])
    return not outside[0] and not outside[1]


def _to_clauses(text: str, span: Cut) -> Cut:
    """A span with the rest of the clauses, at its two ends, that it takes the greater part of."""
    first = 0
    start, end = span
    for mark in _CLAUSE_END.finditer(text):
        shared = min(end, mark.start()) - max(start, first)
        if mark.start() > first and shared >= _INSIDE * (mark.start() - first):
            start, end = min(start, first), max(end, mark.start())
        first = mark.end()
    return start, end


def _neighbours(row: FindingRow, units: Sequence[BeadTexts]) -> list[BeadTexts]:
    """The beads in which the text of a finding may stand, [] where it is none to look for."""
    unit, hit, place = row
    if not (_is_omitted(hit) or _is_added(hit)):
        return []
    omitted = _is_omitted(hit)
    numbers = place.source if omitted else place.target
    if unit.bead.is_null and len(numbers) > _MOST:
        return []
    if sum(w.is_word for w in words(_piece(row))) < _LEAST:
        return []
    last = unit.number + (len(numbers) if unit.bead.is_null else 1) - 1
    return [
        other
        for other in units[max(0, unit.number - _REACH) : last + 1 + _REACH]
        if not unit.number <= other.number <= last
        and (other.target_text if omitted else other.source_text)
    ]


def _is_omitted(hit: Hit) -> bool:
    """Also one insertion in brackets, or between dashes, that stands only in the source."""
    return hit.code in _OMITTED or (hit.code == "brackets" and len(hit.source) == 1)


def _is_added(hit: Hit) -> bool:
    return hit.code in _ADDED or (hit.code == "brackets" and len(hit.target) == 1)


def _piece(row: FindingRow) -> str:
    _, hit, place = row
    omitted = _is_omitted(hit)
    text, spans = (place.source_text, hit.source) if omitted else (place.target_text, hit.target)
    return text[spans[0][0] : spans[-1][1]]


class _Known:
    """The pieces that are looked for and both sides of the beads around them, each encoded once."""

    def __init__(
        self,
        rows: Sequence[FindingRow],
        around: Mapping[int, Sequence[BeadTexts]],
        sums_of: SumsOf,
    ) -> None:
        beads = {one.number: one for near in around.values() for one in near}
        self._pieces = sums_of([_piece(rows[number]) for number in around])
        self._piece = {number: k for k, number in enumerate(around)}
        self._row: list[dict[int, int]] = []
        self._sides: list[Sums] = []
        for side in (0, 1):
            texts = {n: (one.source_text, one.target_text)[side] for n, one in beads.items()}
            texts = {n: text for n, text in texts.items() if text}
            self._row.append({n: k for k, n in enumerate(texts)})
            self._sides.append(sums_of(list(texts.values())))

    def likenesses(
        self, number: int, row: FindingRow, around: Sequence[BeadTexts]
    ) -> Iterator[_Elsewhere]:
        omitted = _is_omitted(row[1])
        here, there = (0, 1) if omitted else (1, 0)
        near, far = self._sides[here], self._sides[there]
        piece = self._piece[number]
        own = self._pieces.vector(piece)
        size = len(self._pieces.tokens[piece])
        for one in around:
            side = SideTokens(far, self._row[there][one.number])
            if not one.bead.is_null:
                k = self._row[here][one.number]
                with_it = near.plus(k, self._pieces, [piece])[0]
                if float((with_it - near.vector(k)) @ side.vector()) < 0:
                    continue
            count = len(side.tokens)
            cuts = [(first, min(count, first + size)) for first in range(max(1, count - size + 1))]
            values = side.only(cuts) @ own
            best = int(np.argmax(values))
            if values[best] >= _LIKE_BOTH:
                first, last = cuts[best]
                span = side.tokens[first][0], side.tokens[last - 1][1]
                yield _Elsewhere(one, span, float(values[best]))


def _same(row: FindingRow, other: FindingRow, elsewhere: _Elsewhere) -> bool:
    """Whether another finding is the other end of this one."""
    unit, hit, place = other
    opposite = _is_added(hit) if _is_omitted(row[1]) else _is_omitted(hit)
    if not opposite or unit.number != elsewhere.unit.number:
        return False
    if unit.bead.is_null:
        return len(place.source) + len(place.target) == 1
    start, end = elsewhere.span
    return any(
        min(end, b) - max(start, a) >= 0.5 * min(end - start, b - a)
        for a, b in (hit.target or hit.source)
    )


def _moved(row: FindingRow, elsewhere: _Elsewhere) -> FindingRow:
    unit, hit, place = row
    other = elsewhere.unit
    omitted = _is_omitted(hit)
    here, there = hit.source or hit.target, (elsewhere.span,)
    source, target = (here, there) if omitted else (there, here)
    way = "later" if other.number > unit.number else "earlier"
    text = "the translation" if omitted else "the source"
    message = f"“{shortened(_piece(row), _QUOTED)}” stands {way} in {text}"
    made = Hit("moved", "note", min(1.0, elsewhere.like), message, source, target, hit.cause)
    return (
        unit,
        made,
        Place(
            place.source if omitted else tuple(other.bead.source),
            tuple(other.bead.target) if omitted else place.target,
            place.source_text if omitted else other.source_text,
            other.target_text if omitted else place.target_text,
            source,
            target,
            bead=unit.number,
        ),
    )
