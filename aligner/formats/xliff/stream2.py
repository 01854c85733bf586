"""Units of XLIFF 2.0-2.2: the segments of each `unit`, and what else of it holds words.

An `ignorable` without words is what stands between two segments; one with words is a unit of its
own. What is said of the whole unit (notes, metadata, proposals, original data) goes with its first
segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aligner.files.xml import attribute, local
from aligner.formats.xliff.inline import InlineContent
from aligner.formats.xliff.markup import Markup
from aligner.formats.xliff.states import UNSURE, judged
from aligner.formats.xliff.stream import (
    Group,
    Groups,
    key_of_id,
    language,
    number_of,
    spaces,
    standing,
)
from aligner.formats.xliff.stream1 import count_of, lengths_of
from aligner.model import PARAGRAPH_KINDS, STATUSES, Dropped, Unit, Variant

__all__ = ["OF_TARGET", "OWN", "Reader2"]

OWN = "aligner"  # the category of our metadata
OF_TARGET = frozenset(["xml:lang", "xml:space", "order"])  # attributes of `target` itself


class Reader2:
    """Reads the tree of one file."""

    form = "xliff2"

    def __init__(self, root: Any, markup: Markup, name: str) -> None:
        del name
        self._root, self._markup = root, markup
        self.dropped: list[Dropped] = []
        self._langs = (
            language(attribute(root, "srcLang")),
            language(attribute(root, "trgLang")),
        )
        self.source_lang = self._langs[0]
        self._number = self._files = 0
        self._pending: list[tuple[str, str]] = []  # what goes with the next unit

    @staticmethod
    def is_beside(child: Any) -> bool:
        """Whether a child of `file` or `group` is said of itself."""
        return local(child) not in ("unit", "group", "file")

    def units(self) -> Iterator[Unit]:
        """The units in order."""
        yield from self._inside(self._root, "", (), preserve=False)

    def _inside(
        self, element: Any, document: str, groups: Groups, *, preserve: bool
    ) -> Iterator[Unit]:
        preserve = spaces(element, preserve)
        for child in element:
            tag = local(child)
            if tag == "unit":
                yield from self._unit(child, document, groups, preserve=spaces(child, preserve))
            elif tag == "file":
                if self._files:
                    self._pending.append(("file", str(self._files)))
                self._files += 1
                name = attribute(child, "original") or attribute(child, "id")
                yield from self._inside(child, name, (), preserve=preserve)
            elif tag == "group":
                inner = (*groups, Group(tag, self._markup.outer(child, self.is_beside)))
                yield from self._inside(child, document, inner, preserve=preserve)
            elif next(child.iter("{*}unit"), None) is not None:
                yield from self._inside(child, document, groups, preserve=preserve)

    def _unit(
        self, element: Any, document: str, groups: Groups, *, preserve: bool
    ) -> Iterator[Unit]:
        beside = _Beside(element, self._markup)
        self.dropped += beside.dropped
        unit = self._base(element, beside, document)
        gap = ""
        made: list[Unit] = []
        for part in element:
            tag = local(part)
            if tag not in ("segment", "ignorable"):
                continue
            variants = self._variants(part, beside, preserve=preserve)
            if tag == "ignorable" and not any(variant.text.strip() for variant in variants):
                gap += self._markup.outer(part)
                continue
            here = [*self._pending, *standing(groups), *([] if made else beside.properties)]
            self._pending = []
            here.append((tag, part.get("id", "")))
            if gap:
                here.append(("gap", gap))
            more = [self._markup.outer(c) for c in part if local(c) not in ("source", "target", "")]
            here += [("inside", xml) for xml in more]
            notes = (*(() if made else beside.notes), *_notes(part))
            one = self._segment(unit, variants)
            made.append(one._replace(properties=tuple(here), notes=notes, joins=bool(made)))
            gap = ""
        if not made:
            self._pending.append(("unit", self._markup.outer(element)))
        elif gap:
            made[-1] = made[-1]._replace(properties=(*made[-1].properties, ("tail", gap)))
        for one in made:
            self._number += 1
            yield one._replace(number=self._number)

    def _base(self, element: Any, beside: _Beside, document: str) -> Unit:
        """What all segments of a unit share."""
        extra, name = beside.extra, element.get("id", "")
        role = extra.get("kind", ["para"])[0]
        return Unit(
            (),
            document=document,
            confidence=number_of(extra.get("confidence", [""])[0]),
            quality=number_of(extra.get("quality", [""])[0]),
            status=extra.get("status", ["auto"])[0],
            labels=tuple(extra.get("label", ())),
            context=element.get("name", "") or key_of_id(name),
            id=name,
            attributes=self._markup.attributes(element, "id"),
            form=self.form,
            role=role if role in PARAGRAPH_KINDS else "para",
        )

    def _segment(self, unit: Unit, variants: list[Variant]) -> Unit:
        """One segment with its variants and what its words say of the translation."""
        source, target = variants
        judgement = judged(dict(target.attributes))
        labels = unit.labels
        if judgement.unsure and target.text and UNSURE not in labels:
            labels = (*labels, UNSURE)
        status = unit.status if unit.status in STATUSES[1:] else judgement.status
        return unit._replace(
            variants=(source, target),
            kind=f"{count_of(source)}-{count_of(target)}",
            status=status if target.text else "auto",
            labels=labels,
        )

    def _variants(self, part: Any, beside: _Beside, *, preserve: bool) -> list[Variant]:
        """Source and target of a segment."""
        children = {local(child): child for child in part}
        made: list[Variant] = []
        for lang, name in zip(self._langs, ("source", "target"), strict=True):
            own = self._markup.attributes(part, "id") if name == "target" else ()
            child = children.get(name)
            if child is None:
                made.append(Variant(lang, "", attributes=own))
                continue
            inline = InlineContent(self._markup, beside.data)
            text, codes, changed = inline.read(child, preserve=spaces(child, preserve))
            raw = (("raw", self._markup.inner(child)),) if changed else ()
            attributes = (*own, *self._markup.attributes(child))
            lengths = beside.lengths.get(name, ())
            made.append(Variant(lang, text, codes, lengths, attributes, raw))
        return made


class _Beside:
    """What a unit holds besides its segments."""

    def __init__(self, element: Any, markup: Markup) -> None:
        self.data: Mapping[str, str] = {}
        self.extra: dict[str, list[str]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.notes: tuple[str, ...] = ()
        self.properties: list[tuple[str, str]] = []
        self.dropped: list[Dropped] = []
        for child in element:
            tag = local(child)
            if tag in ("segment", "ignorable", ""):
                continue
            keep = None
            if tag == "notes" and markup.is_core(child):
                self.notes = (*self.notes, *_texts(child))
                if not any(len(note.attrib) or len(note) for note in child):
                    continue
            elif tag == "originalData":
                self.data = {data.get("id", ""): _data(data) for data in child}
            elif tag == "metadata" and self._ours(child):
                keep = _is_not_ours
                if not any(_is_not_ours(group) for group in child):
                    continue
            elif tag == "matches":
                self._proposals(child)
            self.properties.append((markup.name(child.tag), markup.outer(child, keep)))
        if sum(1 for child in element if local(child) == "segment") == 1:
            for side in ("source", "target"):
                self.lengths[side] = lengths_of(self.extra.get(f"{side}-lengths", [""])[0])

    def _ours(self, element: Any) -> bool:
        """Takes what our writer says in the metadata module."""
        for group in element:
            if not _is_not_ours(group):
                for meta in group:
                    self.extra.setdefault(attribute(meta, "type"), []).append(meta.text or "")
        return bool(self.extra)

    def _proposals(self, element: Any) -> None:
        for match in element:
            words = " ".join("".join(match.itertext()).split())
            if words:
                self.dropped.append(Dropped("proposed match", words, match.sourceline or 0))


def _is_not_ours(group: Any) -> bool:
    return attribute(group, "category") != OWN


def _data(element: Any) -> str:
    """The native code of a `data` element; `cp` is a character that XML forbids."""
    return "".join(element.itertext())


def _texts(notes: Any) -> Iterator[str]:
    for note in notes:
        yield " ".join("".join(note.itertext()).split())


def _notes(segment: Any) -> tuple[str, ...]:
    """Notes inside a segment, where translate-toolkit writes them."""
    return tuple(text for notes in segment if local(notes) == "notes" for text in _texts(notes))
