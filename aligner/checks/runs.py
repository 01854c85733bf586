"""Segments without a partner: omissions and additions, a run of neighbours one finding.

Segments that a crossing explains moved: one finding a crossing, a note with both places. Neighbours are
those between which no segment of either text has a partner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.common import BeadTexts, Hit, Place, fold, letters_in, shortened, words
from aligner.checks.language import is_reference
from aligner.checks.moved import FindingRow
from aligner.model import Alignment, Crossing

__all__ = [
    "extent_words",
    "join_untranslated",
    "null_rows",
    "segments_named",
    "without_references",
]

_SHORT = 20  # letters: a shorter segment left out is a small thing


def null_rows(
    units: Sequence[BeadTexts], alignment: Alignment, page: frozenset[int] = frozenset()
) -> Iterator[FindingRow]:
    """The findings of null beads, each at the first bead of its run. `page`: the beads that are page
    boilerplate, with two sides too; their runs are notes of that kind.
    """
    moved = (
        {i: c for c in alignment.crossings for i in c.source},
        {j: c for c in alignment.crossings for j in c.target},
    )
    told: list[Crossing] = []
    runs = _Runs(alignment)
    for unit in units:
        if unit.number in page:
            yield from runs.put(unit, page=True)
            continue
        if not unit.bead.is_null:
            yield from runs.end()
            continue
        if not any(map(str.isalnum, unit.source_text + unit.target_text)):
            continue  # a pictogram, a rule: nothing that could be translated
        omitted = bool(unit.source)
        numbers = unit.bead.source if omitted else unit.bead.target
        if not moved[not omitted].keys() >= set(numbers):
            yield from runs.put(unit, page=False)
            continue
        yield from runs.end(not omitted)
        crossing = moved[not omitted][numbers[0]]
        if crossing not in told:
            told.append(crossing)
            yield _elsewhere(unit, crossing, alignment)
    yield from runs.end()


class _Runs:
    """The runs that are still open, one a side (0 the source), each of one kind."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.open: list[list[BeadTexts]] = [[], []]
        self.page = [False, False]

    def put(self, unit: BeadTexts, *, page: bool) -> Iterator[FindingRow]:
        for side in (0, 1):
            if not (unit.source, unit.target)[side]:
                continue
            if self.page[side] != page:
                yield from self.end(side)
            self.page[side] = page
            self.open[side].append(unit)

    def end(self, *sides: int) -> Iterator[FindingRow]:
        """The findings of the runs of these sides, of both without one, which are emptied."""
        for side in sides or (0, 1):
            run = self.open[side]
            if run:
                yield _unmatched(run, self.alignment, side, page=self.page[side])
                run.clear()


def _elsewhere(unit: BeadTexts, crossing: Crossing, alignment: Alignment) -> FindingRow:
    """A crossing as one finding at one of its beads."""
    ranges = crossing.source, crossing.target
    source, target = (
        " ".join(document.segments[n].text for n in numbers)
        for document, numbers in zip((alignment.source, alignment.target), ranges, strict=True)
    )
    spans = ((0, len(source)),), ((0, len(target)),)
    here, there = segments_named("s", crossing.source), segments_named("t", crossing.target)
    message = (
        f"{here} stands at {there}: “{shortened(source)}”"
        if len(crossing.source) == 1
        else f"{here} stand at {there}: “{shortened(source)}”"
    )
    hit = Hit("moved", "note", crossing.confidence, message, *spans, fold(source)[:80])
    place = Place(
        tuple(crossing.source), tuple(crossing.target), source, target, *spans, bead=unit.number
    )
    return unit, hit, place


