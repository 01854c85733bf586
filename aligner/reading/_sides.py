"""Files that hold several texts side by side (tmx, xliff, po, tables): units to documents.

A unit is one row: what it says in each language. As an Alignment every unit is a bead of one
segment a side; a unit without a counterpart is a null bead. As one Document, `options.side` picks
the text, and the units are its paragraphs; the other sides' texts are listed as dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from aligner.errors import ReadError, UsageError
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Document,
    Dropped,
    Paragraph,
    ReadOptions,
    Segment,
    Signature,
    Source,
    Span,
)
from aligner.reading._build import make_document
from aligner.reading._text import Draft, clean

__all__ = ["Cell", "Sides", "Unit", "as_alignment", "as_document"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a unit in one language, under the policy of `_text`."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, raw: str) -> Cell:
        """A cell without formatting."""
        return cls(clean(raw))


@dataclass(slots=True)
class Unit:
    """One row. `joins`: it goes on with the paragraph of the unit before it."""

    cells: list[Cell]
    key: str = ""
    kind: str = "para"
    joins: bool = False
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""


@dataclass(slots=True)
class Sides:
    """A file: names of its sides (language, column, source, target) and their languages."""

    names: list[str]
    langs: list[str]
    units: list[Unit] = field(default_factory=list)
    title: str = ""
    dropped: list[Dropped] = field(default_factory=list)

    def pick(self, side: str, name: str) -> int:
        """Number of the side that the user means; raises UsageError where there is none."""
        wanted = side.strip().lower().replace("_", "-")
        if wanted in ("", "source") or len(self.names) == 1:
            return 0
        if wanted == "target":
            return 1
        for known in (self.names, self.langs):
            for number, value in enumerate(known):
                if value.lower() == wanted:
                    return number
        for number, value in enumerate(self.langs):
            if value and value.lower().split("-")[0] == wanted.split("-")[0]:
                return number
        shown = ", ".join(f"{n} ({g})" if g and g != n else n for n, g in self._shown())
        raise UsageError(f"there is no side {side!r} in it", context=name, hint=f"known: {shown}")

    def _shown(self) -> list[tuple[str, str]]:
        return list(zip(self.names, self.langs, strict=True))


def as_document(source: Source, sides: Sides, options: ReadOptions) -> Document:
    """The side that the user means, a paragraph a unit; its segments are the units under
    `segmented`. Raises ReadError where that side holds no text.
    """
    number = sides.pick(options.side, source.name)
    others = [
        Dropped(f"the {name} side", unit.cells[other].text)
        for unit in sides.units
        for other, name in enumerate(sides.names)
        if other != number and unit.cells[other].text
    ]
    dropped = (*sides.dropped, *others)
    if options.segmented:
        document = _document(source, sides, number, dropped)
        if not document.paragraphs:
            raise ReadError("this side holds no text", context=source.name)
        return document
    drafts: list[Draft] = []
    for unit in sides.units:
        cell = unit.cells[number]
        if not cell.text:
            continue
        if unit.joins and drafts and drafts[-1].kind == unit.kind:
            _extend(drafts[-1], cell)
        else:
            drafts.append(Draft(unit.kind, cell.text, cell.spans, key=unit.key, level=_level(unit)))
    return make_document(
        source, drafts, title=sides.title, lang=sides.langs[number], dropped=dropped
    )


def as_alignment(source: Source, sides: Sides) -> Alignment | AlignmentSet:
    """All sides: a pair, or a set where there are three texts or more.

    Raises ReadError where the file holds one side only.
    """
    if len(sides.names) < 2:
        raise ReadError(
            "the file holds one text, not an alignment",
            context=source.name,
            hint="align it with its translation",
        )
    documents = [_document(source, sides, n, tuple(sides.dropped)) for n in range(len(sides.names))]
    if not any(document.paragraphs for document in documents):
        raise ReadError("the file holds no text", context=source.name)
    alignments = tuple(
        Alignment(
            documents[0], documents[n], _beads(sides.units, n), Signature((("from", "units"),))
        )
        for n in range(1, len(documents))
    )
    return alignments[0] if len(alignments) == 1 else AlignmentSet(alignments)


def _level(unit: Unit) -> int:
    return 2 if unit.kind == "heading" else 0


def _extend(draft: Draft, cell: Cell) -> None:
    start = len(draft.text) + 1
    draft.text = f"{draft.text} {cell.text}"
    moved = tuple(Span(s.start + start, s.end + start, s.kind, s.value) for s in cell.spans)
    draft.spans = (*draft.spans, *moved)


def _document(source: Source, sides: Sides, number: int, dropped: tuple[Dropped, ...]) -> Document:
    groups: list[list[Unit]] = []
    for unit in sides.units:
        if not unit.cells[number].text:
            continue
        if unit.joins and groups and groups[-1][0].kind == unit.kind:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    paragraphs: list[Paragraph] = []
    count = 0
    for group in groups:
        draft = Draft(group[0].kind, "")
        segments = []
        for unit in group:
            cell = unit.cells[number]
            if draft.text:
                _extend(draft, cell)
            else:
                draft.text, draft.spans = cell.text, cell.spans
            end = len(draft.text)
            start = end - len(cell.text)
            segments.append(Segment(count, len(paragraphs), start, end, cell.text))
            count += 1
        paragraphs.append(
            Paragraph(
                len(paragraphs),
                draft.kind,
                draft.text,
                tuple(segments),
                level=_level(group[0]),
                spans=draft.spans,
                key=group[0].key,
            )
        )
    stem = PurePath(source.name).stem or "text"
    return Document(
        id=f"{stem}-{sides.names[number]}",
        lang=sides.langs[number],
        origin=source.name,
        title=sides.title,
        digest=hashlib.sha256(sides.names[number].encode() + b"\0" + source.data).hexdigest(),
        paragraphs=tuple(paragraphs),
        dropped=dropped,
    )


def _beads(units: Sequence[Unit], target: int) -> tuple[Bead, ...]:
    """One bead a unit, nulls of a run with the source side first."""
    beads: list[Bead] = []
    i = j = 0
    run: list[tuple[Unit, bool]] = []  # nulls since the last pair: (unit, on the source side)

    def settle() -> None:
        nonlocal i, j
        for on_source in (True, False):
            for unit, side in run:
                if side != on_source:
                    continue
                beads.append(_bead(unit, range(i, i + on_source), range(j, j + (not on_source))))
                i, j = i + on_source, j + (not on_source)
        run.clear()

    for unit in units:
        here, there = bool(unit.cells[0].text), bool(unit.cells[target].text)
        if here and there:
            settle()
            beads.append(_bead(unit, range(i, i + 1), range(j, j + 1)))
            i, j = i + 1, j + 1
        elif here or there:
            run.append((unit, here))
    settle()
    return tuple(beads)


def _bead(unit: Unit, source: range, target: range) -> Bead:
    return Bead(
        source,
        target,
        confidence=unit.confidence,
        status=unit.status,
        labels=unit.labels,
        comment=unit.comment,
    )
