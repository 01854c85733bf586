"""A part of a file in a markup language, as it is written beside the tree that was read of it.

The visible characters of the tree's texts are those of the part, in the same order; so each text of an
element is found again by counting. Where the two differ (a page that is no good HTML), texts that are
equal are found by what stands around them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import unescape
from typing import Any, NamedTuple

__all__ = ["MarkedPart", "Spot"]

_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>"
    r"|(?P<raw><(?P<name>script|style)(?![\w:.-])[^>]*>)(?P<code>.*?)(?=</(?P=name)(?![\w:.-]))"
    r"|<[/A-Za-z_][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>",
    re.DOTALL | re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});?")
_MOST_NODES = 20_000  # of a part whose texts are compared


class Spot(NamedTuple):
    """Where a character of a tree's text is written: from `start` to `end`, in a text of the part."""

    start: int
    end: int
    node: int


class MarkedPart:
    """One part: `raw` as it is decoded, `nodes` the texts between its tags (start, end)."""

    def __init__(self, raw: str, root: Any) -> None:
        self.raw = raw
        self.nodes: list[tuple[int, int]] = []
        self._starts, self._ends, self._of = array("l"), array("l"), array("l")
        written = "".join(self._written())
        self._first: dict[tuple[Any, bool], int] = {}
        self._bounds: list[int] = []
        kept: list[str] = []
        size = 0
        for origin, text in _texts(root):
            self._first[origin] = size
            self._bounds.append(size)
            visible = "".join(text.split())
            kept.append(visible)
            size += len(visible)
        self._places = None if "".join(kept) == written else self._compared(kept, written)

    def spots(self, origin: tuple[Any, bool], text: str) -> list[Spot | None]:
        """The places of the characters of an element's text; None for white space and for what is
        not found.
        """
        at = self._first.get(origin, -1)
        out: list[Spot | None] = []
        for character in text:
            if character.isspace() or at < 0:
                out.append(None)
                continue
            place = at if self._places is None else self._places[at]
            at += 1
            out.append(None if place < 0 else self._spot(place))
        return out

    def between(self, before: int, after: int) -> Iterator[tuple[int, int]]:
        """The texts of the part that stand between two of them."""
        yield from self.nodes[before + 1 : after]

    def _spot(self, place: int) -> Spot:
        return Spot(self._starts[place], self._ends[place], self._of[place])

    def _written(self) -> Iterator[str]:
        """The visible characters of the part; where each stands is kept."""
        at = 0
        for token in _TOKEN.finditer(self.raw):
            yield from self._node(at, token.start())
            for name in ("cdata", "code"):
                if token[name] is not None:
                    yield from self._node(*token.span(name), coded=False)
            at = token.end()
        yield from self._node(at, len(self.raw))

    def _node(self, start: int, end: int, *, coded: bool = True) -> Iterator[str]:
        if start == end:
            return
        number = len(self.nodes)
        self.nodes.append((start, end))
        text = self.raw[start:end]
        references = list(_REFERENCE.finditer(text)) if coded and "&" in text else []
        at = 0
        for match in [*references, None]:
            stop = match.start() if match else len(text)
            for place in range(at, stop):
                if not text[place].isspace():
                    yield self._keep(text[place], start + place, start + place + 1, number)
            if match is None:
                return
            for character in unescape(match[0]):
                if not character.isspace():
                    yield self._keep(character, start + match.start(), start + match.end(), number)
            at = match.end()

    def _keep(self, character: str, start: int, end: int, node: int) -> str:
        self._starts.append(start)
        self._ends.append(end)
        self._of.append(node)
        return character

    def _compared(self, kept: list[str], written: str) -> array[int]:
        """Of each visible character of the tree its place among the written ones, -1 for none."""
        starts: list[int] = []
        texts: list[str] = []
        for place, node in enumerate(self._of):
            if not place or node != self._of[place - 1]:
                starts.append(place)
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else len(written)
            texts.append(written[start:end])
        places = array("l", [-1]) * sum(map(len, kept))
        if max(len(kept), len(texts)) > _MOST_NODES:
            return places
        matcher = SequenceMatcher(None, kept, texts, autojunk=False)
        for a, b, size in matcher.get_matching_blocks():
            for k in range(size):
                for offset in range(len(kept[a + k])):
                    places[self._bounds[a + k] + offset] = starts[b + k] + offset
        return places

    def node_at(self, place: int) -> int:
        """The number of the text that begins at or before a place of the part."""
        return bisect_right(self.nodes, (place, len(self.raw) + 1)) - 1


def _texts(root: Any) -> Iterator[tuple[tuple[Any, bool], str]]:
    """The texts of a tree in the order of the file: the element, and whether it stands behind it."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and element.text and isinstance(element.tag, str):
            yield (element, False), element.text
        elif event == "end" and element.tail and element is not root:
            yield (element, True), element.tail
