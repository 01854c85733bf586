"""The printed lines of a PDF page: their text, where they stand, what is set apart or raised in them.

PDFium gives the text of a page with the place of each letter. It parts a line at a raised number,
which is put together here; raised numbers of notes go, by which a note is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from aligner.documents.pdf.grid import GAP, Line, Piece, level

__all__ = ["page_lines"]

_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:!?»”)])\s?(\d{1,3})(?!\w)")
_OPENING = re.compile(r"(\d{1,3})\s*(?=[^\w\s]|[^\W\d])")
_LONE_MARK = re.compile(r"\s*(?:\d{1,3}|[*†‡])\s*$")
_SMALL = 0.85  # of the height of its neighbour: a raised number
_RAISED = 0.1  # of it: how much higher it stands

_Box = tuple[float, float, float, float]  # left, bottom, right, top


class _Letters:
    """The text of a page and the box of each of its characters."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page
        count = text_page.count_chars()
        self.text: str = text_page.get_text_range(0, count) if count else ""
        self._places = None if len(self.text) == count else self._mapped(count)

    def _mapped(self, count: int) -> list[int]:
        """Numbers of the letters of the text, where PDFium leaves some out of it (pictures in a
        font), or counts one as two.
        """
        from pypdfium2.raw import FPDFText_GetUnicode

        codes = [FPDFText_GetUnicode(self._page, n) for n in range(count)]
        places, at = [], 0
        for letter in self.text:
            code = ord(letter)
            units = (code, 0xD7C0 + (code >> 10)) if code > 0xFFFF else (code, 2)
            nearest = next((n for n in range(at, min(at + 50, count)) if codes[n] in units), at)
            places.append(min(nearest, count - 1))
            at = nearest + 1
        return places

    def box(self, at: int) -> _Box:
        """Of the character at an offset of the text."""
        place = self._places[at] if self._places else at
        box: _Box = self._page.get_charbox(place, loose=True)
        return box


def page_lines(pdf: Any, number: int) -> list[Line]:
    """The lines of a page in PDFium's order, with the box that their characters fill."""
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        return _whole(list(_lines(_Letters(text_page), number)))
    finally:
        text_page.close()
        page.close()


def _lines(letters: _Letters, number: int) -> Iterator[Line]:
    at = 0
    for raw in letters.text.splitlines(keepends=True):
        body = raw.rstrip("\r\n")
        if body.strip():
            yield _boxed(letters, body, at, number)
        at += len(raw)


def _whole(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line together: PDFium parts a line at a raised number."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        height = max(line.size, 1.0)
        if last is not None and _is_mark_of(last, line, height):
            whole[-1] = replace(line, note=True)
        elif last is not None and level(line, last) and line.left >= last.right - 0.3 * height:
            apart = line.left - last.right > 0.15 * height
            bare = _unraised(line, last)
            last.text += (" " if apart else "") + bare.text
            last.pieces = _side_by_side(last.pieces, bare.pieces, GAP * height)
            last.right, last.top = line.right, max(last.top, line.top)
        else:
            whole.append(line)
    return whole


def _unraised(line: Line, last: Line) -> Line:
    """A part of a line without the number of a note that it opens with."""
    lone = line.size < _SMALL * last.size and line.text.strip().isdecimal()
    raised = len(line.text) if lone else line.raised
    (left, right, text), *others = line.pieces
    return replace(
        line, text=line.text[raised:], pieces=((left, right, text[raised:]), *others), raised=0
    )


def _side_by_side(
    before: tuple[Piece, ...], after: tuple[Piece, ...], gap: float
) -> tuple[Piece, ...]:
    """The pieces of two parts of one line."""
    (left, end, text), (start, right, more) = before[-1], after[0]
    if start - end >= gap:
        return (*before, *after)
    apart = " " if start - end > 0.1 * gap else ""
    return (*before[:-1], (left, right, f"{text}{apart}{more}"), *after[1:])


def _is_mark_of(mark: Line, line: Line, height: float) -> bool:
    """True where `mark` is the raised number that opens the note in `line`."""
    raised = mark.size < 0.8 * height and abs(mark.top - line.top) < 0.45 * height
    beside = -0.3 * height <= line.left - mark.right < 3 * height
    return raised and beside and _LONE_MARK.match(mark.text) is not None


def _boxed(letters: _Letters, body: str, at: int, number: int) -> Line:
    """A few characters say where a line stands: its first and last and some between."""
    places = [at + i for i, character in enumerate(body) if not character.isspace()]
    some = sorted({places[0], places[-1], *places[:: max(len(places) // 6, 1)]})
    boxes = [letters.box(i) for i in some]
    if not boxes:
        return Line(body, number, 0, 0, 0, 0, 0, ((0, 0, body),))
    sizes = sorted(top - bottom for _, bottom, _, top in boxes)
    size = sizes[len(sizes) // 2]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    cuts = _gaps(letters, body, at, GAP * max(size, 1.0))
    starts = [(0, left), *((place, after) for place, _, after in cuts)]
    ends = [*((place, before) for place, before, _ in cuts), (len(body), right)]
    pieces = tuple(
        (x, y, _without_marks(letters, body[start:end], at + start))
        for (start, x), (end, y) in zip(starts, ends, strict=True)
    )
    top, bottom = max(b[3] for b in boxes), min(b[1] for b in boxes)
    text = "".join(piece for _, _, piece in pieces)
    raised = _opens_raised(letters, body, at)
    return Line(text, number, left, right, top, bottom, size, pieces, raised=raised)


def _opens_raised(letters: _Letters, body: str, at: int) -> int:
    """Digits at the start of a line that are smaller and higher than what follows them."""
    match = _OPENING.match(body)
    if match is None:
        return 0
    return match.end(1) if _is_raised(letters, at, at + match.end()) else 0


def _is_raised(letters: _Letters, at: int, beside: int) -> bool:
    """True where one character is smaller and higher than another."""
    _, low, _, high = letters.box(at)
    _, bottom, _, top = letters.box(beside)
    height = top - bottom
    return high - low < _SMALL * height and low > bottom + _RAISED * height


def _gaps(letters: _Letters, body: str, at: int, least: float) -> list[tuple[int, float, float]]:
    """Where white wider than `least` points begins in the line: (place in it, from x, to x)."""
    gaps = []
    for match in re.finditer(r"(?<=\S)\s+(?=\S)", body):
        before = letters.box(at + match.start() - 1)[2]
        after = letters.box(at + match.end())[0]
        if after - before >= least:
            gaps.append((match.start(), before, after))
    return gaps


def _without_marks(letters: _Letters, body: str, at: int) -> str:
    """The line without the raised numbers of notes, told by letters smaller than their neighbour."""
    for match in reversed(list(_MARK.finditer(body))):
        if _is_raised(letters, at + match.start(1), at + match.start() - 1):
            body = body[: match.start(1)] + body[match.end() :]
    return body
