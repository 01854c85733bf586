"""The nouns: what travels between rooms. Frozen, checked on construction; imports errors only.

    Source      bytes with a name, so that readers touch no disk
    Document    one text of a pair: paragraphs, language, what is known about it
    Paragraph   typed run of text (heading, turn, caption, ...); NFC, no newline
    Segment     unit after splitting; the row of every array
    Bead        source range x target range with score and confidence
    Crossing    two ranges that translate each other off the monotone path
    WordLink    two words that translate each other inside a bead
    Alignment   two documents tiled by beads
    AlignmentSet  n documents, each aligned to the first

Invariants: `paragraph.text[s.start:s.end] == s.text`; segment indexes count 0, 1, 2 ... over the
document; the beads of an alignment tile 0..N and 0..M in order, and in a run of null beads those
of the source side come first (see ALIGNING in docs/).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from aligner.errors import InternalError

__all__ = [
    "PARAGRAPH_KINDS",
    "STATUSES",
    "Alignment",
    "AlignmentSet",
    "Bead",
    "Crossing",
    "Document",
    "Dropped",
    "Paragraph",
    "ReadOptions",
    "Segment",
    "Signature",
    "Source",
    "Span",
    "WordLink",
    "text_key",
]

PARAGRAPH_KINDS = (
    "title",
    "standfirst",
    "byline",
    "heading",
    "para",
    "item",
    "cell",
    "quote",
    "caption",
    "note",
    "turn",
    "stage",
    "cue",
    "box",
)
STATUSES = ("auto", "accepted", "edited")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise InternalError(message, hint="please report this with the input that caused it")


def text_key(text: str) -> str:
    """The text without white space: the key that says two segments are the same words."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name. `name` is what the user called it and what messages show."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may tell a reader. `segmented`: one segment a line, blank line = paragraph.

    `side`: which text of a file that holds several: source, target, a language or a column's
    name; "" is the source, and the only one where there is one. `fix_mojibake`: repair text that
    was decoded wrongly once (`Ã©` for `é`) instead of keeping it as it is.
    """

    encoding: str | None = None
    segmented: bool = False
    html_body: str = "article"  # article | full | a CSS selector
    side: str = ""
    fix_mojibake: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Inline formatting over `paragraph.text[start:end]` (code points, half-open).

    `kind`: bold, italic, underline, link, sup, sub, code, break, image, note. `value`: the target
    of a link, the address of an image, the id of a note.
    """

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """`paragraph.text[start:end] == text`; `index` is 0-based in the document.

    `original` is the first wording, where a person has changed the words in a review.
    """

    index: int
    paragraph: int
    start: int
    end: int
    text: str
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A typed run of text. `level` is 1-6 for headings; `speaker` is the label as printed.

    `label` is the part of `text` that names the speaker, as (start, end) code points, where the
    label is printed inside the paragraph: it belongs to the text, but segments start after it.
    `times` is when a subtitle cue shows, (start, end) in milliseconds; `key` the id that the
    paragraph had in its file (an XLIFF unit, a PO context, an xml:id), "" where it had none.
    """

    index: int
    kind: str
    text: str
    segments: tuple[Segment, ...] = ()
    speaker: str | None = None
    label: tuple[int, int] | None = None
    level: int = 0
    spans: tuple[Span, ...] = ()
    times: tuple[int, int] | None = None
    key: str = ""

    def __post_init__(self) -> None:
        _require(self.kind in PARAGRAPH_KINDS, f"paragraph kind {self.kind!r} is not known")
        _require("\n" not in self.text, f"paragraph {self.index} holds a line break")
        _require(
            unicodedata.is_normalized("NFC", self.text), f"paragraph {self.index} is not in NFC"
        )
        last = 0
        for segment in self.segments:
            _require(
                last <= segment.start < segment.end <= len(self.text)
                and self.text[segment.start : segment.end] == segment.text,
                f"segment {segment.index} does not lie at its offsets in paragraph {self.index}",
            )
            _require(segment.paragraph == self.index, f"segment {segment.index} is misplaced")
            last = segment.end


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of the file that is not in the document: what it was, the characters, and where.

    `line` is 1-based in the decoded file, 0 where the format has no lines.
    """

    reason: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One text. `lang` is BCP 47 or "" while unknown; `digest` is sha256 of the bytes read.

    `metadata` keys in use: author, translator, interviewer, interviewee, editor, date, outlet,
    url, licence, description (values are tuples of strings, in order of appearance).
    `dropped` says what of the file was left out; it is for the user's eyes, takes no part in
    equality and is not written to files.
    """

    id: str
    lang: str
    origin: str
    title: str
    digest: str
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        expected = 0
        for position, paragraph in enumerate(self.paragraphs):
            _require(paragraph.index == position, f"paragraph {position} of {self.id} is misplaced")
            for segment in paragraph.segments:
                _require(
                    segment.index == expected, f"segment {expected} of {self.id} is misnumbered"
                )
                expected += 1

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in order; row i of every array is segments[i]."""
        return tuple(s for p in self.paragraphs for s in p.segments)

    def with_lang(self, lang: str) -> Document:
        """The same document, its language now known."""
        return replace(self, lang=lang)


