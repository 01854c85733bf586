"""Inline formatting of a side as codes at places of its text, for TMX level 2 and XLIFF.

A side is one line of text made of several segments. A span that lies inside the side gives a pair
of codes; one that goes on before or after it gives a lone code; a span around the whole side and
more gives none, as in tools that split the paragraph themselves. Pairs need not nest.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.model import Document, Segment, Span
from aligner.text.output import joined, one_line, pieces, places

__all__ = ["SpanCode", "coded", "nested", "numbered"]

_POINTS = frozenset({"break", "image"})
_NAMES = {"bold": "b", "italic": "i", "underline": "u", "link": "a", "note": "a"}


@dataclass(frozen=True, slots=True)
class SpanCode:
    """`role`: open, close (a pair with the same `pair`), begin, end (lone), point.

    `ordinal` counts the codes of this kind in the side: the third bold of the source is the third
    bold of the translation.
    """

    place: int
    role: str
    kind: str
    value: str
    pair: int
    ordinal: int

    @property
    def markup(self) -> str:
        """The code as HTML writes it."""
        name = _NAMES.get(self.kind, self.kind)
        if self.role in ("close", "end"):
            return f"</{name}>"
        if self.kind == "break":
            return "<br/>"
        if self.kind == "image":
            return f'<img src="{_quoted(self.value)}"/>'
        tail = "/" if self.role == "point" else ""
        if self.kind == "link":
            return f'<a href="{_quoted(self.value)}"{tail}>'
        if self.kind == "note":
            return f'<a class="note" href="#{_quoted(self.value)}"{tail}>'
        return f"<{name}{tail}>"


def coded(document: Document, side: Sequence[Segment]) -> tuple[str, tuple[SpanCode, ...]]:
    """The text of a side as `text.one_line(text.joined(...))` gives it, and its codes by place."""
    raw = joined(document, side)
    if not any(document.paragraphs[segment.paragraph].spans for segment in side):
        return one_line(raw), ()
    moved = places(raw)
    codes = [replace(code, place=moved[code.place]) for code in _codes(document, side)]
    # what a pair held may have been white space that is gone
    empty = {
        (code.pair, code.place)
        for code, after in itertools.pairwise(codes)
        if (code.role, code.pair, code.place) == ("open", after.pair, after.place)
    }
    kept = (code for code in codes if (code.pair, code.place) not in empty)
    return one_line(raw), tuple(sorted(kept, key=_order))


def numbered(sides: Sequence[Sequence[SpanCode]]) -> dict[tuple[str, int], int]:
    """One number for each code of a unit that all its languages share: (kind, ordinal) -> 1, 2 ..."""
    numbers: dict[tuple[str, int], int] = {}
    for side in sides:
        for code in side:
            numbers.setdefault((code.kind, code.ordinal), len(numbers) + 1)
    return numbers


def nested(codes: Sequence[SpanCode]) -> bool:
    """True where the pairs lie inside one another, as elements must."""
    opened: list[int] = []
    for code in codes:
        if code.role == "open":
            opened.append(code.pair)
        elif code.role == "close" and opened.pop() != code.pair:
            return False
    return True


def _order(code: SpanCode) -> tuple[int, int, int]:
    """At one place: what ends first, the last opened before the others; then what starts."""
    closing = code.role in ("close", "end")
    return code.place, 0 if closing else 1, -code.pair if closing else code.pair


def _codes(document: Document, side: Sequence[Segment]) -> Iterator[SpanCode]:
    """Codes at places of the joined text; the spans of each paragraph, cut to its part of it."""
    counts: Counter[str] = Counter()
    pair = start = 0
    parts = pieces(document, side)
    for number, group in itertools.groupby(
        zip(side, parts[::2], ["", *parts[1::2]], strict=True), _paragraph
    ):
        places_of: dict[int, int] = {}
        for segment, text, gap in group:
            if places_of:
                places_of.update(_between(max(places_of), segment.start, start, gap))
            start += len(gap)
            for offset in range(len(text) + 1):
                places_of[segment.start + offset] = start + offset
            start += len(text)
        for span in sorted(document.paragraphs[number].spans, key=_span_order):
            if span.kind == "tab":  # white space, which the text has
                continue
            roles = _roles(span, min(places_of), max(places_of))
            pair += bool(roles)
            counts[span.kind] += bool(roles)
            for at, role in roles:
                yield SpanCode(places_of[at], role, span.kind, span.value, pair, counts[span.kind])


def _paragraph(row: tuple[Segment, str, str]) -> int:
    return row[0].paragraph


def _between(end: int, start: int, place: int, gap: str) -> dict[int, int]:
    """Places of what stands between two segments of a paragraph, which may be more than the gap."""
    return {at: place + min(at - end, len(gap)) for at in range(end + 1, start)}


def _span_order(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _roles(span: Span, begin: int, end: int) -> list[tuple[int, str]]:
    """What the part from `begin` to `end` of a paragraph shows of a span."""
    if span.kind in _POINTS or span.start >= span.end:
        return [(span.start, "point")] if begin <= span.start <= end else []
    if span.end <= begin or span.start >= end:
        return []
    if span.start < begin and span.end > end:
        return []
    if span.start < begin:
        return [(span.end, "end")]
    if span.end > end:
        return [(span.start, "begin")]
    return [(span.start, "open"), (span.end, "close")]


def _quoted(value: str) -> str:
    return re.sub('[\x00-\x20"<>]', lambda match: f"%{ord(match[0]):02X}", value)
