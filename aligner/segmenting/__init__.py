"""Paragraphs -> segments. Rules are data (SRX 2.0); this package applies them.

    segment(document, options)   every paragraph gets its segments
    SegmentOptions               segmenter, srx, abbreviations, paragraphs
    SEGMENTERS                   the table: srx (default), sentencex (fast, optional)

Start reading from `segment`. It asks a segmenter for the break places of a text; `srx.py` puts the
rules of a language together (`overlay.srx` is ours), `engine.py` applies them, `rules.py` reads SRX
files, `prefixes.py` turns lists of abbreviations into rules.

Invariants: `paragraph.text[s.start:s.end] == s.text`; a segment neither starts nor ends with white
space and is never empty; every character that is neither white space nor part of a printed speaker
label lies in exactly one segment; indexes count 0, 1, 2 ... over the document.
"""

from __future__ import annotations

import itertools
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

# kinds that are one segment whatever stops they hold: "Mr. President? An interview"; by the rules of
# a user they are split as any other, for so does the CAT tool that the rules are of
_WHOLE = frozenset({"title", "heading", "byline", "cue", "cell"})
_SIGNS = {"break": "\n", "tab": "\t"}
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
    by_user = options.srx is not None
    cuts: Iterator[list[int]]
    if options.paragraphs:
        cuts = itertools.repeat([])
    else:
        texts = [t for p in document.paragraphs for t in _to_split(p, by_user=by_user)]
        cuts = iter(breaks(texts))
    paragraphs = []
    count = 0
    for paragraph in document.paragraphs:
        segments = tuple(
            Segment(count + number, paragraph.index, start, end, paragraph.text[start:end])
            for number, (start, end) in enumerate(_bounds(paragraph, cuts, by_user=by_user))
        )
        count += len(segments)
        paragraphs.append(replace(paragraph, segments=segments))
    return replace(document, paragraphs=tuple(paragraphs))


def _to_split(paragraph: Paragraph, *, by_user: bool) -> Iterator[str]:
    """The stretches of a paragraph that the segmenter is asked about; rules of a user see its line
    ends and tabs.
    """
    text = _as_printed(paragraph) if by_user else paragraph.text
    for first, last in _parts(paragraph):
        if by_user or not _is_whole(paragraph, last - first):
            yield text[first:last]


def _as_printed(paragraph: Paragraph) -> str:
    """The text with a line end or a tab for the space that stands for it; as long as it is."""
    characters = list(paragraph.text)
    for span in paragraph.spans:
        sign = _SIGNS.get(span.kind, "")
        # the space may be the one that was there before
        for place in (span.start, span.start - 1):
            if sign and 0 <= place < len(characters) and characters[place] == " ":
                characters[place] = sign
                break
    return "".join(characters)


def _is_whole(paragraph: Paragraph, length: int) -> bool:
    return paragraph.kind in _WHOLE and length <= LONG


def _bounds(
    paragraph: Paragraph, answers: Iterator[list[int]], *, by_user: bool
) -> Iterator[tuple[int, int]]:
    """(start, end) of each segment of a paragraph, without the white space around it; `answers` are
    the break places of what `_to_split` gives.
    """
    text = paragraph.text
    for first, last in _parts(paragraph):
        part = text[first:last]
        whole = not by_user and _is_whole(paragraph, len(part))
        cuts = [] if whole else next(answers)
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
