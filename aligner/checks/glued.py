"""Segments that stand in a bead though nothing of the other side covers them.

An aligner that finds no partner for a sentence may put it into a neighbour's bead. Taken out of it,
such a segment leaves the two sides clearly nearer to each other; a segment that is translated leaves
them further apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.common import (
    BeadTexts,
    Hit,
    PairVectors,
    Place,
    SideTokens,
    SumsOf,
    fold,
    shortened,
    words,
)
from aligner.checks.moved import FindingRow

__all__ = ["glued_rows", "without_glued"]

# of 5,042 segments of beads with several on a side (gold, 40 cases) 1.4 % are taken for glued, of
# 4,720 that were put into a neighbour's bead 69 %
_GAIN = 0.06
_LEAST = 3  # words
_SURE = 0.8


def glued_rows(both: Sequence[BeadTexts], sums_of: SumsOf) -> Iterator[FindingRow]:
    """A finding for each such segment, in order of the beads."""
    wide = [unit for unit in both if len(unit.source) > 1 or len(unit.target) > 1]
    if not wide:
        return
    left = sums_of([unit.source_text for unit in wide])
    right = sums_of([unit.target_text for unit in wide])
    for row, unit in enumerate(wide):
        pair = PairVectors(SideTokens(left, row), SideTokens(right, row))
        lone = [
            (gain, in_target, k, start)
            for in_target, segments in ((False, unit.source), (True, unit.target))
            for k, start in _starts([one.text for one in segments])
            if sum(w.is_word for w in words(segments[k].text)) >= _LEAST
            and (gain := pair.gain(in_target, (start, start + len(segments[k].text)))) > _GAIN
        ]
        if lone:
            # the worst one: without it the others may well fit
            _, in_target, k, _ = max(lone)
            yield _row(unit, in_target, k)


def _starts(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(number, first code point) of segments joined by a space; () where there is one only."""
    start = 0
    for k, text in enumerate(texts if len(texts) > 1 else ()):
        yield k, start
        start += len(text) + 1


def _row(unit: BeadTexts, in_target: bool, k: int) -> FindingRow:
    text = (unit.target if in_target else unit.source)[k].text
    number = (unit.bead.target if in_target else unit.bead.source)[k]
    span = ((0, len(text)),)
    what = "is not in the source" if in_target else "is not translated"
    hit = Hit(
        "added-segment" if in_target else "omitted-segment",
        "major",
        _SURE,
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
    """The findings of coverage without those that only say again what `glued` says."""
    known = {unit.number for unit, _, _ in glued}
    again = ("omitted-clause", "added-clause", "length")
    return [row for row in rows if not (row[0].number in known and row[1].code in again)]
