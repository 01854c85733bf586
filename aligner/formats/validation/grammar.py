"""Elements as standards table them: content, attributes, types and defaults, one row an element.

Attributes are written in one string, much as a DTD lists them:

    id!(NMTOKEN)                  required, of the type NMTOKEN
    state(initial|final)=initial  one of two values, with the default initial
    note                          optional text
    date(date)@105                what is wrong with its value is finding 105 instead of 14

Types are those of XML Schema that the standards use, and a few of their own: `types` has them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from aligner.formats.validation.content import Model, compiled
from aligner.formats.validation.types import Check, check_of

__all__ = ["VALUE", "Attribute", "Element", "attributes", "element"]

VALUE = 14
_WORD = re.compile(
    r"(?P<name>[^\s!()=@]+)(?P<required>!?)(?:\((?P<type>[^)]*)\))?(?:=(?P<default>[^\s@]+))?"
    r"(?:@(?P<number>\d+))?"
)


class Attribute(NamedTuple):
    """One attribute of one element. `number`: the finding where its value is wrong."""

    required: bool
    check: Check | None
    default: str
    number: int


@dataclass(frozen=True, slots=True)
class Element:
    """A row of a grammar.

    `foreign`: attributes of other namespaces may stand on it. `open`: any other attribute may,
    for elements that a table knows in part only.
    """

    content: Model
    attributes: Mapping[str, Attribute]
    required: tuple[str, ...]
    foreign: bool = False
    open: bool = False


def element(
    content: str, listed: str = "", *, foreign: bool = False, more: bool = False
) -> Element:
    """A row: `element("(#PCDATA | sub)*", "i! x type")`. `more`: other attributes may be there."""
    table = attributes(listed)
    required = tuple(name for name, attribute in table.items() if attribute.required)
    return Element(compiled(content), table, required, foreign, more)


def attributes(listed: str) -> dict[str, Attribute]:
    """The attributes that a string lists, by name. Raises ValueError for what is no such list."""
    made: dict[str, Attribute] = {}
    for word in listed.split():
        parts = _WORD.fullmatch(word)
        if parts is None:
            raise ValueError(f"{word!r} describes no attribute")
        made[parts["name"]] = Attribute(
            bool(parts["required"]),
            check_of(parts["type"] or ""),
            parts["default"] or "",
            int(parts["number"] or VALUE),
        )
    return made
