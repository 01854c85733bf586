"""Features of null beads: evidence that a segment has no counterpart.

A segment is null when nothing in reach resembles it, when it adds nothing to any bead it could
join, and all the more where the document shows that such things happen. `Overview` gathers the
first two over the whole band before any null is scored.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.engine.features.coarse import Chain
from aligner.engine.features.evidence import NO_MARK, Evidence
from aligner.engine.features.rows import FeatureRows
from aligner.engine.features.similarity import Cube

__all__ = ["NULL_FEATURES", "Overview", "features"]

Floats = npt.NDArray[np.float32]

NULL_FEATURES = (
    "null",
    "opens a run",
    "best distance",
    "best distance squared",
    "best gain in a larger bead",
    "distance to the segments beside it",
    "gain in the bead before or after",
    "gain in the bead before or after above nothing",
    "neighbours' best distance",
    "paragraph's best distance",
    "document's mean best distance",
    "document's share of far segments",
    "best distance x document's mean",
    "best distance x document's share",
    "surplus of this side",
    "surplus x best distance",
    "off the first chain",
    "log length",
    "very short",
    "no end mark",
    "not running text",
    "opens a run x begins a paragraph",
    "extends a run x begins a paragraph",
    "extends a run x best distance",
    "run inside one paragraph",
    "opens a run x best distance",
    "opens a run x document's mean",
    "opens a run x surplus",
    "extends a run x surplus",
    "extends a run x best distance squared",
    "extends a run x document's mean",
    "extends a run x neighbours' best distance",
    "unlike texts",
    "unlike texts x best distance",
    "opens a run x unlike texts",
)

_PLACES = {name: place for place, name in enumerate(NULL_FEATURES)}

# features of a segment that count only where it opens, or only where it extends, a run
_OPENING = {
    "opens a run": "null",
    "opens a run x begins a paragraph": "extends a run x begins a paragraph",
    "opens a run x best distance": "best distance",
    "opens a run x document's mean": "document's mean best distance",
    "opens a run x surplus": "surplus of this side",
    "opens a run x unlike texts": "unlike texts",
}
_EXTENDING = (
    "extends a run x begins a paragraph",
    "extends a run x best distance",
    "run inside one paragraph",
    "extends a run x surplus",
    "extends a run x best distance squared",
    "extends a run x document's mean",
    "extends a run x neighbours' best distance",
)

_FAR = 0.8  # a best distance above this counts as "nothing in reach resembles it"
_ALIKE = 0.08  # separation above which two texts surely have to do with each other
_NEAR = 0.75  # a larger bead whose distance is above this proves nothing


class Overview:
    """Best distances and gains of every segment of both texts, over the whole band."""

    def __init__(
        self,
        source: Evidence,
        target: Evidence,
        path: Chain,
        separation: float,
        most: int = 1,
    ) -> None:
        """`separation`: of the pair, see `features.Blocks.separation`. `most`: how many segments of
        the side that has more may be near one of the other together; 1 for ordinary texts.
        """
        self.sides = (source, target)
        self._most = most
        self.best = tuple(np.full(side.count, 1.6, np.float32) for side in self.sides)
        self.gain = tuple(np.full(side.count, -0.5, np.float32) for side in self.sides)
        self.off_chain = tuple(np.ones(side.count, np.float32) for side in self.sides)
        self.off_chain[0][path.source_K] = 0
        self.off_chain[1][path.target_K] = 0
        self.unlike = max(0.0, 1.0 - separation / _ALIKE)
        self.rows: tuple[Floats, Floats] | None = None

    @property
    def mean(self) -> float:
        """The mean best distance of all segments of both sides."""
        return float(np.concatenate(self.best).mean())

    def see(self, block: Cube) -> None:
        """Take in one block; blocks overlap and may come in any order."""
        distance = _distance(block, (1, 1))
        self._lower(0, block.first_row, distance.min(axis=1))
        self._lower(1, block.first_column, distance.min(axis=0))
        self._see_large(block)
        for whole, part, side, ahead in (
            ((2, 1), (1, 1), 0, True),
            ((2, 1), (1, 1), 0, False),
            ((1, 2), (1, 1), 1, True),
            ((1, 2), (1, 1), 1, False),
            ((2, 2), (1, 2), 0, True),
            ((2, 2), (1, 2), 0, False),
            ((2, 2), (2, 1), 1, True),
            ((2, 2), (2, 1), 1, False),
        ):
            self._see_gain(block, whole, part, side, ahead=ahead)

    def _see_large(self, block: Cube) -> None:
        """What a long segment is near to are several short ones together; and what a short one is
        worth is what it adds to the others.
        """
        fine = int(self.sides[1].count > self.sides[0].count)
        for n in range(2, self._most + 1):
            whole, part = ((n, 1), (n - 1, 1)) if fine == 0 else ((1, n), (1, n - 1))
            first = (block.first_row, block.first_column)[1 - fine]
            self._lower(1 - fine, first, _distance(block, whole).min(axis=fine))
            for ahead in (True, False) if n > 2 else ():  # `see` looks at two
                self._see_gain(block, whole, part, fine, ahead=ahead)

    def _see_gain(
        self,
        block: Cube,
        whole: tuple[int, int],
        part: tuple[int, int],
        side: int,
        *,
        ahead: bool,
    ) -> None:
        """What the first (`ahead`) or last segment of `whole` on one side adds to `part`."""
        with_it, without = block.raw[whole], block.raw[part]
        present = block.present[whole]
        offset = 0
        if ahead:  # the first segment is the outer one: the rest begins one further on
            without = without[1:] if side == 0 else without[:, 1:]
            with_it = with_it[:-1] if side == 0 else with_it[:, :-1]
            present = present[:-1] if side == 0 else present[:, :-1]
        else:
            offset = part[side]
        level = block.level[whole][: with_it.shape[0], : with_it.shape[1]]
        near = present & ((1 - with_it) < _NEAR * (1 - level))
        gain = np.where(near, with_it - without, np.float32(-0.5))
        values = gain.max(axis=1 - side, initial=-0.5)
        self._raise(side, (block.first_row, block.first_column)[side] + offset, values)

    def _lower(self, side: int, first: int, values: Floats) -> None:
        into, values = _clip(self.best[side], first, values)
        np.minimum(into, values, out=into)

    def _raise(self, side: int, first: int, values: Floats) -> None:
        into, values = _clip(self.gain[side], first, values)
        np.maximum(into, values, out=into)

    def close(self) -> None:
        """Make the row features [G, N] of both sides; those of a cell are filled in later."""
        counts = [side.count for side in self.sides]
        best = np.concatenate(self.best)
        mean, share = self.mean, float((best > _FAR).mean())
        surplus = float(np.clip(np.log(counts[0] / counts[1]), -1.5, 1.5))
        self.rows = (
            self._rows(0, mean, share, surplus),
            self._rows(1, mean, share, -surplus),
        )

    def _rows(self, side: int, mean: float, share: float, surplus: float) -> Floats:
        text, best = self.sides[side], self.best[side]
        count = text.count
        padded = np.pad(best, 1, mode="edge")
        beside = (padded[:-2] + padded[2:]) / 2
        paragraph = np.cumsum(text.start_N) - 1
        of_paragraph = np.bincount(paragraph, best) / np.bincount(paragraph)
        if not text.structured:
            of_paragraph = beside
            paragraph = np.arange(count)
        one = np.ones(count, np.float32)
        out = FeatureRows(_PLACES, np.zeros((len(NULL_FEATURES), count), np.float32))
        values: dict[str, npt.ArrayLike] = {
            "null": one,
            "best distance": best,
            "best distance squared": best**2,
            "best gain in a larger bead": np.clip(self.gain[side], -0.1, 0.5),
            "neighbours' best distance": beside,
            "paragraph's best distance": of_paragraph[paragraph],
            "document's mean best distance": one * mean,
            "document's share of far segments": one * share,
            "best distance x document's mean": best * mean,
            "best distance x document's share": best * share,
            "surplus of this side": one * surplus,
            "surplus x best distance": surplus * best,
            "off the first chain": self.off_chain[side],
            "log length": np.log(text.chars_N / 100 + 0.05),
            "very short": text.chars_N < 15,
            "no end mark": text.end_N == NO_MARK,
            "not running text": text.kind_N,
            "extends a run x best distance": best,
            "extends a run x surplus": one * surplus,
            "extends a run x best distance squared": best**2,
            "extends a run x document's mean": one * mean,
            "extends a run x neighbours' best distance": beside,
            "unlike texts": one * np.float32(self.unlike),
            "unlike texts x best distance": best * np.float32(self.unlike),
        }
        for name, value in values.items():
            out[name] = value
        if text.structured:
            out["extends a run x begins a paragraph"] = text.start_N
            out["run inside one paragraph"] = ~text.start_N
        return out.values


def features(overview: Overview, block: Cube, halo: int) -> tuple[Floats, Floats, Floats, Floats]:
    """[G, R, B] of source nulls that open and extend, then of target nulls that open and extend."""
    assert overview.rows is not None
    rows, columns = block.shape
    here = (rows - halo, columns - halo)
    distance = _distance(block, (1, 1))
    out: list[Floats] = []
    for side in (0, 1):
        # a source null that ends at (i, j) is segment i - 1; beside it lie targets j - 1 and j
        first = (block.first_row, block.first_column)[side] + halo - 1
        per_row = _take(overview.rows[side], first, here[side])
        extend = FeatureRows(_PLACES, np.empty((len(NULL_FEATURES), *here), np.float32))
        extend.values[:] = per_row[:, :, None] if side == 0 else per_row[:, None, :]
        near = _transposed(distance, side)
        size, breadth = here[side], here[1 - side]
        low = near[halo - 1 : halo - 1 + size, halo - 1 : halo - 1 + breadth]
        high = np.full_like(low, 1.6)
        high[:, :-1] = low[:, 1:]
        beside = np.minimum(low, high)
        joined = _join_gain(block, side, halo, size, breadth)
        for name, value in (
            ("distance to the segments beside it", beside),
            ("gain in the bead before or after", np.clip(joined, -0.3, 0.5)),
            ("gain in the bead before or after above nothing", np.clip(joined, 0.0, 0.5)),
        ):
            extend[name] = value if side == 0 else value.T
        opening = FeatureRows(_PLACES, extend.values.copy())
        for name, of in _OPENING.items():
            opening[name] = extend[of]
        for name in _EXTENDING:
            opening[name] = 0
        out += [opening.values, extend.values]
    return out[0], out[1], out[2], out[3]


def _distance(block: Cube, size: tuple[int, int]) -> Floats:
    """Normalised distance of the beads of a size, [H, W] by where they begin; 1.6 where there is none."""
    distance: Floats = np.clip((1 - block.raw[size]) / (1 - block.level[size]), 0, 1.6)
    distance[~block.present[size]] = 1.6
    return distance


def _join_gain(block: Cube, side: int, halo: int, size: int, breadth: int) -> Floats:
    """Gain of the null segment in the 1-1 bead just before it or just after it, whichever is more."""
    whole = _transposed(block.raw[(2, 1) if side == 0 else (1, 2)], side)
    single = _transposed(block.raw[1, 1], side)
    present = _transposed(block.present[(2, 1) if side == 0 else (1, 2)], side)
    # the null segment is i - 1 and the path stands at j: before it (i - 2, j - 1), after it (i, j)
    top, left = halo - 2, halo - 1
    before = np.where(
        present[top : top + size, left : left + breadth],
        whole[top : top + size, left : left + breadth]
        - single[top : top + size, left : left + breadth],
        np.float32(-0.3),
    )
    after = np.full((size, breadth), np.float32(-0.3))
    top, left = halo - 1, halo
    inner_s, inner_t = size - 1, breadth
    with_next = whole[top : top + inner_s, left : left + inner_t]
    alone = single[top + 1 : top + 1 + inner_s, left : left + inner_t]
    ok = present[top : top + inner_s, left : left + inner_t]
    after[:inner_s, :inner_t] = np.where(ok, with_next - alone, np.float32(-0.3))
    return np.maximum(before, after)


def _transposed(array: npt.NDArray[np.generic], side: int) -> Floats:
    return array if side == 0 else array.T  # type: ignore[return-value]


def _take(rows: Floats, first: int, size: int) -> Floats:
    """rows[:, first : first + size], zero outside the text."""
    out = np.zeros((rows.shape[0], size), np.float32)
    low, high = max(first, 0), min(first + size, rows.shape[1])
    if low < high:
        out[:, low - first : high - first] = rows[:, low:high]
    return out


def _clip(into: Floats, first: int, values: Floats) -> tuple[Floats, Floats]:
    low, high = max(first, 0), min(first + len(values), len(into))
    if low >= high:
        return into[:0], values[:0]
    return into[low:high], values[low - first : high - first]
