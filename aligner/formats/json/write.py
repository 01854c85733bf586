"""`.alignment.json`: everything an alignment holds, so that reading it back gives an equal object.

    {"format": "aligner-alignment", "version": 1, "kind": "pair" | "set",
     "documents": [{"id", "lang", "origin", "title", "digest", "metadata", "paragraphs": [
       {"kind", "text", "segments": [[start, end, first wording?], ...], "speaker", "label", "level",
        "spans": [[start, end, kind, value], ...], "times", "key"}, ...]}, ...],
     "units": [what units of a file came with (`model.unit_json`), ...],
     "alignments": [{"source": 0, "target": 1, "signature": [[name, value], ...], "warnings",
       "pins", "header", "beads": [{"source": [start, stop], "target": [start, stop], "score", "confidence", "quality",
       "status", "labels", "comment", "unit", "other": {"beads", "sizes", "posterior", "here"}}, ...], "crossings": [{"source", "target", "confidence"}],
       "words": [[segment, start, end, segment, start, end, similarity, confidence?], ...]}]}

- one paragraph a line and one bead a line, keys in fixed order, so that a diff shows what changed
- ranges are half-open; segments are offsets into the paragraph's text, in code points
- keys with their default value (no labels, no comment, level 0 ...) are left out
- a bead's `unit` is a place in `units`, which is left out where no bead came from a file of units
- numbers are written so that they read back equal; infinities and not-a-number as strings

The reader is `aligner.formats.json.read`; a change of meaning raises VERSION in both.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aligner.files import Sink
from aligner.formats.options import WriteOptions
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Document,
    Paragraph,
    Reading,
    Segment,
    Unit,
    WordLink,
    as_set,
    header_to_json,
    unit_to_json,
)

__all__ = ["FORMAT", "VERSION", "write"]


FORMAT = "aligner-alignment"
VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the format above. Raises ExportError where the sink cannot be written."""
    del options
    with sink.open() as out:
        for piece in _pieces(alignment):
            out.write(piece.encode("utf-8", "backslashreplace"))


def _pieces(alignment: Alignment | AlignmentSet) -> Iterator[str]:
    alignments = as_set(alignment)
    kind = "pair" if isinstance(alignment, Alignment) else "set"
    yield f'{{"format": {_dump(FORMAT)}, "version": {VERSION}, "kind": {_dump(kind)},\n'
    yield '"documents": [\n'
    for number, document in enumerate(alignments.documents):
        yield ",\n" if number else ""
        yield from _document(document)
    units = _Units(alignments)
    if units.rows:
        yield '\n],\n"units": [\n'
        for number, unit in enumerate(units.rows):
            yield (",\n " if number else " ") + _dump(unit_to_json(unit))
    yield '\n],\n"alignments": [\n'
    for number, one in enumerate(alignments.alignments):
        yield ",\n" if number else ""
        yield from _alignment(one, number + 1, units)
    yield "\n]}\n"


def _document(document: Document) -> Iterator[str]:
    head = {
        "id": document.id,
        "lang": document.lang,
        "origin": document.origin,
        "title": document.title,
        "digest": document.digest,
        "metadata": {name: list(document.metadata[name]) for name in sorted(document.metadata)},
    }
    yield from _object(head, {"paragraphs": map(_paragraph, document.paragraphs)})


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "kind": paragraph.kind,
        "text": paragraph.text,
        "segments": [_segment(s) for s in paragraph.segments],
        **({} if paragraph.speaker is None else {"speaker": paragraph.speaker}),
        **({} if paragraph.label is None else {"label": list(paragraph.label)}),
        **({"level": paragraph.level} if paragraph.level else {}),
        **(
            {"spans": [[s.start, s.end, s.kind, s.value] for s in paragraph.spans]}
            if paragraph.spans
            else {}
        ),
        **({} if paragraph.times is None else {"times": list(paragraph.times)}),
        **({"key": paragraph.key} if paragraph.key else {}),
    }


def _segment(segment: Segment) -> list[Any]:
    place: list[Any] = [segment.start, segment.end]
    return place if segment.original is None else [*place, segment.original]


class _Units:
    """The units that beads keep, each written once: a set has a bead in every pair for it."""

    def __init__(self, alignments: AlignmentSet) -> None:
        self.rows: list[Unit] = []
        self._numbers: dict[int, int] = {}
        for one in alignments.alignments:
            for bead in one.beads:
                if bead.unit is not None and id(bead.unit) not in self._numbers:
                    self._numbers[id(bead.unit)] = len(self.rows)
                    self.rows.append(bead.unit)

    def number(self, unit: Unit) -> int:
        """Its place in `rows`."""
        return self._numbers[id(unit)]


def _alignment(alignment: Alignment, target: int, units: _Units) -> Iterator[str]:
    head = {
        "source": 0,
        "target": target,
        "signature": [list(part) for part in alignment.signature.parts],
        "warnings": list(alignment.warnings),
        "pins": list(alignment.pins),
        **({} if alignment.header is None else {"header": header_to_json(alignment.header)}),
    }
    lists: dict[str, Iterable[Any]] = {
        "beads": (_bead(bead, units) for bead in alignment.beads),
        "crossings": map(_crossing, alignment.crossings),
    }
    if alignment.words:
        lists["words"] = map(_word_link, alignment.words)
    yield from _object(head, lists)


def _word_link(link: WordLink) -> list[Any]:
    sure = () if link.confidence is None else (link.confidence,)
    return [*link.source, *link.target, *map(_number, (link.similarity, *sure))]


def _bead(bead: Bead, units: _Units) -> dict[str, Any]:
    return {
        "source": [bead.source.start, bead.source.stop],
        "target": [bead.target.start, bead.target.stop],
        "score": _number(bead.score),
        "confidence": None if bead.confidence is None else _number(bead.confidence),
        **({} if bead.quality is None else {"quality": _number(bead.quality)}),
        "status": bead.status,
        **({"labels": list(bead.labels)} if bead.labels else {}),
        **({"comment": bead.comment} if bead.comment else {}),
        **({} if bead.unit is None else {"unit": units.number(bead.unit)}),
        **({} if bead.other is None else {"other": _other(bead.other)}),
    }


def _other(other: Reading) -> dict[str, Any]:
    return {
        "beads": other.beads,
        "sizes": [list(size) for size in other.sizes],
        "posterior": _number(other.posterior),
        "here": _number(other.here),
    }


def _crossing(crossing: Crossing) -> dict[str, Any]:
    return {
        "source": [crossing.source.start, crossing.source.stop],
        "target": [crossing.target.start, crossing.target.stop],
        "confidence": _number(crossing.confidence),
    }


def _object(head: dict[str, Any], lists: Mapping[str, Iterable[Any]]) -> Iterator[str]:
    """An object: short values on the first line, then its lists, one element a line."""
    yield _dump(head)[:-1]
    for name, items in lists.items():
        yield f",\n {_dump(name)}: ["
        for number, item in enumerate(items):
            yield (",\n  " if number else "\n  ") + _dump(item)
        yield "]"
    yield "}"


def _number(value: float) -> float | str:
    value = float(value)  # numpy's single precision is no float to json
    return value if math.isfinite(value) else repr(value)


def _dump(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
