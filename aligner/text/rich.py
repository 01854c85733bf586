"""Characters and inline formatting: the one place that says what happens to a reader's text.

Policy for characters (all readers, before anything else sees the text):

- **NFC** (Unicode Standard Annex 15); after thirty marks on one letter stands a grapheme joiner
  U+034F, as the annex says (stream-safe format), for putting marks in order takes time that grows
  with the square of their number.
- **Dropped**, because they are not seen and split words in two for every later step: control
  characters (Cc) other than white space, the soft hyphen U+00AD, zero-width space and word joiner
  (U+200B, U+2060-2064), the byte-order mark U+FEFF, marks of writing direction (U+200E, U+200F,
  U+202A-202E, U+2066-206F: the display finds the direction anew, UAX 9), interlinear annotation
  marks, lone surrogates and non-characters (which XML forbids). Zero-width joiner and non-joiner
  stay: Persian, Hindi and emoji are spelt with them. Private-use characters stay.
- **White space**: a run of it becomes one U+0020, at the edges of a paragraph none. A single
  no-break space (U+00A0, U+202F) between visible characters stays: French « oui » and 10 000 are
  spelt with it. A line end between two Chinese or Japanese characters becomes nothing.

Everything else of a kept paragraph is as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aligner.model import Span

__all__ = ["CJK", "Draft", "Piece", "Rich", "clean", "dropped_parts", "weight"]

_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}-{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
    + "]+"
)
# Han, kana, bopomofo, CJK and full-width punctuation; not Hangul, which is written with spaces.
CJK = "\u2e80-\u2fdf\u3001-\u30ff\u3100-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\U00020000-\U0003134f"
_CJK_LINE_END = re.compile(rf"(?<=[{CJK}])[^\S\n]*\n\s*(?=[{CJK}])")
_CJK_CHARACTER = re.compile(rf"[{CJK}]")
_SPACES = re.compile(r"\s{2,}|[^\S \u00a0\u202f]")
_EDGES = " \t\n\r"
_MOST_MARKS = 30  # on one letter
_JOINER = "\u034f"
_SUSPECT = re.compile(f"[\u0300-\U0010ffff]{{{_MOST_MARKS + 1}}}")
_MAX_REMAPPED = 200  # formatting of a paragraph whose accents were typed apart from their letters


def clean(text: str) -> str:
    """`text` under the policy of this module: one line, NFC, no white space at the edges."""
    bare = text.strip()
    if not _is_even(bare):
        bare = _evened(text).strip()
    return _composed(bare)


def _is_even(text: str) -> bool:
    """True where there is nothing to drop or to make even; what is printable holds none of it."""
    return text.isprintable() and "  " not in text


def _evened(text: str) -> str:
    return _SPACES.sub(" ", _CJK_LINE_END.sub("", _GONE.sub("", text)))


def _composed(text: str) -> str:
    """NFC, in time that grows with the text."""
    if text.isascii():
        return text
    if _SUSPECT.search(text):
        text = _marks().sub(lambda run: _JOINER.join(_thirties(run[0])), text)
    return unicodedata.normalize("NFC", text)


@cache
def _marks() -> re.Pattern[str]:
    """Runs of marks (of a combining class) that are too long."""
    ranges = "".join(chr(n) for n in range(0x300, 0x1F000) if unicodedata.combining(chr(n)))
    return re.compile(f"[{ranges}]{{{_MOST_MARKS + 1},}}")


def _thirties(run: str) -> list[str]:
    return [run[at : at + _MOST_MARKS] for at in range(0, len(run), _MOST_MARKS)]


def dropped_parts(text: str) -> list[tuple[int, str]]:
    """What `clean` removes apart from white space: (offset in code points, characters)."""
    return [(match.start(), match.group()) for match in _GONE.finditer(text)]


def weight(text: str) -> int:
    """Length in Latin-like characters: a Chinese or Japanese one counts for three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_CJK_CHARACTER.findall(text))


# a stretch of text as a reader took it: the element of the file that it is the text of, or behind
# which it stands (True), None where it is written otherwise there; the characters
Piece = tuple[tuple[Any, bool] | None, str]


