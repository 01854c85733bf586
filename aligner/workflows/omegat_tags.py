"""The units of an alignment with OmegaT's tags in them, as a project of OmegaT has them for its files.

A unit holds what OmegaT takes as one segment: where a tag keeps it from breaking behind a stop, units
become one. What stays without its tags is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.documents.filling import Link
from aligner.documents.omegat import (
    OMEGAT_SUFFIXES,
    OmegatSegment,
    TextsOf,
    TextTag,
    carried,
    dressed,
    found,
    omegat_texts,
    unfolded,
)
from aligner.formats.common.to_units import units_of
from aligner.model import (
    Alignment,
    AlignmentSet,
    Code,
    Row,
    Source,
    Unit,
    Variant,
    as_set,
    rows_of,
)
from aligner.text.drafts import suffix_of
from aligner.text.output import joined, one_line
from aligner.workflows.opening import read_source
from aligner.workflows.word_links import word_linker

__all__ = ["TaggedUnits", "files_of", "has_tags", "tagged_units"]

# before a heading or an item, typed by hand
_NUMBER = re.compile(r"(?P<number>\d[\d.)\]]*[.)\]])[ \t\n]+(?=\S)")


@dataclass(frozen=True, slots=True)
class TaggedUnits:
    """All units of an alignment, nulls included; of how many segments in which OmegaT puts tags
    (`there`) the unit has them (`made`).
    """

    units: tuple[Unit, ...]
    there: int
    made: int


def has_tags(source: Source) -> bool:
    """Whether OmegaT's tags in a file of this name are known."""
    return suffix_of(source.name) in OMEGAT_SUFFIXES


def files_of(alignment: Alignment | AlignmentSet) -> list[Source | None]:
    """The files that the texts of an alignment were read from, where they are still there and of a
    format whose tags are known.
    """
    origins = [document.origin for document in as_set(alignment).documents]
    return [
        read_source(origin)
        if suffix_of(origin) in OMEGAT_SUFFIXES and Path(origin).is_file()
        else None
        for origin in origins
    ]


def tagged_units(
    alignment: Alignment | AlignmentSet,
    files: Sequence[Source | None],
    *,
    coded: bool = False,
) -> TaggedUnits:
    """The units with the tags that OmegaT puts into the texts of the source's file, the first of
    `files`; those of the translations help to place them, None where one is not there. `coded`: all
    other units keep the inline codes of their formatting.

    Raises Malformed for a damaged file.
    """
    whole = as_set(alignment)
    rows = list(rows_of(whole))
    units = list(units_of(whole))
    row_of = {segment.index: n for n, row in enumerate(rows) for segment in row.sides[0]}
    links = {
        document.lang: word_linker((whole.documents[0].lang, document.lang))
        for document in whole.documents[1:]
    }
    own = [
        None if file is None else TextsOf(document, omegat_texts(file))
        for document, file in zip(whole.documents[1:], files[1:], strict=True)
    ]
    there = made = 0
    merged: dict[int, tuple[int, Unit]] = {}
    for segment in found(whole.documents[0], omegat_texts(files[0]) if files[0] else ()):
        there += bool(segment.tags)
        numbers = sorted({row_of[n] for n in segment.numbers if n in row_of})
        held = [rows[n] for n in numbers]
        if (
            not numbers
            or numbers[-1] - numbers[0] + 1 != len(numbers)
            or tuple(s.index for row in held for s in row.sides[0]) != segment.numbers
            or any(not side for row in held for side in row.sides)
        ):
            continue
        joint = _joint([units[n] for n in numbers], held, whole)
        unit = _tagged(joint, held, segment, whole, own, links)
        if unit is not None:
            made += bool(segment.tags)
            merged[numbers[0]] = (len(numbers), unit)
    out: list[Unit] = []
    number = 0
    while number < len(units):
        count, unit = merged.get(number, (1, units[number]))
        out.append(unit if number in merged or coded else _plain(unit))
        number += count
    return TaggedUnits(tuple(out), there, made)


