"""TMX 1.1 to 1.4b read unit by unit, whatever its size: the one reader of this format.

A unit keeps what its file says: every variant with its own tag, codes, properties, notes and
attributes, the header whole. Language tags come in the case of BCP 47; `lang` (TMX 1.1) is
`xml:lang`. The variant in the language of `srclang` (of the unit, else of the header) stands first,
the others in the order of the file; `*all*` and `*` name no language.

What cannot be kept is counted in `UnitStream.dropped`: elements that TMX does not know outside
`seg`, attributes of properties and notes.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO

from aligner.files.xml import as_named
from aligner.files.xml_events import event_parser, events
from aligner.files.xml_text import attribute
from aligner.formats.tmx.codes import TAGGED, SegReader, from_omegat
from aligner.formats.tmx.marks import in_order, name_of
from aligner.formats.tmx.properties import ALIGNED, FORM, aligned_unit, lengths_of, meaning_of
from aligner.languages.tags import canonical, lookup
from aligner.model import (
    Code,
    Declined,
    Header,
    Malformed,
    ReadOptions,
    Unit,
    UnitStream,
    Variant,
)
from aligner.text.drafts import DEFAULTS

__all__ = ["stream"]

_ANY = frozenset(("", "*", "*all*"))
_LANG = frozenset(("xml:lang", "lang"))
_DEEPEST = 256  # elements, as `files.xml` has it
_KNOWN = frozenset(("tmx", "body", "tuv", "map"))
Pairs = tuple[tuple[str, str], ...]


def stream(file: BinaryIO, name: str, options: ReadOptions = DEFAULTS) -> UnitStream:
    """The units of a TMX, in order. `options.encoding` overrules what it declares.

    Raises Declined for what is no TMX; Malformed, with line and column, for broken XML, an entity
    of its own or bytes outside its encoding; ReadError where it is empty; while units are taken
    for what comes behind the header.
    """
    reader = _Reader(name)
    if options.encoding is not None:
        file = io.BytesIO(as_named(file.read(), name, options.encoding))
    steps = events(file, name, reader.parser, reader.held)
    broken: Malformed | None = None
    try:
        for _ in steps:
            if reader.started:
                break
    except Malformed as error:
        if not reader.root and not name.lower().endswith((".tmx", ".tmx.gz")):
            raise Declined("it is no XML, so no TMX") from None
        if reader.root in ("", "tmx") and not reader.started:
            raise
        broken = error
    if reader.root != "tmx":
        raise Declined(f"the root element is <{reader.root}>, not <tmx>")
    return UnitStream(_units(reader, steps, broken), reader.header(), reader.dropped)


def _units(reader: _Reader, steps: Iterator[None], broken: Malformed | None) -> Iterator[Unit]:
    yield from reader.taken()
    if broken is not None:
        raise broken
    try:
        for _ in steps:
            yield from reader.taken()
    except Malformed:
        yield from reader.taken()  # what came before the broken place
        raise


class _Reader:
    """Expat's events -> units.

    Character data goes into one list, straight from the parser, and is taken out of it where an
    element ends that holds text.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.root = ""
        self.started = False  # the header is known
        self.dropped: Counter[str] = Counter()
        self._units: list[Unit] = []
        self._number = 0
        self._pieces: list[str] = []
        self._langs: dict[str, str] = {}
        self._first: dict[tuple[str, ...], int] = {}
        self._omegat = False
        self._source_lang = ""
        self._spaces: Pairs = ()
        self._header: dict[str, str] = {}
        self._maps: list[str] = []
        self._head: tuple[list[tuple[str, str]], list[str]] = ([], [])
        self._seg: SegReader | None = None
        self._in_seg = False
        self._attributes: dict[str, str] = {}  # of the element that opened last
        self._tu: dict[str, str] = {}
        self._tuv: dict[str, str] = {}
        self._variants: list[Variant] = []
        # where properties and notes go: those of the header, of a unit, of a variant
        self._properties, self._notes = self._head
        # attributes of those, by `marks.name_of`
        self._marks = self._head_marks = list[tuple[str, str]]()
        self._unit_marks: list[tuple[str, str]] = []
        self._unit_properties: list[tuple[str, str]] = []
        self._unit_notes: list[str] = []
        self._text = ""
        self._codes: tuple[Code, ...] = ()
        self.parser = event_parser()
        self.parser.CharacterDataHandler = self._pieces.append
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._ends: dict[str, Callable[[], None]] = {
            "prop": self._end_prop,
            "note": self._end_note,
            "seg": self._end_seg,
            "tuv": self._end_tuv,
            "tu": self._end_tu,
            "header": self._end_header,
            "ude": self._end_ude,
        }

    def taken(self) -> list[Unit]:
        """The units since the last call."""
        units, self._units = self._units, []
        return units

    def held(self) -> int:
        """How many characters are held of the unit that has not ended."""
        values = [value for _, value in (*self._unit_properties, *self._properties)]
        texts = [variant.text for variant in self._variants]
        return sum(map(len, (*self._pieces, *values, *texts, *self._notes, *self._unit_notes)))

    def header(self) -> Header:
        """What the header said; all of it once the first unit is reached."""
        properties, notes = self._head
        attributes = tuple(self._header.items())
        attributes += in_order(self._head_marks)
        return Header(FORM, self._source_lang, (*self._spaces, *attributes), tuple(properties), tuple(notes), "".join(self._maps))  # fmt: skip

    def _without(self, prefix: str) -> None:
        """Hear of elements without the prefix that the root has."""
        self.parser.StartElementHandler = lambda tag, a: self._start(tag.removeprefix(prefix), a)
        self.parser.EndElementHandler = lambda tag: self._end(tag.removeprefix(prefix))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._in_seg:
            if self._seg is None:
                self._seg = SegReader(self._pieces)
            self._seg.start(tag, attributes)
            if self._seg.depth > _DEEPEST:
                raise Malformed(
                    f"not well-formed XML for us, nested deeper than {_DEEPEST} elements",
                    context=self._name,
                    line=self.parser.CurrentLineNumber,
                )
            return
        self._pieces.clear()
        if tag == "prop" or tag == "note":  # noqa: PLR1714 - asked for every property
            self._attributes = attributes
        elif tag == "seg":
            self._in_seg = True
        elif tag == "tuv":
            self._tuv = attributes
            self._properties, self._notes, self._marks = [], [], []
            self._text, self._codes = "", ()
        elif tag == "tu":
            self.started = True
            self._tu = attributes
            self._variants = []
            self._properties = self._unit_properties = []
            self._notes = self._unit_notes = []
            self._marks = self._unit_marks = []
        else:
            self._other(tag, attributes)

    def _other(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.root:
            prefix, colon, self.root = tag.rpartition(":")
            if colon:
                self._without(prefix + colon)
            self._spaces = tuple((k, v) for k, v in attributes.items() if k.startswith("xmlns"))
        elif tag == "header":
            self._header = attributes
            declared = attributes.get("srclang", "").strip()
            self._source_lang = "" if declared.lower() in _ANY else canonical(declared)
            self._omegat = attributes.get("creationtool") == "OmegaT"
        elif tag == "body":
            self.started = True
            self._omegat = self._omegat or TAGGED in self._head[0]
        elif tag in ("ude", "map"):
            made = "".join([f' {name}="{attribute(value)}"' for name, value in attributes.items()])
            self._maps.append(f"<ude{made}>" if tag == "ude" else f"<map{made}/>")
        elif tag not in _KNOWN:
            self.dropped[f"element <{tag}>"] += 1

    def _end(self, tag: str) -> None:
        if self._in_seg and tag != "seg":
            if self._seg is not None:
                self._seg.end(tag)
            return
        end = self._ends.get(tag)
        if end is not None:
            end()

    def _end_seg(self) -> None:
        self._in_seg = False
        if self._seg is not None:
            self._text, self._codes = self._seg.finish()
            self._seg = None
            return
        pieces = self._pieces
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if self._omegat:
            text, self._codes = from_omegat(text)
        self._text = "" if text.isspace() and not self._codes else text

    def _end_prop(self) -> None:
        attributes, pieces = self._attributes, self._pieces
        value = pieces[0] if len(pieces) == 1 else "".join(pieces)
        self._properties.append((attributes.get("type", ""), value))
        if len(attributes) != 1:
            self._mark("prop", len(self._properties), attributes)

    def _end_note(self) -> None:
        self._notes.append("".join(self._pieces))
        if self._attributes:
            self._mark("note", len(self._notes), self._attributes)

    def _mark(self, tag: str, number: int, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name != "type" or tag == "note":
                self._marks.append((name_of(tag, number, name), value))

    def _end_header(self) -> None:
        self.started = True

    def _end_ude(self) -> None:
        self._maps.append("</ude>")

    def _end_tuv(self) -> None:
        attributes = self._tuv
        raw = attributes.get("xml:lang") or attributes.get("lang", "")
        lang = self._langs.get(raw)
        if lang is None:
            lang = self._langs[raw] = canonical(raw)
        rest: Pairs = ()
        if len(attributes) > 1:
            rest = tuple([pair for pair in attributes.items() if pair[0] not in _LANG])
        if self._marks:
            rest = (*rest, *in_order(self._marks))
        properties: Pairs = ()
        lengths: tuple[int, ...] = ()
        if self._properties:
            properties = tuple(self._properties)
            lengths = lengths_of(self._text, properties)
        notes = tuple(self._notes) if self._notes else ()
        self._variants.append(
            Variant(lang, self._text, self._codes, lengths, rest, properties, notes)
        )

    def _end_tu(self) -> None:
        self._number += 1
        variants = self._variants
        if not variants:
            self.dropped["unit without a variant"] += 1
            return
        attributes = self._tu
        first = self._source(attributes.get("srclang"), tuple([v[0] for v in variants]))
        if first:
            variants.insert(0, variants.pop(first))
        identifier = attributes.pop("tuid", "")
        rest = tuple(attributes.items()) if attributes else ()
        if self._unit_marks:
            rest = (*rest, *in_order(self._unit_marks))
        properties = tuple(self._unit_properties)
        notes = tuple(self._unit_notes) if self._unit_notes else ()
        unit = None
        if properties and properties[0] == ALIGNED and not rest:
            unit = aligned_unit(variants, self._number, identifier, properties, notes)
        if unit is None:
            unit = _unit(variants, self._number, identifier, rest, properties, notes)
        self._units.append(unit)

    def _source(self, declared: str | None, langs: tuple[str, ...]) -> int:
        """Number of the variant that is the source."""
        key = langs if declared is None else (declared, "", *langs)
        number = self._first.get(key)
        if number is None:
            own = (declared or "").strip()
            asked = self._source_lang if not own or own.lower() in _ANY else own
            number = self._first[key] = (lookup(asked, langs) or 0) if asked else 0
        return number


def _unit(
    variants: list[Variant],
    number: int,
    identifier: str,
    attributes: Pairs,
    properties: Pairs,
    notes: tuple[str, ...],
) -> Unit:
    meaning = meaning_of(properties)
    before, after, context = meaning.before, meaning.after, meaning.context
    if variants[0].properties:
        beside = meaning_of(variants[0].properties)
        before, after = before or beside.before, after or beside.after
        context = context or beside.context
    return Unit(
        tuple(variants),
        meaning.document,
        number,
        meaning.kind,
        meaning.confidence,
        meaning.status,
        meaning.labels,
        "",
        before,
        after,
        context=context,
        id=identifier,
        attributes=attributes,
        properties=properties,
        notes=notes,
        form=FORM,
        quality=meaning.quality,
    )
