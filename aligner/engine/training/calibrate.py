"""From held-out posteriors to calibrated confidences: isotonic regression with few knots.

Zadrozny & Elkan 2002, "Transforming Classifier Scores into Accurate Multiclass Probability
Estimates". Neighbouring posteriors are pooled into bins of at least `_BIN` beads first, so that a
knot never rests on a handful of beads.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from aligner.engine.evaluating import Case, CaseScore
from aligner.engine.training.data import is_rough

__all__ = ["knots", "reliability_of"]

_BIN = 60
_SMOOTH = 2.0  # beads of prior belief, at the posterior itself, in every bin


def reliability_of(
    scores: Sequence[CaseScore], cases: Sequence[Case]
) -> dict[str, tuple[tuple[float, float], ...]]:
    """The curve of held-out scores of `cases` and their pieces, as `Weights.reliability` has it: one for
    match and null beads together, as a score keeps no types beside confidences. {} for too few beads.

    Rough gold says too often that a bead is right, or wrong. So the curve is of gold alone that
    somebody made bead by bead, where there is enough: a family that is left out is then off by .019 at
    most, with all gold by .043 (docs/engine.md).
    """
    rough = {case.name for case in cases if is_rough(case)}
    made = [score for score in scores if score.name.partition("@")[0] not in rough]
    table = _knots(made) or _knots(scores)
    return {"match": table, "null": table} if table else {}


def _knots(scores: Sequence[CaseScore]) -> tuple[tuple[float, float], ...]:
    posteriors = [value for score in scores for value in score.confidences]
    return knots(posteriors, [bool(value) for score in scores for value in score.right])


def knots(posteriors: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Piecewise-linear map (posterior, confidence), non-decreasing, from 0 to 1.

    Empty where there are too few beads to say anything.
    """
    if len(posteriors) < 2 * _BIN:
        return ()
    order = np.argsort(posteriors, kind="stable")
    x, y = np.asarray(posteriors, float)[order], np.asarray(right, float)[order]
    # finer towards 1, where most beads are and where users set their thresholds
    edges = np.unique(
        np.searchsorted(
            x,
            [0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 2],
        )
    )
    merged: list[tuple[float, float, float]] = []  # beads, sum of x, sum of y
    for first, stop in itertools.pairwise(edges):
        part = (float(stop - first), float(x[first:stop].sum()), float(y[first:stop].sum()))
        if merged and merged[-1][0] < _BIN:
            last = merged.pop()
            part = (part[0] + last[0], part[1] + last[1], part[2] + last[2])
        merged.append(part)
    # pool adjacent violators
    pooled: list[tuple[float, float, float]] = []
    for part in merged:
        pooled.append(part)
        while len(pooled) > 1 and _rate(pooled[-2]) >= _rate(pooled[-1]):
            one, two = pooled.pop(), pooled.pop()
            pooled.append((one[0] + two[0], one[1] + two[1], one[2] + two[2]))
    points = [(0.0, 0.0)]
    points += [(round(part[1] / part[0], 4), round(_rate(part), 4)) for part in pooled]
    points.append((1.0, max(points[-1][1], 0.9995)))
    return tuple(dict(sorted(points)).items())


def _rate(part: tuple[float, float, float]) -> float:
    count, total, hits = part
    return (hits + _SMOOTH * total / count) / (count + _SMOOTH)
