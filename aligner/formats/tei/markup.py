"""Elements by one short call; text is made legal on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from aligner.text.output import xml_safe

__all__ = ["NAMESPACE", "add_text", "element"]

NAMESPACE = "http://www.tei-c.org/ns/1.0"


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Any) -> Any:
    """An element with children, each an element, text, or None for nothing.

    Attributes with an empty value are left out. The name carries no namespace: the root of the
    file declares TEI as the default one.
    """
    made = etree.Element(
        tag, {name: xml_safe(value) for name, value in (attributes or {}).items() if value}
    )
    for child in children:
        if isinstance(child, str):
            add_text(made, child)
        elif child is not None:
            made.append(child)
    return made


def add_text(parent: Any, text: str) -> None:
    """Append text after everything that `parent` holds."""
    text = xml_safe(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
