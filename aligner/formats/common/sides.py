"""Files that hold several texts side by side (tmx, xliff, po, tables): units to documents.

A unit is one row: what it says in each language. As an Alignment every unit is a bead of one
segment a side, or of as many as the file says (`Cell.lengths`, which our own writers give); a unit
without a counterpart is a null bead. As one Document, `options.side` picks
the text, and the units are its paragraphs; the other sides' texts are listed as dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Document,
    Dropped,
    Header,
    Paragraph,
    ReadError,
    ReadOptions,
    Segment,
    Signature,
    Source,
    Span,
    Unit,
    UsageError,
)
from aligner.text.drafts import make_document
from aligner.text.rich import Draft, clean

__all__ = ["FROM_UNITS", "Cell", "SideRow", "Sides", "as_alignment", "as_document"]

FROM_UNITS = Signature((("from", "units"),))  # what "made" an alignment that is a file of units
_LENGTHS = re.compile(r"[1-9][0-9]{0,8}( [1-9][0-9]{0,8})+")


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a unit in one language, under the policy of `_text`.

    `lengths`: code points of each of its segments, white space between them not counted; () for one.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()
    lengths: tuple[int, ...] = ()

    @classmethod
    def of(cls, raw: str) -> Cell:
        """A cell without formatting."""
        return cls(clean(raw))

    def parted(self, numbers: str) -> Cell:
        """The cell with its segments as a file says them (`24 18`); one segment where that does not
        fit the text, which somebody may have edited.
        """
        if not _LENGTHS.fullmatch(numbers):
            return self
        made = replace(self, lengths=tuple(map(int, numbers.split())))
        return made if made.ranges()[-1][1] == len(self.text) else self

    def ranges(self) -> list[tuple[int, int]]:
        """Where each segment lies in the text; none where there is no text."""
        if not self.lengths:
            return [(0, len(self.text))] if self.text else []
        places, start = [], 0
        for length in self.lengths:
            while self.text[start : start + 1].isspace():
                start += 1
            places.append((start, start + length))
            start += length
        return places


@dataclass(slots=True)
class SideRow:
    """One row. `joins`: it goes on with the paragraph of the unit before it."""

    cells: list[Cell]
    key: str = ""
    kind: str = "para"
    speaker: str | None = None
    joins: bool = False
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""
    unit: Unit | None = None
    quality: float | None = None


@dataclass(slots=True)
class Sides:
    """A file: names of its sides (language, column, source, target) and their languages.

    `beside`: what the file says of its units; an alignment keeps it, a document does not.
    """

    names: list[str]
    langs: list[str]
    units: list[SideRow] = field(default_factory=list)
    title: str = ""
    dropped: list[Dropped] = field(default_factory=list)
    beside: list[Dropped] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    header: Header | None = None

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
    dropped = (*sides.dropped, *sides.beside, *others)
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
            draft = Draft(unit.kind, cell.text, cell.spans, key=unit.key, level=_level(unit))
            draft.speaker = _speaker(unit, number)
            drafts.append(draft)
    document = make_document(
        source, drafts, title=sides.title, lang=sides.langs[number], dropped=dropped
    )
    # two sides of one file are two texts
    several = len(sides.names) > 1
    return replace(document, digest=_digest(source, sides, number)) if several else document


def _digest(source: Source, sides: Sides, number: int) -> str:
    return hashlib.sha256(sides.names[number].encode() + b"\0" + source.data).hexdigest()


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
    signatures = sides.signatures
    if len(signatures) != len(documents) - 1:
        signatures = [FROM_UNITS] * (len(documents) - 1)
    alignments = tuple(
        Alignment(
            documents[0],
            documents[n],
            _beads(sides.units, n),
            signatures[n - 1],
            header=sides.header,
        )
        for n in range(1, len(documents))
    )
    return alignments[0] if len(alignments) == 1 else AlignmentSet(alignments)


def _speaker(unit: SideRow, number: int) -> str | None:
    """A row names one speaker, as the first of its texts prints the name."""
    return None if any(cell.text for cell in unit.cells[:number]) else unit.speaker


def _level(unit: SideRow) -> int:
    return 2 if unit.kind == "heading" else 0


def _extend(draft: Draft, cell: Cell) -> None:
    start = len(draft.text) + 1
    draft.text = f"{draft.text} {cell.text}"
    moved = tuple(Span(s.start + start, s.end + start, s.kind, s.value) for s in cell.spans)
    draft.spans = (*draft.spans, *moved)


def _document(source: Source, sides: Sides, number: int, dropped: tuple[Dropped, ...]) -> Document:
    groups: list[list[SideRow]] = []
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
            offset = len(draft.text) - len(cell.text)
            for start, end in cell.ranges():
                piece = cell.text[start:end]
                place = (offset + start, offset + end)
                segments.append(Segment(count, len(paragraphs), *place, piece))
                count += 1
        paragraphs.append(
            Paragraph(
                len(paragraphs),
                draft.kind,
                draft.text,
                tuple(segments),
                speaker=_speaker(group[0], number),
                level=_level(group[0]),
                spans=draft.spans,
                key=group[0].key,
            )
        )
    stem = PurePath(source.name).stem or "text"
    return Document(
        id=f"{stem}-{sides.names[number]}",
        lang="" if sides.langs[number] == "und" else sides.langs[number],
        origin=source.name,
        title=sides.title,
        digest=_digest(source, sides, number),
        paragraphs=tuple(paragraphs),
        dropped=dropped,
    )


def _beads(units: Sequence[SideRow], target: int) -> tuple[Bead, ...]:
    """One bead a unit, nulls of a run with the source side first."""
    beads: list[Bead] = []
    i = j = 0
    run: list[tuple[SideRow, bool]] = []  # nulls since the last pair: (unit, on the source side)

    def settle() -> None:
        for on_source in (True, False):
            for unit, side in run:
                if side != on_source:
                    continue
                add(
                    unit,
                    on_source * len(unit.cells[0].ranges()),
                    (not on_source) * len(unit.cells[target].ranges()),
                )
        run.clear()

    def add(unit: SideRow, n: int, m: int) -> None:
        nonlocal i, j
        beads.append(_bead(unit, range(i, i + n), range(j, j + m)))
        i, j = i + n, j + m

    for unit in units:
        here, there = len(unit.cells[0].ranges()), len(unit.cells[target].ranges())
        if here and there:
            settle()
            add(unit, here, there)
        elif here or there:
            run.append((unit, here > 0))
    settle()
    return tuple(beads)


def _bead(unit: SideRow, source: range, target: range) -> Bead:
    return Bead(
        source,
        target,
        confidence=unit.confidence,
        quality=unit.quality,
        status=unit.status,
        labels=unit.labels,
        comment=unit.comment,
        unit=unit.unit,
    )
