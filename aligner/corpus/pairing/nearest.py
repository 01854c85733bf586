"""The nearest documents, both ways.

A document's point is its whole vector beside the mean of its blocks (the whole of a long text
saturates the encoder's last layer, the mean of a short one is noisy), each centred on the mean of
its side: documents of one collection and language share a direction that tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.corpus.pairing.profile import Profile

__all__ = ["candidates"]

_ROWS = 1024  # documents a block of the similarity matrix
Floats = npt.NDArray[np.float32]


def candidates(
    source: Sequence[Profile], target: Sequence[Profile], nearest: int = 5
) -> list[tuple[int, int]]:
    """Pairs (i, j) where j is among the `nearest` of i or i among those of j, ordered.

    Time N x M x D, memory 1024 x max(N, M).
    """
    x, y = _points(source), _points(target)
    pairs = {(i, j) for i, j in _nearest(x, y, nearest)}
    pairs |= {(i, j) for j, i in _nearest(y, x, nearest)}
    return sorted(pairs)


def _points(profiles: Sequence[Profile]) -> Floats:
    """[N, 2 D], rows of length 1."""
    wholes = np.stack([profile.whole for profile in profiles])
    means = np.stack([_unit(profile.blocks.mean(axis=0)[None])[0] for profile in profiles])
    if len(profiles) > 2:  # the centre of one or two documents is the documents
        wholes = wholes - wholes.mean(axis=0)
        means = means - means.mean(axis=0)
    return _unit(np.concatenate((_unit(wholes), _unit(means)), axis=1))


def _unit(rows: Floats) -> Floats:
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norm, 1e-9), np.float32)


def _nearest(x: Floats, y: Floats, count: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    count = min(count, len(y))
    for start in range(0, len(x), _ROWS):
        similarity = x[start : start + _ROWS] @ y.T
        best = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
        out += [(start + i, int(j)) for i, row in enumerate(best) for j in row]
    return out
