"""The content of `seg` (TMX 1.4b, 3.1): text and inline codes, both ways.

Native code in bpt, ept, ph, it, ut is no text; `hi`, and an element that TMX does not know, stand
around text. Text inside a code (`sub`) belongs to the code. Codes that come from another format,
or from formatting, become bpt and ept, a lone half of a pair `it`, all else `ph`; never `ut` or
`hi`, for OmegaT and Trados take text inside `hi` for something else than text.

OmegaT writes the codes of a text as text into its own memories (`<b0>`, `</b0>`, `<br1/>`): these
are codes too, and only in files of OmegaT, or in ours for it, which say so (`TAGGED`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from aligner.files.xml_text import attribute, content
from aligner.formats.tmx.properties import FORM
from aligner.model import Code
from aligner.text.output import xml_safe

__all__ = ["TAGGED", "SegReader", "TagWriter", "from_omegat", "seg"]

# the property of a header that says so
TAGGED = ("x-tags", "omegat")
_NATIVE = frozenset(("bpt", "ept", "ph", "it", "ut"))
_FLOWING = "hi"
# attribute `type` (TMX 1.4b, 4) in lower case -> what the code does
_KINDS = {
    "bold": "bold",
    "b": "bold",
    "italic": "italic",
    "i": "italic",
    "underlined": "underline",
    "ulined": "underline",
    "link": "link",
    "sup": "sup",
    "x-sup": "sup",
    "sub": "sub",
    "x-sub": "sub",
    "x-code": "code",
    "image": "image",
    "fnote": "note",
    "lb": "break",
    "x-br": "break",
}
# names of TMX 1.4b where it has one
_TYPES = {"underline": "ulined", "break": "lb", "note": "fnote", "image": "image"}
_OWN = frozenset({"bold", "italic", "link"})
_OMEGAT_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]{1,3})(?P<id>\d{1,4})(?P<alone>/?)>")
_OMEGAT_KINDS = {"b": "bold", "i": "italic", "u": "underline"}


class SegReader:
    """The text and codes of one `seg`, from the events of a parser.

    `pieces` is where the parser puts character data; it is emptied here.
    """

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._text: list[str] = []
        self._length = 0
        self._codes: list[Code] = []
        self._open: list[int] = []  # numbers of codes without their other half
        self._depth = 0  # of elements inside a native code, itself counted
        self._tag = ""
        self._attributes: Mapping[str, str] = {}
        self._markup: list[str] = []
        self._content: list[str] = []

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return self._depth + len(self._open)

    def _take(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        return text

    def _flow(self) -> None:
        text = self._take()
        self._text.append(text)
        self._length += len(text)

    def _native(self) -> None:
        text = self._take()
        if self._depth == 1:
            self._markup.append(text)
        self._content.append(content(text))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens inside the seg."""
        if self._depth:
            self._native()
            self._depth += 1
            self._content.append(f"<{tag}{_attributes(attributes.items())}>")
        elif tag in _NATIVE:
            self._flow()
            self._depth = 1
            self._tag, self._attributes = tag, attributes
            self._markup, self._content = [], []
        else:
            self._flow()
            self._add(Code(self._length, "open", attributes.get("x", ""), _kind(attributes), element=tag, attributes=tuple(attributes.items())))  # fmt: skip

    def end(self, tag: str) -> None:
        """An element closes inside the seg."""
        if self._depth > 1:
            self._native()
            self._depth -= 1
            self._content.append(f"</{tag}>")
        elif self._depth:
            self._native()
            self._depth = 0
            self._code(tag)
        else:
            self._flow()
            self._close(tag)

    def finish(self) -> tuple[str, tuple[Code, ...]]:
        """Text and codes; halves of pairs that nothing closes are `begin` and `end`."""
        self._flow()
        for number in self._open:
            self._codes[number] = self._codes[number]._replace(role="begin")
        return "".join(self._text), tuple(self._codes)

    def _add(self, code: Code) -> None:
        if code.role == "open":
            self._open.append(len(self._codes))
        self._codes.append(code)

    def _code(self, tag: str) -> None:
        attributes = self._attributes
        pair = attributes.get("i", "")
        role = {"bpt": "open", "ept": "end", "it": attributes.get("pos", "point")}.get(tag, "point")
        role = role if role in ("open", "begin", "end") else "point"
        code = Code(
            self._length,
            role,
            attributes.get("x") or pair,
            _kind(attributes),
            "".join(self._markup),
            tag,
            tuple(attributes.items()),
            "".join(self._content) if len(self._content) > 1 else "",
        )
        if tag == "ept":
            for number in reversed(self._open):
                other = self._codes[number]
                if other.element == "bpt" and dict(other.attributes).get("i", "") == pair:
                    self._open.remove(number)
                    code = code._replace(role="close", id=other.id, kind=other.kind)
                    break
        self._add(code)

    def _close(self, tag: str) -> None:
        """The end of an element around text; one around nothing that TMX does not know is a point."""
        number = next(n for n in reversed(self._open) if self._codes[n].element == tag)
        self._open.remove(number)
        opened = self._codes[number]
        if number == len(self._codes) - 1 and opened.place == self._length and tag != _FLOWING:
            self._codes[number] = opened._replace(role="point")
            return
        if not opened.id:
            opened = self._codes[number] = opened._replace(id=f"{tag}{number + 1}")
        self._add(opened._replace(place=self._length, role="close", attributes=()))


