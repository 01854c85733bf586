"""How far a figure could have come out otherwise: bootstrap over beads.

Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation". A resample draws
gold beads with replacement inside each document, as many as the document has, together with what
the system did there; counts are summed anew, so no text is scored twice. The intervals are the
2.5th and 97.5th percentiles. Seeded: the same input gives the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.engine.evaluating.counts import COLUMNS, MEASURES, FloatArray, IntArray, applies, f1_of
from aligner.engine.evaluating.scores import CaseScore
from aligner.engine.evaluating.summary import macro_rates, micro_rates
from aligner.model import UsageError

__all__ = ["SEED", "Comparison", "Interval", "bootstrap", "paired_bootstrap"]

SEED = 20190601
_CELLS = 4_000_000  # drawn weights held at once


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % percentile interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Second system against the first: `difference` = second - first, its interval, and `p`.

    `p` is two-sided: twice the smaller share of resamples on one side of zero, ties counted on
    both sides.
    """

    first: float
    second: float
    difference: float
    interval: Interval
    p: float


def bootstrap(
    scores: Sequence[CaseScore], samples: int = 1000, seed: int = SEED
) -> dict[str, dict[str, Interval]]:
    """Intervals of F1: `{"micro": {"strict": Interval, ...}, "macro": {...}}`.

    A measure that applies to no document is absent.
    """
    micro, macro = _resampled([scores], samples, seed)
    return {
        how: {m: _interval(values[0]) for m, values in figures.items()}
        for how, figures in (("micro", micro), ("macro", macro))
    }


def paired_bootstrap(
    first: Sequence[CaseScore],
    second: Sequence[CaseScore],
    samples: int = 1000,
    seed: int = SEED,
) -> dict[str, dict[str, Comparison]]:
    """Two systems over the same gold, both weighed by the same resamples (Koehn 2004).

    Keys as in `bootstrap`. Raises UsageError where the two were not scored on the same gold.
    """
    if len(first) != len(second) or any(
        a.gold_digest != b.gold_digest for a, b in zip(first, second, strict=True)
    ):
        raise UsageError("a paired comparison needs two systems scored on the same gold")
    resampled = _resampled([first, second], samples, seed)
    result: dict[str, dict[str, Comparison]] = {}
    for how, figures, rate in zip(
        ("micro", "macro"), resampled, (micro_rates, macro_rates), strict=True
    ):
        result[how] = {}
        for measure, values in figures.items():
            one, two = (rate(s, measure).f1 or 0.0 for s in (first, second))
            differences = values[1] - values[0]
            differences = differences[~np.isnan(differences)]
            result[how][measure] = Comparison(
                one, two, two - one, _interval(differences), _p_value(differences)
            )
    return result


def _resampled(
    systems: Sequence[Sequence[CaseScore]], samples: int, seed: int
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """Resampled F1 by measure, micro and macro: arrays [systems, samples]."""
    if samples < 1:
        raise UsageError(f"a bootstrap needs at least one resample, not {samples}")
    rng = np.random.default_rng(seed)
    shape = (len(systems), samples)
    sums = {m: np.zeros((*shape, COLUMNS), dtype=np.int64) for m in MEASURES}
    f1s = {m: np.zeros(shape) for m in MEASURES}
    known = {m: np.zeros(shape) for m in MEASURES}
    for scores in zip(*systems, strict=True):
        if not any(applies(scores[0].totals, m) for m in MEASURES):
            continue
        rows = max(len(s.units) for s in scores)
        units = [_padded(s.units, rows) for s in scores]
        totals = np.stack([*_draws(units, samples, rng)])
        for measure in MEASURES:
            if not applies(scores[0].totals, measure):
                continue
            sums[measure] += totals
            f1 = f1_of(totals, measure)
            f1s[measure] += np.nan_to_num(f1)
            known[measure] += ~np.isnan(f1)
    measures = [m for m in MEASURES if any(applies(s.totals, m) for s in systems[0])]
    micro = {m: f1_of(sums[m], m) for m in measures}
    macro = {m: np.where(known[m] > 0, f1s[m] / np.maximum(known[m], 1), np.nan) for m in measures}
    return micro, macro


def _padded(units: IntArray, rows: int) -> IntArray:
    """`units` with empty rows at its end: the systems of a pair share their gold beads."""
    return np.concatenate([units, np.zeros((rows - len(units), COLUMNS), dtype=np.int64)])


def _draws(units: Sequence[IntArray], samples: int, rng: np.random.Generator) -> Iterator[IntArray]:
    """Sums of `samples` resamples for each system, the weights shared: [samples, COLUMNS] each."""
    rows = len(units[0])
    parts: list[list[IntArray]] = [[] for _ in units]
    share = np.full(rows, 1 / rows)
    step = max(1, _CELLS // rows)
    for start in range(0, samples, step):
        weights = rng.multinomial(rows, share, size=min(step, samples - start))
        for part, matrix in zip(parts, units, strict=True):
            # exact in float64, where matrix products are fast
            sums = weights.astype(np.float64) @ matrix.astype(np.float64)
            part.append(np.rint(sums).astype(np.int64))
    for part in parts:
        yield np.concatenate(part)


def _interval(values: FloatArray) -> Interval:
    known = values[~np.isnan(values)]
    if not len(known):
        return Interval(0.0, 0.0)
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(float(low), float(high))


def _p_value(differences: FloatArray) -> float:
    above = int((differences >= 0).sum())
    below = int((differences <= 0).sum())
    return min(1.0, 2 * (min(above, below) + 1) / (len(differences) + 1))
