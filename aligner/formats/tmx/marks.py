"""Attributes of `prop` and `note` (`xml:lang`, `o-encoding`), which a unit keeps among its own.

A property is a name and a value, a note a text. What their elements say besides is an attribute of the
unit, the variant or the header that they belong to, under a name that no attribute of XML can have:
`prop/2/xml:lang` is that of the second property.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Marks", "in_order", "mark_of", "marks_of", "name_of", "without_marks"]

Pairs = tuple[tuple[str, str], ...]
# (name, value) of a property or (text,) of a note -> attributes of each that says so, in order
Marks = dict[tuple[str, ...], list[Pairs]]


def name_of(tag: str, number: int, attribute: str) -> str:
    """What the attribute of the `number`th (from 1) property or note is called."""
    return f"{tag}/{number}/{attribute}"


def in_order(marks: Iterable[tuple[str, str]]) -> Pairs:
    """Those of notes first, as notes are written: where a note stands among properties says nothing."""
    return tuple(sorted(marks, key=lambda pair: pair[0].startswith("prop")))


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
    pairs: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for name, value in attributes:
        tag, _, rest = name.partition("/")
        number, _, attribute = rest.partition("/")
        if attribute and number.isdecimal():
            pairs.setdefault((tag, int(number)), []).append((attribute, value))
    for tag, keys in (("prop", properties), ("note", [(note,) for note in notes])):
        for place, key in enumerate(keys, start=1):
            made.setdefault(key, []).append(tuple(pairs.get((tag, place), ())))
    return made


def mark_of(marks: Marks, *key: str) -> Pairs:
    """The attributes of the next property or note that says this."""
    there = marks.get(key)
    return there.pop(0) if there else ()
