"""Features of beads: phi(bead) of the linear score w . phi.

Two lists of names, one for match beads and one for null beads; the same weight serves both sides
of a text pair (a 2-1 and a 1-2 bead share theirs), so that the direction of a pair does not
matter. `Blocks` walks down the band; for each block of rows it gives arrays of shape
[features, R, B] for every match type and every null type, end cells as in `potentials`.

What the features say (docs/engine.md has the reasons):

- similarity: the normalised distance d = (1 - cos) / (1 - background) of vecalign (Thompson &
  Koehn 2019), the margin above the background, and how far the best rival in the band is
- economy: what an outer segment adds to the bead, what one more would add, what a cut would lose
- length: Gale & Church 1993's delta with a ratio learned from the document
- numbers, names, words, end marks, quotation marks, dashes, paragraph boundaries
- for nulls: the best the segment could do anywhere in the band, what it would add to a
  neighbour's bead, and how the document as a whole looks
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features import matches, nulls, same, tables
from aligner.engine.features.coarse import Band, band_around, chain, keep_through
from aligner.engine.features.dictionary import in_band
from aligner.engine.features.evidence import CLASSES, Evidence, shared_cells
from aligner.engine.features.extras import Extra, SegmentPairs, Unlike
from aligner.engine.features.same import same_texts
from aligner.engine.features.similarity import Cube, Levels, cube
from aligner.engine.features.tables import cells_in_step
from aligner.engine.features.timing import clock
from aligner.engine.features.vectors import OverlapSource, SideVectors
from aligner.engine.lattice import TYPES, match_types, reach, types_for

__all__ = ["BlockFeatures", "Blocks"]

Floats = npt.NDArray[np.float32]

_ROWS = 24  # rows a block
_UNLIKE = 0.88  # mean best distance of short texts; `extras.Unlike` has the figures


@dataclass(frozen=True, slots=True)
class BlockFeatures:
    """Features of the beads that end in one block.

    `match_TFRB` has one T for each size of `Blocks.sizes`, `null_TGRB` one for each null type of
    `potentials`; `possible_TRB` says whether the match bead lies inside both texts.
    """

    first_row: int
    first_column: int
    match_TFRB: Floats
    possible_TRB: npt.NDArray[np.bool_]
    null_TGRB: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """(R, B)."""
        rows, columns = self.possible_TRB.shape[1:]
        return int(rows), int(columns)


class Blocks:
    """All feature blocks of a pair of texts, made one after the other."""

    def __init__(
        self,
        source: Evidence,
        target: Evidence,
        overlaps: tuple[OverlapSource, OverlapSource],
        through: Sequence[tuple[int, int]] = (),
        background: Floats | None = None,
        *,
        large: bool = False,
        entries: Sequence[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = (),
    ) -> None:
        """`entries`: segments of both sides that hold an entry of the user's dictionary. `large`: where one side has much longer segments than the other, beads may be large.
        `through`: cells (row, column) that every path must pass, so the band must hold them.

        `extras` is the evidence that is set by hand and found in these texts (see `extras`).
        """
        self.source, self.target = source, target
        counts = source.count, target.count
        types = types_for(counts, (source.length, target.length)) if large else TYPES
        self.uneven = types > TYPES
        self.sizes = match_types(types)  # of match beads
        self._halo = (
            reach(self.sizes) + 1
        )  # bead starts looked at before the first end row and column
        self.sides = (
            SideVectors(overlaps[0], background),
            SideVectors(overlaps[1], background),
        )
        self.levels = (Levels(self.sides[1]), Levels(self.sides[0]))
        singles = self.sides[0].single_ND, self.sides[1].single_ND
        cells = cells_in_step(source, target, *singles)
        corners = dict.fromkeys(corner for i, j in cells for corner in ((i, j), (i + 1, j + 1)))
        through = [*through, *(corner for corner in corners if _fits(corner, through))]
        self.chain = keep_through(
            chain(*singles, (self.sides[0].background_KD, self.sides[1].background_KD)), through
        )
        alike = same_texts(source, target)
        self.extras: tuple[Extra, ...] = (
            *((SegmentPairs(tables.NAME, tables.BONUS, cells, single=True),) if cells else ()),
            *((SegmentPairs(same.NAME, same.BONUS, alike),) if alike else ()),
            *filter(None, (clock(source, target, self.chain),)),
        )
        self.band: Band = band_around(self.chain, source.count, target.count, through)
        self.extras = (*self.extras, *filter(None, (in_band(entries, self.band),)))
        self.context = matches.Context.of(source, target, self.chain)
        self._shared = tuple(
            shared_cells(
                source.items[k], target.items[k], self.band.low_N1[:-1], self.band.high_N1[1:]
            )
            for k in range(len(CLASSES))
        )
        most = max(map(max, self.sizes)) if self.uneven else 1
        self.overview = nulls.Overview(source, target, self.chain, self.separation, most)
        for first, stop, columns in self.windows():
            self.overview.see(self._cube(first, stop, columns))
        self.overview.close()
        if not self.uneven and background is not None and self.overview.mean > _UNLIKE:
            self.extras = (*self.extras, Unlike())

    def thin_out(self) -> None:
        """Forget the vectors that were made for features, and keep what they are made of."""
        for side in self.sides:
            side.thin_out()

    def release(self) -> None:
        """Forget the overlaps: hundreds of megabytes of a long text, needed for features only."""
        for side in self.sides:
            side.release()

    @property
    def separation(self) -> float:
        """How far the vectors of this pair tell translations from the rest (0 to about .6).

        The median margin of the chain's anchors times the share of the shorter text they cover.
        Two encoders' worth of experience: below .2 where the encoder does not know a language,
        above .3 where it does and the texts are close translations.
        """
        anchors = len(self.chain.margin_K)
        if not anchors:
            return 0.0
        share = anchors / min(self.source.count, self.target.count)
        return float(np.median(self.chain.margin_K)) * min(1.0, share)

    def windows(self) -> Iterator[tuple[int, int, tuple[int, int]]]:
        """(first row, one past the last, (first column, one past the last)) of each block."""
        count = self.source.count + 1
        for first in range(0, count, _ROWS):
            stop = min(first + _ROWS, count)
            low = int(self.band.low_N1[first])
            high = int(self.band.high_N1[stop - 1])
            yield first, stop, (low, high)

    def __iter__(self) -> Iterator[BlockFeatures]:
        for first, stop, columns in self.windows():
            yield self.part(first, stop, columns)

    @property
    def can_be_copied(self) -> bool:
        """Whether a copy of this process could make them: encoders may have threads of their own."""
        return all(side.can_be_copied for side in self.sides)

    def _cube(self, first: int, stop: int, columns: tuple[int, int]) -> Cube:
        return cube(
            *self.sides,
            self.levels,
            (first - self._halo, stop),
            (columns[0] - self._halo, columns[1]),
            self.sizes,
        )

    def part(self, first: int, stop: int, columns: tuple[int, int]) -> BlockFeatures:
        """One of the blocks; the arguments as `windows` gives them."""
        block = self._cube(first, stop, columns)
        sums = tuple(_summed(cells, block) for cells in self._shared)
        rivals = matches.Rivals.of(block)
        here = (stop - first, columns[1] - columns[0])
        match = np.zeros((len(self.sizes), len(matches.MATCH_FEATURES), *here), np.float32)
        possible = np.empty((len(self.sizes), *here), bool)
        halo = self._halo
        for kind, (a, b) in enumerate(self.sizes):
            matches.features(self.context, block, rivals, sums, (a, b), halo, match[kind])
            start = (slice(halo - a, block.shape[0] - a), slice(halo - b, block.shape[1] - b))
            possible[kind] = block.present[a, b][start]
        null = np.stack(nulls.features(self.overview, block, halo))
        return BlockFeatures(first, columns[0], match, possible, null)


def _fits(cell: tuple[int, int], through: Sequence[tuple[int, int]]) -> bool:
    """Whether a path through all the given cells may pass this one too."""
    return all((cell[0] - row) * (cell[1] - column) >= 0 for row, column in through)


def _summed(
    cells: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats], block: Cube
) -> Floats:
    """Cumulative sums [H + 1, W + 1] of the shared weight of single-segment cells."""
    rows, columns = block.shape
    i, j, weight = cells
    low, high = np.searchsorted(i, [block.first_row, block.first_row + rows])
    i, j, weight = i[low:high] - block.first_row, j[low:high] - block.first_column, weight[low:high]
    inside = (j >= 0) & (j < columns)
    flat = np.bincount(i[inside] * columns + j[inside], weight[inside], rows * columns).reshape(
        rows, columns
    )
    out = np.zeros((rows + 1, columns + 1), np.float32)
    out[1:, 1:] = flat.cumsum(axis=0).cumsum(axis=1)
    return out
