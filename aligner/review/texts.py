"""A text under review: paragraphs whose segments carry no numbers.

A segment's number changes when another one before it is split; so here it is a `Piece` of its
paragraph, a pair of offsets, and numbers are worked out where they are needed. A change of the
text touches one paragraph only.
"""

from __future__ import annotations

import bisect
import itertools
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from aligner.model import Document, Paragraph, Segment, Span, UsageError
from aligner.text.wording import numbered

__all__ = ["Passage", "Piece", "ReviewText", "edit_piece", "join_pieces", "split_piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """`paragraph.text[start:end]`, in code points; `original` where a person changed the words."""

    start: int
    end: int
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (its own `segments` are empty) and its pieces."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]

    def words(self, piece: int) -> str:
        """The text of one piece."""
        part = self.pieces[piece]
        return self.paragraph.text[part.start : part.end]


@dataclass(frozen=True)
class ReviewText:
    """`head` is the document without its paragraphs."""

    head: Document
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, document: Document) -> ReviewText:
        """The document, its segments as pieces."""
        passages = tuple(
            Passage(
                replace(paragraph, segments=()),
                tuple(Piece(s.start, s.end, s.original) for s in paragraph.segments),
            )
            for paragraph in document.paragraphs
        )
        return cls(replace(document, paragraphs=()), passages)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Number of the first segment of each passage, and the number of all segments."""
        counts = (len(passage.pieces) for passage in self.passages)
        return tuple(itertools.accumulate(counts, initial=0))

    @property
    def count(self) -> int:
        """Number of segments."""
        return self.starts[-1]

    def locate(self, segment: int) -> tuple[int, int]:
        """(passage, piece) of a segment. Raises UsageError where there is none."""
        if not 0 <= segment < self.count:
            raise UsageError(f"there is no segment {segment + 1}: the text has {self.count}")
        passage = bisect.bisect_right(self.starts, segment) - 1
        return passage, segment - self.starts[passage]

    def words(self, segment: int) -> str:
        """The text of a segment."""
        passage, piece = self.locate(segment)
        return self.passages[passage].words(piece)

    def with_passage(self, number: int, passage: Passage) -> ReviewText:
        """The same text with one passage in another wording."""
        return ReviewText(
            self.head, (*self.passages[:number], passage, *self.passages[number + 1 :])
        )

    def document(self) -> Document:
        """The document with numbered segments."""
        paragraphs = []
        for passage, first in zip(self.passages, self.starts, strict=False):
            own = passage.paragraph
            segments = tuple(
                Segment(first + n, own.index, one.start, one.end, passage.words(n), one.original)
                for n, one in enumerate(passage.pieces)
            )
            paragraphs.append(replace(own, segments=segments))
        return replace(self.head, paragraphs=tuple(paragraphs))


def split_piece(passage: Passage, piece: int, offset: int) -> Passage:
    """Cut a piece before code point `offset` of its text; white space at the cut joins no side.

    Raises UsageError where one of the parts would be empty or a character would be torn.
    """
    words = passage.words(piece)
    if not 0 <= offset <= len(words):
        raise UsageError(
            f"the segment has {numbered(len(words), 'character')}, there is no place {offset}"
        )
    before, after = words[:offset].rstrip(), words[offset:].lstrip()
    if not before or not after:
        raise UsageError("one part would be empty", hint="put the caret between two words")
    if unicodedata.combining(after[0]):
        raise UsageError("a letter and its accent belong together", hint="move the caret")
    whole = passage.pieces[piece]
    parts = (
        Piece(whole.start, whole.start + len(before), whole.original),
        Piece(whole.end - len(after), whole.end, None),
    )
    return Passage(
        passage.paragraph, (*passage.pieces[:piece], *parts, *passage.pieces[piece + 1 :])
    )


def join_pieces(passage: Passage, piece: int) -> Passage:
    """Make a piece and the next one of the paragraph one, with what stands between them.

    Raises UsageError for the last piece of a paragraph.
    """
    if piece + 1 >= len(passage.pieces):
        raise UsageError(
            "the next segment is in another paragraph", hint="only neighbours in one can be joined"
        )
    first, second = passage.pieces[piece : piece + 2]
    original = None
    if first.original is not None or second.original is not None:
        between = passage.paragraph.text[first.end : second.start]
        originals = [
            passage.words(piece + n) if part.original is None else part.original
            for n, part in enumerate((first, second))
        ]
        original = between.join(originals)
    whole = Piece(first.start, second.end, original)
    return Passage(
        passage.paragraph, (*passage.pieces[:piece], whole, *passage.pieces[piece + 2 :])
    )


def edit_piece(passage: Passage, piece: int, words: str) -> Passage:
    """Give a piece other words; the first wording stays in `Piece.original`.

    White space runs become one space, the text NFC. Formatting outside the changed words moves
    with them. Raises UsageError for an empty text and for one that would melt into its neighbour.
    """
    words = unicodedata.normalize("NFC", " ".join(words.split()))
    if not words:
        raise UsageError(
            "a segment cannot be empty", hint="mark it as null, or join it with its neighbour"
        )
    if unicodedata.combining(words[0]):
        raise UsageError("a segment cannot begin with a combining accent")
    if not words.isprintable():
        bad = next(char for char in words if not char.isprintable())
        if unicodedata.category(bad) in ("Cc", "Cs"):
            raise UsageError(f"the character U+{ord(bad):04X} cannot be written to files")
    old, place = passage.words(piece), passage.pieces[piece]
    if words == old:
        return passage
    text = passage.paragraph.text
    whole = text[: place.start] + words + text[place.end :]
    if not unicodedata.is_normalized("NFC", whole):
        raise UsageError("the text would melt into the character beside it")
    move = _Move.of(old, words, place.start)
    label = passage.paragraph.label
    paragraph = replace(
        passage.paragraph,
        text=whole,
        spans=tuple(span for span in map(move.span, passage.paragraph.spans) if span),
        label=None if label is None else (move.left(label[0]), move.right(label[1])),
    )
    original = old if place.original is None else place.original
    changed = Piece(place.start, place.start + len(words), None if original == words else original)
    delta = len(words) - len(old)
    rest = tuple(
        replace(other, start=other.start + delta, end=other.end + delta)
        for other in passage.pieces[piece + 1 :]
    )
    return Passage(paragraph, (*passage.pieces[:piece], changed, *rest))


@dataclass(frozen=True, slots=True)
class _Move:
    """Where offsets go when `[start, stop)` of a paragraph becomes `length` other characters."""

    start: int
    stop: int
    length: int

    @classmethod
    def of(cls, old: str, new: str, offset: int) -> _Move:
        """What is the same at both ends stays in place."""
        most = min(len(old), len(new))
        head = next((n for n in range(most) if old[n] != new[n]), most)
        most -= head
        tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
        return cls(offset + head, offset + len(old) - tail, len(new) - head - tail)

    def left(self, at: int) -> int:
        """A place where something starts."""
        if at <= self.start:
            return at
        return max(at, self.stop) + self.length - (self.stop - self.start)

    def right(self, at: int) -> int:
        """A place where something ends."""
        if at >= self.stop:
            return at + self.length - (self.stop - self.start)
        return min(at, self.start)

    def span(self, span: Span) -> Span | None:
        """The span in the new text; None where all its words are gone."""
        if span.start == span.end:
            at = self.left(span.start)
            return replace(span, start=at, end=at)
        start, end = self.left(span.start), self.right(span.end)
        return replace(span, start=start, end=end) if start < end else None
