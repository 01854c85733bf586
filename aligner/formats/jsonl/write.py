"""Lines of JSON, one object a unit, for scripts and the `datasets` libraries.

One notation (`model.unit_json`) for units of corpora and memories and for alignments of texts. A line
about segments of texts has besides

    {"id": 1, "ids": {"es": ["es.s1"], "en": ["en.s1"]}, "segments": {"es": ["...", "..."]}}

the number of the row, its document and neighbours, the ids of the segments (those of TEI), and their texts where a side has
several; the id that its unit had in its own file, if it came from one, is `unit_id` there.
`languages` is there only with what a unit came with, and with formatting, which stands in `variants`
as codes: else the texts stand in `translation` in their order. Confidence is as computed, not rounded.
"""

from __future__ import annotations

import json
from typing import Any

from aligner.files import Sink
from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.common.to_units import units_of
from aligner.formats.options import WriteOptions
from aligner.formats.tables.write_tsv import paragraph_losses
from aligner.model import (
    Alignment,
    AlignmentSet,
    Code,
    Document,
    Row,
    Unit,
    UnitStream,
    Variant,
    as_set,
    dump_unit,
    rows_of,
    text_names,
    unit_to_json,
)
from aligner.text.output import bcp47, joined

__all__ = ["paragraph_losses", "write", "write_units"]

# where a row stands: its document, what is known of that, and its neighbours in the text
_PLACE = ("form", "document", "before", "after", "metadata")


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the lines. Raises ExportError where the sink cannot be written."""
    del options
    alignments = as_set(alignment)
    documents = alignments.documents
    langs = ["" if (lang := bcp47(document.lang)) == "und" else lang for document in documents]
    with sink.open() as out:
        rows = zip(rows_of(alignments), units_of(alignments), strict=True)
        for number, (row, unit) in enumerate(rows, start=1):
            line = _line(number, row, documents, langs)
            if any(bead.unit is not None for bead in row.beads):
                line.pop("comment", None)  # the unit says it, or its notes do
                line |= _of_file(unit)
            else:
                line |= _place(unit)
                if unit.has_codes:
                    _add_codes(line, unit, langs)
            text = json.dumps(line, ensure_ascii=False, allow_nan=False)
            out.write(f"{text}\n".encode("utf-8", "replace"))


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write the units; returns how many. Raises ExportError where the sink cannot be written."""
    del options
    count = 0
    with sink.open() as out:
        for unit in stream:
            out.write(f"{dump_unit(unit)}\n".encode("utf-8", "replace"))
            count += 1
    return count


def _place(unit: Unit) -> dict[str, Any]:
    """Where a row of a text stands, so that a memory takes from here what it takes from the text."""
    known = unit_to_json(unit)
    return {key: known[key] for key in _PLACE if key in known}


def _of_file(unit: Unit) -> dict[str, Any]:
    """What a unit came with. Its texts are those of the row, under its own languages."""
    known = unit_to_json(unit)
    unit_id = known.pop("id", None)
    return {**known, "unit_id": unit_id} if unit_id is not None else known


def _add_codes(line: dict[str, Any], unit: Unit, langs: list[str]) -> None:
    """Formatting as codes, which count in the text that they stand in."""
    line["languages"] = langs
    variants = [
        variant._replace(lengths=(), codes=_outside_words(variant)) for variant in unit.variants
    ]
    line["variants"] = unit_to_json(unit.with_variants(*variants)).get("variants")
    for name, variant in zip(text_names(langs), variants, strict=True):
        if variant.codes:
            line["translation"][name] = variant.text


def _outside_words(variant: Variant) -> tuple[Code, ...]:
    """The codes without line breaks inside a word, which a reader takes for a space."""
    return tuple(
        code
        for code in variant.codes
        if code.kind != "break" or not variant.text[max(code.place - 1, 0) :][:2].isalnum()
    )


def _line(
    number: int, unit: Row, documents: tuple[Document, ...], langs: list[str]
) -> dict[str, Any]:
    names = text_names(langs)
    sides = list(zip(names, documents, prefixes(documents), unit.sides, strict=True))
    first = next(document.paragraphs[s[0].paragraph] for _, document, _, s in sides if s)
    row: dict[str, Any] = {
        "id": number,
        "type": unit.kind,
        "translation": {
            n: joined(document, side) if side else None for n, document, _, side in sides
        },
        "confidence": unit.confidence,
        "quality": unit.quality,
        "status": unit.status,
        "kind": first.kind,
        "ids": {n: [segment_id(p, s.index) for s in side] for n, _, p, side in sides if side},
        "segments": {n: [s.text for s in side] for n, _, _, side in sides if len(side) > 1},
        "speaker": first.speaker,
        "labels": list(unit.labels),
        "comment": " ".join(unit.comments),
    }
    return {key: value for key, value in row.items() if value not in (None, [], {}, "")}
