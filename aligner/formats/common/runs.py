"""The text of a side as formats of documents write it: paragraphs of runs with their formatting."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.model import Alignment, AlignmentSet, Document, Paragraph, Segment, as_set
from aligner.text.output import one_line, xml_safe

__all__ = [
    "RUN_KINDS",
    "TextPart",
    "TextRun",
    "kinds_beyond",
    "other_formatting",
    "parts_of",
    "title_of",
]

# formatting that every format of documents has
RUN_KINDS = ("bold", "italic", "underline", "sup", "sub", "code")


@dataclass(frozen=True, slots=True)
class TextRun:
    r"""Text with the kinds of formatting that hold for it (`RUN_KINDS`); a line ends where `text` is "\n"."""

    text: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextPart:
    """A paragraph, or what a side has of it."""

    kind: str
    level: int
    runs: tuple[TextRun, ...]


def parts_of(document: Document, side: Sequence[Segment]) -> list[TextPart]:
    """The paragraphs of a side, its segments as they are printed; a speaker comes before the words."""
    made = []
    for number, group in itertools.groupby(side, key=lambda segment: segment.paragraph):
        segments = tuple(group)
        paragraph = document.paragraphs[number]
        start, end = segments[0].start, segments[-1].end
        before: list[TextRun] = []
        if segments[0] == paragraph.segments[0]:
            if paragraph.label is not None and paragraph.label[1] <= start:
                start = paragraph.label[0]
            elif paragraph.speaker:
                before = [TextRun(f"{one_line(paragraph.speaker)}: ")]
        runs = (*before, *_runs(paragraph, start, end))
        made.append(TextPart(paragraph.kind, paragraph.level, runs))
    return made


def _runs(paragraph: Paragraph, start: int, end: int) -> Iterator[TextRun]:
    """The text cut at every border of its formatting."""
    spans = [s for s in paragraph.spans if s.kind in RUN_KINDS and s.start < end and s.end > start]
    breaks = {s.start for s in paragraph.spans if s.kind == "break" and start < s.start < end}
    borders = {
        start,
        end,
        *breaks,
        *(min(max(x, start), end) for s in spans for x in (s.start, s.end)),
    }
    for low, high in itertools.pairwise(sorted(borders)):
        text = xml_safe(paragraph.text[low:high])
        if low in breaks:
            yield TextRun("\n")
            text = text.removeprefix(" ")
        kinds = tuple(
            k
            for k in RUN_KINDS
            if any(s.kind == k and s.start <= low and high <= s.end for s in spans)
        )
        if text:
            yield TextRun(text, kinds)


def other_formatting(alignment: Alignment | AlignmentSet) -> Iterator[str]:
    """The sentence about formatting that documents of this kind do not have."""
    if told := kinds_beyond(alignment, RUN_KINDS):
        yield f"formatting beyond that of letters ({told})"


def kinds_beyond(alignment: Alignment | AlignmentSet, held: Iterable[str]) -> str:
    """Kinds of formatting, breaks and tabs apart, that are none of `held`: "link 3, note 1"."""
    known = {*held, "break", "tab"}
    kinds = Counter(
        span.kind
        for document in as_set(alignment).documents
        for paragraph in document.paragraphs
        for span in paragraph.spans
        if span.kind not in known
    )
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))


def title_of(documents: Iterable[Document]) -> str:
    """The titles of all texts, or their ids."""
    titles = (
        next(
            (
                one_line(t)
                for t in (d.title, *(p.text for p in d.paragraphs if p.kind == "title"))
                if t.strip()
            ),
            one_line(d.id),
        )
        for d in documents
    )
    return " · ".join(dict.fromkeys(filter(None, titles))) or "Aligned texts"