def _unmatched(
    run: Sequence[BeadTexts], alignment: Alignment, side: int, *, page: bool
) -> FindingRow:
    omitted = side == 0
    text = " ".join(unit.source_text if omitted else unit.target_text for unit in run)
    segments = [n for unit in run for n in (unit.bead.source if omitted else unit.bead.target)]
    key = " ".join(w.key for w in words(text) if w.is_word)[:120] or text[:120]
    lacks = f"is not {'translated' if omitted else 'in the source'}"
    what = f"“{shortened(text)}” {'is page boilerplate' if page else lacks}"
    if len(segments) > 1:
        document = alignment.source if omitted else alignment.target
        last = len(document.segments) - 1
        where = extent_words("the source" if omitted else "the translation", segments, last)
        letter = "s" if omitted else "t"
        named = f"{where} is page boilerplate" if page else f"{where} has no counterpart"
        what = (
            f"{letter}{segments[0] + 1} to {letter}{segments[-1] + 1}, {len(segments)} segments: "
            f"{named}: “{shortened(text)}”"
        )
        key = f"{len(segments)} segments: {key}"
    span = ((0, len(text)),)
    source, target = (span, ()) if omitted else ((), span)
    severity = "major" if letters_in(text) >= _SHORT else "minor"
    hit = Hit(
        "boilerplate" if page else "omitted-segment" if omitted else "added-segment",
        "note" if page else severity,
        sum(_sure(unit) for unit in run) / len(run),
        what,
        source,
        target,
        key,
    )
    numbers = tuple(segments)
    place = Place(
        numbers if omitted else (),
        () if omitted else numbers,
        text if omitted else "",
        "" if omitted else text,
        source,
        target,
        bead=run[0].number,
    )
    return run[0], hit, place


def join_untranslated(rows: Sequence[FindingRow], alignment: Alignment) -> list[FindingRow]:
    """The findings, those of neighbouring beads that were left whole in the source's language made one."""
    joined: list[FindingRow] = []
    run: list[FindingRow] = []
    for row in rows:
        whole = row[1].code == "untranslated" and _is_whole(row)
        if run and not (whole and row[0].number == run[-1][0].number + 1):
            joined += _untranslated(run, alignment)
            run = []
        if whole:
            run.append(row)
        else:
            joined.append(row)
    return [*joined, *_untranslated(run, alignment)]


def _is_whole(row: FindingRow) -> bool:
    """All of a bead; a heading or a title among them is a note by itself."""
    return row[1].severity == "critical" or row[1].target == ((0, len(row[2].target_text)),)


def _untranslated(run: Sequence[FindingRow], alignment: Alignment) -> Sequence[FindingRow]:
    if len(run) < 2 or all(hit.severity != "critical" for _, hit, _ in run):
        return run
    unit = run[0][0]
    hit = next(hit for _, hit, _ in run if hit.severity == "critical")
    source = tuple(n for _, _, one in run for n in one.source)
    target = tuple(n for _, _, one in run for n in one.target)
    left = " ".join(one.source_text for _, _, one in run)
    right = " ".join(one.target_text for _, _, one in run)
    spans = ((0, len(left)),), ((0, len(right)),)
    where = extent_words("the translation", target, len(alignment.target.segments) - 1)
    what = (
        f"t{target[0] + 1} to t{target[-1] + 1}, {len(target)} segments: {where} was left in the "
        f"language of the source: “{shortened(right)}”"
    )
    sure = max(one.confidence for _, one, _ in run)
    made = Hit(hit.code, hit.severity, sure, what, *spans, f"{len(run)} beads: {hit.cause}")
    return [(unit, made, Place(source, target, left, right, *spans, bead=unit.number))]


def without_references(rows: Sequence[FindingRow], alignment: Alignment) -> list[FindingRow]:
    """The findings, none of what was left in the source's language in an entry of a bibliography that is
    the same in both texts: entries may be several segments.
    """
    return [
        row
        for row in rows
        if row[1].code not in ("untranslated", "wrong-language") or not _in_entry(row, alignment)
    ]


def _in_entry(row: FindingRow, alignment: Alignment) -> bool:
    _, _, place = row
    sides = (alignment.source, place.source), (alignment.target, place.target)
    for document, numbers in sides:
        own = {document.segments[n].paragraph for n in numbers}
        if len(own) != 1:
            return False
        parts = document.paragraphs[own.pop()].segments
        if not is_reference(" ".join(one.text for one in parts)):
            return False
    return True


def _sure(unit: BeadTexts) -> float:
    return unit.bead.confidence if unit.bead.confidence is not None else 0.8


def segments_named(letter: str, numbers: Sequence[int]) -> str:
    """Neighbouring segments as people count them: "s6", "t8 to t10"."""
    first, last = numbers[0] + 1, numbers[-1] + 1
    return f"{letter}{first}" if first == last else f"{letter}{first} to {letter}{last}"


def extent_words(text: str, numbers: Sequence[int], last: int) -> str:
    """Which part of a text its segments `numbers` are, of those from 0 to `last`."""
    if numbers[0] == 0:
        return f"all of {text}" if numbers[-1] == last else f"the start of {text}"
    return f"the end of {text}" if numbers[-1] == last else f"a part of {text}"
