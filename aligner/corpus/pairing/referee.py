"""How well two documents align: the weight of the best monotone path over their blocks.

    score = 2 / (A + B) * max over paths of  sum of max(0, cos - background) / (1 - background)

1 where every block has its equal in order, about 0 for texts that have nothing in common. The path
is that of Needleman and Wunsch (1970) with free gaps; a row of it is one running maximum.

Set on the documents of ../shared/gold (13 languages, 104 pairs): true pairs .21-.97, texts of other
origin up to .11 and up to .18 among news of one week; hence the middle and the slope of the log
odds below.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.corpus.pairing.profile import Profile

__all__ = ["background", "log_odds", "score"]

MIDDLE, SLOPE = 0.19, 40.0
_SAMPLE = 400  # pairs of documents that the background is taken from
_SPREAD = 2.0  # standard deviations above the middle of unrelated blocks
_MAD = 1.4826  # median absolute deviation -> standard deviation of a normal distribution
_HIGHEST = 0.45
Floats = npt.NDArray[np.float32]


def background(source: Sequence[Profile], target: Sequence[Profile]) -> float:
    """The cosine that blocks of unrelated texts seldom reach, from a fixed sample of pairs.

    Medians, because a few of the sampled blocks do translate each other.
    """
    random = np.random.default_rng(0)
    rows = random.integers(len(source), size=_SAMPLE)
    columns = random.integers(len(target), size=_SAMPLE)
    cosines = np.concatenate(
        [
            (source[i].blocks @ target[j].blocks.T).ravel()
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
    )
    middle = float(np.median(cosines))
    spread = _MAD * float(np.median(np.abs(cosines - middle)))
    return min(middle + _SPREAD * spread, _HIGHEST)


def score(source: Floats, target: Floats, unrelated: float) -> float:
    """The formula of the module, for blocks [A, D] and [B, D]."""
    gain_AB = np.maximum(source @ target.T - unrelated, 0.0) / (1.0 - unrelated)
    best_B = np.zeros(len(target) + 1)
    for gain_B in gain_AB:
        step = best_B.copy()
        np.maximum(step[1:], best_B[:-1] + gain_B, out=step[1:])
        best_B = np.maximum.accumulate(step)
    return float(2.0 * best_B[-1] / (len(source) + len(target)))


def log_odds(value: float) -> float:
    """Log odds that two documents with this score translate each other."""
    return SLOPE * (value - MIDDLE)
