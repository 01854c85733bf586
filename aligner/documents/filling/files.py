"""The file that is filled: which of its text can be replaced, the replacements, the bytes in the end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from aligner.documents.filling.looks import LOOKS, Looks
from aligner.documents.filling.marked import MarkedPart, Spot
from aligner.documents.filling.plain import PLAIN_SUFFIXES, PlainFile
from aligner.documents.filling.regions import Edit, Stretch, TextRegion, grouped
from aligner.documents.filling.written import Written
from aligner.files.archives import Package
from aligner.model import Document, ReadOptions, Source, UsageError
from aligner.text.decoding import is_zip
from aligner.text.drafts import FilePlaces, suffix_of
from aligner.text.rich import Piece
from aligner.text.trace import visible_in

__all__ = ["FILLED_SUFFIXES", "OpenFile", "open_file"]

_DOCX = (".docx", ".docm", ".dotx")
_ODT = (".odt", ".ott", ".fodt")
_HTML = (".html", ".htm", ".xhtml")
FILLED_SUFFIXES: tuple[tuple[str, ...], ...] = (_DOCX, _ODT, _HTML, (".epub",), *PLAIN_SUFFIXES)


class OpenFile(Protocol):
    """A file whose text can be replaced, as its reader reads it."""

    document: Document  # without segments
    told: list[str]  # sentences for the user, when the file is written

    def region(self, paragraph: int, start: int, end: int) -> TextRegion | None:
        """Where the characters `start` to `end` of a paragraph stand; None where the file does not
        write them as they are read.
        """
        ...

    def put(self, region: TextRegion, texts: Sequence[str]) -> None:
        """Replace the text of a region, a text a group."""
        ...

    def data(self) -> bytes:
        """The file with all replacements."""
        ...


def open_file(source: Source, options: ReadOptions) -> OpenFile:
    """The file by its suffix. Raises as its reader, UsageError for one that cannot be filled."""
    suffix = suffix_of(source.name)
    if any(suffix in suffixes for suffixes in PLAIN_SUFFIXES):
        return PlainFile(source, options)
    if suffix in _DOCX:
        from aligner.documents.office.docx import read_places

        return MarkedFile(source, read_places(source, options), LOOKS["docx"])
    if suffix in _ODT:
        from aligner.documents.office.odt import read_places as read_odt

        return MarkedFile(source, read_odt(source, options), LOOKS["odt"])
    if suffix == ".epub":
        from aligner.documents.epub.read import read_places as read_epub

        return MarkedFile(source, read_epub(source, options), LOOKS["html"])
    if suffix in _HTML:
        from aligner.documents.html.read import read_places as read_html

        return MarkedFile(source, read_html(source, options), LOOKS["html"])
    raise UsageError("such a file is not filled in as it is", context=source.name)


@dataclass(slots=True)
class _Part:
    """A member of the file: as it is written, and what is to be replaced."""

    written: Written
    marked: MarkedPart
    edits: list[Edit]


class MarkedFile:
    """A file of one part or more in a markup language."""

    def __init__(self, source: Source, places: FilePlaces, looks: Looks) -> None:
        self.document, self._pieces, self._roots, self._copies = places
        self.told: list[str] = []
        self._source = source
        self._looks = looks
        self._parts: dict[str, _Part | None] = {}
        self._members = {root: member for member, root in self._roots.items()}
        self._cursors: dict[int, int] = {}
        self._spots: list[_Spots | None] = [None] * len(self._pieces)
        self._reached = 0

    def region(self, paragraph: int, start: int, end: int) -> TextRegion | None:
        """See `OpenFile`."""
        while self._reached <= paragraph:  # in order: a paragraph may be a part of its pieces
            pieces = self._pieces[self._reached]
            self._spots[self._reached] = self._spots_of(pieces, self._reached)
            self._reached += 1
        spots = self._spots[paragraph]
        region = None if spots is None else self._region(spots, paragraph, start, end)
        if region is None:
            return None
        copies: list[TextRegion] = []
        for pieces in self._copies.get(id(self._pieces[paragraph]), ()):
            others = self._spots_of(pieces, paragraph)
            other = None if others is None else self._region(others, paragraph, start, end)
            if other is None or len(other.groups) != len(region.groups):
                return None
            copies.append(other)
        return replace(region, copies=tuple(copies)) if copies else region

    def put(self, region: TextRegion, texts: Sequence[str]) -> None:
        """See `OpenFile`."""
        part = self._part(region.part)
        if part is None:
            return
        for group, text in zip(region.groups, texts, strict=True):
            for number, stretch in enumerate(group.stretches):
                made = part.written.escaped(text) if number == 0 else ""
                part.edits.append(Edit(stretch.start, stretch.end, made))
        part.edits += region.clear
        for copy in region.copies:
            self.put(copy, texts)

    def data(self) -> bytes:
        """See `OpenFile`."""
        made = {
            member: part.written.encoded(self._looks.finished(part.marked, part.edits))[0]
            for member, part in self._parts.items()
            if part is not None and part.edits
        }
        if not is_zip(self._source.data):
            return made.get("", self._source.data)
        return _repacked(self._source, made) if made else self._source.data

    def _part(self, member: str) -> _Part | None:
        """A part as it is written; None where it cannot be told how."""
        if member not in self._parts:
            data = (
                Package.of_document(self._source.data, self._source.name).read(member)
                if is_zip(self._source.data)
                else self._source.data
            )
            written = Written.of(data, markup=True)
            self._parts[member] = (
                None
                if written is None
                else _Part(written, MarkedPart(written.raw, self._roots[member]), [])
            )
        return self._parts[member]

    def _spots_of(self, pieces: Sequence[Piece], paragraph: int) -> _Spots | None:
        """Of each character of a paragraph where it stands, found in order in the pieces that the
        reader built it of.
        """
        joined = "".join(text for _, text in pieces)
        bare, offsets = visible_in(joined)
        wanted, places = visible_in(self.document.paragraphs[paragraph].text)
        is_copy = pieces is not self._pieces[paragraph]
        at = bare.find(wanted, 0 if is_copy else self._cursors.get(id(pieces), 0))
        if at < 0 or not wanted:
            return None
        if not is_copy:
            self._cursors[id(pieces)] = at + len(wanted)
        of_piece = _numbered(pieces)
        spots: dict[int, tuple[int, int, int]] = {}
        for k, place in enumerate(places):
            number, offset = of_piece[offsets[at + k]]
            first = spots.get(place, (number, offset, offset))
            # an accent may be a character of its own in the file; in another piece than its letter
            # (<b>a</b><i>´</i>) the two have no place together
            spots[place] = (*first[:2], offset) if number == first[0] else (-1, 0, 0)
        return _Spots(pieces, spots)

    def _region(self, spots: _Spots, paragraph: int, start: int, end: int) -> TextRegion | None:
        text = self.document.paragraphs[paragraph].text
        stretches: list[Stretch] = []
        clear: list[Edit] = []
        origins: list[tuple[Any, bool]] = []
        member: str | None = None
        part: _Part | None = None
        for at in range(start, end):
            if text[at].isspace() and at not in spots.at:
                if stretches:
                    stretches[-1] = stretches[-1]._replace(text=stretches[-1].text + text[at])
                continue
            number, offset, last_offset = spots.at.get(at, (-1, 0, 0))
            origin = spots.pieces[number][0] if number >= 0 else None
            if origin is None:
                return None
            if part is None:
                member = self._members.get(origin[0].getroottree().getroot())
                part = None if member is None else self._part(member)
                if part is None:
                    return None
            spot = spots.of(part.marked, number, offset)
            accent = spots.of(part.marked, number, last_offset)
            if spot is None or accent is None:
                return None
            spot = spot._replace(end=accent.end)
            if stretches and stretches[-1].node == spot.node:
                last = stretches[-1]
                stretches[-1] = last._replace(end=spot.end, text=last.text + text[at])
                continue
            look = self._looks.of(origin)
            point = False
            if stretches:
                point = self._join(part, stretches, spot, clear)
            stretches.append(Stretch(spot.start, spot.end, text[at], look, spot.node, point))
            if len(stretches) > 1:
                first = part.marked.nodes[spot.node][0]
                stretches[-1] = stretches[-1]._replace(start=first)
            origins.append(origin)
        if not stretches or member is None:
            return None
        return grouped(member, stretches, clear)

    def _join(self, part: _Part, stretches: list[Stretch], spot: Spot, clear: list[Edit]) -> bool:
        """The stretch before reaches to the end of its text; whether more than looks stands between
        it and the next one.
        """
        last = stretches[-1]
        marked = part.marked
        if spot.node <= last.node:
            return True
        end = marked.nodes[last.node][1]
        stretches[-1] = last._replace(end=end)
        between = marked.raw[end : marked.nodes[spot.node][0]]
        point = self._looks.parts(between)
        for start, stop in marked.between(last.node, spot.node):
            if marked.raw[start:stop].strip():
                point = True
            elif not point:
                clear.append(Edit(start, stop, ""))
        if not point:
            clear += [
                Edit(end + match.start(), end + match.end(), "")
                for match in self._looks.spaces(between)
            ]
        return point


class _Spots:
    """Where the characters of a paragraph stand: offset -> (piece, first and last offset in it)."""

    def __init__(self, pieces: Sequence[Piece], at: Mapping[int, tuple[int, int, int]]) -> None:
        self.pieces = pieces
        self.at = at
        self._known: dict[int, list[Spot | None]] = {}

    def of(self, marked: MarkedPart, number: int, offset: int) -> Spot | None:
        """The place of a character of a piece."""
        if number not in self._known:
            origin, text = self.pieces[number]
            self._known[number] = [] if origin is None else marked.spots(origin, text)
        return self._known[number][offset]


def _numbered(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Of each character of all pieces the number of its piece and its offset in it."""
    return [(n, k) for n, (_, text) in enumerate(pieces) for k in range(len(text))]


def _repacked(source: Source, made: Mapping[str, bytes]) -> bytes:
    """The package with new members, all others as they were, in the same order."""
    out = io.BytesIO()
    package = Package.of_document(source.data, source.name)
    with zipfile.ZipFile(io.BytesIO(source.data)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            name = info.filename.removeprefix(package.root)
            data = made[name] if name in made else package.get(name)
            after.writestr(info, data)
    return out.getvalue()
