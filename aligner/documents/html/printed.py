"""Pages made for printing (`?print=1`): nothing but the article, and what a template sets around it.

A page is one where it prints itself, or where it is made by a template that is known: Drupal's `print`,
WordPress's WP-Print. There the article is the template's; elsewhere all of the page is, but for links
that print or close the window, unless it is full of links. A table of one cell only lays such a page
out.
"""

from __future__ import annotations

import re
from typing import Any

from aligner.documents.html.walk import Block

__all__ = ["is_printed", "open_layout", "printed_text"]

_PRINTS = re.compile(
    r"\b(?:window|self|this)\s*\.\s*(?:print|close)\s*\(|^javascript:\s*print\s*\("
)
_LOADS = re.compile(r"\bprint\s*\(")
_CONTENT, _TITLE = ("BlogContent", "print-content"), ("BlogTitle", "print-title")
_LINK = 0.3  # share of a paragraph that is a link which prints
_LINKED = 0.2  # share of links in a page for printing
_SHORT = 80  # letters of such a paragraph
_TABLE = frozenset(("table", "tbody", "tr", "td"))


def is_printed(root: Any) -> bool:
    """Whether a page is one for printing."""
    body = root.find("body")
    if body is not None and _LOADS.search(body.get("onload") or ""):
        return True
    return _named(root, _CONTENT) is not None


def open_layout(root: Any) -> None:
    """Make tables of one cell blocks of text."""
    for table in list(root.iter("table")):
        cells = list(table.iter("td", "th"))
        if len(cells) == 1:
            for element in (table, *table.iterdescendants(*_TABLE)):
                element.tag = "div"


def printed_text(blocks: list[Block], root: Any) -> list[Block]:
    """The paragraphs of the article, its title marked where the template says which it is; [] for a
    page that has more around its text than one for printing.
    """
    kept = [block for block in blocks if not _is_button(block)]
    content = _named(root, _CONTENT)
    if content is None:
        whole = sum(block.weight for block in kept)
        return kept if sum(block.linked for block in kept) <= _LINKED * whole else []
    made: list[Block] = []
    for block in kept:
        if _is_named(block.element, _TITLE):
            block.draft.kind, block.draft.level = "title", 0
            made.append(block)
        elif content in (block.element, *block.element.iterancestors()):
            made.append(block)
    return made


def _named(root: Any, names: tuple[str, ...]) -> Any | None:
    return next((e for e in root.iter("div", "section", "article") if _is_named(e, names)), None)


def _is_named(element: Any, names: tuple[str, ...]) -> bool:
    classes = (element.get("class") or "").split()
    return element.get("id") in names or any(name in classes for name in names)


def _is_button(block: Block) -> bool:
    if block.weight > _SHORT or block.linked < _LINK * block.weight:
        return False
    links = block.element.iter("a")
    return any(
        _PRINTS.search(f"{link.get('href') or ''} {link.get('onclick') or ''}".strip())
        and "".join(link.itertext()).strip() in block.draft.text
        for link in links
    )
