"""Mixed content of a TEI element to one paragraph: formatting, readings, notes, tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from aligner.files.xml import XML_ID, attribute, local
from aligner.formats.tei.read_tables import (
    BLOCKS,
    EVENTS,
    NOT_TEXT,
    NOTES,
    NOTHING,
    QUOTES,
    READINGS,
    holds_blocks,
)
from aligner.model import Span
from aligner.text.rich import CJK, Rich

__all__ = ["SEGMENT", "InlineReader", "printed", "tokens_are_bare"]

SEGMENT = "segment"  # kind of the spans that carry the file's own segments; value: its id

_INLINE = {"emph": "italic", "foreign": "italic", "code": "code"}
_REND = (
    ("bold", ("bold", "b", "strong")),
    ("italic", ("italic", "italics", "i", "it")),
    ("underline", ("underline", "underlined", "u", "ul")),
    ("sup", ("sup", "superscript", "super")),
    ("sub", ("sub", "subscript")),
    ("code", ("code", "monospace", "typewriter", "tt")),
)
_INNER = frozenset(
    {"list", "table", "figure", "floatingText", "lg", "l", "sp", "listBibl", "p", "ab"}
)
# what holds pieces of data, which nothing parts but their elements
_DATA = frozenset(
    [
        *("persName", "bibl", "biblStruct", "biblFull", "analytic", "monogr", "imprint", "address"),
        *("respStmt", "publicationStmt", "titleStmt", "series", "edition", "castItem", "person"),
        *("place", "org", "event", "docImprint", "dateline", "docDate"),
    ]
)
_TOKENS = ("w", "pc")
_PARTS = ("cb", "pb", "gb", "milestone", "space")  # marks that part words
_MANY, _NEARLY_ALL = 20, 0.98  # pairs of words, and the share of them that nothing parts
_BRACKETS = {"[": "]", "(": ")", "（": "）", "【": "】"}
_UNSPACED = re.compile(f"[{CJK}]")
_CLOSING = re.compile(r"[.,;:!?…)\]}»”’%]")
_OPENING = re.compile(r"[¿¡(\[{«“‘’'„]")


class InlineReader:
    """One paragraph at a time: `emit` gets each as (text, spans); a list, a table or verse inside
    the content ends one and, after `block` has taken it, another begins. `notes` waits for what is
    anchored, `drop` is told what is left out. `bare`: no white space stands between the tokens of the file (see
    `tokens_are_bare`), so that it is put there.
    """

    def __init__(
        self,
        emit: Callable[[str, tuple[Span, ...]], None],
        block: Callable[[Any], None],
        drop: Callable[[str, Any], None],
        notes: list[tuple[str, Any]],
        *,
        bare: bool = False,
    ) -> None:
        self._emit, self._block, self._drop = emit, block, drop
        self._rich = Rich()
        self._notes = notes
        self._open: list[tuple[str, str]] = []
        self._bare = bare

    def fill(self, element: Any) -> None:
        """The text of an element and of what it holds."""
        self._rich.add(element.text or "")
        children = [child for child in element if local(child)]
        data = local(element) in _DATA
        for number, child in enumerate(children):
            self.take(child)
            following = children[number + 1] if number + 1 < len(children) else None
            tail = child.tail or ""
            if not tail.strip() and _is_joined(child, following):
                continue
            parted = data and following is not None and local(child) not in _TOKENS
            if not parted and self._bare and following is not None:
                parted = _are_words(_edge(child, last=True), _edge(following, last=False))
            self._rich.add(tail or (" " if parted else ""))

    def add(self, text: str) -> None:
        """Text between two elements."""
        self._rich.add(text)

    def flush(self) -> None:
        """The paragraph so far ends; what is open goes on in the next."""
        text, spans = self._rich.build()
        self._rich = Rich()
        for kind, value in self._open:
            self._rich.open(kind, value)
        if text:
            self._emit(text, spans)

    def take(self, child: Any) -> None:
        """One element of the content."""
        tag = local(child)
        if tag in NOTES and not _is_in_line(child):
            self._note(child)
        elif tag in NOTHING:
            self._mark(child, tag)
        elif tag == "del":
            self._drop("deleted in the source", child)
        elif tag in READINGS:
            self._choose(child, READINGS[tag])
        elif tag in EVENTS:
            self._event(child)
        elif tag in NOT_TEXT:
            self._drop(NOT_TEXT[tag], child)
        elif tag in _INNER or (tag in QUOTES and holds_blocks(child)):
            self.flush()
            self._block(child)
        else:
            self._formatted(child, tag)

    def _mark(self, child: Any, tag: str) -> None:
        """A mark without words, or so the schema says."""
        if tag == "anchor" and attribute(child, "type") == "note":
            self._rich.mark("note", attribute(child, "n"))
        if tag == "lb" and attribute(child, "break") != "no":
            self._rich.mark("break")
        elif tag in _PARTS and attribute(child, "break") != "no":
            self._rich.add(" ")
        self._drop(f"words in an element that holds none ({tag})", child)

    def _note(self, child: Any) -> None:
        label = child.get(XML_ID) or attribute(child, "n") or f"note-{len(self._notes) + 1}"
        self._rich.mark("note", label)
        self._notes.append((label, child))

    def _event(self, child: Any) -> None:
        desc = printed(child)
        if desc is not None:
            self.fill(desc)
        else:
            self._drop(f"description of an event ({local(child)})", child)
            self._rich.add(" " if local(child) == "gap" else "")

    def _choose(self, element: Any, wanted: tuple[str, ...]) -> None:
        parts = [part for part in element if local(part)]
        order = {name: n for n, name in enumerate(wanted)}
        best = min(parts, key=lambda part: order.get(local(part), len(order)), default=None)
        self._rich.add((element.text or "").strip())  # which the schema forbids
        for part in parts:
            if part is best:
                self._formatted(part, local(part))
            else:
                self._drop(f"other reading ({local(part)})", part)
            if (part.tail or "").strip():
                self._rich.add(f" {part.tail}")

    def _formatted(self, child: Any, tag: str) -> None:
        opened = list(_formats(child, tag))
        apart = tag in BLOCKS or tag == "addrLine"
        self._rich.add(" " if apart or _is_glued(child, tag) else "")
        for kind, value in opened:
            self._rich.open(kind, value)
        self._open += opened
        self.fill(child)
        del self._open[len(self._open) - len(opened) :]
        for kind, _ in reversed(opened):
            self._rich.close(kind)
        self._rich.add(" " if apart else "")


def tokens_are_bare(text: Any) -> bool:
    """True for a text of many words (`w`) that nothing parts: not white space, not `join`."""
    bare = count = 0
    for word in text.iter("{*}w"):
        following = word.getnext()
        if following is not None and local(following) == "w":
            count += 1
            bare += not word.tail and not attribute(word, "join")
    return count >= _MANY and bare >= _NEARLY_ALL * count


def _are_words(first: Any, second: Any) -> bool:
    """Two tokens that are written apart."""
    if first is None or second is None:
        return False
    ended, begun = "".join(first.itertext())[-1:], "".join(second.itertext())[:1]
    return not _CLOSING.match(begun) and not _OPENING.match(ended)


def _is_in_line(note: Any) -> bool:
    """A note that is printed in brackets in the line that it stands in."""
    text = "".join(note.itertext()).strip()
    brackets = text[:1] in _BRACKETS and text.rstrip(".")[-1:] == _BRACKETS[text[0]]
    return attribute(note, "place") == "inline" and brackets and not holds_blocks(note)


def printed(element: Any) -> Any:
    """The description of an event that is text of the page, since its brackets are printed."""
    desc = element.find("{*}desc")
    text = "".join(desc.itertext()).strip() if desc is not None else ""
    return desc if text[:1] in ("[", "(") and text[-1:] in ("]", ")", ".") else None


def _is_glued(element: Any, tag: str) -> bool:
    """A sentence or segment that nothing parts from the one before, outside words."""
    before = element.getprevious()
    if tag not in ("s", "seg") or before is None or (before.tail or ""):
        return False
    if local(before) not in ("s", "seg"):
        return False
    ended, begun = "".join(before.itertext())[-1:], "".join(element.itertext())[:1]
    if _UNSPACED.match(ended) and _UNSPACED.match(begun):
        return False
    return tag == "s" or not (ended.isalpha() and begun.islower())


def _is_joined(child: Any, following: Any) -> bool:
    """Two tokens of one word or its punctuation: the white space between them is layout."""
    last = _edge(child, last=True)
    if last is not None and attribute(last, "join") in ("right", "both"):
        return True
    first = _edge(following, last=False) if following is not None else None
    return first is not None and attribute(first, "join") in ("left", "both")


def _edge(element: Any, *, last: bool) -> Any:
    """The first or last token of an element."""
    while local(element) not in _TOKENS:
        children = [child for child in element if local(child)]
        if not children:
            return None
        element = children[-1 if last else 0]
    return element


def _formats(element: Any, tag: str) -> Iterator[tuple[str, str]]:
    if tag == "ref" and attribute(element, "type") == "note":
        named = attribute(element, "target").lstrip("#") or attribute(element, "n")
        yield "note", named
    elif tag == "s" or (tag == "seg" and not attribute(element, "function")):
        yield SEGMENT, element.get(XML_ID) or ""
    elif tag in ("ref", "ptr"):
        yield "link", attribute(element, "target")
    elif tag in ("hi", "emph", "foreign", "code", "title", "term"):
        looks = f"{attribute(element, 'rend')} {attribute(element, 'rendition')}"
        if looks.strip() == "note":
            yield "note", attribute(element, "n")
        if looks.strip() == "link":  # to an address that is none
            yield "link", attribute(element, "n")
        words = re.split(r"[\s:#-]+", looks.lower())
        kinds = [kind for kind, names in _REND if any(name in words for name in names)]
        for kind in kinds or ([_INLINE[tag]] if tag in _INLINE else []):
            yield kind, ""
