"""Edits of the texts as pure functions: split and join segments, change words.

A text may be in several pairs (the first text of a set is in all of them): the beads of each are
changed with it, and so are the crossings and cuts, which count segments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from aligner.model import Crossing, UsageError
from aligner.review import texts
from aligner.review.changes import Change, Links, Patch, Splice, Wording
from aligner.review.edits import overlapping, spliced, united
from aligner.review.state import Item, PairBeads, State

__all__ = ["edit_text", "join_text", "restore_text", "split_text"]

_Make = Callable[[texts.Passage, int], texts.Passage]


def split_text(state: State, text: int, segment: int, offset: int) -> Patch:
    """Cut a segment in two before code point `offset` of its text; both stay in the bead."""
    change = _wording(
        state, text, segment, lambda passage, piece: texts.split_piece(passage, piece, offset)
    )
    changes: list[Change] = [change]
    focus = (0, 0)
    for number, pair, side in _pairs(state, text):
        bead = pair.holding(side, segment)
        before = pair.items[bead]
        sizes = (before.sizes[0] + (side == 0), before.sizes[1] + (side == 1))
        after = replace(before, sizes=sizes, status="edited", confidence=None, score=0.0)
        changes.append(Splice(number, bead, (before,), (after,)))
        changes += _renumbered(number, pair, side, segment, 1)
        focus = (number, bead)
    return Patch("split text", tuple(changes), focus)


def join_text(state: State, text: int, segment: int) -> Patch:
    """Make a segment and the next one of its paragraph one; it stays in the bead of the first."""
    change = _wording(state, text, segment, texts.join_pieces)
    changes: list[Change] = [change]
    focus = (0, 0)
    for number, pair, side in _pairs(state, text):
        first, last = pair.holding(side, segment), pair.holding(side, segment + 1)
        items = list(pair.items[first : last + 1])
        keeping, losing = items[0], _less(items[-1], side)
        if first == last:
            items = [losing]
        elif losing.sizes == (0, 0):  # what was said about it stays
            items[0] = replace(united(keeping, losing), sizes=keeping.sizes)
            items.pop()
        else:
            items[0] = replace(keeping, status="edited", confidence=None, score=0.0)
            items[-1] = losing
        splice, place = spliced(pair, number, first, last + 1, items)
        changes.append(splice)
        changes += _renumbered(number, pair, side, segment, -1)
        focus = (number, place)
    return Patch("join", tuple(changes), focus)


def edit_text(state: State, text: int, segment: int, words: str) -> Patch:
    """Give a segment other words; the first wording is kept, the beads are marked as edited.

    Raises UsageError where the words are what they were.
    """
    change = _wording(
        state, text, segment, lambda passage, piece: texts.edit_piece(passage, piece, words)
    )
    if change.before == change.after:
        raise UsageError("the text is what it was")
    changes: list[Change] = [change]
    focus = (0, 0)
    for number, pair, side in _pairs(state, text):
        bead = pair.holding(side, segment)
        item = pair.items[bead]
        if item.status != "edited":
            changes.append(Splice(number, bead, (item,), (replace(item, status="edited"),)))
        focus = (number, bead)
    return Patch("edit text", tuple(changes), focus)


def restore_text(state: State, text: int, segment: int) -> Patch:
    """Give a segment its first wording back."""
    passage, piece = _text(state, text).locate(segment)
    original = state.texts[text].passages[passage].pieces[piece].original
    if original is None:
        raise UsageError("the text was never changed")
    return replace(edit_text(state, text, segment, original), name="restore text")


def _text(state: State, text: int) -> texts.ReviewText:
    if not 0 <= text < len(state.texts):
        raise UsageError(f"there is no text {text + 1}")
    return state.texts[text]


def _wording(state: State, text: int, segment: int, make: _Make) -> Wording:
    number, piece = _text(state, text).locate(segment)
    before = state.texts[text].passages[number]
    return Wording(text, number, before, make(before, piece))


def _pairs(state: State, text: int) -> Iterator[tuple[int, PairBeads, int]]:
    """(number, pair, side) of every pair that the text is in."""
    for number, pair in enumerate(state.pairs):
        if text == 0:
            yield number, pair, 0
        elif pair.target == text:
            yield number, pair, 1


def _less(item: Item, side: int) -> Item:
    sizes = (item.sizes[0] - (side == 0), item.sizes[1] - (side == 1))
    return replace(item, sizes=sizes, status="edited", confidence=None, score=0.0, pinned=False)


def _renumbered(number: int, pair: PairBeads, side: int, segment: int, step: int) -> list[Change]:
    """Crossings and cuts after segment `segment` became two (step 1) or took in the next (-1)."""

    def place(segment_: int) -> int:
        return segment_ + step if segment_ > segment else segment_

    def moved(segments: range) -> range:
        if step > 0:  # both parts stay inside
            return range(
                place(segments.start), place(segments.stop - 1) + 1 + (segments.stop - 1 == segment)
            )
        return range(place(segments.start), place(segments.stop - 1) + 1)

    crossings = tuple(
        replace(crossing, source=moved(crossing.source))
        if side == 0
        else replace(crossing, target=moved(crossing.target))
        for crossing in pair.crossings
    )
    cuts = tuple(
        (place(cut[0]), cut[1]) if side == 0 else (cut[0], place(cut[1]))
        for cut in pair.cuts
        if step > 0 or cut[side] != segment + 1
    )
    crossings = _apart(crossings)
    if (crossings, cuts) == (pair.crossings, pair.cuts):
        return []
    return [Links(number, (pair.crossings, pair.cuts), (crossings, cuts))]


def _apart(crossings: tuple[Crossing, ...]) -> tuple[Crossing, ...]:
    """No segment in two crossings: of two that a join brought together the first stays."""
    kept: list[Crossing] = []
    for crossing in crossings:
        if not any(
            overlapping(crossing.source, other.source) or overlapping(crossing.target, other.target)
            for other in kept
        ):
            kept.append(crossing)
    return tuple(kept)
