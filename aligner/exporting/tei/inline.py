"""Inline formatting inside a run of text: `hi`, `ref`, `lb`, `graphic` (TEI P5 chapter 3).

Spans are cut where a segment ends (a bold paragraph of three sentences has three `hi`), and where
two of them overlap without nesting the later one is cut in two, so that the tree is always right
and the text never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from aligner.exporting.tei.markup import add_text, element
from aligner.exporting.text import xml_safe
from aligner.model import Span

__all__ = ["Runs", "pointer"]

_Piece = tuple[int, int, Span]

_RENDITION = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "sup": "superscript",
    "sub": "subscript",
    "code": "code",
}
# kinds that stand at a place and hold no text
_POINTS = frozenset({"break", "image"})
# RFC 3986, as much as xsd:anyURI validators check
_REFERENCE = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:(?=[^#])|(?=[^:/?#]*(?:[/?#]|$)))"  # scheme, or no colon in sight
    r"(?://(?:[^@/?#]*@)?[A-Za-z0-9._~%-]+(?::[0-9]*)?(?=[/?#]|$)|(?!//))"  # authority, or none
    r"[^#]*(?:#[^#]*)?"
)


class Runs:
    """The spans of a paragraph, dealt out run by run from left to right."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self.text = text
        self._waiting = sorted(
            (_clamped(span, len(text)) for span in spans), key=_order, reverse=True
        )
        self._open: list[_Piece] = []

    def fill(self, parent: Any, start: int, end: int) -> None:
        """Append `text[start:end]` to `parent`, formatted. Runs must come in order."""
        last = end == len(self.text)
        points: list[_Piece] = []
        while self._waiting and (
            self._waiting[-1][0] < end or (last and self._waiting[-1][0] == end)
        ):
            piece = self._waiting.pop()
            (points if piece[0] == piece[1] else self._open).append(piece)
        self._open = [piece for piece in self._open if piece[1] > start]
        pieces = [(max(a, start), max(a, start), span) for a, _, span in points]
        if self.text[start:end].strip():
            pieces += [(max(a, start), min(b, end), span) for a, b, span in self._open if a < end]
        _fill(parent, self.text, start, end, sorted(pieces, key=_order), frozenset())


def pointer(address: str) -> str:
    """The address as a legal URI reference, or "" where it cannot be made one."""
    cleaned = quote(xml_safe(address).strip(), safe="%:/?#@!$&'()*+,;=~-._")
    cleaned = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", cleaned)
    return cleaned if cleaned and _REFERENCE.fullmatch(cleaned) else ""


def _order(piece: _Piece) -> tuple[int, int]:
    return piece[0], -piece[1]


def _clamped(span: Span, length: int) -> _Piece:
    start = min(max(span.start, 0), length)
    end = start if span.kind in _POINTS else min(max(span.end, start), length)
    return start, end, span


def _fill(
    parent: Any, text: str, start: int, end: int, pieces: list[_Piece], around: frozenset[str]
) -> None:
    """`around`: kinds of the elements we are in; a kind inside itself says nothing new."""
    cursor = start
    while pieces:
        a, b, span = pieces.pop(0)
        add_text(parent, text[cursor:a])
        cursor = a
        if span.kind in around:
            continue
        if a == b:
            made = _point(span)
            if made is not None:
                parent.append(made)
            continue
        inner: list[_Piece] = []
        rest: list[_Piece] = []
        for x, y, other in pieces:
            if x >= b:
                rest.append((x, y, other))
                continue
            inner.append((x, min(y, b), other))
            if y > b:
                rest.append((b, y, other))
        made = _container(span)
        _fill(made, text, a, b, inner, around | {span.kind})
        parent.append(made)
        cursor = b
        pieces = sorted(rest, key=_order)
    add_text(parent, text[cursor:end])


def _container(span: Span) -> Any:
    if span.kind == "link":
        return element("ref", {"target": pointer(span.value)})
    if span.kind == "note":
        return element("ref", {"type": "note", "n": span.value})
    return element("hi", {"rend": _RENDITION.get(span.kind, span.kind)})


def _point(span: Span) -> Any:
    if span.kind == "break":
        return element("lb")
    if span.kind == "image" and pointer(span.value):
        return element("graphic", {"url": pointer(span.value)})
    if span.kind == "note":
        return element("ref", {"type": "note", "n": span.value})
    return None
