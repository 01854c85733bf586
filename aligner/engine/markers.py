"""Markers between sentences: `Q` and `A`, `***`, `---`, `1`, `§`, `[1]`, and how they are aligned.

A segment without words says nothing to an encoder, and where every second line is one the text
looks like no text at all. Where both sides have such lines in the same order, they are taken out
before the rest is aligned and come back between its beads, by place and kind: so they can change
no other bead, and the number of segments that two texts "look unlike" by is that of their
sentences.

    kind     `12`, `1.2`, `[3]`, `IV.` by their number, single letters as letters (Q may be P in
             another language), stars, dashes, bullets and other signs as signs
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.engine.decoding import Pin
from aligner.model import Bead, Document

__all__ = ["Markers", "find_markers", "without"]

_NUMBER = re.compile(r"[(\[§]{0,2}\s*((?:\d{1,3}\.)*\d{1,3})\s*[.:)\]]{0,2}")
_ROMAN = re.compile(r"[(\[]?([IVXLC]{1,7}|[ivxlc]{1,7})[.:)\]]{0,2}")
_LETTER = re.compile(r"[(\[]?[^\W\d_][.:)\]]{0,2}")
# characters of scripts in which one character is a word
_WORDS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0003134f]")
_AGREE = 0.8  # share of each side's markers that stand in the same order on the other
_LONGEST = 12  # characters
_MANY = 5000  # markers of a side whose sequences are compared where they are not the same
_SAME, _ALIKE, _ALONE = 0.99, 0.95, 0.9  # confidences: the same marker, one of its kind, none


@dataclass(frozen=True, slots=True)
class Markers:
    """The markers of both sides: segment -> kind; `kept`: the segments that are none, in order."""

    kinds: tuple[dict[int, str], dict[int, str]]
    kept: tuple[tuple[int, ...], tuple[int, ...]]
    texts: tuple[Sequence[str], Sequence[str]]

    def before(self, side: int, place: int) -> int:
        """How many kept segments of a side stand before a place."""
        return place - sum(1 for index in self.kinds[side] if index < place)

    def pin(self, pin: Pin) -> Pin:
        """The pin as the kept segments are numbered; `fixed` of `find_markers` keeps its own."""
        sides = [
            range(self.before(side, held.start), self.before(side, held.stop))
            if held or not pin.is_bead
            else held
            for side, held in enumerate((pin.source, pin.target))
        ]
        return replace(pin, source=sides[0], target=sides[1])

    def whole(self, side: int, kept: range) -> range:
        """A range of kept segments as a range of all of that side."""
        if not kept:
            return range(0)
        return range(self.kept[side][kept.start], self.kept[side][kept.stop - 1] + 1)

    def restored(self, beads: Sequence[Bead]) -> tuple[Bead, ...]:
        """The beads of the kept segments as beads of all, markers between them linked by place."""
        made: list[Bead] = []
        waiting: tuple[dict[int, Bead], dict[int, Bead]] = ({}, {})  # nulls since the last link
        at = [0, 0]
        for number, bead in enumerate(beads):
            ranges = [self.whole(side, r) for side, r in enumerate((bead.source, bead.target))]
            if bead.is_null:
                side = 0 if bead.source else 1
                waiting[side].update(dict.fromkeys(ranges[side], bead))
                continue
            made += self._between(at, [ranges[0].start, ranges[1].start], waiting)
            other = bead.other if self._undivided(beads[number : number + 2]) else None
            made.append(replace(bead, source=ranges[0], target=ranges[1], other=other))
            at = [ranges[0].stop, ranges[1].stop]
            waiting = ({}, {})
        made += self._between(at, [len(self.texts[0]), len(self.texts[1])], waiting)
        return tuple(made)

    def _undivided(self, beads: Sequence[Bead]) -> bool:
        """Whether no marker stands inside the places that the first bead's other reading divides."""
        count = beads[0].other.beads if beads[0].other is not None else 0
        for side in (0, 1):
            held = [one.target if side else one.source for one in beads[:count]]
            kept = [index for part in held for index in part]
            places = [self.kept[side][index] for index in kept]
            if places and places[-1] - places[0] != kept[-1] - kept[0]:
                return False
        return True

    def _between(
        self, start: Sequence[int], stop: Sequence[int], nulls: tuple[dict[int, Bead], ...]
    ) -> Iterator[Bead]:
        """What stands between two links: markers with markers, the rest without counterpart."""
        i, j = start
        rows = [k for k in range(i, stop[0]) if k in self.kinds[0]]
        columns = [k for k in range(j, stop[1]) if k in self.kinds[1]]
        keys = [self.kinds[0][k] for k in rows], [self.kinds[1][k] for k in columns]
        for r, c in [*_common(*keys), (-1, -1)]:
            end = (rows[r], columns[c]) if r >= 0 else (stop[0], stop[1])
            for k in range(i, end[0]):
                yield _null(nulls[0].get(k), range(k, k + 1), range(j, j))
            for k in range(j, end[1]):
                yield _null(nulls[1].get(k), range(end[0], end[0]), range(k, k + 1))
            i, j = end
            if r >= 0:
                same = self.texts[0][i].split() == self.texts[1][j].split()
                confidence = _SAME if same else _ALIKE
                yield Bead(range(i, i + 1), range(j, j + 1), 0.0, confidence, quality=confidence)
                i, j = i + 1, j + 1


