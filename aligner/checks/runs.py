"""Segments without a partner: omissions and additions, a run of neighbours one finding.

Segments that a crossing explains stand in another order. Neighbours are those between which no
segment of either text has a partner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.common import BeadTexts, Hit, Place, fold, letters_in, shortened, words
from aligner.checks.moved import FindingRow
from aligner.model import Alignment

__all__ = ["extent_words", "null_rows"]

_SHORT = 20  # letters: a shorter segment left out is a small thing


def null_rows(units: Sequence[BeadTexts], alignment: Alignment) -> Iterator[FindingRow]:
    """The findings of null beads, each at the first bead of its run."""
    moved = (
        {i for c in alignment.crossings for i in c.source},
        {j for c in alignment.crossings for j in c.target},
    )
    runs: tuple[list[BeadTexts], list[BeadTexts]] = ([], [])
    for unit in units:
        if not unit.bead.is_null:
            yield from _both(runs, alignment)
            continue
        omitted = bool(unit.source)
        numbers = unit.bead.source if omitted else unit.bead.target
        if not moved[not omitted].issuperset(numbers):
            runs[not omitted].append(unit)
            continue
        yield from _one(runs[not omitted], alignment)
        if omitted:
            yield _elsewhere(unit)
    yield from _both(runs, alignment)


def _both(
    runs: tuple[list[BeadTexts], list[BeadTexts]], alignment: Alignment
) -> Iterator[FindingRow]:
    for run in runs:
        yield from _one(run, alignment)


def _one(run: list[BeadTexts], alignment: Alignment) -> Iterator[FindingRow]:
    """The finding of a run, which is emptied."""
    if run:
        yield _unmatched(run, alignment)
        run.clear()


def _elsewhere(unit: BeadTexts) -> FindingRow:
    text = unit.source_text
    span = ((0, len(text)),)
    message = "this segment stands elsewhere in the translation"
    hit = Hit("turn-order", "minor", 0.6, message, span, (), fold(text)[:80])
    return unit, hit, unit.place(span, ())


def _unmatched(run: Sequence[BeadTexts], alignment: Alignment) -> FindingRow:
    omitted = bool(run[0].source)
    text = " ".join(unit.source_text if omitted else unit.target_text for unit in run)
    segments = [n for unit in run for n in (unit.bead.source if omitted else unit.bead.target)]
    key = " ".join(w.key for w in words(text) if w.is_word)[:120] or text[:120]
    shown = shortened(text)
    what = f"“{shown}” is not {'translated' if omitted else 'in the source'}"
    if len(segments) > 1:
        document = alignment.source if omitted else alignment.target
        last = len(document.segments) - 1
        where = extent_words("the source" if omitted else "the translation", segments, last)
        letter = "s" if omitted else "t"
        what = (
            f"{letter}{segments[0] + 1} to {letter}{segments[-1] + 1}, {len(segments)} segments: "
            f"{where} has no counterpart: “{shown}”"
        )
        key = f"{len(segments)} segments: {key}"
    span = ((0, len(text)),)
    source, target = (span, ()) if omitted else ((), span)
    hit = Hit(
        "omitted-segment" if omitted else "added-segment",
        "major" if letters_in(text) >= _SHORT else "minor",
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


def _sure(unit: BeadTexts) -> float:
    return unit.bead.confidence if unit.bead.confidence is not None else 0.8


def extent_words(text: str, numbers: Sequence[int], last: int) -> str:
    """Which part of a text its segments `numbers` are, of those from 0 to `last`."""
    if numbers[0] == 0:
        return f"all of {text}" if numbers[-1] == last else f"the start of {text}"
    return f"the end of {text}" if numbers[-1] == last else f"a part of {text}"
