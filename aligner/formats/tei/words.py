"""Marks inside a segment that are no formatting: words (`w`, `pc`) and omissions (`gap`).

Words are those of `exporting.words` (TEI P5 chapter 18.4): `w` and `pc` with ids of their own, so
that they can be aligned too, and `join` where no white space stands before them. A token is cut
where a link or an image starts or ends, since `w` holds neither; other formatting is put inside.

A notice of the editor or translator in brackets inside a sentence is a `note`.

A bracketed ellipsis (`[...]`, `(…)`) is what editions print where they leave text out: `gap`, with
the printed characters as its description.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from aligner.model import Span
from aligner.text.turns import notices_in
from aligner.text.words import tokens

__all__ = [
    "GAP",
    "NOTICE",
    "TOKENS",
    "TURN_MARK",
    "Piece",
    "is_direction",
    "marks",
    "uncrossed",
    "word_ids",
]

Piece = tuple[int, int, Span]

GAP = "gap"
NOTICE = "notice"  # of the editor or translator, in brackets inside a sentence; value: who says it
TOKENS = frozenset({"w", "pc"})
TURN_MARK = Span(0, 0, "pc", "turn")  # the dash before a turn: no word of a segment
# kinds that `w` may hold (hi), or that may stand in it
_INSIDE = frozenset({"bold", "italic", "underline", "sup", "sub", "code", "break"})
_ELLIPSIS = re.compile(r"[\[(][\s\u200b]*(?:…[.\u200b]*|\.{3,4}|\. \. \.)[\s\u200b]*[\])]")
_DIRECTION = re.compile(r"\[[^\[\]]*\w[^\[\]]*\]\.?|\([^()]*\w[^()]*\)\.?")
# a direction is a few words; a parenthesis of several lines is somebody's speech
_LONGEST = 80


def is_direction(text: str) -> bool:
    """True for a segment that is one bracket: `[Laughs]`, `(Pausa.)`."""
    return len(text) <= _LONGEST and _DIRECTION.fullmatch(text.strip()) is not None


def marks(
    text: str, start: int, end: int, spans: Iterable[Span], name: str, *, words: bool
) -> list[Piece]:
    """Omissions and notices, and words where they are wanted, of `text[start:end]`; `name` is the
    segment's id.
    """
    gaps = [
        (start + dots.start(), start + dots.end(), Span(0, 0, GAP))
        for dots in _ELLIPSIS.finditer(text[start:end])
    ]
    notices = [
        (start + a, start + b, Span(0, 0, NOTICE, who))
        for a, b, who in notices_in(text[start:end])
        if (a, b) != (0, end - start)  # which is around the segment
    ]
    if not words:
        return sorted([*gaps, *notices], key=lambda piece: piece[:2])
    cuts = {start, end}
    for a, b, _ in [*gaps, *notices]:
        cuts |= {a, b}
    for span in spans:
        if span.kind not in _INSIDE:
            cuts |= {place for place in (span.start, span.end) if start < place < end}
    omitted = {a for a, _, _ in gaps}
    return [*gaps, *notices, *_words(text, sorted(cuts), omitted, name)]


def _words(text: str, cuts: list[int], omitted: set[int], name: str) -> Iterator[Piece]:
    number = 0
    for a, b in pairwise(cuts):
        if a in omitted:
            continue
        for token in tokens(text[a:b]):
            number += 1
            place = a + token.start
            glued = place > cuts[0] and not text[place - 1].isspace()
            kind = "w" if token.word else "pc"
            value = f"{name}.{kind}{number}" + (" left" if glued else "")
            yield place, a + token.end, Span(0, 0, kind, value)


def word_ids(
    text: str, start: int, end: int, spans: Iterable[Span], name: str
) -> list[tuple[int, int, str]]:
    """The tokens of `text[start:end]` as `marks` marks them: start and end in the segment, id.

    A word that a link or an image cuts is several tokens.
    """
    return sorted(
        (a - start, b - start, span.value.partition(" ")[0])
        for a, b, span in marks(text, start, end, spans, name, words=True)
        if span.kind in TOKENS
    )


def uncrossed(pieces: list[Piece], marked: list[Piece]) -> list[Piece]:
    """Formatting cut where a token starts that it ends in, so that no token is cut in two."""
    whole = sorted((a, b) for a, b, span in marked if span.kind in TOKENS)
    if not whole:
        return pieces
    starts = [a for a, _ in whole]
    made: list[Piece] = []
    for a, b, span in pieces:
        at = bisect_right(starts, b) - 1
        if at >= 0 and a < whole[at][0] < b < whole[at][1]:
            made += [(a, whole[at][0], span), (whole[at][0], b, span)]
        else:
            made.append((a, b, span))
    return made
