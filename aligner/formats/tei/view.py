"""One document as the TEI writers see it: names of its parts, marks on its segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aligner.formats.common.ids import prefixes, segment_id
from aligner.model import AlignmentSet, Document
from aligner.text.output import bcp47, three_decimals

__all__ = ["Mark", "Person", "View", "label_category", "null_categories", "views"]

_ROLES = ("interviewer", "interviewee")


@dataclass(frozen=True, slots=True)
class Mark:
    """Says on a segment that it has no counterpart: category ids and the confidence of that."""

    categories: tuple[str, ...]
    confidence: float | None

    @property
    def cert(self) -> str:
        """The confidence as TEI's `cert` writes it, "" where nobody estimated one."""
        return "" if self.confidence is None else three_decimals(self.confidence)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in a text."""

    id: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A document, its prefix of ids, and the file it is in.

    `href` is what pointers from other files put before `#`; `home` the file with the taxonomy;
    `words` asks for words to be marked; `transcript`: the text says when it was spoken; `notes`
    says where each note is, by the id that its marks in the text name.
    """

    document: Document
    prefix: str
    lang: str
    href: str = ""
    home: str = ""
    words: bool = False
    transcript: bool = False
    marks: dict[int, Mark] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    counterparts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def segment(self, index: int) -> str:
        """Pointer to a segment."""
        return f"{self.href}#{segment_id(self.prefix, index)}"

    def paragraph(self, index: int) -> str:
        """Id of a paragraph."""
        return f"{self.prefix}.p{index + 1}"

    def moment(self, milliseconds: int) -> str:
        """Id of a point of the timeline."""
        return f"{self.prefix}.t{max(milliseconds, 0)}"

    @property
    def bibl(self) -> str:
        """Id of the description of the source."""
        return f"{self.prefix}.source"

    @property
    def title(self) -> str:
        """A title to show: the document's, its first title paragraph, or its id."""
        if self.document.title.strip():
            return self.document.title.strip()
        titles = (p.text for p in self.document.paragraphs if p.kind == "title")
        return next(titles, "").strip() or self.document.id or self.prefix

    def who(self, speaker: str) -> str:
        """Pointer to the person with this label."""
        return f"#{self.persons[speaker_name(speaker)].id}"


def views(
    alignments: AlignmentSet, hrefs: Sequence[str] = (), home: str = "", *, words: bool = False
) -> tuple[View, ...]:
    """A view of every document; `hrefs` names a file for each where they are in several."""
    documents = alignments.documents
    names = prefixes(documents)
    places = hrefs or [""] * len(documents)
    made = tuple(
        View(
            document,
            prefix,
            bcp47(document.lang),
            place,
            home,
            words,
            any(p.times is not None for p in document.paragraphs),
            persons={p.name: p for p in _persons(document, prefix)},
        )
        for document, prefix, place in zip(documents, names, places, strict=True)
    )
    for view in made:
        view.notes.update(_notes(view))
    for number, alignment in enumerate(alignments.alignments, start=1):
        omitted, added = _category_ids(names, number)
        for bead in alignment.beads:
            if not bead.target:
                for i in bead.source:
                    _add(made[0].marks, i, omitted, bead.confidence)
            elif not bead.source:
                for j in bead.target:
                    _add(made[number].marks, j, added, bead.confidence)
            if bead.is_null:
                for side, indexes in ((made[0], bead.source), (made[number], bead.target)):
                    for index in indexes:
                        for label in bead.labels:
                            _add(side.marks, index, label_category(label), bead.confidence)
    return made


def label_category(label: str) -> str:
    """Id of the category of a label that a person put on a bead; ids hold no other characters."""
    return f"label.{re.sub(r'[^A-Za-z0-9._-]', '_', label)}"


def null_categories(made: Sequence[View]) -> Iterator[tuple[str, str]]:
    """Every category of null segment: its id and what it means."""
    names = [view.prefix for view in made]
    source = made[0]
    for number, view in enumerate(made[1:], start=1):
        omitted, added = _category_ids(names, number)
        yield omitted, f"segment of {source.prefix} without a counterpart in {view.prefix}"
        yield added, f"segment of {view.prefix} without a counterpart in {source.prefix}"


def speaker_name(label: str) -> str:
    """A printed label without its punctuation: `P:` and `— P.` name the same person."""
    return label.strip(" \t\xa0\u2009\u202f:.,;-‐‑–—―()[]") or label.strip() or "unnamed"


def _notes(view: View) -> Iterator[tuple[str, str]]:
    for paragraph in view.document.paragraphs:
        for span in paragraph.spans if paragraph.kind == "note" else ():
            if span.kind == "note" and span.value and span.start == 0:
                yield span.value, f"#{view.paragraph(paragraph.index)}"


def _category_ids(names: Sequence[str], number: int) -> tuple[str, str]:
    """With one target `omitted` says enough; with more the category names the target."""
    suffix = "" if len(names) == 2 else f".{names[number]}"
    return f"omitted{suffix}", f"added{suffix}"


def _add(marks: dict[int, Mark], index: int, category: str, confidence: float | None) -> None:
    old = marks.get(index)
    if old is None:
        marks[index] = Mark((category,), confidence)
        return
    weakest = (
        None if old.confidence is None or confidence is None else min(old.confidence, confidence)
    )
    marks[index] = Mark((*old.categories, category), weakest)


def _persons(document: Document, prefix: str) -> Iterator[Person]:
    """Those named as speakers in the text, then those the metadata names besides."""
    roles = {
        name.strip().casefold(): role for role in _ROLES for name in document.metadata.get(role, ())
    }
    labels = (p.speaker for p in document.paragraphs if p.speaker is not None)
    named = (name.strip() for role in _ROLES for name in document.metadata.get(role, ()))
    names = dict.fromkeys([*map(speaker_name, labels), *filter(None, named)])
    for number, name in enumerate(names, start=1):
        yield Person(f"{prefix}.person{number}", name, roles.get(name.casefold(), ""))
