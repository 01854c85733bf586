"""Units of XLIFF 1.0, 1.1 and 1.2: a `trans-unit`, or each of its segments where it is segmented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aligner.files.xml import attribute, local
from aligner.files.xml_text import attribute as attribute_value
from aligner.formats.xliff.inline import InlineContent
from aligner.formats.xliff.markup import Markup
from aligner.formats.xliff.segments import Marked, marked, paired, words_outside
from aligner.formats.xliff.states import UNSURE, judged, people
from aligner.formats.xliff.stream import (
    CONTINUED,
    GROUPS,
    Group,
    Groups,
    key_of_id,
    language,
    number_of,
    spaces,
    standing,
)
from aligner.model import PARAGRAPH_KINDS, STATUSES, Dropped, Unit, Variant

__all__ = ["ROLES", "Reader1", "count_of", "lengths_of"]

ROLES = {
    "header": "heading",
    "title": "heading",
    "heading": "heading",
    "listitem": "item",
    "cell": "cell",
    "caption": "caption",
    **{f"x-{kind}": kind for kind in PARAGRAPH_KINDS},
}
_CATALOGUE = "x-gettext-domain-header"  # the restype of a catalogue's header
_EXTRA = re.compile(r"(?:confidence|quality|status|label|source-lengths|target-lengths)=[^;]*")
_LENGTHS = re.compile(r"[1-9][0-9]{0,8}(?: [1-9][0-9]{0,8})+")
_CONTEXTS = frozenset(["x-po-msgctxt", "x-gettext-msgctxt", "x-mmq-context", "x-key", "context"])


@dataclass(frozen=True, slots=True)
class _File:
    """What a `file` says of its units."""

    document: str
    langs: tuple[str, str]
    ours: bool


class _Parts:
    """The children of a unit: texts, and what stands beside them."""

    def __init__(self, element: Any, markup: Markup, *, preserve: bool) -> None:
        self._preserve = preserve
        self.source = self.target = None
        self.notes: tuple[str, ...] = ()
        self.context = ""
        self.properties: list[tuple[str, str]] = []
        self.dropped: list[Dropped] = []
        self._words = dict(markup.attributes(element))
        self._defined: dict[str, tuple[str, str, dict[str, str]]] = {}
        parted: Any = None
        written: list[tuple[str, str]] = []
        for child in element:
            tag = local(child)
            if tag == "source" and self.source is None:
                self.source = child
            elif tag == "target" and self.target is None:
                self.target = child
                self._words |= markup.attributes(child)
            elif tag == "seg-source" and parted is None:
                parted = child
            elif tag == "note" and markup.is_core(child):
                self.notes = (*self.notes, " ".join("".join(child.itertext()).split()))
                if len(child.attrib) or len(child):
                    written.append(("note", markup.outer(child)))
            elif tag == "seg-defs":
                self._defined |= {
                    one.get("id", ""): (
                        markup.name(one.tag),
                        markup.outer(one),
                        _values(one, markup),
                    )
                    for one in child
                    if isinstance(one.tag, str)
                }
            elif isinstance(child.tag, str):
                self._beside(child, tag, markup)
        self.segments: list[tuple[Marked | None, Marked | None]] = []
        self.targets: list[Marked] = []
        self._part(parted, markup)
        self.properties += written

    def _beside(self, child: Any, tag: str, markup: Markup) -> None:
        name = markup.name(child.tag)
        # an element of a tool's own may be called as one that stands around units
        name = f"inner-{name}" if name in GROUPS else name
        self.properties.append((name, markup.outer(child)))
        if tag == "context-group":
            for one in child:
                if local(one) == "context" and one.get("context-type") in _CONTEXTS:
                    self.context = self.context or " ".join("".join(one.itertext()).split())
        elif tag == "alt-trans":
            words = " ".join("".join(child.itertext()).split())
            if words:
                self.dropped.append(Dropped("alt-trans", words, child.sourceline or 0))

    def _part(self, parted: Any, markup: Markup) -> None:
        """The segments, where the target has them too or has no text."""
        if parted is None:
            return
        sources = marked(parted, markup, preserve=spaces(parted, self._preserve))
        target = self.target
        if target is not None:
            self.targets = marked(target, markup, preserve=spaces(target, self._preserve))
        whole = target is not None and not self.targets and words_outside(target)
        if not sources or whole:
            self.properties.append(("seg-source", markup.outer(parted)))
            return
        if len(parted.attrib):
            self.properties.append(("seg-source", markup.start(parted)))
        if self.source is not None and _bare(self.source) != _bare(parted):
            # a tool changed one of the two
            self.properties.append(("source", markup.inner(self.source)))
        self.segments = paired(sources, self.targets)
        for element in (parted, target):
            words = "" if element is None else words_outside(element)
            if words:
                self.dropped.append(Dropped("text between segments", words))

    def own(self, mid: str) -> list[tuple[str, str]]:
        """What a tool's own element says of a segment."""
        return [self._defined[mid][:2]] if mid in self._defined else []

    def words(self, mid: str) -> dict[str, str]:
        """All that is said of the translation of a segment; mid "" for a whole unit."""
        if not mid and len(self._defined) == 1:
            mid = next(iter(self._defined))
        return self._words | (self._defined[mid][2] if mid in self._defined else {})


