"""Units of a file to documents and alignments, and an alignment back to units.

A file of units becomes as many texts as it has languages. A text is a primary language: units in
en-US, en-GB and en make one English text, whose units keep their own tags (`Bead.unit`). Only where
one unit has two variants of a language (en-US beside en-GB, a text and its edition) are these two
texts.

    alignment_of   UnitStream -> Alignment, or AlignmentSet for three languages or more
    document_of    UnitStream -> Document, one side
    units_of       Alignment -> units, with what `Bead.unit` kept of the file that they came from
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape

from aligner.formats.common.inline_codes import Code as SpanCode
from aligner.formats.common.inline_codes import coded, numbered
from aligner.formats.common.sides import FROM_UNITS, Cell, SideRow, Sides, as_alignment, as_document
from aligner.languages.tags import canonical, primary
from aligner.model import (
    Alignment,
    AlignmentSet,
    Code,
    Document,
    Dropped,
    Header,
    ReadError,
    ReadOptions,
    Row,
    Segment,
    Signature,
    Source,
    Unit,
    UnitStream,
    Variant,
    as_set,
    rows_of,
    text_names,
)
from aligner.text.output import joined, one_line
from aligner.text.rich import Rich, clean

__all__ = [
    "alignment_of",
    "came_as_units",
    "comment_of",
    "document_of",
    "sides_of",
    "stream_of",
    "units_of",
]

# codes that are formatting; the others are markup without a meaning for the text
_SPANS = frozenset(["bold", "italic", "underline", "link", "sup", "sub", "code", "image", "note"])
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']*)""")
_TAGS = re.compile(r"(<[^<>]*>)")


def alignment_of(
    stream: UnitStream, source: Source, title: str = "", order: Sequence[str] = ()
) -> Alignment | AlignmentSet:
    """All languages of the units, aligned unit by unit; each bead keeps its unit. `order`: tags in
    the order of the texts, where the file has one; else as they come.

    Raises ReadError where there is no text, or text in one language only.
    """
    return as_alignment(source, sides_of(stream, source.name, title, order))


def document_of(
    stream: UnitStream, source: Source, options: ReadOptions, title: str = ""
) -> Document:
    """The text of one language (`options.side`). Raises ReadError where it holds none."""
    return as_document(source, sides_of(stream, source.name, title), options)


def comment_of(unit: Unit) -> str:
    """What a person reads beside a unit: the reviewer's comment, else the notes of its file."""
    return unit.comment or " ".join(filter(None, (clean(note) for note in unit.notes)))


def sides_of(stream: UnitStream, name: str, title: str = "", order: Sequence[str] = ()) -> Sides:
    """The units as rows of texts, a column a language. Raises ReadError where no unit holds text."""
    units = [unit for unit in stream if any(variant.text.strip() for variant in unit.variants)]
    if not units:
        raise ReadError("the file holds no text", context=name)
    columns = _Columns(units, stream.header.source_lang, order)
    again: list[Dropped] = []
    rows = [_row(unit, columns, again) for unit in units]
    tags = columns.tags(units)
    dropped = [
        *again,
        *(Dropped(f"{reason} ({count} times)", "") for reason, count in stream.dropped.items()),
        *_texts_of_codes(units),
    ]
    return Sides(
        text_names(tags),
        tags,
        rows,
        title,
        dropped,
        signatures=_signatures(stream),
        header=stream.header,
    )


def came_as_units(alignment: Alignment | AlignmentSet) -> bool:
    """Whether beads keep units of a file, with what it says of them."""
    return any(bead.unit for one in as_set(alignment).alignments for bead in one.beads)


def stream_of(alignment: Alignment | AlignmentSet) -> UnitStream:
    """The units of an alignment under the header of the file that they came from."""
    header = as_set(alignment).alignments[0].header
    return UnitStream(units_of(alignment), header or Header())


