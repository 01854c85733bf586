"""Attributes of `prop` and `note` (`xml:lang`, `o-encoding`), which a unit keeps among its own.

A property is a name and a value, a note a text. What their elements say besides is an attribute of the
unit, the variant or the header that they belong to, under a name that no attribute of XML can have:
`prop/2/xml:lang` is that of the second property.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Marks", "marks_of", "name_of", "without_marks"]

Pairs = tuple[tuple[str, str], ...]
Marks = dict[
    tuple[str, ...], Pairs
]  # (name, value) of a property or (text,) of a note -> attributes


def name_of(tag: str, number: int, attribute: str) -> str:
    """What the attribute of the `number`th (from 1) property or note is called."""
    return f"{tag}/{number}/{attribute}"


def without_marks(attributes: Pairs) -> Pairs:
    """The attributes of the element itself."""
    if not any("/" in name for name, _ in attributes):
        return attributes
    return tuple([pair for pair in attributes if "/" not in pair[0]])


def marks_of(attributes: Pairs, properties: Pairs, notes: Iterable[str]) -> Marks:
    """The attributes of properties and notes, by what these say: others may have come before them."""
    made: Marks = {}
    if not any("/" in name for name, _ in attributes):
        return made
    known: dict[str, list[tuple[str, ...]]] = {
        "prop": list(properties),
        "note": [(note,) for note in notes],
    }
    for name, value in attributes:
        tag, _, rest = name.partition("/")
        number, _, attribute = rest.partition("/")
        place = int(number) - 1 if number.isdecimal() else -1
        if attribute and 0 <= place < len(known.get(tag, ())):
            key = known[tag][place]
            made[key] = (*made.get(key, ()), (attribute, value))
    return made