def _values(element: Any, markup: Markup) -> dict[str, str]:
    """Attributes of Studio's definition of a segment, and its values by their keys."""
    values = {
        one.get("key", ""): (one.text or "").strip() for one in element if local(one) == "value"
    }
    return values | dict(markup.attributes(element))


class Reader1:
    """Reads the tree of one file."""

    form = "xliff"

    def __init__(self, root: Any, markup: Markup, name: str) -> None:
        self._root, self._markup = root, markup
        del name
        self.dropped: list[Dropped] = []
        file = next(root.iter("{*}file"), root)
        self.source_lang = language(attribute(file, "source-language"))
        self._number = self._files = 0
        self._pending: list[tuple[str, str]] = []  # what goes with the next unit

    @staticmethod
    def is_beside(child: Any) -> bool:
        """Whether a child of `file` is kept with the header: everything but the body."""
        return local(child) not in ("body", "file", "trans-unit", "group", "bin-unit")

    def units(self) -> Iterator[Unit]:
        """The units in order."""
        yield from self._inside(self._root, _File("", ("", ""), ours=False), (), preserve=False)

    def _inside(
        self, element: Any, file: _File, groups: Groups, *, preserve: bool
    ) -> Iterator[Unit]:
        preserve = spaces(element, preserve)
        for child in element:
            tag = local(child)
            if tag == "trans-unit":
                yield from self._unit(child, file, groups, preserve=spaces(child, preserve))
            elif tag == "file":
                if self._files:
                    self._pending.append(("file", str(self._files)))
                self._files += 1
                yield from self._inside(child, self._file(child), (), preserve=preserve)
            elif tag in ("group", "bin-unit") and next(child.iter("{*}trans-unit"), None) is None:
                name, line = child.get("id", ""), child.sourceline or 0
                self.dropped.append(Dropped(f"empty {tag}", name, line))
            elif tag in ("group", "bin-unit"):
                inner = (*groups, Group(tag, self._markup.outer(child, _is_beside_units)))
                yield from self._inside(child, file, inner, preserve=preserve)
            elif tag == "body" or next(child.iter("{*}trans-unit"), None) is not None:
                yield from self._inside(child, file, groups, preserve=preserve)

    def _file(self, element: Any) -> _File:
        target = attribute(element, "target-language")
        if not target:
            there = next((t for t in element.iter("{*}target") if len(t.attrib)), None)
            target = "" if there is None else attribute(there, "lang")
        return _File(
            attribute(element, "original"),
            (language(attribute(element, "source-language")), language(target)),
            any(attribute(tool, "tool-id") == "aligner" for tool in element.iter("{*}tool")),
        )

    def _unit(self, element: Any, file: _File, groups: Groups, *, preserve: bool) -> Iterator[Unit]:
        if element.get("restype") == _CATALOGUE:
            words = " ".join("".join(element.itertext()).split())
            self.dropped.append(Dropped("header of the catalogue", words, element.sourceline or 0))
            self._pending.append(("catalogue", self._markup.outer(element)))
            return
        parts = _Parts(element, self._markup, preserve=preserve)
        self.dropped += parts.dropped
        base = self._base(element, parts, file, groups)
        if parts.segments:
            yield from self._segments(base, parts, file, preserve=preserve)
            return
        extra = _extra(element.get("extradata", ""))
        variants = [
            self._variant(lang, part, part, preserve=preserve)._replace(
                lengths=lengths_of(extra.get(f"{side}-lengths", [""])[0])
            )
            for lang, part, side in zip(
                file.langs, (parts.source, parts.target), ("source", "target"), strict=True
            )
        ]
        yield self._finished(base, variants, parts.words(""), file)

    def _base(self, element: Any, parts: _Parts, file: _File, groups: Groups) -> Unit:
        """What all segments of a unit share."""
        attributes = self._markup.attributes(element, "id")
        name = element.get("id", "")
        extra = _extra(element.get("extradata", ""))
        if extra:
            attributes = tuple(pair for pair in attributes if pair[0] != "extradata")
        pending, self._pending = tuple(self._pending), []
        return Unit(
            (),
            document=file.document,
            confidence=number_of(extra.get("confidence", [""])[0]),
            quality=number_of(extra.get("quality", [""])[0]),
            status=extra.get("status", ["auto"])[0],
            labels=tuple(extra.get("label", ())),
            context=parts.context or ("" if file.ours else _key(element)),
            id=name,
            attributes=attributes,
            properties=(*pending, *standing(groups), *parts.properties),
            notes=parts.notes,
            form=self.form,
            role=ROLES.get(element.get("restype", ""), "para"),
        )

    def _segments(
        self, base: Unit, parts: _Parts, file: _File, *, preserve: bool
    ) -> Iterator[Unit]:
        groups = tuple(
            (f"{name.removesuffix(CONTINUED)}{CONTINUED}", value)
            for name, value in base.properties
            if name.removesuffix(CONTINUED) in GROUPS
        )
        order = {id(one): number for number, one in enumerate(parts.targets)}
        places = [order[id(right)] for _, right in parts.segments if right is not None]
        moved = places != sorted(places)  # targets that are not in the order of their sources
        for number, (left, right) in enumerate(parts.segments):
            mid = left.mid if left else right.mid if right else ""
            here = [("segment", mid), *parts.own(mid)]
            if left is None or (right is None and parts.targets):
                here.append(("side", "source" if left else "target"))
            if moved and right is not None:
                here.append(("place", str(order[id(right)])))
            variants = [
                self._variant(lang, outer, one, preserve=preserve)
                for lang, outer, one in zip(
                    file.langs, (parts.source, parts.target), (left, right), strict=True
                )
            ]
            unit = base._replace(properties=(*base.properties, *here))
            if number:
                unit = base._replace(properties=(*groups, *here), notes=(), joins=True)
            yield self._finished(unit, variants, parts.words(mid), file)

    def _variant(self, lang: str, outer: Any, part: Any, *, preserve: bool) -> Variant:
        """The text in an element, or in one of its segments."""
        if outer is None:
            return Variant(lang, "")
        attributes = self._markup.attributes(outer)
        properties: list[tuple[str, str]] = []
        element = part
        if isinstance(part, Marked):
            element = part.element
            plain = f'<mrk mtype="seg" mid="{attribute_value(part.mid)}">'
            start = "" if part.start == plain else part.start
            properties = [("mrk", start), ("gap", part.gap), ("tail", part.tail)]
        if element is None:
            return Variant(lang, "", attributes=attributes)
        inline = InlineContent(self._markup)
        text, codes, changed = inline.read(element, preserve=spaces(outer, preserve))
        self.dropped += [Dropped("tracked deletion", words) for words in inline.deleted]
        if changed:
            properties.append(("raw", self._markup.inner(element)))
        kept = tuple(pair for pair in properties if pair[1])
        return Variant(lang, text, codes, attributes=attributes, properties=kept)

    def _finished(
        self, unit: Unit, variants: list[Variant], words: dict[str, str], file: _File
    ) -> Unit:
        """With its number, its variants and what its words say of the translation."""
        self._number += 1
        source, target = variants
        judgement = judged(words, ours=file.ours)
        labels = unit.labels
        if judgement.unsure and target.text and UNSURE not in labels:
            labels = (*labels, UNSURE)
        status = unit.status if unit.status != "auto" else judgement.status
        return unit._replace(
            variants=(source, target._replace(attributes=(*target.attributes, *people(words)))),
            number=self._number,
            kind=f"{count_of(source)}-{count_of(target)}",
            status=status if target.text else "auto",
            labels=labels,
        )


