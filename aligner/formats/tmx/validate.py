"""TMX 1.4b: structure, languages, ids, segments and inline codes, each as the tools need it.

| code | what |
| --- | --- |
| T010-T012 | element, attribute or text where it does not belong, or missing |
| T101-T109 | header: version, segmentation type, languages, dates |
| T201-T209 | unit: no variants, one language, language twice, none in the source language, id twice |
| T301-T309 | variant and segment: no language, no or two `seg`, empty, spaces at the ends, line breaks |
| T401-T409 | inline codes: `bpt` without `ept`, `ept` without `bpt`, the same `i` twice, `it` without a side |

Standard: TMX 1.4b (LISA OSCAR, 2005), and what OmegaT, Trados and Poedit refuse although it allows
it: underscores in codes, white space around a segment, a unit in one language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.validation.walk import Rules

__all__ = ["TmxRules"]

_CODES = frozenset({"bpt", "ept", "it", "ph", "hi", "ut"})
_LISTS = frozenset({"note", "prop"})
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_SEGTYPES = ("block", "paragraph", "sentence", "phrase")
_VERSIONS = ("1.1", "1.2", "1.3", "1.4")
# a unit of one language says so itself: type of the bead, as aligners write it
_KINDS = frozenset({"x-align-type", "x-align-type:SingleString", "type"})
_NULL = re.compile(r"(?:[0-9]+[-:])*[0-9]+")
_INLINE: Mapping[str, tuple[str, ...]] = {"bpt": ("i",), "ept": ("i",), "it": ("pos",)}


class TmxRules(Rules):
    """The state of one pass over a memory."""

    LETTER = "T"
    NAMESPACES = frozenset({"", "http://www.lisa.org/tmx14"})
    CONTENT: ClassVar[Mapping[str, frozenset[str]]] = {
        "tmx": frozenset({"header", "body"}),
        "header": _LISTS | {"ude"},
        "ude": frozenset({"map"}),
        "map": frozenset(),
        "body": frozenset({"tu"}),
        "tu": _LISTS | {"tuv"},
        "tuv": _LISTS | {"seg"},
        "note": frozenset(),
        "prop": frozenset(),
        "seg": _CODES,
        "hi": _CODES,
        "sub": _CODES,
        **{name: frozenset({"sub"}) for name in ("bpt", "ept", "it", "ph", "ut")},
    }
    TEXT = frozenset({"note", "prop", "seg", "sub", *_CODES})
    REQUIRED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "tmx": ("version",),
        "header": (
            "creationtool",
            "creationtoolversion",
            "segtype",
            "o-tmf",
            "adminlang",
            "srclang",
            "datatype",
        ),
        "prop": ("type",),
        "ude": ("name",),
        "map": ("unicode",),
        **_INLINE,
    }

    def __init__(self) -> None:
        super().__init__()
        self._srclang = ""
        self._seen: list[str] = []
        self._ids: set[str] = set()
        # of the unit
        self._tu_line = 0
        self._langs: list[str] = []
        self._kind = ""
        self._kind_open = False
        # of the variant
        self._segs = 0
        # of the segment
        self._text: list[str] = []
        self._codes = False
        self._open: dict[str, int] = {}
        self._closed: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """As the base; the root must be `tmx`."""
        if not self.stack and name != "tmx":
            self.add(1, f"the root element is <{name}>", "a memory starts with <tmx>")
        super().start(name, attributes)

    def start_tmx(self, attributes: dict[str, str]) -> None:
        """Version."""
        version = attributes.get("version")
        if version is not None and version not in _VERSIONS:
            self.add(101, f"there is no TMX version {version!r}", 'write version="1.4"')

    def start_header(self, attributes: dict[str, str]) -> None:
        """What tools need before the first unit."""
        self._once("header")
        if "body" in self._seen:
            self.add(102, "the header comes after the body", "move it before the body")
        self._segtype(attributes)
        self._dates(attributes)
        for name in ("srclang", "adminlang"):
            tag = attributes.get(name)
            if tag is not None and tag != "*all*":
                self.language(104, tag)
        self._srclang = attributes.get("srclang", "")

    def start_body(self, attributes: dict[str, str]) -> None:
        """Where it stands."""
        del attributes
        if "header" not in self._seen:
            self.add(102, "there is no header before the body", "add <header srclang=...>")
        self._once("body")

    def _once(self, name: str) -> None:
        if name in self._seen:
            self.add(102, f"there is a second {name}", "keep one")
        self._seen.append(name)

    def _segtype(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("segtype", "sentence")
        if kind not in _SEGTYPES:
            self.add(103, f"segtype cannot be {kind!r}", f"one of {', '.join(_SEGTYPES)}")

    def _dates(self, attributes: dict[str, str]) -> None:
        for name in ("creationdate", "changedate", "lastusagedate"):
            value = attributes.get(name)
            if value is not None and _DATE.fullmatch(value) is None:
                self.add(105, f"{name} {value!r} is no date", "write YYYYMMDDThhmmssZ")

    def start_tu(self, attributes: dict[str, str]) -> None:
        """A unit opens."""
        self.unit = attributes.get("tuid", "")
        self._tu_line, self._langs, self._kind = self.line, [], ""
        if "tuid" in attributes:
            if self.unit in self._ids:
                self.add(
                    205, f"the id {self.unit!r} is that of an earlier unit", "give each its own"
                )
            self._ids.add(self.unit)
        self._segtype(attributes)
        self._dates(attributes)
        used = attributes.get("usagecount", "0")
        if not used.isdigit():
            self.add(106, f"usagecount {used!r} is no number", "write 0 or remove it")

    def end_tu(self) -> None:
        """Languages of the unit."""
        langs = [lang.lower() for lang in self._langs]
        line = self._tu_line
        if not langs:
            self.add(201, "the unit has no variant", "add a <tuv> a language", line=line)
        elif len(langs) == 1 and not self._said_null():
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
        source = self._srclang.lower()
        named = source not in ("", "*all*") and not self._said_null()
        if langs and named and not any(_related(lang, source) for lang in langs):
            self.add(
                204,
                f"no variant is in the source language of the memory ({self._srclang})",
                'add it, or write srclang="*all*" in the header',
                line=line,
            )
        self.unit = ""

    def _said_null(self) -> bool:
        """True where the unit itself says that a side has no segment (1-0)."""
        return _NULL.fullmatch(self._kind) is not None and "0" in re.split("[-:]", self._kind)

    def start_prop(self, attributes: dict[str, str]) -> None:
        """Remember the type of the bead."""
        self._after("tuv", "seg", "prop")
        self._kind_open = self.stack[-2:] == ["tu", "prop"] and attributes.get("type") in _KINDS

    def end_prop(self) -> None:
        """The type is read."""
        self._kind_open = False

    def start_note(self, attributes: dict[str, str]) -> None:
        """Its place."""
        del attributes
        self._after("tuv", "seg", "note")

    def _after(self, outer: str, late: str, name: str) -> None:
        """Properties and notes come before what they are about."""
        parent = self.stack[-2] if len(self.stack) > 1 else ""
        wrong = (parent == "tu" and self._langs) or (parent == outer and self._segs)
        if wrong:
            what = "the first tuv" if parent == "tu" else late
            self.add(206, f"<{name}> comes after {what}", f"move it to the start of <{parent}>")

    def start_tuv(self, attributes: dict[str, str]) -> None:
        """A variant opens."""
        self._segs = 0
        tag = attributes.get("xml:lang")
        if tag is None:
            old = attributes.get("lang")
            if old is None:
                self.add(301, "the variant names no language", "add xml:lang")
            else:
                self.add(302, "the variant has 'lang' instead of 'xml:lang'", f'xml:lang="{old}"')
            self._langs.append(old or "")
            return
        self.language(303, tag)
        self._langs.append(tag)
        self._dates(attributes)

    def end_tuv(self) -> None:
        """One segment."""
        if self._segs != 1:
            count = "no" if not self._segs else str(self._segs)
            self.add(304, f"the variant has {count} <seg>", "a variant has one")

    def start_seg(self, attributes: dict[str, str]) -> None:
        """A segment opens."""
        del attributes
        self._segs += 1
        self._text, self._codes = [], False
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
        if not text.strip():
            said = "holds nothing but inline codes" if self._codes else "is empty"
            self.add(305, f"the segment {said}", "fill it or remove the unit")
        elif "\n" in text or "\r" in text:
            self.add(
                306,
                "there is a line break in the segment, as indentation makes it",
                "put <seg> and its text on one line; white space counts",
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
        self._codes = True
        number = attributes.get("i")
        if number is None:
            return
        if number in self._open or number in self._closed:
            self.add(403, f'i="{number}" is that of an earlier pair', "number pairs 1, 2, 3 ...")
        self._open[number] = self.line

    def start_ept(self, attributes: dict[str, str]) -> None:
        """A pair closes."""
        self._codes = True
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
        self._codes = True
        side = attributes.get("pos")
        if side is not None and side not in ("begin", "end"):
            self.add(404, f"pos cannot be {side!r}", "begin or end")

    def start_ph(self, attributes: dict[str, str]) -> None:
        """A code that stands alone."""
        del attributes
        self._codes = True

    def start_ut(self, attributes: dict[str, str]) -> None:
        """What the standard gave up."""
        del attributes
        self._codes = True
        self.add(405, "<ut> is given up since TMX 1.4", "write <bpt>, <ept>, <it> or <ph>")

    def finish(self) -> None:
        """Both parts were there."""
        for name in ("header", "body"):
            if name not in self._seen:
                self.add(102, f"there is no {name}", f"add <{name}>", line=1)


def _related(one: str, other: str) -> bool:
    """True for a language and the same with a region: tools take en-GB for en."""
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