def _kind(attributes: Mapping[str, str]) -> str:
    word = attributes.get("type", "")
    return _KINDS.get(word.lower(), word)


def from_omegat(text: str) -> tuple[str, tuple[Code, ...]]:
    """Text without the tags that OmegaT writes into it, and these as codes."""
    if "<" not in text:
        return text, ()
    codes: list[Code] = []
    parts: list[str] = []
    opened: list[int] = []
    at = place = 0
    for match in _OMEGAT_TAG.finditer(text):
        parts.append(text[at : match.start()])
        place += len(parts[-1])
        at = match.end()
        kind = _OMEGAT_KINDS.get(match["name"].lower(), "")
        code = Code(place, "point", match["id"], kind, match[0])
        if match["close"]:
            partner = next((n for n in reversed(opened) if _name(codes[n]) == _name(code)), None)
            code = code._replace(role="end" if partner is None else "close")
            if partner is not None:
                opened.remove(partner)
        elif not match["alone"]:
            code = code._replace(role="open")
            opened.append(len(codes))
        codes.append(code)
    for number in opened:
        codes[number] = codes[number]._replace(role="begin")
    return "".join([*parts, text[at:]]), tuple(codes)


def _name(code: Code) -> str:
    return code.markup.strip("</>")


class TagWriter:
    """What codes need of the file that they are written into.

    `omegat`: it is a memory of OmegaT, which has tags as text; `prefixes`: namespaces that it
    declares.
    """

    def __init__(self, *, omegat: bool = False, prefixes: Collection[str] = ()) -> None:
        self.omegat = omegat
        self._prefixes = frozenset(prefixes)

    def as_it_was(self, code: Code, form: str) -> str | None:
        """The markup of a code of TMX; None for one that has to be made anew."""
        name = code.element
        if not name and self.omegat and _OMEGAT_TAG.fullmatch(code.markup):
            return content(code.markup)
        if form != FORM or not name:
            return None
        prefix, colon, _ = name.partition(":")
        if colon and prefix not in self._prefixes:
            return None
        if name in _NATIVE:
            inside = code.content or content(xml_safe(code.markup))
            start = f"<{name}{_attributes(code.attributes)}"
            return f"{start}>{inside}</{name}>" if inside else f"{start}/>"
        if code.role == "close":
            return f"</{name}>"
        end = "/>" if code.role == "point" else ">"
        return f"<{name}{_attributes(code.attributes)}{end}"


def seg(
    text: str, codes: Sequence[Code], form: str, numbers: dict[str, int], tags: TagWriter
) -> str:
    """The inside of `seg`. `numbers`: what codes of the unit have as `x`, by their ids; it grows."""
    pieces = []
    pairs: dict[str, int] = {}
    again: Counter[str] = Counter()
    nameless: list[str] = []  # keys of pairs that have no id and are open
    cursor = 0
    for code in codes:
        pieces.append(content(text[cursor : code.place]))
        cursor = code.place
        made = tags.as_it_was(code, form)
        if made is None:
            key = code.id or f"\0{code.markup}"
            if code.role == "open" and not code.id:
                nameless.append(key)
            elif code.role == "close" and not code.id and nameless:
                key = nameless.pop()
            if code.role != "close":
                again[key] += 1
            # `x` stands once in a seg: the second of two alike is another code
            key = f"{key}\0{again[key]}" if again[key] > 1 else key
            made = _made(code, key, numbers, pairs)
        pieces.append(made)
    return "".join([*pieces, content(text[cursor:])])


def _made(code: Code, key: str, numbers: dict[str, int], pairs: dict[str, int]) -> str:
    x = numbers.setdefault(key, len(numbers) + 1)
    named = code.kind in _OWN or code.kind.startswith("x-")
    kind = _TYPES.get(code.kind) or (code.kind if named else f"x-{code.kind}")
    type_ = f' type="{attribute(xml_safe(kind))}"' if code.kind else ""
    inside = content(xml_safe(code.markup or _native(code)))
    match code.role:
        case "open":
            pairs[key] = len(pairs) + 1
            return f'<bpt i="{pairs[key]}" x="{x}"{type_}>{inside}</bpt>'
        case "close" if key in pairs:
            return f'<ept i="{pairs[key]}">{inside}</ept>'
        case "begin" | "end" | "close":
            position = "begin" if code.role == "begin" else "end"
            return f'<it pos="{position}" x="{x}"{type_}>{inside}</it>'
        case _:
            return f'<ph x="{x}"{type_}>{inside}</ph>'


def _native(code: Code) -> str:
    """The tag of an element of another format, where that is all there is of a code."""
    if not code.element:
        return ""
    if code.role in ("close", "end"):
        return f"</{code.element}>"
    end = "/>" if code.role == "point" else ">"
    return f"<{code.element}{_attributes(code.attributes)}{end}"


def _attributes(pairs: Collection[tuple[str, str]]) -> str:
    return "".join([f' {name}="{attribute(xml_safe(value))}"' for name, value in pairs])
