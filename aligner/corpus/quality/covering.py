"""How the words of two texts cover each other, from the vectors of their tokens.

Each token looks for its nearest on the other side; the chance that it has no partner there is that
of `engine.attribution`. What is not translated stands together: the run of tokens that has the most
weight without partner tells an omitted clause from freely translated words. Links that do not go
forward tell words out of order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution import MIDDLE, chance_alone

__all__ = ["COVER_FEATURES", "cover_features"]

Floats = npt.NDArray[np.float32]

COVER_FEATURES: tuple[str, ...] = (
    "words without partner, mean",
    "words without partner, largest side",
    "longest run without partner",
    "longest run without partner, share",
    "runs at an end without partner",
    "likeness of links",
    "words with links",
    "order of links",
    "steps of links that go on",
)
_HALF = 0.5  # chance of no partner from which on a token lengthens a run
_LINKS = 4  # links below which their order says nothing
_NEAR = 4  # tokens that the next link may be ahead


def cover_features(
    source_SD: Floats, target_TD: Floats, weight_S: Floats, weight_T: Floats
) -> Mapping[str, float]:
    """The features of `COVER_FEATURES` by name. Rows are unit vectors, weights 0.05 - 1."""
    if not len(source_SD) or not len(target_TD):
        return dict.fromkeys(COVER_FEATURES, 0.0) | {
            "words without partner, mean": 1.0,
            "words without partner, largest side": 1.0,
        }
    cosine_ST = source_SD @ target_TD.T
    nearest_S, nearest_T = cosine_ST.argmax(axis=1), cosine_ST.argmax(axis=0)
    number_S = np.arange(len(nearest_S))
    best_S, best_T = cosine_ST.max(axis=1), cosine_ST.max(axis=0)
    alone, runs, ends = [], [], []
    for best, weight in ((best_S, weight_S), (best_T, weight_T)):
        chance = chance_alone(best)
        whole = float(weight.sum())
        alone.append(float(chance @ weight / weight.sum()))
        run, end = _runs((chance - _HALF) * weight)
        runs.append((run, run / whole))
        ends.append(end)
    linked = np.flatnonzero(nearest_T[nearest_S] == number_S)
    likeness = best_S[linked]
    weight = np.sqrt(weight_S[linked] * weight_T[nearest_S[linked]])
    total = float(weight.sum())
    order, on = 1.0, 1.0
    good = linked[likeness > MIDDLE]
    if len(good) >= _LINKS:
        places = nearest_S[good]
        step = places[1:] - places[:-1]
        on = float(np.count_nonzero((step > 0) & (step <= _NEAR))) / len(step)
        order = _correlation(good, places)
    return {
        "words without partner, mean": (alone[0] + alone[1]) / 2,
        "words without partner, largest side": max(alone),
        "longest run without partner": math.log1p(max(run for run, _ in runs)),
        "longest run without partner, share": max(share for _, share in runs),
        "runs at an end without partner": math.log1p(max(ends)),
        "likeness of links": float(weight @ likeness) / total if total else 0.0,
        "words with links": total / math.sqrt(float(weight_S.sum()) * float(weight_T.sum())),
        "order of links": order,
        "steps of links that go on": on,
    }


def _runs(gain: Floats) -> tuple[float, float]:
    """The largest sum of a run (0 for none), and that of one that begins or ends the text."""
    running = np.zeros(len(gain) + 1)
    gain.cumsum(dtype=np.float64, out=running[1:])
    run = float((running - np.minimum.accumulate(running)).max())
    return run, max(float(running.max()), float(running[-1] - running.min()))


def _correlation(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """Pearson's correlation of places; 1 where one of them does not vary."""
    a, b = one - one.sum() / len(one), other - other.sum() / len(other)
    norm = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / norm if norm else 1.0
