"""Stretches of both texts that face each other without a partner, and mean the same.

Where a passage was translated freely, or the sentences were cut and joined in another way, segments of
both sides may stay alone. Nothing was left out there and nothing put in: it is one finding, a note that
asks for a look at the alignment.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.checks.common import BeadTexts, Hit, Place, SumsOf, shortened
from aligner.checks.moved import FindingRow
from aligner.checks.runs import segments_named

__all__ = ["join_facing"]

# stretches of published translations that faced each other: .78 and .86 where they meant the same, at most
# .41 where not
_LIKE = 0.6
_QUOTED = 60


def join_facing(
    rows: Sequence[FindingRow], units: Sequence[BeadTexts], sums_of: SumsOf
) -> list[FindingRow]:
    """The findings, an omission and an addition that face each other made one where they are alike."""
    ends = [(n, row) for n, row in enumerate(rows) if row[0].bead.is_null]
    omitted = [one for one in ends if one[1][1].code == "omitted-segment"]
    added = [one for one in ends if one[1][1].code == "added-segment"]
    gone: set[int] = set()
    made: dict[int, FindingRow] = {}
    for n, left in omitted:
        for k, right in added:
            if k in gone or not _face(left, right, units):
                continue
            near = sums_of([left[2].source_text, right[2].target_text])
            if float(near.vector(0) @ near.vector(1)) >= _LIKE:
                made[n] = _joined(left, right)
                gone.add(k)
                break
    return [made.get(n, row) for n, row in enumerate(rows) if n not in gone]


def _face(left: FindingRow, right: FindingRow, units: Sequence[BeadTexts]) -> bool:
    """Whether no pair of segments stands between the two."""
    own = set(left[2].source), set(right[2].target)
    places = [
        n
        for n, unit in enumerate(units)
        if unit.bead.is_null and (own[0] & set(unit.bead.source) or own[1] & set(unit.bead.target))
    ]
    return bool(places) and all(unit.bead.is_null for unit in units[places[0] : places[-1] + 1])


def _joined(left: FindingRow, right: FindingRow) -> FindingRow:
    source, target = left[2], right[2]
    spans = ((0, len(source.source_text)),), ((0, len(target.target_text)),)
    hit = Hit(
        "moved",
        "note",
        left[1].confidence,
        f"{segments_named('s', source.source)} and {segments_named('t', target.target)} mean the same and were not "
        f"aligned: “{shortened(source.source_text, _QUOTED)}”",
        *spans,
        left[1].cause,
    )
    place = Place(
        source.source,
        target.target,
        source.source_text,
        target.target_text,
        *spans,
        bead=source.bead,
    )
    return left[0], hit, place
