"""When the text of each side shows: its own cues, or those of its translation.

A text that was read from subtitles keeps its cues. One without times (a translation that was typed as
text) takes them through the beads: what translates a cue shows when the cue shows. What has no time
either way stands with the cue before it, so that no words are lost and no time is invented.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.model import AlignmentSet, Document, Paragraph, Segment, rows_of
from aligner.text.output import joined

__all__ = ["Cue", "SpokenLine", "cues_of", "cues_of_all", "without_time"]

Times = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line of a cue: a paragraph as it is printed, or the text of a bead's side; of which text."""

    paragraph: Paragraph | None
    text: str
    text_number: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """`times` in milliseconds, None while nothing says them."""

    times: Times | None
    lines: tuple[SpokenLine, ...]


def cues_of(alignments: AlignmentSet, number: int) -> list[Cue]:
    """The cues of text `number` (0 is the source) in the order of the text; [] where none of the
    texts has times.
    """
    made = _merged(_raw(alignments, number))
    return made if any(cue.times for cue in made) else []


def cues_of_all(alignments: AlignmentSet) -> list[Cue]:
    """Cues with the lines of every text, the source's first: what translates each other shows together,
    a cue of the film is never parted; [] where none of the texts has times.
    """
    documents = alignments.documents
    made: list[Cue] = []
    sides: list[list[Segment]] = [[] for _ in documents]
    for row in rows_of(alignments):
        if any(sides) and not any(map(_goes_on, documents, sides, row.sides)):
            made.append(_together(documents, sides))
            sides = [[] for _ in documents]
        for side, more in zip(sides, row.sides, strict=True):
            side.extend(more)
    if any(sides):
        made.append(_together(documents, sides))
    made = _merged(made)
    return made if any(cue.times for cue in made) else []


def _goes_on(document: Document, before: Sequence[Segment], after: Sequence[Segment]) -> bool:
    """Whether a cue of the film holds what stands on both sides of a border."""
    if not before or not after:
        return False
    one, other = (document.paragraphs[s.paragraph] for s in (before[-1], after[0]))
    return one.index == other.index or (one.times is not None and one.times == other.times)


def _together(documents: Sequence[Document], sides: Sequence[Sequence[Segment]]) -> Cue:
    times: Times | None = None
    lines: list[SpokenLine] = []
    for place, (document, side) in enumerate(zip(documents, sides, strict=True)):
        if not side:
            continue
        numbers = dict.fromkeys(segment.paragraph for segment in side)
        paragraphs = [document.paragraphs[number] for number in numbers]
        if times is None:
            times = _times_of(document, range(side[0].index, side[-1].index + 1))
        if any(paragraph.times for paragraph in paragraphs):
            lines += [SpokenLine(one, one.text, place) for one in paragraphs]
        else:
            lines.append(SpokenLine(None, joined(document, side), place))
    return Cue(times, tuple(lines))


def without_time(alignments: AlignmentSet, number: int) -> int:
    """How many pieces of a text have no time of their own nor through the beads."""
    return sum(1 for cue in _raw(alignments, number) if cue.times is None)


def _raw(alignments: AlignmentSet, number: int) -> list[Cue]:
    document = alignments.documents[number]
    partner, beads = _partner(alignments, number)
    timed = any(paragraph.times for paragraph in document.paragraphs)
    return list((_own if timed else _lent)(document, partner, beads))


def _partner(alignments: AlignmentSet, number: int) -> tuple[Document, list[tuple[range, range]]]:
    """The text whose times may be lent, and the beads as (own range, its range)."""
    if number:
        alignment = alignments.alignments[number - 1]
        return alignment.source, [(bead.target, bead.source) for bead in alignment.beads]
    timed = (a for a in alignments.alignments if any(p.times for p in a.target.paragraphs))
    alignment = next(timed, alignments.alignments[0])
    return alignment.target, [(bead.source, bead.target) for bead in alignment.beads]


def _times_of(document: Document, segments: range) -> Times | None:
    """From the first to the last moment of a range of segments."""
    rows = document.segments[segments.start : segments.stop]
    known = [t for s in rows if (t := document.paragraphs[s.paragraph].times) is not None]
    return (min(t[0] for t in known), max(t[1] for t in known)) if known else None


def _own(
    document: Document, partner: Document, beads: Sequence[tuple[range, range]]
) -> Iterator[Cue]:
    """A cue for each cue of the file: paragraphs of one time and key are turns of one dialogue."""
    lent: dict[int, Times] = {}
    for own, theirs in beads:
        times = _times_of(partner, theirs)
        if times is None:
            continue
        for segment in document.segments[own.start : own.stop]:
            place = segment.paragraph
            before = lent.get(place, times)
            lent[place] = (min(before[0], times[0]), max(before[1], times[1]))
    shown = [p for p in document.paragraphs if p.text]
    for (times, _), group in itertools.groupby(shown, key=lambda p: (p.times, p.key)):
        parts = tuple(group)
        lines = tuple(SpokenLine(paragraph, paragraph.text) for paragraph in parts)
        yield Cue(times or lent.get(parts[0].index), lines)


def _lent(
    document: Document, partner: Document, beads: Sequence[tuple[range, range]]
) -> Iterator[Cue]:
    for own, theirs in beads:
        side = document.segments[own.start : own.stop]
        if side:
            yield Cue(_times_of(partner, theirs), (SpokenLine(None, joined(document, side)),))


def _merged(cues: Sequence[Cue]) -> list[Cue]:
    """What shows at one time is one cue; what has no time stands with the cue before it, or after
    it at the beginning.
    """
    made: list[Cue] = []
    for cue in cues:
        before = made[-1] if made else None
        if before is not None and (cue.times in (None, before.times) or before.times is None):
            made[-1] = Cue(before.times or cue.times, before.lines + cue.lines)
        else:
            made.append(cue)
    return made
