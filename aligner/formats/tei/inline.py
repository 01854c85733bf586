"""Inline formatting inside a run of text: `hi`, `ref`, `lb`, `graphic` (TEI P5 chapter 3).

Spans are cut where a segment ends (a bold paragraph of three sentences has three `hi`), and where
two of them overlap without nesting the later one is cut in two, so that the tree is always right
and the text never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from aligner.files.xml_file import XML_ID
from aligner.formats.tei.markup import add_text, element
from aligner.formats.tei.words import GAP, NOTICE, TOKENS, TURN_MARK, Piece, uncrossed
from aligner.model import Span
from aligner.text.output import xml_safe

__all__ = ["Runs", "pointer"]

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
    """The spans of a paragraph, dealt out run by run from left to right.

    `notes` says to which address the mark of a note points, by the note's id; `places` where a link
    inside the text leads, by what it says.
    """

    def __init__(
        self,
        text: str,
        spans: Iterable[Span],
        notes: Mapping[str, str] | None = None,
        places: Mapping[str, str] | None = None,
    ) -> None:
        self.text = text
        self._notes = notes or {}
        self._places = places or {}
        self._waiting = sorted(
            (_clamped(span, len(text)) for span in spans), key=_order, reverse=True
        )
        self._open: list[Piece] = []

    def fill(self, parent: Any, start: int, end: int, marks: Sequence[Piece] = ()) -> None:
        """Append `text[start:end]` to `parent`, formatted. Runs must come in order.

        `marks`: words and omissions of the run (`words.marks`).
        """
        last = end == len(self.text)
        points: list[Piece] = []
        while self._waiting and (
            self._waiting[-1][0] < end or (last and self._waiting[-1][0] == end)
        ):
            piece = self._waiting.pop()
            (points if piece[0] == piece[1] else self._open).append(piece)
        self._open = [piece for piece in self._open if piece[1] > start]
        pieces = [(max(a, start), max(a, start), span) for a, _, span in points]
        if self.text[start:end].strip():
            pieces += [(max(a, start), min(b, end), span) for a, b, span in self._open if a < end]
        # at one place formatting comes first, so that it holds the word and not the other way round
        ordered = sorted([*uncrossed(pieces, list(marks)), *marks], key=_order)
        self._fill(parent, start, end, ordered, frozenset())

    def _fill(
        self, parent: Any, start: int, end: int, pieces: list[Piece], around: frozenset[str]
    ) -> None:
        """`around`: kinds of the elements we are in; a kind inside itself says nothing new."""
        cursor = start
        while pieces:
            piece = _first(pieces)
            a, b, span = piece
            add_text(parent, self.text[cursor:a])
            cursor = a
            if span.kind in around:
                continue
            if a == b:
                made = self._point(span, a)
                if made is not None:
                    parent.append(made)
                continue
            inner, pieces = _split(pieces, b)
            made = self._container(span)
            if span.kind == GAP:
                made.append(element("desc", None, self.text[a:b]))
            else:
                self._fill(made, a, b, inner, around | {span.kind})
            parent.append(made)
            cursor = b
        add_text(parent, self.text[cursor:end])

    def _container(self, span: Span) -> Any:
        if span.kind == "link":
            # a link to a place that the text does not hold leads nowhere
            inside = span.value.startswith("#")
            target = self._places.get(span.value, "") if inside else pointer(span.value)
            if target:
                return element("ref", {"target": target})
            return element("hi", {"rend": "link", "n": span.value})
        if span.kind == "note":
            return self._note(span)
        if span.kind == GAP:
            return element("gap", {"reason": "editorial"})
        if span.kind == NOTICE:
            return element("note", {"place": "inline", "type": span.value})
        if span == TURN_MARK:
            return element("pc", {"unit": "turn", "pre": "true"})
        if span.kind in TOKENS:
            name, _, join = span.value.partition(" ")
            return element(span.kind, {XML_ID: name, "join": join})
        return element("hi", {"rend": _RENDITION.get(span.kind, span.kind)})

    def _point(self, span: Span, place: int) -> Any:
        if span.kind == "break":
            # a break inside a word does not end the word
            inside = self.text[max(place - 1, 0) : place + 1]
            return element("lb", {"break": "no" if len(inside) == 2 and inside.isalnum() else ""})
        if span.kind == "image" and pointer(span.value):
            return element("graphic", {"url": pointer(span.value)})
        if span.kind == "note":
            return self._note(span)
        return None

    def _note(self, span: Span) -> Any:
        target = self._notes.get(span.value, "")
        if target:
            return element("ref", {"type": "note", "n": span.value, "target": target})
        # the note is not in the text: the mark leads nowhere
        if span.start == span.end:
            return element("anchor", {"type": "note", "n": span.value})
        return element("hi", {"rend": "note", "n": span.value})


def pointer(address: str) -> str:
    """The address as a legal URI reference, or "" where it cannot be made one."""
    cleaned = quote(xml_safe(address).strip(), safe="%:/?#@!$&'()*+,;=~-._")
    cleaned = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", cleaned)
    return cleaned if cleaned and _REFERENCE.fullmatch(cleaned) else ""


def _order(piece: Piece) -> tuple[int, int]:
    return piece[0], -piece[1]


def _clamped(span: Span, length: int) -> Piece:
    start = min(max(span.start, 0), length)
    end = start if span.kind in _POINTS else min(max(span.end, start), length)
    return start, end, span


def _first(pieces: list[Piece]) -> Piece:
    """Take the first piece; what only stands at the start of a word comes before the word."""
    at = pieces[0][0]
    if pieces[0][2].kind in TOKENS:
        for number, (start, end, _) in enumerate(pieces):
            if start == end == at:
                return pieces.pop(number)
    return pieces.pop(0)


def _split(pieces: list[Piece], end: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces that start before `end`, cut there, and the rest, both in order."""
    inner: list[Piece] = []
    rest: list[Piece] = []
    for start, stop, span in pieces:
        if start >= end:
            rest.append((start, stop, span))
            continue
        inner.append((start, min(stop, end), span))
        if stop > end:
            rest.append((end, stop, span))
    return inner, sorted(rest, key=_order)
