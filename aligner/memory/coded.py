"""A text with its inline codes as a person can edit it: `Turn the <1>key</1>.` and back.

Each code is a mark with its number, the two ends of a pair share one. The brackets are others where
the text itself has something that looks like a mark. Nothing of a code is lost by an edit of the
words: what a mark stands for comes from the unit, and a mark that is missing is an error unless the
person says that it may go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from unicodedata import category

from aligner.model import Code, UsageError

__all__ = ["CodeMark", "marks_of", "read_marked", "shown_pieces", "text_with_marks"]

_BRACKETS = (("<", ">"), ("⟨", "⟩"), ("⟦", "⟧"), ("⟪", "⟫"))


@dataclass(frozen=True, slots=True)
class CodeMark:
    """How a code is written in the text, and the code."""

    written: str
    code: Code


def marks_of(text: str, codes: Sequence[Code]) -> list[CodeMark]:
    """A mark for each code, in order: `<1>` and `</1>` for a pair, `<2/>` for one that stands alone."""
    left, right = next(
        (pair for pair in _BRACKETS if not re.search(rf"{pair[0]}/?\d+/?{pair[1]}", text)),
        _BRACKETS[-1],
    )
    partners = _partners(codes)
    numbers: dict[int, int] = {}
    out = []
    for place, code in enumerate(codes):
        partner = partners.get(place)
        if partner is not None and partner < place:
            out.append(CodeMark(f"{left}/{numbers[partner]}{right}", code))
            continue
        numbers[place] = len(numbers) + 1
        end = "" if partner is not None else "/"
        out.append(CodeMark(f"{left}{numbers[place]}{end}{right}", code))
    return out


def text_with_marks(text: str, codes: Sequence[Code]) -> str:
    """The text with the marks of its codes in it."""
    return "".join(piece for piece, _ in shown_pieces(text, codes))


def shown_pieces(
    text: str, codes: Sequence[Code], spans: Sequence[tuple[int, int]] = ()
) -> list[tuple[str, str]]:
    """The text in pieces, each with what it is: "" words, "match" words in one of the spans, "code" a
    mark.
    """
    marks = sorted(marks_of(text, codes), key=lambda mark: mark.code.place)
    cuts = sorted({0, len(text), *(mark.code.place for mark in marks), *chain(*spans)})
    out: list[tuple[str, str]] = []
    waiting = iter(marks)
    mark = next(waiting, None)
    for start, stop in pairwise([*cuts, len(text)]):
        while mark is not None and mark.code.place <= start:
            out.append((mark.written, "code"))
            mark = next(waiting, None)
        if start < stop:
            is_match = any(first <= start < last for first, last in spans)
            out.append((text[start:stop], "match" if is_match else ""))
    while mark is not None:  # a place behind the end, in a damaged file
        out.append((mark.written, "code"))
        mark = next(waiting, None)
    return out


def read_marked(
    marked: str, text: str, codes: Sequence[Code], *, may_go: bool = False
) -> tuple[str, tuple[Code, ...]]:
    """The words and the codes of an edited text; `text` and `codes` are what it was made from. With
    `may_go` a mark may be missing: its code goes, and the other end of its pair.

    Raises UsageError for a mark that is missing, stands twice or ends before it begins, and for a
    character that no file of XML can hold.
    """
    bad = next((c for c in marked if c not in "\n\r\t" and category(c) in ("Cc", "Cs")), None)
    if bad is not None:
        raise UsageError(f"the character U+{ord(bad):04X} cannot be written to files")
    marks = marks_of(text, codes)
    known = {mark.written: number for number, mark in enumerate(marks)}
    places: dict[int, int] = {}
    words: list[str] = []
    length = 0
    pattern = "|".join(re.escape(written) for written in known) or r"(?!)"
    for piece in re.split(f"({pattern})", marked):
        number = known.get(piece)
        if number is None:
            words.append(piece)
            length += len(piece)
        elif number in places:
            raise UsageError(f"the code {piece} stands twice", hint="leave one of them")
        else:
            places[number] = length
    order = list(places)  # as they stand now
    missing = [mark.written for number, mark in enumerate(marks) if number not in places]
    if missing and not may_go:
        raise UsageError(
            f"inline codes are missing: {', '.join(missing)}",
            hint="put them back where they belong, or say that they may go",
        )
    partners = _partners(codes)
    kept: list[Code] = []
    for number in order:
        partner = partners.get(number)
        if partner is not None and partner not in places:
            continue
        if partner is not None and number < partner and order.index(partner) < order.index(number):
            raise UsageError(
                f"the code {marks[partner].written} stands before {marks[number].written}",
                hint="a pair begins before it ends",
            )
        kept.append(codes[number]._replace(place=places[number]))
    return "".join(words), tuple(kept)


def _partners(codes: Sequence[Code]) -> dict[int, int]:
    """The other end of each code of a pair, by number."""
    out: dict[int, int] = {}
    begun: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        if code.role == "open":
            begun.setdefault(code.id, []).append(number)
        elif code.role == "close" and begun.get(code.id):
            first = begun[code.id].pop()
            out[first], out[number] = number, first
    return out
