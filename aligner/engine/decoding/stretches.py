"""Decoding around pins, stretch by stretch.

A pinned match bead cuts the lattice in two: every path passes both its corners, and behind it the
state is M whatever came before. So what lies between two pinned beads can be solved by itself,
exactly, and the answer of a stretch stays right until something inside it changes. A person who
fixes one bead after the other waits for one stretch, not for the text.

Pinned nulls and cuts are masks (see `pins`) inside their stretch.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.engine.decoding.decoder import decode_beads
from aligner.engine.decoding.pins import Pin, apply_pins
from aligner.engine.lattice import (
    Potentials,
    ScoreBlock,
    bead_of,
    kind_of,
)
from aligner.model import AlignError, Reading

__all__ = ["ScoredBead", "Stretch", "decode_around"]

_NONE = np.float32(-1e30)


@dataclass(frozen=True, slots=True)
class ScoredBead:
    """A bead, its score (nats) and its posterior given the pins (0-1)."""

    source: range
    target: range
    score: float
    posterior: float
    pinned: bool = False
    other: Reading | None = None


# corner above, corner below, pins inside
Stretch = tuple[tuple[int, int], tuple[int, int], tuple[str, ...]]


def decode_around(
    potentials: Potentials,
    pins: Sequence[Pin],
    known: MutableMapping[Stretch, tuple[ScoredBead, ...]],
) -> tuple[ScoredBead, ...]:
    """The best beads given the pins, which must fit together (as `parse_pins` sees to).

    `known` keeps the answers of stretches for further calls with the same potentials. Raises
    AlignError where a pinned place lies outside the band, or no path satisfies the pins.
    """
    beads = sorted(
        (pin for pin in pins if pin.is_bead and not pin.is_null), key=lambda pin: pin.source.start
    )
    others = [pin for pin in pins if not pin.is_bead or pin.is_null]
    out: list[ScoredBead] = []
    used: set[Stretch] = set()
    corner = (0, 0)
    ends = [((pin.source.start, pin.target.start), pin) for pin in beads]
    for place, pin in [*ends, ((potentials.source_count, potentials.target_count), None)]:
        inside = tuple(other for other in others if _inside(other, corner, place))
        key = (corner, place, tuple(other.text for other in inside))
        if key not in known:
            known[key] = _solve(potentials, corner, place, inside)
        used.add(key)
        out += known[key]
        if pin is not None:
            out.append(
                ScoredBead(pin.source, pin.target, _score(potentials, pin), 1.0, pinned=True)
            )
            corner = (pin.source.stop, pin.target.stop)
    for key in set(known) - used:
        del known[key]
    return tuple(out)


def _inside(pin: Pin, low: tuple[int, int], high: tuple[int, int]) -> bool:
    if pin.is_bead:
        side = 0 if pin.source else 1
        first = (pin.source or pin.target).start
        return low[side] <= first < high[side]
    return all(
        a <= at <= b
        for a, at, b in zip(low, (pin.source.start, pin.target.start), high, strict=True)
    )


def _score(potentials: Potentials, pin: Pin) -> float:
    """Score of a pinned bead; 0 for one too large for the lattice, or outside the band."""
    size = (len(pin.source), len(pin.target))
    block = potentials.blocks[potentials.block_number(pin.source.stop)]
    row, column = pin.source.stop - block.first_row, pin.target.stop - block.first_column
    kind = kind_of(size, potentials.types)
    if kind is None or not 0 <= column < block.columns:
        return 0.0
    value = float(block.values_RBT[row, column, kind])
    return value if value > float(_NONE) / 2 else 0.0


def _solve(
    potentials: Potentials, low: tuple[int, int], high: tuple[int, int], pins: Sequence[Pin]
) -> tuple[ScoredBead, ...]:
    if low == high:
        return ()
    part = _cut(potentials, low, high)
    moved = [
        replace(pin, source=_moved(pin.source, low[0]), target=_moved(pin.target, low[1]))
        for pin in pins
    ]
    decoded = decode_beads(apply_pins(part, moved))
    nulls = {
        (pin.source.start if pin.source else -1, pin.target.start if pin.target else -1)
        for pin in pins
        if pin.is_null and len(pin.source) + len(pin.target) == 1
    }
    out = []
    others = decoded.others()
    for number, ((a, b), score, posterior) in enumerate(
        zip(decoded.ranges(), decoded.scores, decoded.posteriors, strict=True)
    ):
        source, target = _moved(a, -low[0]), _moved(b, -low[1])
        key = (source.start if source else -1, target.start if target else -1)
        pinned = not (source and target) and key in nulls
        out.append(ScoredBead(source, target, score, posterior, pinned, others.get(number)))
    return tuple(out)


def _moved(part: range, by: int) -> range:
    return range(part.start - by, part.stop - by)


def _cut(potentials: Potentials, low: tuple[int, int], high: tuple[int, int]) -> Potentials:
    """The potentials of the rectangle between two corners, as those of two texts of its own."""
    blocks = []
    for block in potentials:
        first, stop = max(block.first_row, low[0]), min(block.first_row + block.rows, high[0] + 1)
        left = max(block.first_column, low[1])
        right = min(block.first_column + block.columns, high[1] + 1)
        if first >= stop:
            continue
        if left >= right or (first == low[0] and left > low[1]):
            raise AlignError(f"the pinned place {low[0]}:{low[1]} lies outside the band")
        if stop == high[0] + 1 and right <= high[1]:
            raise AlignError(f"the pinned place {high[0]}:{high[1]} lies outside the band")
        values = block.values_RBT[
            first - block.first_row : stop - block.first_row,
            left - block.first_column : right - block.first_column,
        ].copy()
        rows = np.arange(first, stop)[:, None] - low[0]
        columns = np.arange(left, right)[None, :] - low[1]
        for kind in range(potentials.types):
            a, b = bead_of(kind)
            # it would begin above or to the left of the corner
            values[:, :, kind][(rows < a) | (columns < b)] = _NONE
        blocks.append(ScoreBlock(first - low[0], left - low[1], values))
    return Potentials(high[0] - low[0], high[1] - low[1], tuple(blocks))
