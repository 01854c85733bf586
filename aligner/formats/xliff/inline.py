"""Inline content of XLIFF 1.0-1.2 and 2.0-2.2: text, and codes at places of it.

1.x  g, x, bx/ex, bpt/ept, it, ph, mrk; what stands inside a code (`sub`) is kept with the code
2.x  pc, ph, sc/ec, cp, mrk, sm/em; their native code is in `originalData`

Text that tracked changes deleted (`mrk` of SDL and memoQ) is a code with its content, no text.
Elements of other namespaces are codes under their own names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aligner.files.xml import local
from aligner.formats.common.coded_text import CodedText
from aligner.formats.xliff.markup import Markup
from aligner.model import Code

__all__ = ["DELETED", "InlineContent", "is_deleted", "is_segment"]

KINDS = {
    "bold": "bold",
    "italic": "italic",
    "underlined": "underline",
    "underline": "underline",
    "link": "link",
    "image": "image",
    "lb": "break",
    "fmt:lb": "break",
    "xlf:lb": "break",
    "fmt:b": "bold",
    "xlf:b": "bold",
    "fmt:i": "italic",
    "xlf:i": "italic",
    "xlf:u": "underline",
    "x-html-b": "bold",
    "x-html-strong": "bold",
    "x-html-i": "italic",
    "x-html-em": "italic",
    **{f"x-{kind}": kind for kind in ("sup", "sub", "code", "note")},
}
OWN = "aligner:"  # before a word of ours in `subType`
DELETED = ("x-sdl-deleted", "x-mq-tc")  # mtypes of tracked deletions; memoQ says which in tctype
_OPENING = {"bpt": "bpt", "bx": "bx", "sc": "sc", "sm": "sm"}
_CLOSING = {"ept": "bpt", "ex": "bx", "ec": "sc", "em": "sm"}
_POINTS = frozenset(["x", "ph", "cp"])
_HOLDING = frozenset(["g", "pc", "mrk"])
_NATIVE = frozenset(["bpt", "ept", "it", "ph"])  # 1.x: the native code is the element's text
_HEX = frozenset("0123456789abcdefABCDEF")


def is_segment(element: Any) -> bool:
    """Whether an element marks a segment of a 1.2 unit."""
    return local(element) == "mrk" and element.get("mtype") == "seg"


def is_deleted(element: Any) -> bool:
    """Whether an element holds text that tracked changes deleted."""
    kind = element.get("mtype")
    if kind not in DELETED or local(element) != "mrk":
        return False
    return kind == DELETED[0] or any(
        name.rpartition("}")[2] == "tctype" and value == "del"
        for name, value in element.attrib.items()
    )


class InlineContent:
    """The content of one element. `data` is the `originalData` of its unit, by id."""

    def __init__(self, markup: Markup, data: Mapping[str, str] | None = None) -> None:
        self._markup = markup
        self._data = data or {}
        self.deleted: list[str] = []  # texts of tracked deletions

    def read(self, element: Any, *, preserve: bool) -> tuple[str, tuple[Code, ...], bool]:
        """Text, codes, and whether the text is another one than the file's (`CodedText.build`)."""
        out = CodedText(preserve=preserve)
        self._fill(out, element)
        text, codes = out.build()
        return text, codes, out.changed

    def _fill(self, out: CodedText, element: Any) -> None:
        out.add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(out, child)
            out.add(child.tail)

    def _child(self, out: CodedText, child: Any) -> None:
        tag = local(child) if self._markup.is_core(child) else ""
        if tag in _POINTS:
            self._point(out, child, tag)
        elif tag in _OPENING or tag in _CLOSING:
            self._half(out, child, tag)
        elif tag == "it":
            role = "end" if child.get("pos") in ("close", "end") else "begin"
            self._code(out, child, role, child.get("id", ""), *self._native(child))
        elif is_deleted(child):
            words = " ".join("".join(child.itertext()).split())
            if words:
                self.deleted.append(words)
            self._code(out, child, "point", child.get("id", ""), "", self._markup.inner(child))
        elif tag in _HOLDING or child.text or len(child):
            self._around(out, child)
        else:
            self._code(out, child, "point", child.get("id", ""))

    def _around(self, out: CodedText, child: Any) -> None:
        """An element that holds text."""
        pair = ("around", str(id(child)))
        name = child.get("id") or child.get("mid") or ""
        start = self._data.get(child.get("dataRefStart", ""), child.get("equiv-text", ""))
        end = self._data.get(child.get("dataRefEnd", ""), "")
        self._code(out, child, "open", name, start, pair=pair)
        self._fill(out, child)
        element = self._markup.name(child.tag)
        out.code("close", id=name, kind=_kind(child), markup=end, element=element, pair=pair)

    def _half(self, out: CodedText, child: Any, tag: str) -> None:
        """One end of a pair whose ends are elements of their own."""
        opening = tag in _OPENING
        family = _OPENING.get(tag) or _CLOSING[tag]
        name = child.get("id", "")
        if family in ("sc", "sm"):
            key = name if opening else child.get("startRef", "")
            name = key or name
        else:
            key = child.get("rid") or name
        native, inside = self._native(child)
        if child.get("isolated") == "yes":
            role = "begin" if opening else "end"
        else:
            role = "open" if opening else "close"
        self._code(out, child, role, name, native, inside, pair=(family, key))

    def _point(self, out: CodedText, child: Any, tag: str) -> None:
        if tag == "cp" and not child.text and not len(child):
            code = child.get("hex", "")
            if 0 < len(code) <= len("10FFFF") and set(code) <= _HEX:
                character = chr(min(int(code, 16), 0x10FFFF))
                if character.isprintable():
                    out.add(character)
                    return
        self._code(out, child, "point", child.get("id") or child.get("x", ""), *self._native(child))

    def _native(self, child: Any) -> tuple[str, str]:
        """The native code, and what is inside the element where that is more."""
        if not child.text and not len(child):
            ref = self._data.get(child.get("dataRef", ""), "")
            return ref or child.get("equiv-text", "") or child.get("equiv", ""), ""
        if not len(child) and local(child) in _NATIVE:
            return child.text or "", ""
        # in `sc` and the like nothing may stand; where it does it is kept as it is
        return "".join(_outside(child)), self._markup.inner(child)

    def _code(
        self,
        out: CodedText,
        child: Any,
        role: str,
        name: str,
        markup: str = "",
        content: str = "",
        pair: tuple[str, str] = ("", ""),
    ) -> None:
        out.code(
            role,
            id=name,
            kind=_kind(child),
            markup=markup,
            element=self._markup.name(child.tag),
            attributes=self._markup.attributes(child),
            content=content,
            pair=pair,
        )


def _outside(element: Any) -> Iterator[str]:
    """The text of a native code without that of sub-flows."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and local(child) != "sub":
            yield from _outside(child)
        yield child.tail or ""


def _kind(element: Any) -> str:
    """What a code does, in our words where there is one, else in those of the file."""
    for name in ("ctype", "subType", "type"):
        value = element.get(name)
        if value and (known := KINDS.get(value.lower())):
            return known
    names = ("ctype", "subType", "type", "mtype")
    word = next((str(value) for name in names if (value := element.get(name))), "")
    return word.removeprefix(OWN)