class _Columns:
    """Which text each variant of a unit belongs to."""

    def __init__(self, units: Sequence[Unit], source_lang: str, order: Sequence[str]) -> None:
        self._own: dict[str, None] = {}  # tags that stand beside another one of their language
        there: set[str] = set()  # keys of texts that are not empty
        for unit in units:
            primaries = Counter(primary(variant.lang) for variant in unit.variants)
            for variant in unit.variants:
                if primaries[primary(variant.lang)] > 1:
                    self._own[variant.lang] = None
        self._first: dict[str, str] = {}  # primary language -> the text of its other tags
        for tag in order:
            self._first.setdefault(primary(tag), tag)
        for unit in units:
            for variant in unit.variants:
                self._first.setdefault(primary(variant.lang), variant.lang)
        keys = dict.fromkeys(self.of_tags(order))
        for unit in units:
            for key, variant in zip(self.of(unit), unit.variants, strict=True):
                keys.setdefault(key, None)
                if variant.text.strip():
                    there.add(key)
        keys = {key: None for key in keys if key in there}
        wanted = canonical(source_lang)
        first = [key for key in keys if wanted and key == wanted] or [
            key for key in keys if wanted and primary(key) == primary(wanted)
        ]
        self.keys = [*first[:1], *(key for key in keys if key not in first[:1])]

    def of(self, unit: Unit) -> list[str]:
        """The key of each variant; a second variant of one tag has the key of a text of its own."""
        return self.of_tags([variant.lang for variant in unit.variants])

    def of_tags(self, tags: Sequence[str]) -> list[str]:
        """The keys of variants in these languages."""
        made: list[str] = []
        for tag in tags:
            language = primary(tag)
            key = self._first[language]
            if tag in self._own:
                key = tag
            elif key not in self._own:
                # en beside units that have en-US and en-GB belongs to the first of these
                key = next((own for own in self._own if primary(own) == language), key)
            while key in made:
                key = f"{key}\0again"
            made.append(key)
        return made

    def tags(self, units: Sequence[Unit]) -> list[str]:
        """The language of each text: the tag of all its units, else what they share."""
        seen: dict[str, dict[str, None]] = {key: {} for key in self.keys}
        for unit in units:
            for key, variant in zip(self.of(unit), unit.variants, strict=True):
                if key in seen and variant.text.strip():
                    seen[key].setdefault(variant.lang, None)
        return [next(iter(tags)) if len(tags) == 1 else _shared(tags) for tags in seen.values()]


def _shared(tags: Iterable[str]) -> str:
    """The subtags that all of them begin with: en of en-US and en-GB."""
    parts = [tag.split("-") for tag in tags]
    common = []
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            break
        common.append(column[0])
    return "-".join(common)


def _row(unit: Unit, columns: _Columns, again: list[Dropped]) -> SideRow:
    cells = {key: Cell() for key in columns.keys}
    for key, variant in zip(columns.of(unit), unit.variants, strict=True):
        if key in cells:
            cells[key] = _cell(variant)
        elif variant.text.strip():
            again.append(Dropped(f"a further variant in {variant.lang}", variant.text))
    return SideRow(
        list(cells.values()),
        key=unit.id,
        kind=unit.role,
        speaker=unit.speaker or None,
        joins=unit.joins,
        confidence=unit.confidence,
        status=unit.status,
        labels=unit.labels,
        comment=comment_of(unit),
        unit=unit,
    )


def _cell(variant: Variant) -> Cell:
    """The text under the policy for characters, formatting codes as spans."""
    rich = Rich()
    place = 0
    for code in variant.codes:
        rich.add(variant.text[place : code.place])
        place = max(place, code.place)
        if code.kind == "break":
            rich.mark("break")
        elif code.kind not in _SPANS:
            continue
        elif code.role in ("open", "begin"):
            rich.open(code.kind, _value(code))
        elif code.role in ("close", "end"):
            rich.close(code.kind)
        else:
            rich.mark(code.kind, _value(code))
    rich.add(variant.text[place:])
    lengths = " ".join(map(str, variant.lengths))
    return Cell(*rich.build()).parted(lengths)


def _value(code: Code) -> str:
    match = _HREF.search(code.markup)
    return match[1] if match else ""


def _texts_of_codes(units: Sequence[Unit]) -> Iterator[Dropped]:
    """Words that stand inside codes (a footnote in TMX `sub`): kept with the unit, no part of the text."""
    for unit in units:
        for variant in unit.variants:
            for code in variant.codes:
                for words in _sub_texts(code.content) if code.content else ():
                    yield Dropped("text inside an inline code", words)


def _sub_texts(content: str) -> Iterator[str]:
    """The texts of `sub` elements, in TMX and XLIFF 1.2; what is around them is native code."""
    depth = 0
    pieces: list[str] = []
    for piece in _TAGS.split(content):
        if piece.startswith("<sub") and not piece.endswith("/>"):
            depth += 1
        elif piece.startswith("</sub"):
            depth -= 1
            words = clean(unescape("".join(pieces)))
            if words and not depth:
                yield words
            pieces = pieces if depth else []
        elif depth:
            pieces.append(" " if piece.startswith("<") else piece)


def _signatures(stream: UnitStream) -> list[Signature]:
    """What made the alignments, where the header says it in our own property."""
    return [
        Signature(tuple((n, v) for n, _, v in (p.partition(":") for p in value.split("|") if p)))
        for name, value in stream.header.properties
        if name == "x-signature"
    ]


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
        self._metadata = {key: "; ".join(source.metadata[key]) for key in sorted(source.metadata)}
        if source.origin:
            self._metadata["origin"] = source.origin
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
        status=made.status,
        labels=made.labels,
        comment=comment,
        notes=notes,
    )
