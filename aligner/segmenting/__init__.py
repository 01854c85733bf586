"""Paragraphs -> segments. Rules are data (SRX 2.0); this package applies them.

    segment(document, options)   every paragraph gets its segments
    SegmentOptions               segmenter, srx, abbreviations
    SEGMENTERS                   the table: srx (default), sentencex (fast, optional)

Start reading from `segment`. It asks a segmenter for the break places of a text; `srx.py` puts the
rules of a language together (`overlay.srx` is ours), `engine.py` applies them, `rules.py` reads SRX
files, `prefixes.py` turns lists of abbreviations into rules.

Invariants: `paragraph.text[s.start:s.end] == s.text`; a segment neither starts nor ends with white
space and is never empty; every character that is neither white space nor part of a printed speaker
label lies in exactly one segment; indexes count 0, 1, 2 ... over the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from aligner.model import Document, Paragraph, Segment
from aligner.registry import Table
from aligner.segmenting.options import DEFAULTS, SegmentOptions

__all__ = ["LONG", "SEGMENTERS", "SegmentOptions", "segment"]

Breaks = Callable[[Sequence[str]], list[list[int]]]  # texts -> the break places of each
Splitter = Callable[[str, SegmentOptions], Breaks]  # the language first


def _srx() -> Splitter:
    from aligner.segmenting.srx import splitter

    return splitter


def _sentencex() -> Splitter:
    from aligner.segmenting.sentencex import splitter

    return splitter


SEGMENTERS: Table[Splitter] = Table(
    kind="segmenter",
    group="aligner.segmenters",
    entries={"srx": _srx, "sentencex": _sentencex},
    extras={"sentencex": "sentencex"},
)

# kinds that are one segment whatever stops they hold: "Mr. President? An interview"
_WHOLE = frozenset({"title", "heading", "byline", "cue", "cell"})
LONG = 160  # characters; a paragraph of such a kind that is longer is split like any other


def segment(document: Document, options: SegmentOptions = DEFAULTS) -> Document:
    """The document with the segments of every paragraph.

    Offsets are code points, half-open. A document that has segments already (pre-segmented input)
    is returned as it is. Rules are those of `document.lang`; "" gets rules that fit most languages.

    Raises UsageError for an unknown segmenter, MissingExtra where its library is absent,
    SegmentError for rules or abbreviations of the user that cannot be used.
    """
    if any(paragraph.segments for paragraph in document.paragraphs):
        return document
    breaks = SEGMENTERS.load(options.segmenter)(document.lang, options)
    texts = [text for paragraph in document.paragraphs for text in _to_split(paragraph)]
    cuts = iter(breaks(texts))
    paragraphs = []
    count = 0
    for paragraph in document.paragraphs:
        segments = tuple(
            Segment(count + number, paragraph.index, start, end, paragraph.text[start:end])
            for number, (start, end) in enumerate(_bounds(paragraph, cuts))
        )
        count += len(segments)
        paragraphs.append(replace(paragraph, segments=segments))
    return replace(document, paragraphs=tuple(paragraphs))


def _to_split(paragraph: Paragraph) -> Iterator[str]:
    """The stretches of a paragraph that the segmenter is asked about."""
    for first, last in _parts(paragraph):
        if not _is_whole(paragraph, last - first):
            yield paragraph.text[first:last]


def _is_whole(paragraph: Paragraph, length: int) -> bool:
    return paragraph.kind in _WHOLE and length <= LONG


def _bounds(paragraph: Paragraph, answers: Iterator[list[int]]) -> Iterator[tuple[int, int]]:
    """(start, end) of each segment of a paragraph, without the white space around it; `answers` are
    the break places of what `_to_split` gives.
    """
    text = paragraph.text
    for first, last in _parts(paragraph):
        part = text[first:last]
        cuts = [] if _is_whole(paragraph, len(part)) else next(answers)
        for start, end in zip([0, *cuts], [*cuts, len(part)], strict=True):
            body = part[start:end]
            left = first + start + len(body) - len(body.lstrip())
            right = first + start + len(body.rstrip())
            if left < right:
                yield left, right


def _parts(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """The stretches of text to segment: all of it, but for a printed speaker label."""
    if paragraph.label is None:
        yield 0, len(paragraph.text)
        return
    start, end = paragraph.label
    yield 0, start
    yield end, len(paragraph.text)
