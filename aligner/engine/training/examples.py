"""One training example: the features of a text pair in a strip around its gold path, and the gold.

The features are those of the whole text (rivals, best distances and levels see the full band), cut
to the columns near the gold path: far away beads have no weight in the likelihood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features import BlockFeatures, Blocks
from aligner.engine.lattice import (
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
    kind_of,
    match_types,
)
from aligner.engine.training.gold import Region
from aligner.model import InternalError

__all__ = ["Example", "Strip", "allowed_beads", "example"]

Bools = npt.NDArray[np.bool_]

_ROWS = 8
_MARGIN = 16  # columns to each side of the gold path: long wrong null runs must be seen


@dataclass(frozen=True, slots=True)
class Strip:
    """Features of one block of the strip, and which of its beads the gold allows [R, B, T]."""

    features: BlockFeatures
    allowed: Bools


@dataclass(frozen=True, slots=True)
class Example:
    """A text pair ready for training. `fixed` where exactly one path agrees with the gold."""

    name: str
    source_count: int
    target_count: int
    trust: float
    weight: float
    strips: tuple[Strip, ...]
    fixed: bool


def example(
    name: str, blocks: Blocks, gold: tuple[Region, ...], trust: float, weight: float
) -> Example:
    """Cut the features of a text pair to a strip around its gold."""
    n, m = blocks.source.count, blocks.target.count
    low, high = _path_columns(gold, n)
    strips: list[Strip] = []
    for part in blocks:
        strips += [Strip(piece, allowed_beads(piece, gold)) for piece in _cut(part, low, high, m)]
    return Example(
        name, n, m, trust, weight, tuple(strips), fixed=not any(region.free for region in gold)
    )


def _path_columns(
    gold: tuple[Region, ...], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Lowest and highest column of the gold path at each row of cells, 0 .. n."""
    low, high = np.full(n + 1, 1 << 60), np.zeros(n + 1, np.int64)
    low[0] = 0
    for region in gold:
        rows = slice(region.source.start, region.source.stop + 1)
        low[rows] = np.minimum(low[rows], region.target.start)
        high[rows] = np.maximum(high[rows], region.target.stop)
    return low, high


def _cut(
    part: BlockFeatures,
    low: npt.NDArray[np.int64],
    high: npt.NDArray[np.int64],
    m: int,
) -> Iterator[BlockFeatures]:
    rows, columns = part.shape
    for first in range(0, rows, _ROWS):
        stop = min(first + _ROWS, rows)
        there = slice(part.first_row + first, part.first_row + stop)
        left = max(int(low[there].min()) - _MARGIN, part.first_column)
        right = min(int(high[there].max()) + _MARGIN + 1, part.first_column + columns, m + 1)
        left = min(left, right - 1)
        window = (
            slice(first, stop),
            slice(left - part.first_column, right - part.first_column),
        )
        # copies: a view would keep the features of the whole band in memory
        yield BlockFeatures(
            part.first_row + first,
            left,
            part.match_TFRB[:, :, *window].copy(),
            part.possible_TRB[:, *window].copy(),
            part.null_TGRB[:, :, *window].copy(),
        )


def allowed_beads(piece: BlockFeatures, gold: tuple[Region, ...]) -> Bools:
    """[R, B, T] which beads that end in a block the gold allows."""
    rows, columns = piece.shape
    types = NULL_TYPES + len(piece.match_TFRB)
    out = np.zeros((rows, columns, types), bool)
    bottom, right = piece.first_row + rows, piece.first_column + columns

    def allow(row: int, column: int, kind: int) -> None:
        if piece.first_row <= row < bottom and piece.first_column <= column < right:
            out[row - piece.first_row, column - piece.first_column, kind] = True

    for region in gold:
        source, target = region.source, region.target
        if source.stop < piece.first_row or source.start > bottom:
            continue
        if region.free:
            _allow_inside(out, piece, region)
        elif source and target:
            kind = kind_of((len(source), len(target)), types)
            if kind is None:
                raise InternalError(f"no bead is as large as the gold's {source}:{target}")
            allow(source.stop, target.stop, kind)
        else:
            for position, i in enumerate(source):
                allow(i + 1, target.start, SOURCE_EXTEND if position else SOURCE_OPEN)
            for position, j in enumerate(target):
                allow(source.start, j + 1, TARGET_EXTEND if position else TARGET_OPEN)
    return out


def _allow_inside(out: Bools, piece: BlockFeatures, region: Region) -> None:
    """Every bead that begins and ends in the region's rectangle."""
    rows, columns = out.shape[:2]
    row = np.arange(piece.first_row, piece.first_row + rows)[:, None]
    column = np.arange(piece.first_column, piece.first_column + columns)[None, :]
    source, target = region.source, region.target
    ends = (row <= source.stop) & (column <= target.stop)
    for kind, (a, b) in enumerate(match_types(out.shape[2])):
        begins = (row - a >= source.start) & (column - b >= target.start)
        out[:, :, NULL_TYPES + kind] |= ends & begins
    down = ends & (row - 1 >= source.start) & (column >= target.start)
    across = ends & (row >= source.start) & (column - 1 >= target.start)
    out[:, :, SOURCE_OPEN] |= down
    out[:, :, SOURCE_EXTEND] |= down
    out[:, :, TARGET_OPEN] |= across
    out[:, :, TARGET_EXTEND] |= across
