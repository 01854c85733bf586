"""Cosines of beads, and how far they stand above those of texts that have nothing to do with
each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding import Overlaps

__all__ = ["VECTOR_FEATURES", "run_vectors", "vector_features"]

Floats = npt.NDArray[np.float32]

VECTOR_FEATURES: tuple[str, ...] = ("likeness", "likeness above chance")
_SAMPLE = 64  # units that stand for chance
_SLAB = 256  # runs made together
_FEW = 4  # runs of a width and slab up to which each is made alone
_TOLD_APART = 8.0  # spreads above chance beyond which more says nothing


def run_vectors(overlaps: Overlaps, places: Sequence[range]) -> Floats:
    """[n, D] unit vectors of these runs of segments, none of them empty."""
    wanted: dict[tuple[int, int], list[int]] = {}
    for number, place in enumerate(places):
        wanted.setdefault((len(place), place.start // _SLAB), []).append(number)
    out: Floats | None = None
    for (width, slab), numbers in wanted.items():
        starts = [places[number].start for number in numbers]
        if len(starts) <= _FEW:
            rows = [overlaps.vectors(width, start, start + 1)[0] for start in starts]
            made = np.array(rows, np.float32)
        else:
            first = slab * _SLAB
            stop = min(first + _SLAB, overlaps.count)
            made = overlaps.vectors(width, first, stop)[np.array(starts) - first]
        if out is None:
            out = np.empty((len(places), made.shape[1]), np.float32)
        out[numbers] = made
    return np.empty((0, 1), np.float32) if out is None else out


def vector_features(source_ND: Floats, target_ND: Floats) -> npt.NDArray[np.float64]:
    """[N, 2], the features of `VECTOR_FEATURES` of N units.

    Chance is what each side has with the other sides of up to 64 units of the same texts; with two
    units or fewer nobody knows it, and the second feature is 0.
    """
    count = len(source_ND)
    cosine = np.einsum("ij,ij->i", source_ND, target_ND).astype(np.float64)
    out = np.zeros((count, 2))
    out[:, 0] = cosine
    if count <= 2:
        return out
    pick = np.unique(np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64))
    margins = []
    for rows, others in ((source_ND, target_ND), (target_ND, source_ND)):
        seen = (rows @ others[pick].T).astype(np.float64)
        seen[pick, np.arange(len(pick))] = np.nan  # the partner itself
        margins.append((cosine - np.nanmean(seen, axis=1)) / (np.nanstd(seen, axis=1) + 0.02))
    out[:, 1] = np.clip(np.minimum(*margins), -_TOLD_APART, _TOLD_APART)
    return out
