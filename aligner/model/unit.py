"""A translation unit on its own: what corpora and memories are made of, without its documents.

Ground floor: the rooms for corpora, memories and terms share this noun. In files it is a line of
JSON in the notation of the writer `jsonl` (`{"translation": {"es": ..., "en": ...}, ...}`) with
`document` and `number` added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aligner.model.errors import Malformed

__all__ = ["Unit", "dump_unit", "parse_units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """`number` counts the units of a document from 1; one of the texts is "" in a null unit.

    `kind`: numbers of segments, 1-1, 2-1 ...; `confidence` 0-1 or None; `status` as in `Bead`;
    `before` and `after` are the source texts of the neighbours, "" where there are none or nobody
    knows. `metadata`: strings about the document (url, date, ...).
    """

    source_lang: str
    target_lang: str
    source: str
    target: str
    document: str = ""
    number: int = 0
    kind: str = "1-1"
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""
    before: str = ""
    after: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_null(self) -> bool:
        """True where one side is empty."""
        return not self.source or not self.target


def dump_unit(unit: Unit) -> str:
    """One line of JSON without its line break; values that say nothing are left out."""
    sides = ((unit.source_lang, unit.source), (unit.target_lang, unit.target))
    if unit.source_lang == unit.target_lang or not all(lang for lang, _ in sides):
        sides = (("source", unit.source), ("target", unit.target))
    row: dict[str, Any] = {
        "document": unit.document,
        "number": unit.number,
        "languages": [unit.source_lang, unit.target_lang],
        "type": unit.kind,
        "translation": dict(sides),
        "confidence": unit.confidence,
        "status": unit.status,
        "labels": list(unit.labels),
        "comment": unit.comment,
    }
    return json.dumps(
        {key: value for key, value in row.items() if value not in (None, [], "")},
        ensure_ascii=False,
    )


def parse_units(lines: Iterable[str], name: str) -> Iterator[Unit]:
    """Units from lines of JSON (`dump_unit`). Raises Malformed with the line."""
    for line, row in enumerate(lines, start=1):
        if not row.strip():
            continue
        try:
            value = json.loads(row)
            source_lang, target_lang = value["languages"]
            texts = list(value["translation"].values())
            confidence = value.get("confidence")
            yield Unit(
                str(source_lang),
                str(target_lang),
                str(texts[0]),
                str(texts[1]),
                str(value.get("document", "")),
                int(value.get("number", line)),
                str(value.get("type", "1-1")),
                None if confidence is None else float(confidence),
                str(value.get("status", "auto")),
                tuple(str(label) for label in value.get("labels", ())),
                str(value.get("comment", "")),
            )
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise Malformed(
                f"not a unit of a corpus ({type(error).__name__}: {error})",
                context=name,
                line=line,
                excerpt=row[:60],
                hint='{"languages": ["es", "en"], "translation": {"es": "...", "en": "..."}}',
            ) from None