def find_markers(
    source: Sequence[str], target: Sequence[str], fixed: tuple[frozenset[int], frozenset[int]]
) -> Markers | None:
    """The markers that both texts have in the same order; None where there are none, or too many
    stand on one side only. `fixed`: segments that a pin holds, which stay where they are.
    """
    sides = []
    for texts, held in zip((source, target), fixed, strict=True):
        kinds = {k: kind for k, text in enumerate(texts) if k not in held and (kind := _kind(text))}
        sides.append(kinds)
    if not all(sides) or any(
        len(kinds) == len(texts) for kinds, texts in zip(sides, (source, target), strict=True)
    ):
        return None
    sequences = [list(kinds.values()) for kinds in sides]
    if max(map(len, sides)) > _MANY and sequences[0] != sequences[1]:
        return None
    common = len(_common(*sequences))
    if common < _AGREE * max(map(len, sides)):
        return None
    kept = [
        tuple(k for k in range(len(texts)) if k not in kinds)
        for kinds, texts in zip(sides, (source, target), strict=True)
    ]
    return Markers((sides[0], sides[1]), (kept[0], kept[1]), (source, target))


def without(document: Document, markers: Markers, side: int) -> Document:
    """The document without the segments that are markers, the others numbered anew."""
    paragraphs = []
    count = 0
    for paragraph in document.paragraphs:
        kept = [one for one in paragraph.segments if one.index not in markers.kinds[side]]
        segments = tuple(replace(one, index=count + n) for n, one in enumerate(kept))
        count += len(segments)
        paragraphs.append(replace(paragraph, segments=segments))
    return replace(document, paragraphs=tuple(paragraphs))


def _kind(text: str) -> str:
    """What marker a segment is; "" where it has words."""
    text = text.strip()
    if not text or len(text) > _LONGEST or _WORDS.search(text):
        return ""
    if number := _NUMBER.fullmatch(text):
        return number[1]
    if _LETTER.fullmatch(text):
        return "letter"
    if _ROMAN.fullmatch(text):
        return "roman"
    return "" if any(character.isalnum() for character in text) else "sign"


def _null(known: Bead | None, source: range, target: range) -> Bead:
    if known is None:
        return Bead(source, target, 0.0, _ALONE)
    return replace(known, source=source, target=target)


def _common(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, as places in both."""
    if one == other:
        return [(k, k) for k in range(len(one))]
    from rapidfuzz.distance import LCSseq

    matches = LCSseq.opcodes(list(one), list(other))
    return [
        (op.src_start + k, op.dest_start + k)
        for op in matches
        if op.tag == "equal"
        for k in range(op.src_end - op.src_start)
    ]
