"""Units of a file to documents and alignments (the way back is `to_units`).

A file of units becomes as many texts as it has languages. A text is a primary language: units in
en-US, en-GB and en make one English text, whose units keep their own tags (`Bead.unit`). Only where
one unit has two variants of a language (en-US beside en-GB, a text and its edition) are these two
texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

from aligner.formats.common.sides import Cell, SideRow, Sides, as_alignment, as_document
from aligner.languages.tags import canonical, primary
from aligner.model import (
    SPAN_KINDS,
    Alignment,
    AlignmentSet,
    Code,
    Document,
    Dropped,
    Header,
    ReadError,
    ReadOptions,
    Signature,
    Source,
    Unit,
    UnitStream,
    Variant,
    text_names,
)
from aligner.text.rich import Rich, clean

__all__ = [
    "alignment_of",
    "comment_of",
    "document_of",
    "native_codes",
    "sides_of",
    "texts_of_codes",
]

_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']*)""")
# attributes that name native code of another place, or stand for it
_ELSEWHERE = frozenset(["dataRef", "dataRefStart", "dataRefEnd", "equiv-text", "equiv"])
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
    """The text of one language (`options.side`); what the file says of its units is listed. Raises
    ReadError where it holds none.
    """
    units = list(stream)
    made = sides_of(replace(stream, units=units), source.name, title)
    made.beside += _beside_texts(units, stream.header)
    return as_document(source, made, options)


def _beside_texts(units: Sequence[Unit], header: Header) -> Iterator[Dropped]:
    """The words that the header, units and variants carry beside their texts."""
    yield from _said("header", header.notes, header.properties)
    yield from _dropped("header", header.content)
    for unit in units:
        yield from _said("unit", unit.notes, unit.properties)
        yield from _said("unit", (unit.comment, unit.context, *unit.labels), unit.metadata.items())
        for variant in unit.variants:
            yield from _said("unit", variant.notes, variant.properties)
            yield from native_codes(variant)
        if not any(variant.text.strip() for variant in unit.variants):
            yield from texts_of_codes([unit])


def native_codes(variant: Variant) -> Iterator[Dropped]:
    """The words of the codes in a text that are native code: what stands in `sub` is told apart."""
    for code in variant.codes:
        native = "".join(_outside_sub(code.content)) if code.content else ""
        if not code.content and _ELSEWHERE.isdisjoint(name for name, _ in code.attributes):
            native = code.markup
        yield from _dropped("inline code", native)


def _outside_sub(content: str) -> Iterator[str]:
    depth = 0
    for piece in _TAGS.split(content):
        if piece.startswith("<sub") and not piece.endswith("/>"):
            depth += 1
        elif piece.startswith("</sub"):
            depth -= 1
        elif not depth:
            yield " " if piece.startswith("<") else unescape(piece)


def _said(what: str, notes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Iterator[Dropped]:
    for note in notes:
        yield from _dropped(f"note of the {what}", note)
    for name, value in pairs:
        yield from _dropped(f"property of the {what} ({name})", value)


def _dropped(reason: str, text: str) -> Iterator[Dropped]:
    words = clean(text)
    if any(map(str.isalpha, words)):
        yield Dropped(reason, words)


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
        *texts_of_codes(units),
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
        quality=unit.quality,
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
        elif code.kind not in SPAN_KINDS:
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


def texts_of_codes(units: Sequence[Unit]) -> Iterator[Dropped]:
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
