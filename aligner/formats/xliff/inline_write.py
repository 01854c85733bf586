"""Text and codes of a variant as inline content of XLIFF 1.2 or 2.x.

Codes of the same format are written as they were. Codes of another one become

    role          1.2                                    2.x
    open, close   g where they nest and stand for no     pc where they nest, else sc and ec
                  native code, else bpt and ept
    point         x, or ph where they stand for one      ph
    begin, end    it                                     sc and ec, isolated

with their native code inside (1.2) or in `originalData` (2.x).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from aligner.files.xml_text import attribute, content
from aligner.formats.xliff.markup import prefixes_of
from aligner.model import Code, Variant
from aligner.text.output import xml_safe

__all__ = ["InlineWriter", "inline_1", "inline_2", "well_nested"]

CTYPES = {
    "underline": "underlined",
    "break": "lb",
    "image": "image",
    "bold": "bold",
    "italic": "italic",
    "link": "link",
}
KINDS_2 = {
    "bold": ("fmt", "xlf:b"),
    "italic": ("fmt", "xlf:i"),
    "underline": ("fmt", "xlf:u"),
    "break": ("fmt", "xlf:lb"),
    "link": ("link", ""),
    "image": ("image", ""),
}
# elements that are a code by themselves, whatever its role
ALONE = frozenset(["x", "ph", "cp", "bpt", "ept", "it", "bx", "ex", "sc", "ec", "sm", "em"])
_TOKEN = re.compile(r"[\w.:-]+")
# a code, its partner, its id, and whether the pairs of its text nest -> XML
Render = Callable[[Code, Code | None, str, bool], str]


class InlineWriter:
    """Writes the variants of a unit. `own`: its codes are those of the format that is written;
    `known`: prefixes that the root declares, None where it declares all that they need. `render` writes a code of another format.
    """

    def __init__(self, render: Render, *, own: bool, known: frozenset[str] | None) -> None:
        self._render, self._own, self._known = render, own, known

    def write(self, variant: Variant) -> str:
        """The content of an element."""
        text, codes = variant.text, variant.codes
        if not codes:
            return content(xml_safe(text))
        own = self._own and self._is_own(codes)
        nest = well_nested(codes)
        partners = dict(_pairs(codes))
        partners |= {second: first for first, second in partners.items()}
        names = [] if own else _ids(codes)
        pieces: list[str] = []
        at = 0
        for number, code in enumerate(codes):
            pieces.append(content(xml_safe(text[at : code.place])))
            at = code.place
            if own:
                pieces.append(_as_it_was(code))
            else:
                partner = codes[partners[number]] if number in partners else None
                pieces.append(self._render(code, partner, names[number], nest))
        return "".join([*pieces, content(xml_safe(text[at:]))])

    def _is_own(self, codes: Sequence[Code]) -> bool:
        """Whether all codes can be written as they were."""
        around = [code for code in codes if _is_around(code)]
        if not all(code.element for code in codes) or not well_nested(around):
            return False
        if self._known is None:
            return True
        names = "".join(f"<{_start(code)}>{code.content}" for code in codes)
        return prefixes_of(names) <= self._known


def _is_around(code: Code) -> bool:
    return code.role in ("open", "close") and code.element not in ALONE


def _as_it_was(code: Code) -> str:
    if _is_around(code):
        return f"</{code.element}>" if code.role == "close" else f"<{_start(code)}>"
    inside = code.content or (content(xml_safe(code.markup)) if _is_inside(code) else "")
    return f"<{_start(code)}>{inside}</{code.element}>" if inside else f"<{_start(code)}/>"


def _start(code: Code) -> str:
    attributes = "".join(
        f' {name}="{attribute(xml_safe(value))}"' for name, value in code.attributes
    )
    return f"{code.element}{attributes}"


def _is_inside(code: Code) -> bool:
    """Whether the native code stands inside the element, and not in an attribute or beside the text."""
    elsewhere = ("equiv-text", "equiv", "dataRef")
    return code.element in ("bpt", "ept", "it", "ph") and not any(
        name in elsewhere and (name == "dataRef" or value == code.markup)
        for name, value in code.attributes
    )


def well_nested(codes: Sequence[Code]) -> bool:
    """Whether pairs lie inside one another, as elements must, and none lacks its partner."""
    opened: list[str] = []
    for code in codes:
        if code.role == "open":
            opened.append(code.id)
        elif code.role == "close" and (not opened or opened.pop() != code.id):
            return False
    return not opened


def _ids(codes: Sequence[Code]) -> list[str]:
    """An id for each code, that of a pair twice: its own where it can be one, else a number."""
    taken = {code.id for code in codes}
    used: set[str] = set()
    opened: dict[str, list[str]] = {}
    names: list[str] = []
    number = 0
    for code in codes:
        if code.role == "close" and opened.get(code.id):
            names.append(opened[code.id].pop())
            continue
        name = code.id
        if not _TOKEN.fullmatch(name) or name in used:
            number += 1
            while str(number) in taken or str(number) in used:
                number += 1
            name = str(number)
        used.add(name)
        names.append(name)
        if code.role == "open":
            opened.setdefault(code.id, []).append(name)
    return names


def inline_1(code: Code, partner: Code | None, name: str, nest: bool) -> str:
    """A code of another format in 1.2."""
    name_of = CTYPES.get(code.kind) or f"x-{code.kind.removeprefix('x-')}"
    kind = f' ctype="{attribute(name_of)}"' if code.kind else ""
    native = content(xml_safe(code.markup))
    plain = nest and not code.markup and not (partner and partner.markup)
    match code.role:
        case "open":
            if plain:
                return f'<g id="{name}"{kind}>'
            return f'<bpt id="{name}" rid="{name}"{kind}>{native}</bpt>'
        case "close":
            return "</g>" if plain else f'<ept id="{name}" rid="{name}">{native}</ept>'
        case "point":
            return f'<ph id="{name}"{kind}>{native}</ph>' if native else f'<x id="{name}"{kind}/>'
        case role:
            place = "open" if role == "begin" else "close"
            return f'<it id="{name}" pos="{place}"{kind}>{native}</it>'


def inline_2(data: dict[str, str], prefix: str) -> Render:
    """Codes of another format in 2.x; native codes go into `data`: text -> id."""

    def ref(code: Code | None, name: str) -> str:
        if code is None or not code.markup:
            return ""
        known = data.setdefault(xml_safe(code.markup), f"d{len(data) + 1}")
        return f' {name}="{known}"'

    def render(code: Code, partner: Code | None, name: str, nest: bool) -> str:
        type_ = ""
        if code.kind:
            kind, sub = KINDS_2.get(code.kind, ("other", f"aligner:{code.kind}"))
            type_ = f' type="{kind}"' + (f' subType="{attribute(sub)}"' if sub else "")
        own = f"{prefix}{name}"
        match code.role:
            case "open" if nest:
                refs = ref(code, "dataRefStart") + ref(partner, "dataRefEnd")
                return f'<pc id="{own}"{type_}{refs}>'
            case "open":
                return f'<sc id="{own}"{type_}{ref(code, "dataRef")}/>'
            case "close":
                return "</pc>" if nest else f'<ec startRef="{own}"{ref(code, "dataRef")}/>'
            case "point":
                return f'<ph id="{own}"{type_}{ref(code, "dataRef")}/>'
            case "begin":
                return f'<sc id="{own}" isolated="yes"{type_}{ref(code, "dataRef")}/>'
            case _:
                return f'<ec id="{own}" isolated="yes"{type_}{ref(code, "dataRef")}/>'

    return render


def _pairs(codes: Sequence[Code]) -> Iterator[tuple[int, int]]:
    """Numbers of the codes that open and close a pair."""
    opened: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        if code.role == "open":
            opened.setdefault(code.id, []).append(number)
        elif code.role == "close" and opened.get(code.id):
            yield opened[code.id].pop(), number
