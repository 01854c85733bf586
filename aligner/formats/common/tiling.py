"""Links between numbered segments to beads that tile: what other programs write is not so tidy.

- links that share a segment are one bead (its connected component);
- a bead is a range: what lies between its segments on the same side belongs to it;
- beads in the order of the source that go back on the target are crossings, the fewest possible
  (the longest increasing chain by weight stays);
- what no link names is a null bead, the source side first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["ladder"]

Said = TypeVar("Said")
Placed = tuple[range, range, Said | None]


def ladder(
    links: Sequence[tuple[Sequence[int], Sequence[int], Said]], n: int, m: int
) -> tuple[list[Placed[Said]], list[Placed[Said]]]:
    """(beads that tile 0..n and 0..m, crossings) of `links`: source numbers, target numbers, and
    anything said of the link.
    """
    boxes = _boxes([link for link in links if link[0] and link[1]])
    chain = _chain(boxes)
    kept = [boxes[k] for k in chain]
    inside = set(chain)
    crossings: list[Placed[Said]] = [
        (range(box[0], box[1]), range(box[2], box[3]), box[4])
        for k, box in enumerate(boxes)
        if k not in inside
    ]
    beads: list[Placed[Said]] = []
    i = j = 0
    for a, b, c, d, told in [*kept, (n, n, m, m, None)]:
        beads += [(range(k, k + 1), range(j, j), None) for k in range(i, a)]
        beads += [(range(a, a), range(k, k + 1), None) for k in range(j, c)]
        if a < b:
            beads.append((range(a, b), range(c, d), told))
        i, j = b, d
    return beads, crossings


_Box = tuple[int, int, int, int, Said]


def _boxes(links: list[tuple[Sequence[int], Sequence[int], Said]]) -> list[_Box[Said]]:
    """One box (a, b, c, d: half-open on both sides) a component, until none overlap on a side."""
    boxes = [(min(s), max(s) + 1, min(t), max(t) + 1, told) for s, t, told in links]
    while True:
        merged = _merged(_merged(boxes, 0), 2)
        if len(merged) == len(boxes):
            return sorted(merged, key=lambda box: box[0])
        boxes = merged


def _merged(boxes: list[_Box[Said]], at: int) -> list[_Box[Said]]:
    """Boxes that overlap on the side that starts at column `at` become one."""
    result: list[_Box[Said]] = []
    end = -1
    for box in sorted(boxes, key=lambda box: (box[0], box[1]) if at == 0 else (box[2], box[3])):
        start, stop = (box[0], box[1]) if at == 0 else (box[2], box[3])
        if result and start < end:
            a, b, c, d, told = result[-1]
            joined = (min(a, box[0]), max(b, box[1]), min(c, box[2]), max(d, box[3]), told)
            result[-1] = joined
            end = max(end, stop)
        else:
            result.append(box)
            end = stop
    return result


def _chain(boxes: list[_Box[Said]]) -> list[int]:
    """Numbers of the longest run of boxes whose targets increase (patience sorting)."""
    tails: list[int] = []
    numbers: list[int] = []
    before: list[int] = []
    for k, box in enumerate(boxes):
        place = bisect_left(tails, box[2])
        before.append(numbers[place - 1] if place else -1)
        if place == len(tails):
            tails.append(box[2])
            numbers.append(k)
        else:
            tails[place] = box[2]
            numbers[place] = k
    chain = []
    k = numbers[-1] if numbers else -1
    while k >= 0:
        chain.append(k)
        k = before[k]
    return chain[::-1]
