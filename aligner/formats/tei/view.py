"""One document as the TEI writers see it: names of its parts, marks on its segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.tei.persons import Person, persons_of, speaker_name
from aligner.model import AlignmentSet, Document
from aligner.text.output import bcp47, three_decimals

__all__ = ["Mark", "View", "label_category", "lost_links", "null_categories", "views"]


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
class View:
    """A document, its prefix of ids, and the file it is in.

    `href` is what pointers from other files put before `#`; `home` the file with the taxonomy and
    the persons; `words` asks for words to be marked; `transcript`: the text says when it was spoken;
    `persons`: who each name of the text is; `everybody`: all persons of the set; `labels`: the
    categories that people put on the beads of linked segments, where the segments say so; `notes`
    says where each note is, by the id that its marks in the text name; `marked`: those names;
    `places`: where links inside the text lead, by what they say.
    """

    document: Document
    prefix: str
    lang: str
    href: str = ""
    home: str = ""
    words: bool = False
    transcript: bool = False
    marks: dict[int, Mark] = field(default_factory=dict)
    persons: Mapping[str, Person] = field(default_factory=dict)
    everybody: tuple[Person, ...] = ()
    counterparts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[int, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()
    places: dict[str, str] = field(default_factory=dict)

    def segment(self, index: int) -> str:
        """Pointer to a segment."""
        return f"{self.href}#{segment_id(self.prefix, index)}"

    def paragraph(self, index: int) -> str:
        """Id of a paragraph."""
        return f"{self.prefix}.p{index + 1}"

    def speech(self, index: int) -> str:
        """Id of the speech that a paragraph is in, where that is another element."""
        return f"{self.prefix}.sp{index + 1}"

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
        return f"{self.home}#{self.persons[speaker_name(speaker)].id}"


def views(
    alignments: AlignmentSet, hrefs: Sequence[str] = (), home: str = "", *, words: bool = False
) -> tuple[View, ...]:
    """A view of every document; `hrefs` names a file for each where they are in several."""
    documents = alignments.documents
    names = prefixes(documents)
    places = hrefs or [""] * len(documents)
    everybody, of_document = persons_of(alignments)
    made = tuple(
        View(
            document,
            prefix,
            bcp47(document.lang),
            place,
            home,
            words,
            any(p.times is not None for p in document.paragraphs),
            persons=persons,
            everybody=everybody,
            marked=frozenset(_marks_of_notes(document)),
        )
        for document, prefix, place, persons in zip(
            documents, names, places, of_document, strict=True
        )
    )
    for view in made:
        _locate(view)
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


def _marks_of_notes(document: Document) -> Iterator[str]:
    """The ids of notes that a mark in the text leads to."""
    for paragraph in document.paragraphs:
        for span in paragraph.spans:
            whole = paragraph.kind == "note" and (span.start, span.end) == (0, len(paragraph.text))
            if span.kind == "note" and span.value and not whole:
                yield span.value


def _notes(view: View) -> Iterator[tuple[str, str]]:
    for paragraph in view.document.paragraphs:
        for span in paragraph.spans if paragraph.kind == "note" else ():
            if span.kind == "note" and span.value and span.start == 0:
                yield span.value, f"#{view.paragraph(paragraph.index)}"


def _locate(view: View) -> None:
    """Where the notes are, and what links inside the text lead to."""
    for name, place in _notes(view):
        view.notes.setdefault(name, place)  # a note of several paragraphs begins at its first
    for link, index in _places(view.document).items():
        view.places[link] = f"#{view.paragraph(index)}"


def _places(document: Document) -> dict[str, int]:
    """The paragraph that each link inside the text leads to, by what the link says; the first with its
    name. A note has its own name too.
    """
    known: dict[str, int] = {}
    for paragraph in document.paragraphs:
        names = [paragraph.key] if paragraph.key else []
        if paragraph.kind == "note":
            names += [s.value for s in paragraph.spans if s.kind == "note" and s.start == 0]
        for name in names:
            known.setdefault(name, paragraph.index)
    links = ((link, unquote(link[1:])) for link in _inner_links(document))
    return {link: known[name] for link, name in links if name in known}


def _inner_links(document: Document) -> Iterator[str]:
    """What each link says that leads to a place of the same text (`#place`)."""
    for paragraph in document.paragraphs:
        for span in paragraph.spans:
            if span.kind == "link" and span.value.startswith("#"):
                yield span.value


def lost_links(document: Document) -> list[str]:
    """The links inside a text to places that it does not hold."""
    places = _places(document)
    return [link for link in _inner_links(document) if link not in places]


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
