"""Lines of JSON, one object a unit, for scripts and the `datasets` libraries.

    {"id": 1, "type": "1-1", "translation": {"es": "...", "en": "..."}, "confidence": 0.973,
     "status": "auto", "kind": "para", "ids": {"es": ["es.s1"], "en": ["en.s1"]},
     "segments": {"es": ["...", "..."]}, "speaker", "labels", "comment"}

A language whose text is null has nothing there (null bead). Where two texts share a
language or have none, their names are `source`, `target`, `target2`. Confidence is as computed, not
rounded. `segments` are given where a text has several. Keys without a value are left out.
"""

from __future__ import annotations

import json
from typing import Any

from aligner.files import Sink
from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.options import WriteOptions
from aligner.formats.tables.write_tsv import losses
from aligner.model import Alignment, AlignmentSet, Document, Row, as_set, rows_of
from aligner.text.output import bcp47, joined

__all__ = ["losses", "write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the lines. Raises ExportError where the sink cannot be written."""
    del options
    alignments = as_set(alignment)
    documents = alignments.documents
    names = _names(documents)
    with sink.open() as out:
        for number, unit in enumerate(rows_of(alignments), start=1):
            row = _row(number, unit, documents, names)
            line = json.dumps(row, ensure_ascii=False, allow_nan=False)
            out.write(f"{line}\n".encode("utf-8", "replace"))


def _names(documents: tuple[Document, ...]) -> list[str]:
    langs = [bcp47(document.lang) for document in documents]
    if len(set(langs)) == len(langs) and "und" not in langs:
        return langs
    return ["source", "target", *(f"target{n}" for n in range(2, len(langs)))][: len(langs)]


def _row(
    number: int, unit: Row, documents: tuple[Document, ...], names: list[str]
) -> dict[str, Any]:
    sides = list(zip(names, documents, prefixes(documents), unit.sides, strict=True))
    first = next(document.paragraphs[s[0].paragraph] for _, document, _, s in sides if s)
    row: dict[str, Any] = {
        "id": number,
        "type": unit.kind,
        "translation": {
            n: joined(document, side) if side else None for n, document, _, side in sides
        },
        "confidence": unit.confidence,
        "status": unit.status,
        "kind": first.kind,
        "ids": {n: [segment_id(p, s.index) for s in side] for n, _, p, side in sides if side},
        "segments": {n: [s.text for s in side] for n, _, _, side in sides if len(side) > 1},
        "speaker": first.speaker,
        "labels": list(unit.labels),
        "comment": " ".join(unit.comments),
    }
    return {key: value for key, value in row.items() if value not in (None, [], {}, "")}
