"""How TTML says that letters are italic, bold, underlined, not shown, or a reading above others.

Standard: W3C TTML2, 10: attributes of the element, the styles that it names (which name others), those
of its region; what is inherited. Only what a text keeps is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aligner.files.xml import XML_ID, attribute, local

__all__ = ["Styles", "formats", "is_hidden", "is_reading"]

_INHERITED = ("fontStyle", "fontWeight", "textDecoration")
_OWN = ("ruby", "display", "visibility")
_DEEPEST = 20  # styles that name each other
_READINGS = frozenset(("text", "textContainer", "delimiter"))


class Styles:
    """The styles and regions of one file."""

    def __init__(self, root: Any) -> None:
        self._named = {
            str(element.get(XML_ID)): element
            for element in root.iter()
            if local(element) in ("style", "region") and element.get(XML_ID)
        }
        self._known: dict[str, dict[str, str]] = {}

    def of(self, element: Any, inherited: dict[str, str]) -> dict[str, str]:
        """What holds for an element below one with these: values by name."""
        made = {name: value for name, value in inherited.items() if name in _INHERITED}
        region = self._by_name(attribute(element, "region"), 0)
        made |= {name: value for name, value in region.items() if name in _INHERITED}
        return made | self._all_of(element)

    def _all_of(self, element: Any, depth: int = 0) -> dict[str, str]:
        """Its own and those it names, the later one wins."""
        made: dict[str, str] = {}
        for name in element.get("style", "").split():
            made |= self._by_name(name, depth)
        for child in element:
            if local(child) == "style":
                made |= self._all_of(child, depth + 1) if depth < _DEEPEST else {}
        return made | {
            name: value for name in (*_INHERITED, *_OWN) if (value := attribute(element, name))
        }

    def _by_name(self, name: str, depth: int) -> dict[str, str]:
        if name not in self._known and name in self._named and depth < _DEEPEST:
            self._known[name] = {}  # while it is looked up: one that names itself adds nothing
            self._known[name] = self._all_of(self._named[name], depth + 1)
        return self._known.get(name, {})


def formats(values: dict[str, str]) -> Iterator[str]:
    """Kinds of spans."""
    if values.get("fontStyle") in ("italic", "oblique"):
        yield "italic"
    if values.get("fontWeight") == "bold":
        yield "bold"
    if "underline" in values.get("textDecoration", "").split():
        yield "underline"


def is_hidden(element: Any, values: dict[str, str]) -> bool:
    """True for what is never shown; an animation may show what is hidden at first."""
    hidden = values.get("display") == "none" or values.get("visibility") == "hidden"
    return hidden and not any(local(child) in ("set", "animate") for child in element)


def is_reading(values: dict[str, str]) -> bool:
    """True for ruby above the text, and the brackets that stand for it."""
    return values.get("ruby") in _READINGS
