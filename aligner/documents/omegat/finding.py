"""Which stretch of OmegaT's texts each segment of a document is.

OmegaT breaks a text behind a stop that white space follows (its rules of segmentation as they come). Where
a tag or a quotation mark stands right behind the stop it does not break: what follows is of the same
segment. Tags behind the white space belong to the next segment; a line break of a web page (`<br0>`)
ends one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.documents.omegat.texts import OmegatText, TextTag, folded, text_of
from aligner.model import Document, Paragraph, Segment
from aligner.text.trace import visible_in

__all__ = ["OmegatSegment", "TextsOf", "found"]

_LINE_BREAK = re.compile(r"<br\d+/?>")
_STOPS = ".?!"
_SPACES = tuple(" \t\n\x0b\f\r")
_BREAKING = "。｡．？！"  # stops behind which nothing has to follow
_LONG = 30  # visible characters by which a paragraph is known wherever it stands


class OmegatSegment(NamedTuple):
    """A segment as OmegaT has it, and the numbers of the segments of the document that it holds."""

    numbers: tuple[int, ...]
    text: str
    tags: tuple[TextTag, ...]


class _Cut(NamedTuple):
    """Where one segment ends and the next begins: characters and tags of a text before it."""

    end: tuple[int, int]
    start: tuple[int, int]


def found(document: Document, texts: Sequence[OmegatText]) -> Iterator[OmegatSegment]:
    """OmegaT's segments that hold whole segments of the document, in order.

    The numbers of notes are links of a page and no text of ours: where a paragraph has more of its
    segments without them, they are taken as tags.
    """
    whole, without_numbers = _places_of(texts)
    for paragraph in document.paragraphs:
        best = list(_in_paragraph(paragraph, whole))
        if sum(len(one.numbers) for one in best) < len(paragraph.segments):
            other = list(_in_paragraph(paragraph, without_numbers))
            best = max(best, other, key=lambda made: sum(len(one.numbers) for one in made))
        yield from best


def _in_paragraph(paragraph: Paragraph, places: _Places) -> Iterator[OmegatSegment]:
    bare, offsets = visible_in(paragraph.text)
    start = places.find(bare)
    if start < 0:
        return
    held: list[Segment] = []
    opened: tuple[int, int] | None = None
    for segment in paragraph.segments:
        low = start + bisect_left(offsets, segment.start)
        high = start + bisect_left(offsets, segment.end)
        if low == high or not places.is_one(low, high):
            held, opened = [], None
            continue
        if not held:
            before = places.cut(low)
            if before is None:
                continue
            opened = before.start
        held.append(segment)
        after = places.cut(high)
        if after is None:
            continue
        made = None if opened is None else places.between(low, opened, after.end)
        if made is not None:
            yield OmegatSegment(tuple(one.index for one in held), made.text, made.tags)
        held, opened = [], None


class TextsOf:
    """The texts of OmegaT of one document, asked for the tags of any of its segments."""

    def __init__(self, document: Document, texts: Sequence[OmegatText]) -> None:
        whole, without_numbers = _places_of(texts)
        self._starts: list[tuple[_Places, int, list[int]]] = []
        for paragraph in document.paragraphs:
            bare, offsets = visible_in(paragraph.text)
            places, start = whole, whole.find(bare)
            if start < 0 or any(span.kind == "note" for span in paragraph.spans):
                other = without_numbers.find(bare)
                places, start = (without_numbers, other) if other >= 0 else (places, start)
            self._starts.append((places, start, offsets))

    def tags(self, segments: Sequence[Segment]) -> list[TextTag] | None:
        """The tags of segments that go together, `place` counted in visible characters; None where
        the document's texts do not have them.
        """
        made: list[TextTag] = []
        count = 0
        for segment in segments:
            places, start, offsets = self._starts[segment.paragraph]
            low = start + bisect_left(offsets, segment.start)
            high = start + bisect_left(offsets, segment.end)
            if start < 0 or low == high or not places.is_one(low, high):
                return None
            made += [tag._replace(place=count + tag.place) for tag in places.tags(low, high)]
            count += high - low
        return made


def _places_of(texts: Sequence[OmegatText]) -> tuple[_Places, _Places]:
    """The texts as they are, and without the numbers of notes."""
    return _Places(texts), _Places([made for one in texts if (made := folded(one)) is not None])


class _Places:
    """The visible characters of all texts, one after another: `at` says of each which text it is of,
    and where.
    """

    def __init__(self, texts: Sequence[OmegatText]) -> None:
        self._texts = texts
        bares: list[str] = []
        self._at: list[tuple[int, int]] = []
        for number, one in enumerate(texts):
            bare, offsets = visible_in(one.text)
            bares.append(bare)
            self._at += [(number, offset) for offset in offsets]
        self._bare = "".join(bares)
        self._cursor = 0

    def find(self, bare: str) -> int:
        """Where a paragraph stands, after the one before or anywhere; -1 where it does not."""
        if not bare:
            return -1
        place = self._bare.find(bare, self._cursor)
        if place >= 0 and (place == self._cursor or len(bare) >= _LONG or self._begins(place)):
            self._cursor = place + len(bare)
            return place
        return place if place >= 0 else self._bare.find(bare)

    def is_one(self, low: int, high: int) -> bool:
        """Whether all characters are of one text."""
        return self._at[low][0] == self._at[high - 1][0]

    def cut(self, place: int) -> _Cut | None:
        """How a text is parted before a character; None where it is not."""
        if place == 0 or place == len(self._at) or self._at[place - 1][0] != self._at[place][0]:
            number = self._at[min(place, len(self._at) - 1)][0]
            if place and place < len(self._at):
                number = self._at[place - 1][0]
            ends = self._texts[number]
            return _Cut((len(ends.text), len(ends.tags)), (0, 0))
        number, offset = self._at[place]
        text, tags = self._texts[number]
        end = self._at[place - 1][1] + 1
        starts = [tag.place for tag in tags]
        first, last = bisect_left(starts, end), bisect_left(starts, offset + 1)
        there = tags[first:last]
        breaks = [n for n, tag in enumerate(there, first) if _LINE_BREAK.fullmatch(tag.markup)]
        if breaks:
            return _Cut(
                (starts[breaks[0]], breaks[0] + 1),
                (starts[breaks[-1]], breaks[-1] + 1),
            )
        stop = text[end - 1]
        is_parted = text[end : end + 1] in _SPACES and not (there and there[0].place == end)
        goes_on = text.startswith("...", end - 3) and not text[offset].isupper()
        if stop in _BREAKING or (stop in _STOPS and is_parted and not goes_on):
            return _Cut((end, first), (end, first))
        return None

    def tags(self, low: int, high: int) -> Iterator[TextTag]:
        """The tags of a stretch, `place` counted in its visible characters. Behind a stop that does
        not end a segment those that end something are of what stands before.
        """
        number, first = self._at[low]
        text, tags = self._texts[number]
        before, after = self.cut(low), self.cut(high)
        start = 0 if before is None else before.start[1]
        stop = len(tags) if after is None else after.end[1]
        last = self._at[high - 1][1] + 1
        is_last = high == len(self._at) or self._at[high][0] != number
        following = len(text) if is_last else self._at[high][1]
        floor = self._at[low - 1][1] + 1 if low and self._at[low - 1][0] == number else 0
        visible = [self._at[place][1] for place in range(low, high)]
        for tag in tags[start:stop]:
            if before is None and (tag.place < floor or (tag.place <= first and tag.role == "end")):
                continue
            if after is None and (
                tag.place > following or (tag.place >= last and tag.role != "end")
            ):
                continue
            yield tag._replace(place=bisect_left(visible, tag.place))

    def between(
        self, place: int, start: tuple[int, int], end: tuple[int, int]
    ) -> OmegatText | None:
        """The part of the text of a character between two cuts; None where a line break parts it."""
        text, tags = self._texts[self._at[place][0]]
        inside = tags[start[1] : end[1]]
        at = start[0]
        items: list[str | TextTag] = []
        for tag in inside:
            if tag.place > at:
                items.append(text[at : tag.place])
                at = tag.place
            items.append(tag)
        if end[0] > at:
            items.append(text[at : end[0]])
        if any(
            isinstance(one, TextTag) and _LINE_BREAK.fullmatch(one.markup) for one in items[:-1]
        ):
            return None
        return text_of(items, compress=False)

    def _begins(self, place: int) -> bool:
        return place == 0 or self._at[place - 1][0] != self._at[place][0]
