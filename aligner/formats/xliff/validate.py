"""XLIFF 1.2 (OASIS, 2008), strict: files, units, states, inline elements.

| code | what |
| --- | --- |
| L010-L012 | element, attribute or text where it does not belong, or missing |
| L101-L109 | languages, versions, dates |
| L201-L209 | unit: id twice, no source, two targets, target first, a state or flag that is none |
| L301-L309 | text: nothing in it, empty target that is said to be done, line breaks |
| L401-L409 | inline: id twice, pair without its other half, segments that the source has not |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.validation.walk import Rules

__all__ = ["XliffRules"]

_ALONE = frozenset({"x", "bx", "ex", "ph", "it", "bpt", "ept"})
_INLINE = _ALONE | {"g", "mrk"}
_CONTENT = frozenset({"source", "target", "seg-source", "g", "mrk"})
_STATES = frozenset(
    [
        "final",
        "needs-adaptation",
        "needs-l10n",
        "needs-review-adaptation",
        "needs-review-l10n",
        "needs-review-translation",
        "needs-translation",
        "new",
        "signed-off",
        "translated",
    ]
)
_DONE = frozenset({"final", "signed-off", "translated"})
_UNIT = frozenset(
    [
        "source",
        "seg-source",
        "target",
        "context-group",
        "count-group",
        "prop-group",
        "note",
        "alt-trans",
    ]
)


class XliffRules(Rules):
    """The state of one pass."""

    LETTER = "L"
    NAMESPACES = frozenset({"urn:oasis:names:tc:xliff:document:1.2"})
    CONTENT: ClassVar[Mapping[str, frozenset[str]]] = {
        "xliff": frozenset({"file"}),
        "file": frozenset({"header", "body"}),
        "body": frozenset({"group", "trans-unit", "bin-unit"}),
        "group": frozenset(
            {
                "group",
                "trans-unit",
                "bin-unit",
                "context-group",
                "count-group",
                "note",
                "prop-group",
            }
        ),
        "trans-unit": _UNIT,
        "source": _INLINE,
        "target": _INLINE,
        "seg-source": _INLINE,
        "g": _INLINE,
        "mrk": _INLINE,
        **{name: frozenset({"sub"}) for name in ("bpt", "ept", "it", "ph")},
        "x": frozenset(),
        "bx": frozenset(),
        "ex": frozenset(),
        "note": frozenset(),
    }
    REQUIRED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "xliff": ("version",),
        "file": ("original", "source-language", "datatype"),
        "trans-unit": ("id",),
        **dict.fromkeys(("g", "x", "bx", "ex", "bpt", "ept", "it", "ph"), ("id",)),
        "it": ("id", "pos"),
        "mrk": ("mtype",),
    }

    def __init__(self) -> None:
        super().__init__()
        self._ids: set[str] = set()
        self._target_language: str | None = None
        self._seen: list[str] = []
        self._side = ""
        self._state = ""
        self._texts: list[str] = []
        self._here: list[tuple[str, str]] = []
        self._codes: dict[str, list[tuple[str, str]]] = {}
        self._filled = False
        self._line = 0

    def text(self, data: str) -> None:
        """Text counts inside source and target only."""
        parent = self.stack[-1]
        if parent in self.CONTENT and parent not in _CONTENT | _ALONE | {"note"}:
            if not data.isspace():
                shown = " ".join(data.split())[:30]
                self.add(12, f"text in <{parent}>, where none belongs: {shown!r}", "remove it")
        elif self._side and parent in _CONTENT:
            self._texts.append(data)

    def start_xliff(self, attributes: dict[str, str]) -> None:
        """Version."""
        version = attributes.get("version", "1.2")
        if version not in ("1.1", "1.2"):
            self.add(101, f"there is no XLIFF version {version!r} here", 'write version="1.2"')

    def start_file(self, attributes: dict[str, str]) -> None:
        """Languages; ids start anew."""
        self._ids = set()
        self._target_language = attributes.get("target-language")
        for name in ("source-language", "target-language"):
            if name in attributes:
                self.language(102, attributes[name])

    def start_trans_unit(self, attributes: dict[str, str]) -> None:
        """A unit opens."""
        self.unit = attributes.get("id", "")
        if self.unit in self._ids:
            self.add(201, f"the id {self.unit!r} is that of an earlier unit", "give each its own")
        self._ids.add(self.unit)
        self._seen, self._codes = [], {}
        self._filled, self._line = False, self.line
        approved = attributes.get("approved", "no")
        if approved not in ("yes", "no"):
            self.add(206, f"approved cannot be {approved!r}", "yes or no")

    def end_trans_unit(self) -> None:
        """Everything of the unit is known."""
        if "source" not in self._seen:
            self.add(202, "the unit has no source", "add <source>")
        elif not self._filled:
            self.add(301, "source and target are empty", "remove the unit", line=self._line)
        if "seg-source" in self._codes and "target" in self._codes:
            self._compare()
        self.unit = ""

    def _compare(self) -> None:
        parts = {name for kind, name in self._codes["seg-source"] if kind == "mrk"}
        for kind, name in self._codes["target"]:
            if kind == "mrk" and name not in parts:
                self.add(
                    403,
                    f'<mrk mid="{name}"> of the target is no segment of the seg-source',
                    "take the mid of the segment that it translates",
                )

    def _open(self, side: str, attributes: dict[str, str]) -> None:
        if self.stack[-2:-1] != ["trans-unit"]:
            self._side = ""
            return
        if side in self._seen:
            self.add(203, f"there is a second {side}", "keep one")
        self._seen.append(side)
        self._side, self._texts, self._here = side, [], []
        if "xml:lang" in attributes:
            self.language(103, attributes["xml:lang"])

    def start_source(self, attributes: dict[str, str]) -> None:
        """A source opens."""
        if "target" in self._seen and self.stack[-2:-1] == ["trans-unit"]:
            self.add(204, "the source comes after the target", "put <source> first")
        self._open("source", attributes)

    def start_seg_source(self, attributes: dict[str, str]) -> None:
        """The segmented source."""
        self._open("seg-source", attributes)

    def start_target(self, attributes: dict[str, str]) -> None:
        """A target opens."""
        self._open("target", attributes)
        self._state = attributes.get("state", "")
        known = not self._state or self._state in _STATES or self._state.startswith("x-")
        if not known:
            self.add(
                205, f"there is no state {self._state!r}", "final, translated, new ... or x-..."
            )
        if self._target_language is None and "xml:lang" not in attributes:
            self.add(104, "there is a target, but nobody names its language", "add target-language")
            self._target_language = ""

    def end_source(self) -> None:
        """The source is read."""
        self._close()

    def end_seg_source(self) -> None:
        """The segmented source is read."""
        self._close()

    def end_target(self) -> None:
        """The target is read."""
        if self._side == "target" and self._blank() and not self._here and self._state in _DONE:
            self.add(
                302, f"the target is empty and yet {self._state}", "translate it, or state=new"
            )
        self._close()

    def _blank(self) -> bool:
        return not "".join(self._texts).strip()

    def _close(self) -> None:
        side, self._side = self._side, ""
        if not side:
            return
        text = "".join(self._texts)
        self._filled = self._filled or bool(text.strip() or self._here)
        if text.strip() and ("\n" in text.strip("\n") or text != text.strip("\n\r\t")):
            self.add(
                303,
                f"there is a line break in the {side}, as indentation makes it",
                f"put <{side}> and its text on one line",
            )
        self._pairs(side)
        self._codes[side] = [(kind, name) for kind, name in self._here if kind not in ("ex", "ept")]

    def _pairs(self, side: str) -> None:
        for first, last in (("bx", "ex"), ("bpt", "ept")):
            opened = [name for kind, name in self._here if kind == first]
            closed = [name for kind, name in self._here if kind == last]
            for name in opened:
                if name not in closed:
                    self.add(
                        401, f'<{first} id="{name}"> of the {side} is never closed', f"add <{last}>"
                    )
            for name in closed:
                if name not in opened:
                    self.add(
                        402, f'<{last} id="{name}"> of the {side} closes nothing', f"add <{first}>"
                    )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """As the base; inline elements are noted."""
        if not self.stack and name != "xliff":
            self.add(1, f"the root element is <{name}>", "the file starts with <xliff>")
        super().start(name, attributes)
        if self._side and name in _INLINE:
            self._code(name, attributes)

    def _code(self, name: str, attributes: dict[str, str]) -> None:
        ident = attributes.get("rid") or attributes.get("id", "")
        if name == "mrk":
            ident = attributes.get("mid", "")
            if not ident:
                return
        if (name, ident) in self._here:
            self.add(
                405, f'there is a second <{name}> "{ident}" in the {self._side}', "number anew"
            )
        self._here.append((name, ident))
        if name == "it" and attributes.get("pos", "open") not in ("open", "close"):
            self.add(406, f"pos cannot be {attributes['pos']!r}", "open or close")
