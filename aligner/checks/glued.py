"""Segments that stand in a bead though nothing of the other side covers them.

An aligner that finds no partner for a sentence may put it into a neighbour's bead. Taken out of it,
such a segment leaves the two sides clearly nearer to each other; a segment that is translated leaves
them further apart. Short sentences weigh little in a bead: where two stand against one, it is enough
that the sides come no further apart without one, that it is unlike the other side and the rest alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.common import (
    BeadTexts,
    Cut,
    Hit,
    PairVectors,
    Place,
    SideTokens,
    Spans,
    SumsOf,
    fold,
    shortened,
    words,
)
from aligner.checks.moved import FindingRow, lies_inside

__all__ = ["glued_rows", "without_glued"]

# of 5,042 segments of beads with several on a side (gold, 40 cases) 1.4 % are taken for glued, of
# 4,720 that were put into a neighbour's bead 69 %
_GAIN = 0.06
_LEAST = 3  # words
_SURE = 0.8
# the same for two segments against one. On 20 texts of gold, with 2,010 sentences of two to nine words
# put into a neighbour's bead: 92 % are found instead of 68 %, of 1,238 segments of such beads 50 are taken
# for glued instead of 19; read, a third of the 50 are translated nowhere
_PAIR = 3  # segments of the bead
_SHORTEST = 2  # words
_UNLIKE, _REST = (
    0.3,
    0.5,
)  # similarity of the segment to the other side at most, of the rest at least
_LESS_SURE = 0.6


def glued_rows(both: Sequence[BeadTexts], sums_of: SumsOf) -> Iterator[FindingRow]:
    """A finding for each such segment, in order of the beads."""
    wide = [unit for unit in both if len(unit.source) > 1 or len(unit.target) > 1]
    if not wide:
        return
    left = sums_of([unit.source_text for unit in wide])
    right = sums_of([unit.target_text for unit in wide])
    for row, unit in enumerate(wide):
        pair = PairVectors(SideTokens(left, row), SideTokens(right, row))
        lone = []
        for in_target, segments in ((False, unit.source), (True, unit.target)):
            for k, start in _starts([one.text for one in segments]):
                span = start, start + len(segments[k].text)
                count = sum(w.is_word for w in words(segments[k].text))
                if count < _SHORTEST:
                    continue
                gain = pair.gain(in_target, span)
                if count >= _LEAST and gain > _GAIN:
                    lone.append((gain, in_target, k, _SURE))
                elif gain > 0 and _stands_alone(unit, pair, in_target, span):
                    lone.append((gain, in_target, k, _LESS_SURE))
        if lone:
            # the worst one: without it the others may well fit
            _, in_target, k, sure = max(lone)
            yield _row(unit, in_target, k, sure)


def _stands_alone(unit: BeadTexts, pair: PairVectors, in_target: bool, span: Cut) -> bool:
    """Whether one of two segments is unlike the other side, and what is left of the bead is alike."""
    if len(unit.source) + len(unit.target) != _PAIR:
        return False
    one, other = (pair.target, pair.source) if in_target else (pair.source, pair.target)
    cut, far = one.cut(*span), other.vector()
    unlike = float(one.only([cut])[0] @ far) < _UNLIKE
    return unlike and float(one.without([cut])[0] @ far) > _REST


def _starts(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(number, first code point) of segments joined by a space; () where there is one only."""
    start = 0
    for k, text in enumerate(texts if len(texts) > 1 else ()):
        yield k, start
        start += len(text) + 1


def _row(unit: BeadTexts, in_target: bool, k: int, sure: float) -> FindingRow:
    text = (unit.target if in_target else unit.source)[k].text
    number = (unit.bead.target if in_target else unit.bead.source)[k]
    span = ((0, len(text)),)
    what = "is not in the source" if in_target else "is not translated"
    hit = Hit(
        "added-segment" if in_target else "omitted-segment",
        "major",
        sure,
        f"“{shortened(text)}” {what}",
        () if in_target else span,
        span if in_target else (),
        " ".join(w.key for w in words(text) if w.is_word)[:120] or fold(text)[:120],
    )
    place = Place(
        () if in_target else (number,),
        (number,) if in_target else (),
        "" if in_target else text,
        text if in_target else "",
        hit.source,
        hit.target,
        bead=unit.number,
    )
    return unit, hit, place


def without_glued(rows: Sequence[FindingRow], glued: Sequence[FindingRow]) -> list[FindingRow]:
    """The findings without those that only say again what `glued` says: those of coverage and length in
    the same bead, and what lies inside the segment.
    """
    known = {row[0].number: _stretch(row) for row in glued}
    again = ("omitted-clause", "added-clause", "length")
    return [
        row
        for row in rows
        if row[0].number not in known
        or not (row[1].code in again or lies_inside(row[1], known[row[0].number]))
    ]


def _stretch(row: FindingRow) -> tuple[Spans, Spans]:
    """Where the segment stands in the texts of its bead."""
    unit, _, place = row
    sides = (
        (unit.bead.source, unit.source, place.source),
        (unit.bead.target, unit.target, place.target),
    )
    made = []
    for numbers, segments, own in sides:
        starts = dict(_starts([one.text for one in segments]))
        places = [numbers.index(number) for number in own]
        made.append(tuple((starts[k], starts[k] + len(segments[k].text)) for k in places))
    return made[0], made[1]
