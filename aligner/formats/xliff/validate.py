"""XLIFF 1.0, 1.1 and 1.2 (OASIS): each version against its own schema, then what no schema says.

The tables are in `rules1.tables`, the findings and their severity in `rules1.codes`. ITS 2.0 may stand where
the schema takes other namespaces, and is looked at by its own table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.grammar import Element
from aligner.formats.validation.rules import Position, Rules, shown_name
from aligner.formats.validation.texts import CODE, is_indented
from aligner.formats.xliff.its_tables import ELEMENTS, ITS, ITS_ATTRIBUTES
from aligner.formats.xliff.rules1.codes import CODES
from aligner.formats.xliff.rules1.tables import DEPRECATED, GRAMMARS, INLINE, NAMESPACE_OF, VERSIONS

__all__ = ["XliffRules"]

_SIDES = ("source", "seg-source", "target")
_CONTENT = frozenset({*_SIDES, "g", "mrk", "sub"})
_SPANS = frozenset({"g", "mrk"})
_DONE = frozenset({"final", "signed-off", "translated"})
_PAIRS = (("bx", "ex"), ("bpt", "ept"))


class XliffRules(Rules):
    """The state of one pass."""

    LETTER = "L"
    NAMESPACES: ClassVar[Mapping[str, str]] = {NAMESPACE_OF["1.2"]: "", ITS: "its"}
    CODES: ClassVar[Mapping[str, FaultCode]] = CODES
    GRAMMAR: ClassVar[Mapping[str, Element]] = {**GRAMMARS["1.2"], **ELEMENTS}
    PLACES: ClassVar[Mapping[tuple[str, str], Position]] = {
        ("trans-unit", "source"): Position(202, 204, 203),
        ("trans-unit", "seg-source"): Position(again=203),
        ("trans-unit", "target"): Position(again=203),
    }

    def __init__(self) -> None:
        super().__init__()
        self._version = "1.2"
        # of the file
        self._names: dict[str, set[str]] = {}
        self._pointers: list[tuple[int, str, str, str]] = []
        self._target_language: str | None = None
        self._translated: list[bool] = []
        # of the unit
        self._segments: set[str] = set()
        self._filled = False
        self._line = 0
        # of the source or target that is open
        self._side = ""
        self._state = ""
        self._preserved = False
        self._texts: list[str] = []
        self._here: list[tuple[str, str, bool]] = []
        self._known: set[tuple[str, str]] = set()
        self._mids: set[str] = set()

    def root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """The root must be `xliff`, in the namespace of its version, which chooses the table."""
        if name != "xliff":
            self.add(1, f"the root element is <{name}>", "the file starts with <xliff>")
        version = attributes.get("version", "1.2")
        if version not in VERSIONS:
            self.add(101, f"there is no XLIFF version {version!r}", 'write version="1.2"')
            version = "1.2"
        right = NAMESPACE_OF[version]
        if namespace == NAMESPACE_OF["1.2"]:
            right, version = namespace, "1.2"  # its schema takes the versions before, too
        if namespace != right:
            self._wrong_namespace(namespace, right)
        self.namespaces = {namespace: "", ITS: "its"}
        self._version = version
        self.grammar = {**GRAMMARS[version], **ELEMENTS}

    def _wrong_namespace(self, namespace: str, right: str) -> None:
        place = f"in the namespace {namespace!r}" if namespace else "in no namespace"
        if right:
            self.add(2, f"<xliff> is {place}; it should be {right!r}", f'write xmlns="{right}"')
        else:
            self.add(2, f"<xliff> is {place}; XLIFF 1.0 has none", "remove xmlns")

    # ------------------------------------------------------------- attributes

    def unknown(self, name: str, key: str, attributes: dict[str, str], row: Element) -> None:
        """As the base; ITS has its own table, and the transitional schema takes nearly all."""
        if row.foreign and key.startswith("its:"):
            known = ITS_ATTRIBUTES.get(key)
            if known is None:
                self.add(501, f"ITS has no attribute {key}", "remove it")
            elif known.check is not None and (wrong := known.check(attributes[key])) is not None:
                self.value(501, key, wrong)
        elif row.foreign and ":" not in key and " " not in key:
            reason = f"{shown_name(name)} has no attribute {key} in the strict schema"
            self.add(16, reason, "remove it, or put it into a namespace of its own")
        else:
            super().unknown(name, key, attributes, row)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """As the base; what is given up is told, inline elements are noted."""
        super().start(name, attributes)
        if self._version != "1.0":
            for old in DEPRECATED.intersection((name, *attributes)):
                self.add(17, f"{old} is given up since XLIFF 1.1", "remove it")
        if self._side and name in INLINE:
            if name not in _SPANS:
                self._texts.append(CODE)
            self._code(name, attributes)

    # ------------------------------------------------------------- files, groups, units

    def start_file(self, attributes: dict[str, str]) -> None:
        """Languages; ids start anew."""
        self._names, self._pointers = {}, []
        self._target_language = attributes.get("target-language")
        self._point(attributes, "tool-id")
        self._translated.append(True)

    def end_file(self) -> None:
        """Pointers to phases and tools, now that the header is known."""
        self._translated.pop()
        for line, unit, kind, name in self._pointers:
            if name not in self._names.get(kind, ()) and self._version == "1.2":
                what = "phase" if kind == "phase-name" else "tool"
                reason = f"{kind}={name!r} is no {what} of the header"
                self.add(207, reason, f"add <{what}> to the header", line=line, unit=unit)

    def _point(self, attributes: dict[str, str], *keys: str) -> None:
        for key in keys:
            if key in attributes:
                self._pointers.append((self.line, self.unit, key, attributes[key]))

    def _once(self, number: int, kind: str, name: str | None, what: str) -> None:
        """A name that must be one of its kind in the file."""
        if name is None:
            return
        known = self._names.setdefault(kind, set())
        # the schemas before 1.2 have no keys; that ids of units are one is said in words
        if name in known and (number == 201 or self._version == "1.2"):
            self.add(number, f"{name!r} is that of an earlier {what}", "give each its own")
        known.add(name)

    def start_phase(self, attributes: dict[str, str]) -> None:
        """A step of the work."""
        self._once(207, "phase-name", attributes.get("phase-name"), "phase")
        self._point(attributes, "tool-id")

    def start_tool(self, attributes: dict[str, str]) -> None:
        """A program."""
        self._once(207, "tool-id", attributes.get("tool-id"), "tool")

    def start_count(self, attributes: dict[str, str]) -> None:
        """A number of the work."""
        self._point(attributes, "phase-name")

    def start_count_group(self, attributes: dict[str, str]) -> None:
        """Its name is a key."""
        self._once(208, "count-group", attributes.get("name"), "count-group")

    def start_context_group(self, attributes: dict[str, str]) -> None:
        """Its name is a key."""
        self._once(208, "context-group", attributes.get("name"), "context-group")

    def start_group(self, attributes: dict[str, str]) -> None:
        """A group opens."""
        self._once(209, "group", attributes.get("id"), "group")
        self._translated.append(attributes.get("translate", "yes") == "yes")

    def end_group(self) -> None:
        """Out of it."""
        self._translated.pop()

    def start_bin_unit(self, attributes: dict[str, str]) -> None:
        """A picture or the like; its id is one of those of the units."""
        self._once(201, "unit", attributes.get("id"), "unit")

    def start_trans_unit(self, attributes: dict[str, str]) -> None:
        """A unit opens."""
        self.unit = attributes.get("id", "")
        self._once(201, "unit", attributes.get("id"), "unit")
        self._point(attributes, "phase-name")
        self._segments = set()
        self._filled, self._line = False, self.line
        self._preserved = attributes.get("xml:space") == "preserve"
        self._translated.append(attributes.get("translate", "yes") == "yes")

    def end_trans_unit(self) -> None:
        """Everything of the unit is known."""
        if self.seen("source") and not self._filled and all(self._translated):
            self.add(301, "source and target are empty", "remove the unit", line=self._line)
        self._translated.pop()
        self.unit = ""

    def start_alt_trans(self, attributes: dict[str, str]) -> None:
        """A proposal; `mid` names the segment that it is for."""
        self._point(attributes, "tool-id")
        mid = attributes.get("mid")
        if mid is not None and mid not in self._segments:
            self._no_segment(f"mid={mid!r} of <alt-trans>")

    def _no_segment(self, what: str) -> None:
        self.add(
            403,
            f"{what} is no segment of the seg-source",
            "take the mid of the segment that it translates",
        )

    # ------------------------------------------------------------- sources and targets

    def _open(self, side: str) -> None:
        self._mids = set()
        if self.stack[-2:-1] != ["trans-unit"]:
            self._side = ""
            return
        self._side, self._texts, self._here, self._known = side, [], [], set()

    def start_source(self, attributes: dict[str, str]) -> None:
        """A source opens."""
        del attributes
        self._open("source")

    def start_seg_source(self, attributes: dict[str, str]) -> None:
        """The segmented source."""
        del attributes
        self._open("seg-source")

    def start_target(self, attributes: dict[str, str]) -> None:
        """A target opens."""
        self._open("target")
        self._point(attributes, "phase-name")
        self._state = attributes.get("state", "")
        if self._target_language is None and "xml:lang" not in attributes:
            self.add(104, "there is a target, but nobody names its language", "add target-language")
            self._target_language = ""

    def text(self, data: str) -> None:
        """Text of a source or target."""
        super().text(data)
        if self._side and self.stack[-1] in _CONTENT:
            self._texts.append(data)

    def end_source(self) -> None:
        """The source is read."""
        self._close()

    def end_seg_source(self) -> None:
        """The segmented source is read."""
        self._segments |= self._mids
        self._close()

    def end_target(self) -> None:
        """The target is read."""
        empty = not "".join(self._texts) and not self._here
        if self._side == "target" and empty and self._state in _DONE and self._filled:
            reason = f"the target is empty and yet {self._state}"
            self.add(302, reason, "translate it, or state=new")
        self._close()

    def _close(self) -> None:
        side, self._side = self._side, ""
        if not side:
            return
        text = "".join(self._texts)
        self._filled = self._filled or bool(text.strip() or self._here)
        if text.replace(CODE, "").strip() and not self._preserved and is_indented(text):
            self.add(
                303,
                f"there is a line break around the {side}, as indentation makes it",
                f"put <{side}> and its text on one line",
            )
        self._check_pairs(side)

    def _check_pairs(self, side: str) -> None:
        for first, last in _PAIRS:
            opened = [(name, rid) for kind, name, rid in self._here if kind == first]
            closed = [(name, rid) for kind, name, rid in self._here if kind == last]
            ended, begun = {name for name, _ in closed}, {name for name, _ in opened}
            starts = [one for one in opened if one[0] not in ended]
            stops = [one for one in closed if one[0] not in begun]
            # what has no rid may belong together although nothing says so
            loose = min(sum(not rid for _, rid in starts), sum(not rid for _, rid in stops))
            if loose:
                reason = f"<{first}> and <{last}> of the {side} have neither rid nor id in common"
                self.add(408, reason, "give the two of a pair one rid")
            for one, kind, other, number, what in (
                (starts, first, last, 401, "is never closed"),
                (stops, last, first, 402, "closes nothing"),
            ):
                for name, _ in _without_loose(one, loose):
                    reason = f'<{kind} id="{name}"> of the {side} {what}'
                    self.add(number, reason, f"add <{other}>")

    def _code(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mrk":
            self._marker(attributes)
            return
        ident = attributes.get("rid") or attributes.get("id", "")
        clone = self._side == "target" and attributes.get("clone", "yes") == "yes"
        if (name, ident) in self._known and not clone:
            reason = f'there is a second <{name}> "{ident}" in the {self._side}'
            self.add(407 if "rid" in attributes else 405, reason, "number anew")
        self._known.add((name, ident))
        self._here.append((name, ident, "rid" in attributes))

    def _marker(self, attributes: dict[str, str]) -> None:
        """`mrk`: in a seg-source its mid is a segment, in a target the translation of one."""
        mid = attributes.get("mid")
        if mid is None or self.stack[-2] != self._side:
            return
        if self._side == "seg-source" and mid in self._mids:
            self.add(407, f'there is a second <mrk mid="{mid}"> in the seg-source', "number anew")
        elif self._side == "target" and mid not in self._segments:
            self._no_segment(f'<mrk mid="{mid}"> of the target')
        self._mids.add(mid)


def _without_loose(codes: list[tuple[str, bool]], loose: int) -> list[tuple[str, bool]]:
    """The codes but for the first `loose` ones that have no rid."""
    left = []
    for code in codes:
        if loose and not code[1]:
            loose -= 1
        else:
            left.append(code)
    return left
