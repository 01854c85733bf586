"""XLIFF 2.0, 2.1 and 2.2 (OASIS): units, segments, states, inline codes and their data.

| code | what |
| --- | --- |
| F010-F012 | element, attribute or text where it does not belong, or missing |
| F101-F109 | version, languages |
| F201-F209 | file, unit and segment: id twice, no segment, no source, a state that needs a target |
| F301-F309 | text: nothing in it, line breaks |
| F401-F409 | inline: id twice, `ec` that closes nothing, `sc` never closed, data that is not there |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.validation.walk import Rules

__all__ = ["Xliff2Rules"]

_CODES = frozenset({"ph", "pc", "sc", "ec", "cp", "mrk", "sm", "em"})
_STATES = ("initial", "translated", "reviewed", "final")
_DATA = ("dataRef", "dataRefStart", "dataRefEnd")


class Xliff2Rules(Rules):
    """The state of one pass."""

    LETTER = "F"
    NAMESPACES = frozenset(
        {"urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:document:2.2"}
    )
    CONTENT: ClassVar[Mapping[str, frozenset[str]]] = {
        "xliff": frozenset({"file"}),
        "file": frozenset({"skeleton", "notes", "unit", "group"}),
        "group": frozenset({"notes", "unit", "group"}),
        "unit": frozenset({"notes", "originalData", "segment", "ignorable"}),
        "segment": frozenset({"source", "target"}),
        "ignorable": frozenset({"source", "target"}),
        "notes": frozenset({"note"}),
        "note": frozenset(),
        "originalData": frozenset({"data"}),
        "data": frozenset({"cp"}),
        "source": _CODES,
        "target": _CODES,
        "pc": _CODES,
        "mrk": _CODES,
        **{name: frozenset() for name in ("ph", "sc", "ec", "cp", "sm", "em")},
    }
    TEXT = frozenset({"source", "target", "pc", "mrk", "note", "data", "skeleton"})
    REQUIRED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "xliff": ("version", "srcLang"),
        "file": ("id",),
        "group": ("id",),
        "unit": ("id",),
        "data": ("id",),
        "ph": ("id",),
        "pc": ("id",),
        "sc": ("id",),
        "mrk": ("id",),
        "sm": ("id",),
        "em": ("startRef",),
        "cp": ("hex",),
    }

    def __init__(self) -> None:
        super().__init__()
        self._files: set[str] = set()
        self._units: set[str] = set()
        self._languages = ("", "")
        self._asked_for_target = False
        # of the unit
        self._line = 0
        self._segments = 0
        self._ids: dict[str, set[str]] = {}
        self._data: set[str] = set()
        # of the segment
        self._sides: list[str] = []
        self._state = ""
        self._filled = False
        # of the side
        self._side = ""
        self._texts: list[str] = []
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """As the base; codes are noted."""
        if not self.stack and name != "xliff":
            self.add(1, f"the root element is <{name}>", "the file starts with <xliff>")
        super().start(name, attributes)
        if self._side and name in _CODES:
            self._code(name, attributes)

    def text(self, data: str) -> None:
        """Text of a side."""
        super().text(data)
        if self._side:
            self._texts.append(data)

    def start_xliff(self, attributes: dict[str, str]) -> None:
        """Version and languages."""
        version = attributes.get("version", "2.1")
        if version not in ("2.0", "2.1", "2.2"):
            self.add(101, f"there is no XLIFF version {version!r} here", 'write version="2.1"')
        for name in ("srcLang", "trgLang"):
            if name in attributes:
                self.language(102, attributes[name])
        self._languages = (attributes.get("srcLang", ""), attributes.get("trgLang", ""))

    def start_file(self, attributes: dict[str, str]) -> None:
        """Ids of units start anew."""
        self._twice(attributes, self._files, "file")
        self._units = set()

    def _twice(self, attributes: dict[str, str], known: set[str], what: str) -> None:
        name = attributes.get("id")
        if name is None:
            return
        if name in known:
            self.add(201, f"the id {name!r} is that of an earlier {what}", "give each its own")
        known.add(name)

    def start_unit(self, attributes: dict[str, str]) -> None:
        """A unit opens."""
        self.unit = attributes.get("id", "")
        self._line, self._segments, self._data = self.line, 0, set()
        self._ids = {"source": set(), "target": set(), "segment": set()}
        self._twice(attributes, self._units, "unit")

    def end_unit(self) -> None:
        """It must hold something."""
        if not self._segments:
            self.add(202, "the unit has no segment", "add <segment>", line=self._line)
        self.unit = ""

    def start_segment(self, attributes: dict[str, str]) -> None:
        """A segment opens."""
        self._segments += 1
        self._twice(attributes, self._ids.setdefault("segment", set()), "segment of the unit")
        self._start_part(attributes)
        state = self._state
        if state and state not in _STATES:
            self.add(205, f"there is no state {state!r}", f"one of {', '.join(_STATES)}")
        if "subState" in attributes and not state:
            self.add(205, "there is a subState without a state", "add state")

    def start_ignorable(self, attributes: dict[str, str]) -> None:
        """What stands between segments."""
        self._start_part(attributes)

    def _start_part(self, attributes: dict[str, str]) -> None:
        self._sides, self._state, self._filled = [], attributes.get("state", ""), False

    def end_segment(self) -> None:
        """Both sides are read."""
        self._end_part()
        if self._state in _STATES[1:] and "target" not in self._sides:
            self.add(206, f"the state is {self._state}, but there is no target", "write initial")
        if not self._filled:
            self.add(301, "source and target are empty", "remove the segment")

    def end_ignorable(self) -> None:
        """Its source is read."""
        self._end_part()

    def _end_part(self) -> None:
        if "source" not in self._sides:
            self.add(203, f"the {self.stack[-1]} has no source", "add <source>")

    def _start_side(self, side: str, attributes: dict[str, str]) -> None:
        if side in self._sides:
            self.add(204, f"there is a second {side}", "keep one")
        if side == "source" and "target" in self._sides:
            self.add(207, "the source comes after the target", "put <source> first")
        self._sides.append(side)
        self._side, self._texts, self._open = side, [], []
        language = self._languages[side == "target"]
        said = attributes.get("xml:lang")
        if said is not None and self.language(103, said) and said.lower() != language.lower():
            self.add(104, f"the {side} is in {said}, the file says {language}", "make them agree")

    def start_source(self, attributes: dict[str, str]) -> None:
        """A source opens."""
        self._start_side("source", attributes)

    def start_target(self, attributes: dict[str, str]) -> None:
        """A target opens."""
        self._start_side("target", attributes)
        if not self._languages[1] and not self._asked_for_target:
            self._asked_for_target = True
            self.add(105, "there is a target, but nobody names its language", "add trgLang")

    def end_source(self) -> None:
        """The source is read."""
        self._end_side()

    def end_target(self) -> None:
        """The target is read."""
        self._end_side()

    def _end_side(self) -> None:
        text, side = "".join(self._texts), self._side
        self._filled = self._filled or bool(text.strip())
        if text.strip() and "\n" in text:
            self.add(
                302,
                f"there is a line break in the {side}, as indentation makes it",
                f"put <{side}> and its text on one line",
            )
        for name in self._open:
            self.add(402, f'<sc id="{name}"> is never closed', 'add <ec>, or isolated="yes"')
        self._side = ""

    def start_data(self, attributes: dict[str, str]) -> None:
        """Original code."""
        self._twice(attributes, self._data, "data of the unit")

    def _code(self, name: str, attributes: dict[str, str]) -> None:
        known = self._ids.setdefault(self._side, set())
        ident = attributes.get("id")
        if ident is not None:
            if ident in known:
                self.add(
                    401, f'there is a second code "{ident}" in the {self._side}', "number anew"
                )
            known.add(ident)
        for key in _DATA:
            if key in attributes and attributes[key] not in self._data:
                self.add(
                    404,
                    f"{key} points to {attributes[key]!r}, which is no data of the unit",
                    "add <data> to originalData or remove the pointer",
                )
        isolated = attributes.get("isolated", "no") == "yes"
        if name == "sc" and not isolated and ident is not None:
            self._open.append(ident)
        elif name == "ec" and not isolated:
            start = attributes.get("startRef", "")
            if start in self._open:
                self._open.remove(start)
            else:
                self.add(403, f"<ec> closes {start!r}, which is not open", "add <sc> or isolated")