@dataclass(slots=True)
class Draft:
    """A paragraph while a reader still works on it; see `aligner.model.Paragraph` for the fields.

    `hint`: what only this format could see ("question", "answer"), for the search for turns.
    `pieces`: what it was built of, that of the whole where it is a part.
    """

    kind: str
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    speaker: str | None = None
    label: tuple[int, int] | None = None
    hint: str = ""
    times: tuple[int, int] | None = None
    key: str = ""
    pieces: Sequence[Piece] = field(default=(), repr=False, compare=False)

    def covered(self, kind: str) -> bool:
        """True where spans of `kind` cover every letter and digit of the text."""
        marked = [(span.start, span.end) for span in self.spans if span.kind == kind]
        if not marked:
            return False
        rest, at = [], 0
        for start, end in sorted(marked):
            rest.append(self.text[at:start])
            at = max(at, end)
        rest.append(self.text[at:])
        return not any(character.isalnum() for part in rest for character in part)


class Rich:
    """Builds one paragraph: text comes in pieces, formatting opens and closes between them.

    Offsets are those of the cleaned text; `open` and `close` nest by kind, unclosed ones end with
    the paragraph, so that broken markup cannot break a reader.
    """

    def __init__(self) -> None:
        self._raw: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._open: list[tuple[str, str, int]] = []
        self._spans: list[Span] = []
        self.pieces: list[Piece] = []

    def add(self, text: str, origin: tuple[Any, bool] | None = None, start: int = 0) -> None:
        """Append text as the file has it, from `start` on; `origin`: the element whose text this is, or
        behind which it stands (True).
        """
        if text:
            self._raw.append(text[start:])
            self.pieces.append((origin, text))

    def open(self, kind: str, value: str = "") -> None:
        """Formatting of `kind` starts here."""
        self._settle()
        self._open.append((kind, value, self._length))

    def close(self, kind: str) -> None:
        """The innermost open formatting of `kind` ends here."""
        self._settle()
        for position in range(len(self._open) - 1, -1, -1):
            if self._open[position][0] == kind:
                _, value, start = self._open.pop(position)
                self._spans.append(Span(start, self._length, kind, value))
                return

    def mark(self, kind: str, value: str = "") -> None:
        """An empty span here: a line break, a tab, the anchor of a note."""
        self._settle()
        self._spans.append(Span(self._length, self._length, kind, value))
        if kind in ("break", "tab"):
            self.add(" ")

    def build(self) -> tuple[str, tuple[Span, ...]]:
        """The cleaned text and its spans in order, spans of white space only left out."""
        while self._open:
            self.close(self._open[-1][0])
        self._settle()
        text = "".join(self._text)
        body = text.rstrip()
        spans = _tidy(body, self._spans)
        if not unicodedata.is_normalized("NFC", body):
            body, spans = _recompose(body, spans)
        return body, spans

    def _settle(self) -> None:
        if not self._raw:
            return
        raw = "".join(self._raw)
        self._raw.clear()
        inner = raw.strip(_EDGES)
        if _is_even(inner):
            before = " " if raw[0] in _EDGES else ""
            piece = f"{before}{inner}{' ' if raw[-1] in _EDGES else ''}" if inner else " "
        else:
            piece = _evened(raw)
        piece = _composed(piece)
        if not self._text or self._text[-1][-1].isspace():
            piece = piece.lstrip()
        if piece:
            self._text.append(piece)
            self._length += len(piece)


def _tidy(text: str, spans: list[Span]) -> tuple[Span, ...]:
    if not spans:
        return ()
    kept = []
    for span in spans:
        start, end = min(span.start, len(text)), min(span.end, len(text))
        if span.start == span.end:
            if span.kind == "note" or (span.kind in ("break", "tab") and 0 < start < len(text)):
                kept.append(Span(start, end, span.kind, span.value))
            continue
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            kept.append(Span(start, end, span.kind, span.value))
    return tuple(sorted(set(kept), key=lambda span: (span.start, -span.end, span.kind, span.value)))


def _recompose(text: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """NFC where formatting stands between a letter and its accent; offsets follow."""
    whole = _composed(text)
    if len(spans) > _MAX_REMAPPED:
        return whole, ()

    def moved(offset: int) -> int:
        return min(len(_composed(text[:offset])), len(whole))

    return whole, _tidy(
        whole, [Span(moved(span.start), moved(span.end), span.kind, span.value) for span in spans]
    )
