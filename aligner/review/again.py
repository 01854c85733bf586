"""Aligned again: what is fixed holds, the new beads take the place of the others.

What a person wrote on a bead that is no more (labels, a comment) goes to the bead that now holds
its first segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.model import Bead
from aligner.review.changes import Patch, Splice
from aligner.review.state import Item, PairBeads, State

__all__ = ["exchanged", "fixed", "replaced"]


def fixed(pair: PairBeads) -> tuple[tuple[range, range], ...]:
    """The beads that hold: pinned or accepted, in order."""
    return tuple(
        pair.ranges(number)
        for number, item in enumerate(pair.items)
        if item.pinned or item.status == "accepted"
    )


def replaced(state: State, pair: int, beads: Sequence[Bead], name: str) -> Patch:
    """The beads of a pair become `beads`; those that were there before stay as they are.

    An unchanged bead that no person has touched takes over the new confidence. The patch has one
    splice for each stretch that differs; it has none where nothing does.
    """
    current = state.pair(pair)
    old = {_key(*current.ranges(n)): n for n in range(len(current.items))}
    made: list[Item] = []
    for bead in beads:
        number = old.get(_key(bead.source, bead.target))
        new = Item(
            (len(bead.source), len(bead.target)),
            bead.score,
            bead.confidence,
            bead.status,
            bead.labels,
            bead.comment,
            other=bead.other,
            quality=bead.quality,
        )
        if number is None:
            made.append(new)
            continue
        item = current.items[number]
        if item.status == "auto" and bead.status == "auto" and not item.pinned:
            item = replace(
                item,
                score=bead.score,
                confidence=bead.confidence,
                other=bead.other,
                quality=bead.quality,
            )
        made.append(item)
    _carry(current, beads, made)
    return exchanged(state, pair, made, name)


def exchanged(state: State, pair: int, items: Sequence[Item], name: str) -> Patch:
    """All items of a pair become `items`, which hold the same segments."""
    current = state.pair(pair)
    splices = _differences(current, pair, items)
    focus = splices[-1].start if splices else 0
    # the last first: the places of the others stay right
    return Patch(name, tuple(splices), (pair, min(focus, len(items) - 1)))


def _key(source: range, target: range) -> tuple[int, int, int, int]:
    """Equal for equal beads; where the empty side of a null stands says nothing."""
    return (
        source.start if source else -1,
        len(source),
        target.start if target else -1,
        len(target),
    )


def _carry(current: PairBeads, beads: Sequence[Bead], made: list[Item]) -> None:
    kept = {_key(bead.source, bead.target) for bead in beads}
    homes: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, bead in enumerate(beads):
        for home, side in zip(homes, (bead.source, bead.target), strict=True):
            home.update(dict.fromkeys(side, number))
    for number, item in enumerate(current.items):
        source, target = current.ranges(number)
        if not (item.labels or item.comment) or _key(source, target) in kept:
            continue
        to = homes[0][source.start] if source else homes[1][target.start]
        new = made[to]
        made[to] = replace(
            new,
            labels=tuple(dict.fromkeys((*new.labels, *item.labels))),
            comment="\n".join(text for text in (new.comment, item.comment) if text),
        )


def _differences(current: PairBeads, pair: int, made: Sequence[Item]) -> list[Splice]:
    """Splices from the last to the first."""
    out: list[Splice] = []
    ends = [(0, 0)]
    for item in made:
        ends.append((ends[-1][0] + item.sizes[0], ends[-1][1] + item.sizes[1]))
    a = b = first_a = first_b = 0
    starts = list(zip(*current.starts, strict=True))
    while a < len(current.items) or b < len(made):
        if starts[a] == ends[b]:
            out += _stretch(current, pair, (first_a, a), made[first_b:b])
            if a < len(current.items) and b < len(made) and current.items[a] == made[b]:
                a, b = a + 1, b + 1
                first_a, first_b = a, b
                continue
            first_a, first_b = a, b
            a, b = a + 1, b + 1
        elif sum(starts[a]) < sum(ends[b]):
            a += 1
        else:
            b += 1
        a, b = min(a, len(current.items)), min(b, len(made))
    out += _stretch(current, pair, (first_a, len(current.items)), made[first_b:])
    return out[::-1]


def _stretch(
    current: PairBeads, pair: int, span: tuple[int, int], made: Sequence[Item]
) -> list[Splice]:
    before, after = current.items[span[0] : span[1]], tuple(made)
    return [] if before == after else [Splice(pair, span[0], before, after)]
