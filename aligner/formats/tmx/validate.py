"""TMX 1.1 to 1.4b: each version against its own DTD, and then as the tools need it.

The tables of the DTDs are in `validate_tables`, the findings and their severity in
`validate_codes`. What no DTD says is here: languages, ids, segments, pairs of inline codes.

Standard: TMX 1.4b (LISA OSCAR, 2005) and the DTDs of the versions before; and what OmegaT, Trados
and Poedit lose although it allows it: white space around a segment, a unit in one language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.tmx.validate_codes import CODES
from aligner.formats.tmx.validate_tables import GRAMMARS, VERSIONS
from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.grammar import Element
from aligner.formats.validation.rules import Position, Rules
from aligner.formats.validation.texts import CODE, is_indented
from aligner.languages.tags import same_language

__all__ = ["TmxRules"]

_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_DATES = ("creationdate", "changedate", "lastusagedate")
# a unit of one language says so itself: type of the bead, as aligners write it
_KINDS = frozenset({"x-align-type", "x-align-type:SingleString", "type"})
_NULL = re.compile(r"(?:[0-9]+[-:])*[0-9]+")
# TMX 1.3 brought xml:lang
_OLD_LANG = ("1.1", "1.2")


class TmxRules(Rules):
    """The state of one pass over a memory."""

    LETTER = "T"
    NAMESPACES: ClassVar[Mapping[str, str]] = {"": ""}
    CODES: ClassVar[Mapping[str, FaultCode]] = CODES
    GRAMMAR: ClassVar[Mapping[str, Element]] = GRAMMARS["1.4"]
    PLACES: ClassVar[Mapping[tuple[str, str], Position]] = {
        ("tmx", "header"): Position(102, 102, 102),
        ("tmx", "body"): Position(102, 102, 102),
        ("tu", "tuv"): Position(missing=201),
        ("tu", "note"): Position(late=206),
        ("tu", "prop"): Position(late=206),
        ("tuv", "note"): Position(late=206),
        ("tuv", "prop"): Position(late=206),
        ("tuv", "seg"): Position(304, 304, 304),
    }

    def __init__(self) -> None:
        super().__init__()
        self._version = "1.4"
        self._srclang = ""
        self._ids: set[str] = set()
        self._has_base = True
        # of the unit
        self._tu_line = 0
        self._source = ""
        self._langs: list[str] = []
        self._kind = ""
        self._kind_open = False
        # of the segment
        self._text: list[str] = []
        self._open: dict[str, int] = {}
        self._closed: set[str] = set()

    def root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """The root must be `tmx`; its version chooses the table."""
        if name != "tmx":
            self.add(1, f"the root element is <{name}>", "a memory starts with <tmx>")
        if namespace:
            self.namespaces = {namespace: ""}
            self.add(2, f"<tmx> is in the namespace {namespace!r}", "remove xmlns: TMX has none")
        version = attributes.get("version", "1.4")
        if version == "1.4b":
            self.add(107, "version '1.4b' is not what the DTD has", 'write version="1.4"')
        elif version not in VERSIONS:
            self.add(101, f"there is no TMX version {version!r}", 'write version="1.4"')
        self._version = version if version in VERSIONS else "1.4"
        self.grammar = GRAMMARS[self._version]

    def start_header(self, attributes: dict[str, str]) -> None:
        """What tools need before the first unit."""
        self._dates(attributes)
        for name in ("srclang", "adminlang"):
            tag = attributes.get(name)
            if tag is not None and tag != "*all*":
                self.language(104, tag)
        self._srclang = attributes.get("srclang", "")

    def start_ude(self, attributes: dict[str, str]) -> None:
        """A character encoding of one's own."""
        self._has_base = "base" in attributes

    def start_map(self, attributes: dict[str, str]) -> None:
        """One of its characters."""
        if "code" in attributes and not self._has_base:
            self.add(108, "<map> has a code, but <ude> names no base", "add base to <ude>")

    def _dates(self, attributes: dict[str, str]) -> None:
        for name in _DATES:
            value = attributes.get(name)
            if value is not None and _DATE.fullmatch(value) is None:
                reason = f"{name} {value!r} is no date as tools read it"
                self.add(105, reason, "write YYYYMMDDThhmmssZ")

    def start_tu(self, attributes: dict[str, str]) -> None:
        """A unit opens."""
        self.unit = attributes.get("tuid", "")
        self._tu_line, self._langs, self._kind = self.line, [], ""
        self._source = attributes.get("srclang", self._srclang)
        if "tuid" in attributes:
            if self.unit in self._ids:
                self.add(
                    205, f"the id {self.unit!r} is that of an earlier unit", "give each its own"
                )
            self._ids.add(self.unit)
        own = attributes.get("srclang")
        if own is not None and own != "*all*":
            self.language(303, own)
        self._dates(attributes)

    def end_tu(self) -> None:
        """Languages of the unit."""
        langs = [lang.lower() for lang in self._langs]
        line = self._tu_line
        if len(langs) == 1 and not self._is_null():
            self.add(
                202,
                f"the unit is in one language only ({self._langs[0]})",
                "add its translation or remove it; no tool can use it",
                line=line,
            )
        doubled = sorted({lang for lang in langs if langs.count(lang) > 1})
        # a memory of one language is one of paraphrases
        if doubled and len(set(langs)) > 1:
            self.add(203, f"two variants are in {', '.join(doubled)}", "keep one", line=line)
        source = self._source.lower()
        named = re.split("[-_]", source)[0].isalpha() and not self._is_null()
        if langs and named and not any(same_language(lang, source) for lang in langs):
            self.add(
                204,
                f"no variant is in the source language ({self._source})",
                'add it, or write srclang="*all*" in the header',
                line=line,
            )
        self.unit = ""

    def _is_null(self) -> bool:
        """True where the unit itself says that a side has no segment (1-0)."""
        return _NULL.fullmatch(self._kind) is not None and "0" in re.split("[-:]", self._kind)

    def start_prop(self, attributes: dict[str, str]) -> None:
        """Remember the type of the bead."""
        self._kind_open = self.stack[-2:] == ["tu", "prop"] and attributes.get("type") in _KINDS

    def end_prop(self) -> None:
        """The type is read."""
        self._kind_open = False

    def start_tuv(self, attributes: dict[str, str]) -> None:
        """A variant opens."""
        tag = attributes.get("xml:lang", attributes.get("lang", ""))
        if tag or "xml:lang" in attributes:
            self.language(303, tag)
        self._langs.append(tag)
        self._dates(attributes)

    def missing(self, name: str, attribute: str, attributes: dict[str, str]) -> None:
        """As the base; the language of a variant has findings of its own."""
        if name != "tuv":
            super().missing(name, attribute, attributes)
            return
        other = "lang" if attribute == "xml:lang" else "xml:lang"
        if other in attributes:
            reason = f"the variant has {other!r} instead of {attribute!r}"
            if attribute == "lang":
                reason += f", which TMX {self._version} has not yet"
            self.add(302, reason, f'write {attribute}="{attributes[other]}"')
        else:
            self.add(301, "the variant names no language", f"add {attribute}")

    def unknown(self, name: str, key: str, attributes: dict[str, str], row: Element) -> None:
        """As the base; T302 tells of the language that is named in another version's way."""
        if (name, key) == ("tuv", "xml:lang") and "lang" not in attributes:
            return
        super().unknown(name, key, attributes, row)

    def start_seg(self, attributes: dict[str, str]) -> None:
        """A segment opens."""
        del attributes
        self._text = []
        self._open, self._closed = {}, set()

    def text(self, data: str) -> None:
        """Text of a segment, of a property."""
        super().text(data)
        if self.stack[-1] in ("seg", "hi"):
            self._text.append(data)
        elif self._kind_open:
            self._kind += data

    def end_seg(self) -> None:
        """The whole segment is known."""
        text = "".join(self._text)
        if not text.replace(CODE, "").strip():
            what = "holds nothing but inline codes" if CODE in text else "is empty"
            self.add(305, f"the segment {what}", "fill it or remove the unit")
        elif is_indented(text):
            self.add(
                306,
                "there is a line break around the segment, as indentation makes it",
                "put <seg> and its text on one line",
            )
        elif text != text.strip():
            self.add(
                307, "the segment starts or ends with white space", "remove it; matches fail on it"
            )
        for number in self._open:
            self.add(
                401, f'<bpt i="{number}"> is never closed', f'add <ept i="{number}"> or use <it>'
            )

    def start_bpt(self, attributes: dict[str, str]) -> None:
        """A pair opens."""
        self._text.append(CODE)
        number = attributes.get("i")
        if number is None:
            return
        if number in self._open or number in self._closed:
            self.add(403, f'i="{number}" is that of an earlier pair', "number pairs 1, 2, 3 ...")
        self._open[number] = self.line

    def start_ept(self, attributes: dict[str, str]) -> None:
        """A pair closes."""
        self._text.append(CODE)
        number = attributes.get("i")
        if number is None:
            return
        if self._open.pop(number, None) is None:
            self.add(
                402, f'<ept i="{number}"> closes no <bpt>', f'add <bpt i="{number}"> or use <it>'
            )
        self._closed.add(number)

    def start_it(self, attributes: dict[str, str]) -> None:
        """A lone code."""
        del attributes
        self._text.append(CODE)

    def start_ph(self, attributes: dict[str, str]) -> None:
        """A code that stands alone."""
        del attributes
        self._text.append(CODE)

    def start_sub(self, attributes: dict[str, str]) -> None:
        """TMX 1.1 has it in a segment, too."""
        del attributes
        if self.stack[-2] == "seg":
            self._text.append(CODE)

    def start_ut(self, attributes: dict[str, str]) -> None:
        """What TMX 1.4 gave up."""
        del attributes
        self._text.append(CODE)
        if self._version == "1.4":
            self.add(405, "<ut> is given up since TMX 1.4", "write <bpt>, <ept>, <it> or <ph>")
