"""One `tu` as a string (TMX 1.4b, 3.1): notes and properties, then a variant a language, as the DTD
orders.

A unit of TMX is written as it was, with what has changed since (`properties`). One that was made by
aligning (`form` "") says so, has a hash of its texts and documents as `tuid`, which survives
insertions elsewhere (an ordinal follows where the same unit comes again), and its inline codes
under `options.inline` only. Units of other formats have their codes, and no word of aligning.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from aligner.files.xml_text import attribute, content
from aligner.formats.options import WriteOptions
from aligner.formats.tmx.codes import TagWriter, seg
from aligner.formats.tmx.flavours import Flavour, flavour
from aligner.formats.tmx.marks import Marks, mark_of, marks_of, without_marks
from aligner.formats.tmx.properties import FORM, unit_properties, variant_properties
from aligner.model import Document, Unit, Variant
from aligner.text.output import bcp47, one_line, xml_safe
from aligner.text.wording import Forms

__all__ = ["Made", "TuWriter", "prop", "written_notes", "written_properties"]

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
Pairs = tuple[tuple[str, str], ...]


class Made(NamedTuple):
    """A unit ready to be written; `alone`: it is in one language and the user has to want it."""

    text: str
    alone: bool


LONG = ("unit longer than the flavour allows", "units longer than the flavour allows")
EMPTY = ("unit without any text", "units without any text")


class TuWriter:
    """What the units of one memory share; raises UsageError for an unknown flavour."""

    def __init__(self, options: WriteOptions, tags: TagWriter | None = None) -> None:
        self.flavour: Flavour = flavour(options.flavour)
        moment = options.moment()
        self.date = f"{moment:%Y%m%dT%H%M%SZ}" if moment else ""
        self._date = _attributes((("creationdate", self.date),)) if self.date else ""
        self._inline = options.inline
        self._tags = tags or TagWriter()
        self._once: set[int] = set()
        self._again: dict[int, int] = {}
        self._names: dict[tuple[str, ...], hashlib.blake2b] = {}
        # a segment is its own text, the context after the one before, and before the one after
        self._clean = lru_cache(maxsize=16)(_text)
        # many units made by aligning have the same score, kind and document
        self._aligned = lru_cache(maxsize=4096)(self._aligned_properties)
        self._beside = tuple(
            f'<prop type="{attribute(name)}">' if name else "" for name in self.flavour.context
        )

    def made(
        self,
        units: Iterable[Unit],
        documents: Sequence[Document] = (),
        left: Counter[Forms] | None = None,
    ) -> Iterator[Made]:
        """Each unit that has text and is short enough for the flavour; ids are the same whatever
        else is left out, which `left` counts. `documents`: the texts that the units were aligned
        from, where they were.
        """
        left = Counter() if left is None else left
        texts = _Texts(documents, self.flavour.origin)
        for unit in units:
            filled = sum([1 for variant in unit.variants if variant.text])
            if not filled and unit.form != FORM:
                left[EMPTY] += 1
                continue
            identifier = unit.id
            if not identifier and unit.form != FORM:
                identifier = self._hash(unit, documents)
            if self.flavour.limit and self.is_long(unit):
                left[LONG] += 1
            else:
                yield Made(self._tu(unit, identifier, texts), filled < 2 and unit.form != FORM)

    def is_long(self, unit: Unit) -> bool:
        """True where the flavour's tools refuse a text."""
        limit = self.flavour.limit
        return bool(limit) and any(len(variant.text) > limit for variant in unit.variants)

    def _hash(self, unit: Unit, documents: Sequence[Document]) -> str:
        langs = [variant.lang for variant in unit.variants]
        ids = [document.id for document in documents] or [unit.document] * len(langs)
        key = (*ids, *langs)
        base = self._names.get(key)
        if base is None:
            names = "\0".join([*ids, *map(bcp47, langs), ""])
            base = hashlib.blake2b(names.encode("utf-8", "replace"), digest_size=8)
            self._names[key] = base
        digest = base.copy()
        texts = "\0".join([variant.text for variant in unit.variants])
        digest.update(texts.encode("utf-8", "replace"))
        made = digest.hexdigest()
        number = int(made, 16)
        if number in self._once:
            self._again[number] = self._again.get(number, 1) + 1
            return f"{made}-{self._again[number]}"
        self._once.add(number)
        return made

    def _tu(self, unit: Unit, identifier: str, texts: _Texts) -> str:
        notes = unit.notes if not unit.comment else (*unit.notes, one_line(unit.comment))
        marks: Marks = {}
        dated = self._date
        if unit.form == FORM:
            dated = ""
            if unit.attributes:
                dated = _attributes(without_marks(unit.attributes))
                marks = marks_of(unit.attributes, unit.properties, unit.notes)
        remarks = written_notes(notes, marks) if notes else ""
        tuid = f' tuid="{attribute(xml_safe(identifier))}"' if identifier else ""
        if unit.form:
            properties = written_properties(unit_properties(unit, self.flavour), marks)
        else:
            properties = self._aligned(
                unit.status,
                unit.confidence,
                unit.kind,
                unit.document,
                unit.labels,
                unit.quality,
            )
        return f"<tu{tuid}{dated}>{remarks}{properties}{self._tuvs(unit, texts)}</tu>\n"

    def _aligned_properties(
        self,
        status: str,
        confidence: float | None,
        kind: str,
        document: str,
        labels: tuple[str, ...],
        quality: float | None,
    ) -> str:
        unit = Unit((), document, 0, kind, confidence, status, labels, quality=quality)
        return written_properties(unit_properties(unit, self.flavour), {})

    def _tuvs(self, unit: Unit, texts: _Texts) -> str:
        form = unit.form
        numbers: dict[str, int] = {}
        pieces = []
        for number, variant in enumerate(unit.variants):
            text = variant.text
            if not (text or form == FORM):
                continue
            if variant.codes and (form or self._inline or self._tags.omegat):
                inside = seg(text, variant.codes, form, numbers, self._tags)
            else:
                inside = _text(text) if number else self._clean(text)
            pieces.append(f"{self._tuv(unit, number, variant, texts)}<seg>{inside}</seg></tuv>")
        return "".join(pieces)

    def _tuv(self, unit: Unit, number: int, variant: Variant, texts: _Texts) -> str:
        """The start of a variant: tag, notes, properties."""
        if unit.form == FORM:
            lang = (("xml:lang", variant.lang),) if variant.lang else ()
            start = f"<tuv{_attributes((*lang, *without_marks(variant.attributes)))}>"
        else:
            start = texts.start(unit, number, variant.lang)
        marks: Marks = {}
        if variant.attributes and unit.form == FORM:
            marks = marks_of(variant.attributes, variant.properties, variant.notes)
        if variant.notes:
            start += written_notes(variant.notes, marks)
        if variant.properties or variant.lengths:
            start += written_properties(variant_properties(variant), marks)
        if number == 0 and unit.form != FORM:
            start += self._context(unit.before, unit.after)
        return start

    def _context(self, before: str, after: str) -> str:
        """The neighbours of a unit that came from no TMX, beside its source."""
        pre, post = self._beside
        left = f"{pre}{self._clean(one_line(before))}</prop>" if before and pre else ""
        return f"{left}{post}{self._clean(one_line(after))}</prop>" if after and post else left


