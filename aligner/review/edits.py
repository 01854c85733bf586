"""Edits of beads as pure functions: a state and what is wanted -> a patch.

No edit loses a segment or changes the order of a side; after each the beads still tile both
texts, and in a run of nulls the source side comes first. Beads a person has changed have status
`edited` and no confidence: that was the machine's, about another bead. What cannot be done raises
UsageError with a reason that the page shows.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from aligner.model import Crossing, UsageError
from aligner.review.changes import Change, Links, Marks, Patch, Splice
from aligner.review.state import Item, PairBeads, State
from aligner.text.wording import numbered

__all__ = [
    "accept_above",
    "accept_bead",
    "comment_bead",
    "label_bead",
    "link_nulls",
    "make_null",
    "merge_beads",
    "move_segment",
    "overlapping",
    "pin_bead",
    "spliced",
    "split_bead",
    "united",
    "unlink_bead",
]

SIDES = ("source", "target")


def accept_bead(state: State, pair: int, bead: int) -> Patch:
    """Mark a bead as right; an accepted one goes back to what it was."""
    item = state.pair(pair).item(bead)
    # what a person has made has no confidence
    back = "edited" if item.confidence is None else "auto"
    status = back if item.status == "accepted" else "accepted"
    name = "accept" if status == "accepted" else "reopen"
    return _one(state, pair, bead, name, replace(item, status=status))


def accept_above(state: State, pair: int, threshold: float) -> Patch:
    """Accept every bead nobody has touched whose confidence is `threshold` (0-1) or more.

    Raises UsageError where there is none.
    """
    wanted = [
        number
        for number, item in enumerate(state.pair(pair).items)
        if item.status == "auto" and item.confidence is not None and item.confidence >= threshold
    ]
    if not wanted:
        raise UsageError(f"no open bead has a confidence of {threshold:g} or more")
    runs = []
    for _, group in itertools.groupby(enumerate(wanted), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        runs.append((numbers[0], numbers[-1] + 1))
    changes = (Marks(pair, tuple(runs), "auto", "accepted"),)
    return Patch(f"accept {len(wanted)}", changes, (pair, wanted[0]))


def pin_bead(state: State, pair: int, bead: int) -> Patch:
    """Pin a bead, so that it holds when the rest is aligned again; a pinned one is let go."""
    item = state.pair(pair).item(bead)
    return _one(
        state, pair, bead, "unpin" if item.pinned else "pin", replace(item, pinned=not item.pinned)
    )


def label_bead(state: State, pair: int, bead: int, labels: Sequence[str]) -> Patch:
    """Give a bead these labels (translation shifts and the like), each one word."""
    clean = tuple(dict.fromkeys("-".join(name.split()) for name in labels if name.split()))
    return _one(state, pair, bead, "label", replace(state.pair(pair).item(bead), labels=clean))


def comment_bead(state: State, pair: int, bead: int, text: str) -> Patch:
    """Give a bead a comment; an empty one takes it away."""
    item = replace(state.pair(pair).item(bead), comment=text.strip())
    return _one(state, pair, bead, "comment", item)


def merge_beads(state: State, pair: int, bead: int, step: int) -> Patch:
    """Make a bead one with the next (`step` 1) or the one before (-1)."""
    first = bead if step > 0 else bead - 1
    current = state.pair(pair)
    if not 0 <= first < len(current.items) - 1:
        raise UsageError(f"there is no bead {'after' if step > 0 else 'before'} this one")
    one, other = current.items[first : first + 2]
    return _splice(state, pair, first, first + 2, [united(one, other)], "merge")


def split_bead(
    state: State, pair: int, bead: int, side: int, at: int, other: int | None = None
) -> Patch:
    """Cut a bead in two before its segment `at` (1, 2 ...) of one side.

    `other` says how many segments of the other side stay in the first part; without it the
    lengths of the texts decide.
    """
    current = state.pair(pair)
    item = current.item(bead)
    if not 0 < at < item.sizes[side]:
        if item.sizes[side] < 2:
            raise UsageError(
                f"the {SIDES[side]} side of the bead has {numbered(item.sizes[side], 'segment')}",
                hint="a bead is split between two segments; cut the text of a segment with t",
            )
        raise UsageError(f"choose segment 2 to {item.sizes[side]}: the cut comes before it")
    if other is None:
        other = _facing(state, pair, bead, side, at)
    if not 0 <= other <= item.sizes[1 - side]:
        raise UsageError(
            f"the {SIDES[1 - side]} side has {numbered(item.sizes[1 - side], 'segment')}"
        )
    sizes = (at, other) if side == 0 else (other, at)
    rest = (item.sizes[0] - sizes[0], item.sizes[1] - sizes[1])
    first = replace(_edited(item), sizes=sizes)
    second = Item(rest, status="edited")
    return _splice(state, pair, bead, bead + 1, [first, second], "split")


def _facing(state: State, pair: int, bead: int, side: int, at: int) -> int:
    """Segments of the other side whose share of its length is nearest to that of the first part."""
    current = state.pair(pair)
    ranges = current.ranges(bead)
    texts = (state.texts[0], state.texts[current.target])
    lengths = [
        [len(text.words(segment)) for segment in part]
        for text, part in zip(texts, ranges, strict=True)
    ]
    mine, facing = lengths[side], lengths[1 - side]
    if not facing:
        return 0
    share = sum(mine[:at]) / sum(mine)
    sums = list(itertools.accumulate(facing, initial=0))
    # with two segments or more neither part goes without
    choices = range(1, len(facing)) if len(facing) > 1 else range(2)
    return min(choices, key=lambda n: abs(sums[n] / sums[-1] - share))


def move_segment(state: State, pair: int, bead: int, side: int, step: int) -> Patch:
    """Give the last segment of one side to the next bead (`step` 1), or the first to the one before.

    A bead that holds nothing any more is gone.
    """
    current = state.pair(pair)
    item, beside = current.item(bead), bead + step
    if not item.sizes[side]:
        raise UsageError(f"the bead has no {SIDES[side]} segment to move")
    if not 0 <= beside < len(current.items):
        raise UsageError(f"there is no bead {'after' if step > 0 else 'before'} this one")
    giving = _sized(item, side, -1)
    taking = _sized(current.items[beside], side, 1)
    if giving.sizes == (0, 0):  # what was said about it goes with the segment
        taking = replace(united(taking, giving), sizes=taking.sizes)
    kept = [giving] if giving.sizes != (0, 0) else []
    made = [*kept, taking] if step > 0 else [taking, *kept]
    first = min(bead, beside)
    return _splice(state, pair, first, first + 2, made, "move", taking)


def make_null(state: State, pair: int, bead: int) -> Patch:
    """Say that the segments of a bead have no counterpart: each becomes a null bead."""
    item = state.pair(pair).item(bead)
    if item.is_null:
        raise UsageError("the bead is null already", hint="accept it with a")
    made = [Item((1, 0), status="edited")] * item.sizes[0]
    made += [Item((0, 1), status="edited")] * item.sizes[1]
    made[0] = replace(made[0], labels=item.labels, comment=item.comment)
    return _splice(state, pair, bead, bead + 1, made, "null", made[0])


def link_nulls(state: State, pair: int, one: int, other: int) -> Patch:
    """Link two null beads of different sides as a crossing: they translate each other."""
    current = state.pair(pair)
    items = [current.item(number) for number in (one, other)]
    numbers = (one, other) if items[0].sizes[0] else (other, one)
    source, target = current.ranges(numbers[0])[0], current.ranges(numbers[1])[1]
    if not all(item.is_null for item in items) or not source or not target:
        raise UsageError(
            "a crossing joins a source null and a target null", hint="make them null first, with 0"
        )
    for crossing in current.crossings:
        if overlapping(crossing.source, source) or overlapping(crossing.target, target):
            raise UsageError("one of them is linked already", hint="unlink it first, with X")
    made = sorted(
        (*current.crossings, Crossing(source, target, 1.0)),
        key=lambda crossing: (crossing.source.start, crossing.target.start),
    )
    links = Links(pair, (current.crossings, current.cuts), (tuple(made), current.cuts))
    return Patch("link", (links,), (pair, one))


def unlink_bead(state: State, pair: int, bead: int) -> Patch:
    """Take away the crossings that a bead has part in."""
    current = state.pair(pair)
    current.item(bead)
    source, target = current.ranges(bead)
    kept = tuple(
        crossing
        for crossing in current.crossings
        if not (overlapping(crossing.source, source) or overlapping(crossing.target, target))
    )
    if len(kept) == len(current.crossings):
        raise UsageError("the bead is in no crossing")
    links = Links(pair, (current.crossings, current.cuts), (kept, current.cuts))
    return Patch("unlink", (links,), (pair, bead))


def united(one: Item, other: Item) -> Item:
    """Two items as one: sizes added, labels and comments of both."""
    return replace(
        _edited(one),
        sizes=(one.sizes[0] + other.sizes[0], one.sizes[1] + other.sizes[1]),
        labels=tuple(dict.fromkeys((*one.labels, *other.labels))),
        comment="\n".join(text for text in (one.comment, other.comment) if text),
    )


def spliced(
    current: PairBeads, pair: int, first: int, stop: int, made: Sequence[Item], shown: int = 0
) -> tuple[Splice, int]:
    """`items[first:stop]` become `made`, the null runs around put in order.

    Returns the change, as small as it can be, and where `made[shown]` came to stand.
    """
    low, high = first, stop
    while low > 0 and current.items[low - 1].is_null:
        low -= 1
    while high < len(current.items) and current.items[high].is_null:
        high += 1
    # (item, whether it is the one shown): equal items must be told apart
    rows = [(item, False) for item in current.items[low:first]]
    rows += [(item, number == shown) for number, item in enumerate(made)]
    rows += [(item, False) for item in current.items[stop:high]]
    ordered: list[tuple[Item, bool]] = []
    for is_null, group in itertools.groupby(rows, lambda row: row[0].is_null):
        run = list(group)
        ordered += sorted(run, key=lambda row: not row[0].sizes[0]) if is_null else run
    place = low + next((n for n, row in enumerate(ordered) if row[1]), first - low)
    before, after = current.items[low:high], tuple(item for item, _ in ordered)
    while before and after and before[0] == after[0]:
        before, after, low = before[1:], after[1:], low + 1
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return Splice(pair, low, before, after), place


def _splice(
    state: State,
    pair: int,
    first: int,
    stop: int,
    made: Sequence[Item],
    name: str,
    focus: Item | None = None,
) -> Patch:
    """A patch of one splice plus the pins and cuts that no longer fit."""
    current = state.pair(pair)
    shown = next((n for n, item in enumerate(made) if item is focus), 0)
    change, place = spliced(current, pair, first, stop, made, shown)
    changes: tuple[Change, ...] = (change,)
    cuts = _cuts(current, change)
    if cuts != current.cuts:
        changes += (Links(pair, (current.crossings, current.cuts), (current.crossings, cuts)),)
    return Patch(name, changes, (pair, place))


def _cuts(current: PairBeads, change: Splice) -> tuple[tuple[int, int], ...]:
    """The cuts that still lie between beads."""
    if not current.cuts:
        return ()
    stop = change.start + len(change.before)
    items = (*current.items[: change.start], *change.after, *current.items[stop:])
    made = replace(current, items=items)
    return tuple(cut for cut in current.cuts if _parts(made, cut))


def _parts(current: PairBeads, cut: tuple[int, int]) -> bool:
    """Whether every bead lies wholly before or wholly behind a cut."""
    sources, targets = current.starts
    return not any(
        (sources[n] < cut[0] or targets[n] < cut[1])
        and (sources[n + 1] > cut[0] or targets[n + 1] > cut[1])
        for n, item in enumerate(current.items)
        if not item.is_null
    )


def _one(state: State, pair: int, bead: int, name: str, item: Item) -> Patch:
    before = state.pair(pair).item(bead)
    return Patch(name, (Splice(pair, bead, (before,), (item,)),), (pair, bead))


def _edited(item: Item) -> Item:
    return replace(item, status="edited", confidence=None, score=0.0, pinned=False)


def _sized(item: Item, side: int, more: int) -> Item:
    sizes = list(item.sizes)
    sizes[side] += more
    return replace(_edited(item), sizes=(sizes[0], sizes[1]))


def overlapping(one: range, other: range) -> bool:
    """Whether two ranges have a segment in common."""
    return bool(one) and bool(other) and one.start < other.stop and other.start < one.stop