def _bare(element: Any) -> str:
    """The text in an element without white space."""
    return "".join("".join(element.itertext()).split())


def _key(element: Any) -> str:
    """What tells a unit from others of the same text, in its file."""
    return element.get("resname", "") or key_of_id(element.get("id", ""))


def _is_beside_units(child: Any) -> bool:
    """Whether a child of a group is said of the group itself."""
    return local(child) not in ("group", "trans-unit", "bin-unit")


def count_of(variant: Variant) -> int:
    """How many segments a variant has."""
    return (len(variant.lengths) or 1) if variant.text else 0


def _extra(value: str) -> dict[str, list[str]]:
    """What our writer says in `extradata`; nothing where it is somebody else's."""
    parts = value.split("; ")
    if not all(_EXTRA.fullmatch(part) for part in parts):
        return {}
    values: dict[str, list[str]] = {}
    for part in parts:
        name, _, rest = part.partition("=")
        values.setdefault(name, []).append(rest.replace("%3B", ";").replace("%25", "%"))
    if values.get("status", ["auto"])[0] not in STATUSES:
        return {}
    return values


def lengths_of(value: str) -> tuple[int, ...]:
    """Lengths of segments as our writers say them, `24 18`; () for what is none."""
    return tuple(map(int, value.split())) if _LENGTHS.fullmatch(value) else ()
