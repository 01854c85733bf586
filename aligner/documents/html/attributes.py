"""Words of a web page that stand in attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["words_beside"]

_BUTTONS = ("submit", "button", "reset")
# tags -> the attribute that a browser shows as words, and what a list of them calls it
_ATTRIBUTES = {
    **dict.fromkeys(("img", "area", "amp-img"), ("alt", "description of an image")),
    **dict.fromkeys(("option", "optgroup", "track"), ("label", "choice of a form")),
    "textarea": ("placeholder", "field of a form"),
}


def words_beside(root: Any) -> Iterator[tuple[str, str]]:
    """(what it is, words) for descriptions of images, and what buttons, fields and choices say.

    Tooltips (`title`) and names for screen readers (`aria-label`) are not among them: what they name
    is in the page.
    """
    for element in root.iter(*_ATTRIBUTES, "input"):
        tag = element.tag
        if tag == "input":
            words, reason = _of_input(element)
        else:
            name, reason = _ATTRIBUTES[tag]
            words = element.get(name) or ""
        if words := " ".join(words.split()):
            yield reason, words


def _of_input(element: Any) -> tuple[str, str]:
    kind = (element.get("type") or "").lower()
    if kind == "image":
        return element.get("alt") or "", "description of an image"
    if kind in _BUTTONS:
        return element.get("value") or "", "button of a form"
    return element.get("placeholder") or "", "field of a form"
