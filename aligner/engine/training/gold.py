"""From gold beads to the set of paths that agree with them.

Gold beads are index sets: some published gold is not contiguous, out of order, or larger than any
bead of the lattice. Beads that overlap or cross are gathered into one rectangle; what the gold
says inside it is not a path, so all paths through the rectangle are summed over (a latent region),
not dropped. Segments between rectangles are nulls, source side first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.engine.lattice import TYPES, kind_of

__all__ = ["Region", "regions"]


@dataclass(frozen=True, slots=True)
class Region:
    """Source rows and target columns; `free` where any path through them agrees with the gold.

    A region that is not free is one bead, or a run of null beads where one side is empty.
    """

    source: range
    target: range
    free: bool


@dataclass(slots=True)
class _Box:
    low: tuple[int, int]
    high: tuple[int, int]
    free: bool


def regions(
    beads: Iterable[tuple[Sequence[int], Sequence[int]]],
    n: int,
    m: int,
    *,
    coarse: bool,
    types: int = TYPES,
) -> tuple[Region, ...]:
    """Regions in order that tile 0..n and 0..m.

    With `coarse` every bead of several segments on both sides is free: gold that says no more
    than that these segments belong together. `types` says which beads there are (see `lattice`).
    """
    boxes: list[_Box] = []
    for source, target in sorted(beads, key=lambda bead: (min(bead[0], default=-1), bead)):
        if not source or not target:
            continue
        box = _Box(
            (min(source), min(target)),
            (max(source) + 1, max(target) + 1),
            free=kind_of((len(source), len(target)), types) is None
            or (coarse and min(len(source), len(target)) > 1),
        )
        if (box.high[0] - box.low[0], box.high[1] - box.low[1]) != (len(source), len(target)):
            box.free = True
        while boxes and (boxes[-1].high[0] > box.low[0] or boxes[-1].high[1] > box.low[1]):
            other = boxes.pop()
            box = _Box(
                (min(box.low[0], other.low[0]), min(box.low[1], other.low[1])),
                (max(box.high[0], other.high[0]), max(box.high[1], other.high[1])),
                free=True,
            )
        boxes.append(box)
    out: list[Region] = []
    at = (0, 0)
    for low, high, free in [*((b.low, b.high, b.free) for b in boxes), ((n, m), (n, m), False)]:
        if low[0] > at[0]:
            out.append(Region(range(at[0], low[0]), range(at[1], at[1]), free=False))
        if low[1] > at[1]:
            out.append(Region(range(low[0], low[0]), range(at[1], low[1]), free=False))
        if low != high:
            out.append(Region(range(low[0], high[0]), range(low[1], high[1]), free=free))
        at = high
    return tuple(out)
