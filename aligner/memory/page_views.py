"""What the page of a memory gets to see, as JSON values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aligner.memory.browsing import BrowsedUnit
from aligner.memory.coded import marks_of, shown_pieces, text_with_marks
from aligner.memory.facets import NAME, USER
from aligner.memory.revising import known_deeds
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.memory.stored import Filter
from aligner.model import Unit

__all__ = ["PageTools", "RightToLeft", "deeds_view", "listed_view", "memory_view", "unit_view"]

RightToLeft = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class PageTools:
    """What the page needs of other packages: which languages run from right to left, and a filter made of
    the words of a person.
    """

    is_right_to_left: RightToLeft
    choose: Callable[..., Filter]


_CHOICES = 500  # people, properties and documents that the page offers; others are typed


def memory_view(memory: Memory) -> dict[str, Any]:
    """Everything the page needs to begin."""
    with memory.reading() as db:
        total = db.execute("SELECT count(*) FROM unit").fetchone()[0]

        def column(sql: str, *values: int) -> list[str]:
            return [str(row[0]) for row in db.execute(f"{sql} LIMIT {_CHOICES}", values)]

        return {
            "file": memory.path.name,
            "units": total,
            "languages": [[source, target] for _, source, target in memory.languages()],
            "statuses": list(STATUS),
            "users": column("SELECT value FROM facet WHERE kind = ? ORDER BY value", USER),
            "fields": column("SELECT name FROM facet WHERE kind = ? ORDER BY name", NAME),
            "documents": column("SELECT DISTINCT document FROM origin WHERE document <> ''"),
            **deeds_view(memory),
        }


def deeds_view(memory: Memory) -> dict[str, Any]:
    """What can be undone and done again."""
    deeds = known_deeds(memory)
    return {"undo": list(deeds.undo), "redo": list(deeds.redo)}


def listed_view(listed: BrowsedUnit, is_right_to_left: RightToLeft) -> dict[str, Any]:
    """A row of the list."""
    unit = listed.unit
    attributes = dict(unit.attributes) | dict(unit.variants[1].attributes)
    return {
        "id": listed.id,
        "status": unit.status,
        "document": unit.document,
        "user": attributes.get("changeid") or attributes.get("creationid") or "",
        "day": (attributes.get("changedate") or attributes.get("creationdate") or "")[:8],
        "labels": list(unit.labels),
        "comment": unit.comment,
        "sides": [
            {
                "lang": variant.lang,
                "dir": "rtl" if is_right_to_left(variant.lang) else "ltr",
                "text": variant.text,
                "marked": text_with_marks(variant.text, variant.codes),
                "pieces": shown_pieces(variant.text, variant.codes, spans),
                "marks": [
                    [mark.written, mark.code.kind, mark.code.markup or mark.code.element]
                    for mark in marks_of(variant.text, variant.codes)
                ],
            }
            for variant, spans in zip(unit.variants, listed.spans, strict=True)
        ],
    }


def unit_view(identifier: int, unit: Unit, is_right_to_left: RightToLeft) -> dict[str, Any]:
    """A row, and all that the unit came with."""
    more = [
        *((name, value) for name, value in unit.attributes),
        *((name, value) for name, value in unit.properties),
        *(("note", note) for note in unit.notes),
        *(
            (f"{variant.lang}: {name}", value)
            for variant in unit.variants
            for name, value in (
                *variant.attributes,
                *variant.properties,
                *(("note", note) for note in variant.notes),
            )
        ),
    ]
    row = listed_view(BrowsedUnit(identifier, unit, ([], [])), is_right_to_left)
    about = {
        "number": unit.number,
        "kind": unit.kind,
        "confidence": unit.confidence,
        "context": unit.context,
        "name": unit.id,
    }
    return {**row, **about, "more": [list(pair) for pair in more]}
