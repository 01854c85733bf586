"""Where in the file the text of a document stands, and what of the file is in no paragraph.

For formats that are plain text with marks in it (`TRACED`). The characters of the paragraphs are
found again in the decoded file, in order, word by word; what is left over is markup, invisible
characters, and whatever a reader may have lost. So nothing of such a file can vanish unseen: every
character is in a paragraph, in a part that the reader lists as dropped, or in `Trace.left`.

Offsets are code points in the decoded file, line ends as one character, no byte-order mark.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.model import Document, Dropped, ReadOptions, Source
from aligner.text.decoding import decode
from aligner.text.mojibake import repaired_source
from aligner.text.rich import dropped_parts

__all__ = ["TRACED", "Trace", "trace", "visible_in"]

TRACED = ("txt", "md", "srt", "vtt", "ass", "po", "tsv", "csv")
_NEAR = 400  # visible characters of markup that may stand between two words of a paragraph
_OPENING = 24  # visible characters by which a paragraph is found, however far it is
_SHORTER = (12, 6, 3)  # the same where markup stands within it
_CLOSE = 60  # the same within a word
# where the text of a markdown link ends: what follows it is not looked for in the address
_LINK_END = re.compile(r"\]\([^()]{0,2000}\)|\]\[[^\[\]]{0,200}\]")
# the addresses themselves, whose words are no text of a paragraph
_ADDRESS = re.compile(r"\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}\)|\]\[[^\[\]\n]{1,200}\]")
_TRIES = 40  # places with the same opening that are looked at


@dataclass(frozen=True, slots=True)
class Trace:
    """`places[p][k]`: offset in the file of character k of paragraph p, -1 where it is not there
    as such (white space, or a character that the file spells otherwise: `&amp;`).
    """

    text: str
    places: tuple[tuple[int, ...], ...]
    left: tuple[Dropped, ...]

    def place(self, paragraph: int, start: int, end: int) -> tuple[int, int] | None:
        """(line from 1, offset) of the first character of a stretch that the file holds."""
        for offset in self.places[paragraph][start:end]:
            if offset >= 0:
                return self.text.count("\n", 0, offset) + 1, offset
        return None


def trace(
    source: Source,
    document: Document,
    options: ReadOptions,
    lines_of: Sequence[range | None] = (),
) -> Trace:
    """The document's paragraphs in the file. `lines_of`: on which lines (from 1) each is written, where
    its reader knows them. Raises as `decode`.
    """
    if options.fix_mojibake:
        source, options = repaired_source(source, options)
    declared = re.search(rb"charset=([\w.:-]+)", source.data[:20_000])
    label = declared[1].decode("ascii") if declared else ""
    text = decode(source.data, source.name, encoding=options.encoding, declared=label, notices=[])
    file = _File(text)
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for part in document.dropped:
        if 0 < part.line <= len(lines):  # first, so that no paragraph is found in front matter
            file.find(part.text, lines[part.line - 1])
    file.rewind()
    if lines_of:
        file.hide(_ADDRESS)
    lines.append(len(text) + 1)
    within = [
        (lines[one.start - 1], lines[min(one.stop, len(lines)) - 1]) if one else None
        for one in lines_of or [None] * len(document.paragraphs)
    ]
    places = [
        _spread(p.text, file.find(p.text, within=stretch))
        for p, stretch in zip(document.paragraphs, within, strict=True)
    ]
    file.rewind()
    for part in document.dropped:
        if not 0 < part.line <= len(lines):
            file.find(part.text)
    left = [Dropped("markup", text[a:b], bisect_right(lines, a)) for a, b in file.left()]
    left += [
        Dropped("invisible characters", part, bisect_right(lines, at))
        for at, part in dropped_parts(text)
    ]
    return Trace(text, tuple(places), tuple(sorted(left, key=lambda part: part.line)))


def visible_in(text: str) -> tuple[str, list[int]]:
    """Visible characters, decomposed (NFD, so that a composed letter finds its parts), and the
    offset in `text` of each.
    """
    gone = {at + k for at, part in dropped_parts(text) for k in range(len(part))}
    pairs = [
        (part, at)
        for at, character in enumerate(text)
        if not character.isspace() and at not in gone
        for part in (character if character.isascii() else unicodedata.normalize("NFD", character))
    ]
    start = 0
    while start < len(pairs):  # canonical order of marks, as NFD of the whole has it
        end = start
        while end < len(pairs) and unicodedata.combining(pairs[end][0]):
            end += 1
        if end - start > 1:
            pairs[start:end] = sorted(pairs[start:end], key=lambda p: unicodedata.combining(p[0]))
        start = max(end, start + 1)
    return "".join(part for part, _ in pairs), [at for _, at in pairs]


class _File:
    """The visible characters of a file and which of them are found."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bare, self._at = visible_in(text)
        self._taken = bytearray(len(self._bare))
        self._cursor = 0
        self._end = len(self._bare)

    def rewind(self) -> None:
        """Look from the start again."""
        self._cursor = 0

    def hide(self, pattern: re.Pattern[str]) -> None:
        """Nothing is found in what matches."""
        for match in pattern.finditer(self._text):
            start, end = (bisect_right(self._at, place - 1) for place in match.span())
            self._taken[start:end] = b"\1" * (end - start)

    def find(
        self, text: str, at: int = -1, within: tuple[int, int] | None = None
    ) -> list[tuple[int, int]]:
        """(offset in `text`, offset in the file) of the characters of `text` that are found.

        It begins near `at`, and its words are there as they are; or else somewhere after the text
        before, or anywhere, and markup may stand within words; or in a stretch of the file.
        """
        bare, offsets = visible_in(text)
        if not bare:
            return []
        self._end = len(self._bare)
        if within is not None:
            start, self._end = (bisect_right(self._at, offset - 1) for offset in within)
            cursor = max(start, self._cursor) if self._cursor < self._end else start
        elif at < 0:
            cursor = self._opening(bare, self._cursor)
        else:
            cursor = bisect_right(self._at, at - 1)
        places: list[tuple[int, int]] = []
        for start, end in _words(text, offsets):
            for k, place in self._word(bare[start:end], cursor, whole=at >= 0):
                if not self._taken[place]:
                    self._taken[place] = 1
                    places.append((offsets[start + k], self._at[place]))
                cursor = place + 1
        if at < 0:
            self._cursor = cursor
        return places

    def _opening(self, bare: str, cursor: int) -> int:
        """Where a text begins: its first characters whole, after `cursor` or anywhere; or fewer of
        them near `cursor`, where markup stands between them.
        """
        opening = bare[:_OPENING]
        for start in (cursor, 0):
            place = start - 1
            for _ in range(_TRIES):
                place = self._bare.find(opening, place + 1)
                if place < 0 or not self._taken[place]:
                    break
            if place >= 0 and not self._taken[place]:
                return place
        for size in _SHORTER:
            place = self._free(bare[:size], cursor, _NEAR)
            if place >= 0:
                return place
        return cursor

    def _word(self, word: str, cursor: int, *, whole: bool) -> Iterator[tuple[int, int]]:
        """(character of the word, its place) after `cursor`: whole, or else character by character
        where markup stands inside it.
        """
        place = self._free(word, cursor, _NEAR, apart=True)
        place = self._free(word, cursor, _NEAR) if place < 0 else place
        if place >= 0:
            yield from ((k, place + k) for k in range(len(word)))
            return
        for k, character in enumerate("" if whole else word):
            link = _LINK_END.match(self._bare, cursor)
            after = link.end() if link else cursor
            place = after if self._bare[after : after + 1] == character else -1
            if place < 0 or self._taken[place]:
                place = self._free(character, cursor, _CLOSE)
            if place >= 0:
                yield k, place
                cursor = place + 1

    def _free(self, part: str, cursor: int, within: int, *, apart: bool = False) -> int:
        """The next place of `part` that nothing was found at yet, -1 where there is none near;
        `apart`: not inside a longer word.
        """
        limit = min(cursor + within + len(part), self._end)
        place = self._bare.find(part, cursor, limit)
        while place >= 0 and (
            any(self._taken[place : place + len(part)])
            or (apart and self._is_inside(place, place + len(part)))
        ):
            place = self._bare.find(part, place + 1, limit)
        return place

    def _is_inside(self, start: int, end: int) -> bool:
        """Whether a letter or digit touches one of the same kind on either side of a stretch."""
        first, last = self._at[start], self._at[end - 1]
        before, after = (
            self._text[first - 1 : first] if first else "",
            self._text[last + 1 : last + 2],
        )
        return (before.isalnum() and self._text[first].isalnum()) or (
            after.isalnum() and self._text[last].isalnum()
        )

    def left(self) -> Iterator[tuple[int, int]]:
        """(start, end) in the file of every run that was not found, within its line."""
        start = end = -1
        for taken, at in zip(self._taken, self._at, strict=True):
            if taken:
                continue
            if start >= 0 and self._text[end:at].strip(" \t\xa0") == "":
                end = at + 1
                continue
            if start >= 0:
                yield start, end
            start, end = at, at + 1
        if start >= 0:
            yield start, end


def _words(text: str, offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of `offsets` between white space, as (start, end) in `offsets`."""
    start = 0
    for k in range(1, len(offsets) + 1):
        if (
            k == len(offsets)
            or text[offsets[k - 1] : offsets[k]].strip() != text[offsets[k - 1] : offsets[k]]
        ):
            yield start, k
            start = k


def _spread(text: str, pairs: list[tuple[int, int]]) -> tuple[int, ...]:
    places = [-1] * len(text)
    for at, place in pairs:
        if places[at] < 0:
            places[at] = place
    return tuple(places)