@dataclass(frozen=True, slots=True)
class Bead:
    """Source range x target range of segment indexes; one of them empty in a null bead.

    `score` in nats; `confidence` the calibrated probability that the bead is right (0-1), or None
    where nobody estimated it (a gold file, an imported memory).
    """

    source: range
    target: range
    score: float = 0.0
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""

    def __post_init__(self) -> None:
        _require(self.source.step == self.target.step == 1, "a bead holds plain ranges")
        _require(bool(self.source) or bool(self.target), "a bead is empty on both sides")
        _require(self.status in STATUSES, f"bead status {self.status!r} is not known")
        _require(
            self.confidence is None or 0.0 <= self.confidence <= 1.0, "confidence is outside 0-1"
        )

    @property
    def is_null(self) -> bool:
        """True where one side is empty."""
        return not self.source or not self.target

    @property
    def kind(self) -> str:
        """Bead type as the field writes it: 1-1, 2-1, 0-1 ..."""
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """Source and target ranges that translate each other against the order of the beads."""

    source: range
    target: range
    confidence: float


@dataclass(frozen=True, slots=True)
class WordLink:
    """A word of the source and one of the target that translate each other, inside a bead.

    Each side is (segment index, start, end): code points in the segment's text, half-open.
    `similarity` is the cosine of the encoder's vectors of the two words.
    """

    source: tuple[int, int, int]
    target: tuple[int, int, int]
    similarity: float


@dataclass(frozen=True, slots=True)
class Signature:
    """What made an alignment, for reports and headers (the idea is sacrebleu's)."""

    parts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "|".join(f"{name}:{value}" for name, value in self.parts)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents tiled by beads; `words` holds word links where somebody asked for them."""

    source: Document
    target: Document
    beads: tuple[Bead, ...]
    signature: Signature = Signature()
    crossings: tuple[Crossing, ...] = ()
    pins: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    words: tuple[WordLink, ...] = ()

    def __post_init__(self) -> None:
        i = j = 0
        after_target_null = False
        for number, bead in enumerate(self.beads):
            if bead.source:
                _require(bead.source.start == i, f"bead {number} leaves the source order")
                i = bead.source.stop
            if bead.target:
                _require(bead.target.start == j, f"bead {number} leaves the target order")
                j = bead.target.stop
            _require(
                not (after_target_null and not bead.target),
                f"bead {number}: in a run of nulls the source side comes first",
            )
            after_target_null = not bead.source
        n, m = len(self.source.segments), len(self.target.segments)
        _require((i, j) == (n, m), f"the beads cover {i} x {j} of {n} x {m} segments")

    def pairs(self) -> Iterator[tuple[Bead, tuple[Segment, ...], tuple[Segment, ...]]]:
        """Each bead with its segments on both sides."""
        source, target = self.source.segments, self.target.segments
        for bead in self.beads:
            yield (
                bead,
                source[bead.source.start : bead.source.stop],
                target[bead.target.start : bead.target.stop],
            )

    @property
    def translated(self) -> float:
        """Expected share of all segments that are rightly linked to a translation (0-1).

        Near 1 for a close translation, about the present share for an abridged one, near 0 for
        texts that do not translate each other. Beads without a confidence count in full.
        """
        total = len(self.source.segments) + len(self.target.segments)
        linked = sum(
            (1.0 if bead.confidence is None else bead.confidence)
            * (len(bead.source) + len(bead.target))
            for bead in self.beads
            if not bead.is_null
        )
        return linked / total if total else 0.0


@dataclass(frozen=True, slots=True)
class AlignmentSet:
    """n documents, each aligned to the first; `alignments[k].target` is document k + 1."""

    alignments: tuple[Alignment, ...]

    def __post_init__(self) -> None:
        _require(bool(self.alignments), "an alignment set is empty")
        first = self.alignments[0].source
        _require(
            all(a.source == first for a in self.alignments),
            "the alignments of a set share their source document",
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The shared source, then each target."""
        return (self.alignments[0].source, *(a.target for a in self.alignments))
