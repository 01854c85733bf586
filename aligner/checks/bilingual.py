"""Passages that stand in both languages: kept as they are, with their translation beside them.

A quotation, a poem or a motto often stays in the language of the source and is translated next to it.
The kept text is then not untranslated, and the translation beside it is nothing added: it is one
finding, a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.checks.common import SumsOf, shortened
from aligner.checks.moved import FindingRow

__all__ = ["join_bilingual"]

_REACH = 12  # beads between a passage and its translation
_LIKE = 0.5  # similarity from which a text is the translation of another
_QUOTED = 60


def join_bilingual(rows: Sequence[FindingRow], sums_of: SumsOf) -> list[FindingRow]:
    """The findings, those of passages in both languages made notes."""
    kept = [n for n, row in enumerate(rows) if row[1].code == "untranslated" and _whole(row)]
    added = [n for n, row in enumerate(rows) if row[1].code == "added-segment"]
    if not kept or not added:
        return list(rows)
    sources = sums_of([rows[n][2].source_text for n in kept])
    targets = sums_of([rows[n][2].target_text for n in added])
    taken: dict[int, int] = {}
    for k, passage in enumerate(kept):
        near = [
            (float(sources.vector(k) @ targets.vector(j)), other)
            for j, other in enumerate(added)
            if abs(rows[other][0].number - rows[passage][0].number) <= _REACH
        ]
        like, other = max(near, default=(0.0, -1))
        if like >= _LIKE:
            taken[passage] = other
    gone = set(taken.values())
    return [
        _note(row, rows[taken[n]]) if n in taken else row
        for n, row in enumerate(rows)
        if n not in gone
    ]


def _whole(row: FindingRow) -> bool:
    return row[1].severity == "critical" or row[2].target_text == row[2].source_text


def _note(row: FindingRow, translation: FindingRow) -> FindingRow:
    unit, hit, place = row
    beside = translation[2]
    first, last = beside.target[0] + 1, beside.target[-1] + 1
    where = f"t{first}" if first == last else f"t{first} to t{last}"
    made = replace(
        hit,
        severity="note",
        message=f"kept in the language of the source, with a translation in {where}: "
        f"“{shortened(place.target_text, _QUOTED)}”",
    )
    return unit, made, place