def _plain(unit: Unit) -> Unit:
    """A unit made by aligning without codes of ours, which would be no tags of OmegaT's."""
    if unit.form:
        return unit
    return unit._replace(variants=tuple(one._replace(codes=()) for one in unit.variants))


def _joint(units: Sequence[Unit], rows: Sequence[Row], whole: AlignmentSet) -> Unit:
    """Several units as one."""
    first = units[0]
    if len(units) == 1:
        return first
    variants = []
    for number, document in enumerate(whole.documents):
        side = [segment for row in rows for segment in row.sides[number]]
        lengths = tuple(len(one_line(segment.text)) for segment in side)
        text = one_line(joined(document, side))
        variants.append(first.variants[number]._replace(text=text, codes=(), lengths=lengths))
    known = [unit.confidence for unit in units if unit.confidence is not None]
    statuses = [unit.status for unit in units]
    return first._replace(
        variants=tuple(variants),
        kind="-".join(
            str(sum(len(row.sides[n]) for row in rows)) for n in range(len(whole.documents))
        ),
        confidence=min(known) if len(known) == len(units) else None,
        status=next((s for s in ("auto", "edited") if s in statuses), first.status),
        labels=tuple(dict.fromkeys(label for unit in units for label in unit.labels)),
        comment=" ".join(unit.comment for unit in units if unit.comment),
        after=units[-1].after,
    )


def _tagged(
    unit: Unit,
    rows: Sequence[Row],
    segment: OmegatSegment,
    whole: AlignmentSet,
    own: Sequence[TextsOf | None],
    links: Mapping[str, Link],
) -> Unit | None:
    """The unit with tags on all its sides; None where a translation has no sure place for them."""
    sides = [
        [segment for row in rows for segment in row.sides[n]] for n in range(len(whole.documents))
    ]
    if unit.form or len(unit.variants) != len(sides):
        return None
    worded = [
        dressed(document, side) for document, side in zip(whole.documents, sides, strict=True)
    ]
    variants = [_coded(unit.variants[0]._replace(text=segment.text), segment.tags)]
    for number, variant in enumerate(unit.variants[1:], start=1):
        if not segment.tags:
            variants.append(variant._replace(codes=()))
            continue
        tags = carried(
            segment.text,
            segment.tags,
            worded[0],
            variant.text,
            worded[number],
            None if (texts := own[number - 1]) is None else texts.tags(sides[number]),
            links[variant.lang],
        )
        if tags is None:
            return None
        variants.append(_coded(variant, tags))
    return unit._replace(variants=tuple(_unnumbered(variants)))


def _unnumbered(variants: Sequence[Variant]) -> Sequence[Variant]:
    """Texts without the number before them where all have the same: to OmegaT it is a segment."""
    opening = _NUMBER.match(variants[0].text)
    if opening is None or not (
        opening["number"].endswith(".") or variants[0].text[opening.end()].isupper()
    ):
        return variants
    made = []
    for variant in variants:
        there = _NUMBER.match(variant.text)
        if there is None or there["number"] != opening["number"]:
            return variants
        size = there.end()
        if any(code.place < size for code in variant.codes):
            return variants
        codes = tuple(code._replace(place=code.place - size) for code in variant.codes)
        made.append(variant._replace(text=variant.text[size:], codes=codes, lengths=()))
    return made


def _coded(variant: Variant, tags: Sequence[TextTag]) -> Variant:
    roles = {"begin": "open", "end": "close", "alone": "point"}
    whole = unfolded(variant.text, tags)
    codes = tuple(Code(tag.place, roles[tag.role], "", "", tag.markup) for tag in whole.tags)
    # a number of a note stands in no segment of the text
    lengths = variant.lengths if whole.text == variant.text else ()
    return variant._replace(text=whole.text, codes=codes, lengths=lengths)
