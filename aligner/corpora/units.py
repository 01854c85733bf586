"""Alignments -> units, which corpus tools, memories and terms live on."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.model import Alignment, AlignmentSet
from aligner.units import Unit

__all__ = ["units_of"]


def units_of(alignment: Alignment | AlignmentSet, document: str = "") -> Iterator[Unit]:
    """The units of an alignment, nulls included, each with its neighbours on the source side.

    A set gives the units of its alignments one after the other. `document` names them; the id of
    the source document where it is "".
    """
    from aligner.exporting.text import joined, one_line
    from aligner.exporting.units import as_set, units

    for one in as_set(alignment).alignments:
        source, target = one.source, one.target
        segments = source.segments
        metadata = {name: "; ".join(source.metadata[name]) for name in sorted(source.metadata)}
        if source.origin:
            metadata["origin"] = source.origin
        for number, unit in enumerate(units(as_set(one)), start=1):
            left, right = unit.sides
            before = left[0].index - 1 if left else -1
            after = left[-1].index + 1 if left else len(segments)
            yield Unit(
                source.lang,
                target.lang,
                one_line(joined(source, left)) if left else "",
                one_line(joined(target, right)) if right else "",
                document or source.id,
                number,
                unit.kind,
                unit.confidence,
                unit.status,
                unit.labels,
                " ".join(unit.comments),
                one_line(segments[before].text) if before >= 0 else "",
                one_line(segments[after].text) if after < len(segments) else "",
                metadata,
            )
