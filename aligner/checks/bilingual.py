"""Passages that stand in both languages: kept as they are, with their translation beside them.

A quotation, a poem or a motto often stays in the language of the source and is translated next to it.
The kept text is then not untranslated, and the translation beside it is nothing added: it is one
finding, a note. The translation may also have been aligned to a neighbour of the passage, with what
belongs there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.checks.common import BeadTexts, SumsOf, shortened
from aligner.checks.moved import FindingRow
from aligner.checks.runs import segments_named

__all__ = ["join_bilingual"]

_REACH = 12  # beads between a passage and its translation
_LIKE = 0.5  # similarity from which a text is the translation of another
_BESIDE, _HOLDS = (
    3,
    0.5,
)  # beads around in which a translation may stand with other text, its similarity
_SHARE = 0.5  # of the letters of a passage that its translation has, at least
_LONGER = 1.5  # a bead with a translation besides its own has more target than source
_QUOTED = 60


def join_bilingual(
    rows: Sequence[FindingRow], units: Sequence[BeadTexts], sums_of: SumsOf
) -> list[FindingRow]:
    """The findings, those of passages in both languages made notes. `units`: all beads in order."""
    kept = [n for n, row in enumerate(rows) if row[1].code == "untranslated" and _whole(row)]
    if not kept:
        return list(rows)
    added = [n for n, row in enumerate(rows) if row[1].code == "added-segment"]
    sources = sums_of([rows[n][2].source_text for n in kept])
    targets = sums_of([rows[n][2].target_text for n in added]) if added else None
    taken: dict[int, int] = {}
    beside: dict[int, tuple[int, ...]] = {}
    for k, passage in enumerate(kept):
        near = [
            (float(sources.vector(k) @ targets.vector(j)), other)
            for j, other in enumerate(added)
            if targets and abs(rows[other][0].number - rows[passage][0].number) <= _REACH
        ]
        like, other = max(near, default=(0.0, -1))
        if like >= _LIKE:
            taken[passage] = other
        else:
            beside[passage] = _translated_beside(rows[passage], units, sums_of)
    gone = set(taken.values())
    return [
        _note(row, rows[taken[n]][2].target)
        if n in taken
        else _note(row, beside[n])
        if beside.get(n)
        else row
        for n, row in enumerate(rows)
        if n not in gone
    ]


def _translated_beside(
    row: FindingRow, units: Sequence[BeadTexts], sums_of: SumsOf
) -> tuple[int, ...]:
    """The segments of a bead close by that hold the translation of a passage that was kept: its
    target, longer than its own source asks for, means what the passage means.
    """
    _, _, place = row
    own = set(place.target)
    numbers = [n for n, unit in enumerate(units) if own & set(unit.bead.target)]
    if not numbers:
        return ()
    around = [
        unit
        for unit in units[max(0, numbers[0] - _BESIDE) : numbers[-1] + _BESIDE + 1]
        if unit.target
        and not own & set(unit.bead.target)
        and len(unit.target_text) >= _SHARE * len(place.target_text)
        and unit.target_text not in place.source_text
        and len(unit.target_text) >= _LONGER * len(unit.source_text)
    ]
    if not around:
        return ()
    near = sums_of([place.source_text, *(unit.target_text for unit in around)])
    like, best = max((float(near.vector(0) @ near.vector(k)), k) for k in range(1, len(around) + 1))
    return tuple(around[best - 1].bead.target) if like >= _HOLDS else ()


def _whole(row: FindingRow) -> bool:
    return row[1].severity == "critical" or row[2].target_text == row[2].source_text


def _note(row: FindingRow, translation: Sequence[int]) -> FindingRow:
    unit, hit, place = row
    where = segments_named("t", translation)
    made = replace(
        hit,
        severity="note",
        message=f"kept in the language of the source, with a translation in {where}: "
        f"“{shortened(place.target_text, _QUOTED)}”",
    )
    return unit, made, place
