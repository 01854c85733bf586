"""Economy of match beads: what a segment adds to its bead, and what a cut would lose.

A bead is right when each of its segments is needed, when no neighbour would improve it, and when
it says more than any two beads in its place (the tests of Bertalign and vecalign's overlap
scoring, here as features).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aligner.engine.features.rows import FeatureRows
from aligner.engine.features.similarity import Cube

__all__ = ["economy"]

Floats = npt.NDArray[np.float32]

_At = Callable[[tuple[int, int], int, int], "Floats | None"]


def economy(block: Cube, kind: tuple[int, int], halo: int, raw: Floats, out: FeatureRows) -> None:
    """Fill the features of economy for the beads of one type.

    `raw` [R, B] is the similarity of the beads themselves, `halo` as in `matches.features`.
    """
    a, b = kind
    rows, columns = block.shape

    def at(other: tuple[int, int], down: int, right: int) -> Floats | None:
        """Similarity of another type whose start lies `down`, `right` of this bead's."""
        if other not in block.raw:
            return None
        top, left = halo - a + down, halo - b + right
        return block.raw[other][top : top + rows - halo, left : left + columns - halo]

    gains = []
    if a > 1:
        gains += [raw - v for v in (at((a - 1, b), 0, 0), at((a - 1, b), 1, 0)) if v is not None]
    if b > 1:
        gains += [raw - v for v in (at((a, b - 1), 0, 0), at((a, b - 1), 0, 1)) if v is not None]
    if gains:
        least = np.minimum.reduce(gains)
        mean = sum(gains) / np.float32(len(gains))
        out["least gain of an outer segment"] = np.clip(least, -0.5, 0.5)
        out["mean gain of an outer segment"] = np.clip(mean, -0.5, 0.5)
        out["least gain below nothing"] = np.clip(least, -0.5, 0.0)
    more = [
        value
        for value in (
            at((a + 1, b), 0, 0),
            at((a + 1, b), -1, 0),
            at((a, b + 1), 0, 0),
            at((a, b + 1), 0, -1),
        )
        if value is not None
    ]
    if more:
        gain = np.maximum.reduce(more) - raw
        out["gain of one more"] = np.clip(gain, -0.5, 0.5)
        out["gain of one more above nothing"] = np.clip(gain, 0.0, 0.5)
    _cuts(at, kind, raw, out)
    beyond_two = np.float32(a + b - 2)
    out["least gain x segments beyond two"] = out["least gain of an outer segment"] * beyond_two
    if kind == (1, 1):
        out["gain of one more in a 1-1"] = out["gain of one more"]


def _cuts(at: _At, kind: tuple[int, int], raw: Floats, out: FeatureRows) -> None:
    """What the bead gains over its best cut in two, and what the two parts would share.

    Where a segment at the cut would improve both the part before and the part behind it, its
    content is spread over both: the parts belong together.
    """
    a, b = kind
    best: Floats | None = None
    shared = np.zeros_like(raw)
    for a1 in range(1, a):
        for b1 in range(1, b):
            left, right = at((a1, b1), 0, 0), at((a - a1, b - b1), a1, b1)
            if left is None or right is None:
                continue
            share = np.float32((a1 + b1) / (a + b))
            value = share * left + (1 - share) * right
            both = np.zeros_like(raw)
            for longer, wider in (
                (at((a1, b1 + 1), 0, 0), left),
                (at((a1 + 1, b1), 0, 0), left),
                (at((a - a1, b - b1 + 1), a1, b1 - 1), right),
                (at((a - a1 + 1, b - b1), a1 - 1, b1), right),
            ):
                if longer is not None:
                    np.maximum(both, longer - wider, out=both)
            if best is None:
                best, shared = value, both
            else:
                better = value > best
                best = np.where(better, value, best)
                shared = np.where(better, both, shared)
    if best is not None:
        gain = raw - best
        out["gain over a cut"] = np.clip(gain, -0.5, 0.5)
        out["gain over a cut below nothing"] = np.clip(gain, -0.5, 0.0)
        out["shared across the cut"] = np.clip(shared, 0.0, 0.5)