class _Texts:
    """The starts of variants: language, the day on which a text appeared, where it is from."""

    def __init__(self, documents: Sequence[Document], origin: str) -> None:
        self._origin = origin
        self._documents = [
            (document.origin, document.metadata.get("date", ())) for document in documents
        ]
        self._known: dict[tuple[object, ...], str] = {}

    def start(self, unit: Unit, number: int, lang: str) -> str:
        """The start tag, and the property that says where the text is from."""
        key: tuple[object, ...] = (number, lang)
        place: tuple[str, Sequence[str]] = ("", ())
        if self._documents:
            place = self._documents[number] if number < len(self._documents) else place
        elif unit.metadata:
            place = (unit.metadata.get("origin", ""), (unit.metadata.get("date", ""),))
            key = (lang, *place)
        known = self._known.get(key)
        if known is None:
            day = _day(place[1])
            created = _attributes((("creationdate", day),)) if day else ""
            origin = prop(self._origin, one_line(place[0]))
            known = self._known[key] = f'<tuv xml:lang="{bcp47(lang)}"{created}>{origin}'
        return known


def prop(name: str, value: str) -> str:
    """One property; nothing where it has no name or no value."""
    return f'<prop type="{attribute(name)}">{content(value)}</prop>' if name and value else ""


def written_properties(pairs: Pairs, marks: Marks) -> str:
    """Properties as elements, with the attributes that they had."""
    if not marks:
        return "".join(
            [f'<prop type="{attribute(xml_safe(n))}">{_text(v)}</prop>' for n, v in pairs]
        )
    return "".join(
        [
            f'<prop type="{attribute(xml_safe(n))}"{_attributes(mark_of(marks, n, v))}>{_text(v)}</prop>'
            for n, v in pairs
        ]
    )


def written_notes(notes: Sequence[str], marks: Marks) -> str:
    """Notes as elements, with the attributes that they had."""
    return "".join(
        [f"<note{_attributes(mark_of(marks, note))}>{_text(note)}</note>" for note in notes]
    )


def _attributes(pairs: Collection[tuple[str, str]]) -> str:
    return "".join([f' {name}="{attribute(xml_safe(value))}"' for name, value in pairs])


def _text(text: str) -> str:
    return content(xml_safe(text))


def _day(dates: Sequence[str]) -> str:
    """The day on which a text appeared, where its metadata give one."""
    from datetime import date

    for text in dates:
        match = _DAY.match(text)
        if match:
            try:
                return f"{date(*map(int, match.groups())):%Y%m%d}T000000Z"
            except ValueError:
                continue
    return ""
