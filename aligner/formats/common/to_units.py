"""An alignment to units, with what `Bead.unit` kept of the file that they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from aligner.formats.common.from_units import comment_of
from aligner.formats.common.inline_codes import SpanCode, coded, numbered
from aligner.formats.common.sides import FROM_UNITS
from aligner.languages.tags import primary
from aligner.model import (
    Alignment,
    AlignmentSet,
    Code,
    Document,
    Header,
    Row,
    Segment,
    Unit,
    UnitStream,
    Variant,
    as_set,
    rows_of,
)
from aligner.runtime import places
from aligner.text.output import joined, one_line
from aligner.text.rich import clean

__all__ = ["came_as_units", "stream_of", "units_of"]


def came_as_units(alignment: Alignment | AlignmentSet) -> bool:
    """Whether beads keep units of a file, with what it says of them."""
    return any(bead.unit for one in as_set(alignment).alignments for bead in one.beads)


def stream_of(alignment: Alignment | AlignmentSet) -> UnitStream:
    """The units of an alignment under the header of the file that they came from."""
    header = as_set(alignment).alignments[0].header
    return UnitStream(units_of(alignment), header or Header())


def units_of(alignment: Alignment | AlignmentSet, document: str = "") -> Iterator[Unit]:
    """The units of an alignment in the order of its source, nulls included.

    A unit that was read from a file comes back with all that the file said of it, and with what has
    changed since: texts, status, confidence, labels, comment. Codes of a text that was edited are
    gone. `document` names the units; the id of the source document where it is "".
    """
    alignments = as_set(alignment)
    making = _Making(alignments, document)
    for number, row in enumerate(rows_of(alignments), start=1):
        origin = _origin(row)
        made = making.unit(row, number)
        yield made if origin is None else _updated(origin, made)


def _origin(row: Row) -> Unit | None:
    """The one unit that all beads of a row came from."""
    first = row.beads[0].unit if row.beads else None
    return first if first and all(bead.unit == first for bead in row.beads) else None


class _Making:
    """Rows of an alignment -> units."""

    def __init__(self, alignments: AlignmentSet, document: str) -> None:
        self._documents = alignments.documents
        self._coded = [any(p.spans for p in text.paragraphs) for text in self._documents]
        source = self._documents[0]
        self._name = document or source.id
        self._segments = source.segments
        self._metadata = _known_of(source, "")
        for number, text in enumerate(self._documents[1:], start=1):
            side = f"target{number}" if number > 1 else "target"  # as `text_names` has it
            self._metadata |= _known_of(text, f"{side}_")
        if source.origin:
            self._metadata["origin"] = places.shown(source.origin)
        # the rows of a file of units are no text: their order is no context
        self._rows = any(one.signature == FROM_UNITS for one in alignments.alignments)
        # a segment is its own text, the context after the one before, and before the one after
        self._line = lru_cache(maxsize=16)(one_line)

    def unit(self, row: Row, number: int) -> Unit:
        """One row."""
        variants = self._variants(row)
        before, after = ("", "") if self._rows else self._neighbours(row.sides[0])
        number_of = 0 if row.sides[0] else next(n for n, side in enumerate(row.sides) if side)
        place = row.sides[number_of][0].paragraph
        paragraph = self._documents[number_of].paragraphs[place]
        comments = row.comments
        confidence = row.confidence
        return Unit(
            variants,
            self._name,
            number,
            row.kind,
            confidence,
            row.status,
            row.labels,
            " ".join(comments) if comments else "",
            before,
            after,
            self._metadata,
            "",
            "",
            (),
            (),
            (),
            "units" if self._rows and confidence is None else "",
            paragraph.kind,
            paragraph.speaker or "",
            False,
            row.quality,
        )

    def _variants(self, row: Row) -> tuple[Variant, ...]:
        made = []
        coded_sides: list[tuple[int, tuple[SpanCode, ...]]] = []
        for number, (document, side) in enumerate(zip(self._documents, row.sides, strict=True)):
            text = ""
            lengths: tuple[int, ...] = ()
            if side and self._coded[number]:
                text, codes = coded(document, side)
                if codes:
                    coded_sides.append((number, codes))
            elif len(side) == 1:
                text = self._line(side[0].text)
            elif side:
                text = one_line(joined(document, side))
            if len(side) > 1:
                lengths = _lengths(side)
            made.append(Variant(document.lang, text, (), lengths))
        if coded_sides:
            numbers = numbered([codes for _, codes in coded_sides])
            for number, codes in coded_sides:
                made[number] = made[number]._replace(codes=_codes(codes, numbers))
        return tuple(made)

    def _neighbours(self, side: Sequence[Segment]) -> tuple[str, str]:
        """The segments before and after on the source side: the order of a text is its context."""
        if not side:
            return "", ""
        before, after = side[0].index - 1, side[-1].index + 1
        return (
            self._line(self._segments[before].text) if before >= 0 else "",
            self._line(self._segments[after].text) if after < len(self._segments) else "",
        )


def _known_of(document: Document, prefix: str) -> dict[str, str]:
    """The metadata of a text, for units: each value one text."""
    return {prefix + key: "; ".join(values) for key, values in sorted(document.metadata.items())}


def _lengths(side: Sequence[Segment]) -> tuple[int, ...]:
    return tuple(len(one_line(segment.text)) for segment in side)


def _codes(codes: Sequence[SpanCode], numbers: dict[tuple[str, int], int]) -> tuple[Code, ...]:
    return tuple(
        Code(
            code.place,
            code.role,
            str(numbers[code.kind, code.ordinal]),
            code.kind,
            code.markup,
        )
        for code in codes
    )


def _updated(origin: Unit, made: Unit) -> Unit:
    """The unit of the file with what the alignment says now."""
    known = {primary(v.lang): v for v in reversed(origin.variants)}
    known |= {v.lang: v for v in reversed(origin.variants)}
    used: list[Variant] = []
    variants: list[Variant] = []
    for variant in made.variants:
        before = known.get(variant.lang) or known.get(primary(variant.lang))
        if before is None or before in used:
            # the empty side of a null unit holds its place
            if variant.text or len(origin.variants) < 2:
                variants.append(variant)
            continue
        used.append(before)
        same = clean(before.text) == clean(variant.text)
        variants.append(
            before
            if same
            else before._replace(text=variant.text, codes=(), lengths=variant.lengths)
        )
    variants += [variant for variant in origin.variants if variant not in used]
    comment = made.comment
    notes = origin.notes
    if comment == comment_of(origin):
        comment = origin.comment
    else:
        notes = ()
    return origin._replace(
        variants=tuple(variants),
        kind=made.kind if len(made.variants) == 2 else origin.kind,
        confidence=made.confidence,
        quality=made.quality,
        status=made.status,
        labels=made.labels,
        comment=comment,
        notes=notes,
    )
