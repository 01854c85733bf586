"""One text: bytes, paragraphs, segments, and what a reader may be told."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike

from aligner.model.errors import UsageError
from aligner.model.limits import NO_LIMITS, Limits
from aligner.model.requiring import require

__all__ = [
    "INCLUDED",
    "PARAGRAPH_KINDS",
    "Document",
    "Dropped",
    "FileName",
    "Paragraph",
    "ReadOptions",
    "Segment",
    "Source",
    "Span",
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


def text_key(text: str) -> str:
    """The text without white space: the key that says two segments are the same words."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name. `name` is what the user called it and what messages show; `media` the media
    type, with its charset, that what held the bytes declares of them (a web archive), "" for none.
    """

    name: str
    data: bytes
    media: str = ""


# texts beside the text that a user may ask for
FileName = str | PathLike[str]
INCLUDED = ("headers", "footers", "comments", "properties")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may tell a reader. `segmented`: one segment a line, blank line = paragraph.

    `side`: which text of a file that holds several: source, target, a language or a column's
    name; "" is the source, and the only one where there is one. `fix_mojibake`: repair text that
    was decoded wrongly once (`Ã©` for `é`) instead of keeping it as it is. `limits`: of what may not
    end, reading a PDF. `include`: what of a word processor's file is text besides (`INCLUDED`). Raises
    UsageError for other parts.
    """

    encoding: str | None = None
    segmented: bool = False
    html_body: str = "article"  # article | full | a CSS selector
    side: str = ""
    fix_mojibake: bool = False
    limits: Limits = NO_LIMITS
    include: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in sorted(self.include - set(INCLUDED)):
            raise UsageError(f"--include cannot be {name!r}", hint=f"known: {', '.join(INCLUDED)}")


@dataclass(frozen=True, slots=True)
class Span:
    """Inline formatting over `paragraph.text[start:end]` (code points, half-open).

    `kind`: bold, italic, underline, link, sup, sub, code, break, tab, image, note. `value`: the target
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
    """A typed run of text. `level` is 1-6 for headings; `speaker` is who speaks: the label as printed,
    the name of that person where it is known, or the role alone (`text.attributing`).

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
        require(self.kind in PARAGRAPH_KINDS, f"paragraph kind {self.kind!r} is not known")
        require("\n" not in self.text, f"paragraph {self.index} holds a line break")
        require(
            unicodedata.is_normalized("NFC", self.text), f"paragraph {self.index} is not in NFC"
        )
        last = 0
        for segment in self.segments:
            require(
                last <= segment.start < segment.end <= len(self.text)
                and self.text[segment.start : segment.end] == segment.text,
                f"segment {segment.index} does not lie at its offsets in paragraph {self.index}",
            )
            require(segment.paragraph == self.index, f"segment {segment.index} is misplaced")
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
    publisher, url, licence, description, and edition-title, -editor, -publisher, -place, -date, -url, -licence of
    what the user makes of the text (values are tuples of strings, in order of appearance).
    `dropped` says what of the file was left out, `notices` what a user should hear of it (damaged
    bytes, times that cannot be read); both are for the user's eyes, take no part in equality and
    are not written to files.
    """

    id: str
    lang: str
    origin: str
    title: str
    digest: str
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = field(default=(), compare=False, repr=False)
    notices: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        expected = 0
        for position, paragraph in enumerate(self.paragraphs):
            require(paragraph.index == position, f"paragraph {position} of {self.id} is misplaced")
            for segment in paragraph.segments:
                require(
                    segment.index == expected, f"segment {expected} of {self.id} is misnumbered"
                )
                expected += 1

    @classmethod
    def of_segments(
        cls, name: str, lang: str, texts: Sequence[str], starts: Sequence[int] = (0,)
    ) -> Document:
        """A document of segments that are there already; `starts`: numbers of those that begin a
        paragraph. Texts are in NFC, without line ends, and none is empty (else InternalError).
        """
        paragraphs = []
        for index, (begin, end) in enumerate(zip(starts, (*starts[1:], len(texts)), strict=True)):
            segments = []
            offset = 0
            for number in range(begin, end):
                stop = offset + len(texts[number])
                segments.append(Segment(number, index, offset, stop, texts[number]))
                offset = stop + 1
            text = " ".join(texts[begin:end])
            paragraphs.append(Paragraph(index, "para", text, tuple(segments)))
        digest = hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
        return cls(name, lang, name, "", digest, tuple(paragraphs))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in order; row i of every array is segments[i]."""
        return tuple(s for p in self.paragraphs for s in p.segments)

    def with_lang(self, lang: str) -> Document:
        """The same document, its language now known."""
        return replace(self, lang=lang)
