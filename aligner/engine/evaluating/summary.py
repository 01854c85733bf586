"""Figures over several documents: summed (micro), averaged (macro), by type, and calibration.

Micro sums the counts of all documents before it divides, as vecalign does; macro is the mean
over documents, and the mean of a family is macro. Both leave out a document to which a measure
does not apply (see `counts`).

Expected calibration error as in Guo et al. 2017, "On Calibration of Modern Neural Networks": ten
equal-width bins (0, .1], (.1, .2] ... (.9, 1] over all system beads that carry a confidence (0
itself falls in the first), the gap between mean confidence and share right weighed by count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.engine.evaluating.counts import (
    COLUMNS,
    MEASURES,
    NULL_GOLD,
    NULL_SYSTEM,
    FloatArray,
    Rates,
    applies,
    rates,
)
from aligner.engine.evaluating.scores import CaseScore, TypeCount

__all__ = [
    "CONFIDENT",
    "Bin",
    "Calibration",
    "ScoreSummary",
    "calibration",
    "families",
    "macro_rates",
    "micro_rates",
    "summarise_scores",
]

BINS = 10
CONFIDENT = 0.95  # the threshold that users see; beads above it are to be right


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of the reliability table; the means are None where the bin is empty."""

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether confidences can be believed: `error` is the ECE, None without confidences.

    `confident` beads have a confidence of CONFIDENT or more, `confident_right` is the share of
    them that is right.
    """

    beads: int
    error: float | None
    bins: tuple[Bin, ...]
    confident: int
    confident_right: float | None


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """All figures over a number of documents; `micro` and `macro` by measure.

    `documents_of` counts the documents each measure applies to; `stray_nulls` are segments that
    the system leaves unaligned in documents whose gold leaves none.
    """

    documents: int
    documents_of: dict[str, int]
    micro: dict[str, Rates]
    macro: dict[str, Rates]
    types: dict[str, TypeCount]
    calibration: Calibration
    stray_nulls: int


def summarise_scores(scores: Sequence[CaseScore]) -> ScoreSummary:
    """Micro and macro rates, bead types and calibration over `scores`."""
    return ScoreSummary(
        documents=len(scores),
        documents_of={m: sum(applies(s.totals, m) for s in scores) for m in MEASURES},
        micro={m: micro_rates(scores, m) for m in MEASURES},
        macro={m: macro_rates(scores, m) for m in MEASURES},
        types=_types(scores),
        calibration=calibration(
            np.concatenate([np.zeros(0), *(s.confidences for s in scores)]),
            np.concatenate([np.zeros(0), *(s.right for s in scores)]),
        ),
        stray_nulls=sum(int(s.totals[NULL_SYSTEM]) for s in scores if not s.totals[NULL_GOLD]),
    )


def families(scores: Sequence[CaseScore]) -> dict[str, ScoreSummary]:
    """Family name -> its figures; a case may belong to several (`hard` and `hard-mix`)."""
    names = sorted({family for s in scores for family in s.families})
    return {n: summarise_scores([s for s in scores if n in s.families]) for n in names}


def micro_rates(scores: Sequence[CaseScore], measure: str) -> Rates:
    """Rates of the counts summed over the documents that the measure applies to."""
    totals = np.zeros(COLUMNS, dtype=np.int64)
    for score in scores:
        if applies(score.totals, measure):
            totals += score.totals
    return rates(totals, measure)


def macro_rates(scores: Sequence[CaseScore], measure: str) -> Rates:
    """Means over the documents that the measure applies to (F1 is the mean of the F1s)."""
    each = [s.rates(measure) for s in scores if applies(s.totals, measure)]
    return Rates(
        _mean([r.precision for r in each]),
        _mean([r.recall for r in each]),
        _mean([r.f1 for r in each]),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _types(scores: Sequence[CaseScore]) -> dict[str, TypeCount]:
    sums: dict[str, TypeCount] = {}
    for score in scores:
        for kind, count in score.types.items():
            old = sums.get(kind, TypeCount())
            sums[kind] = TypeCount(
                old.gold + count.gold, old.system + count.system, old.hits + count.hits
            )
    order = sorted(sums, key=lambda k: (sum(map(int, k.split("-"))), *map(int, k.split("-"))))
    return {kind: sums[kind] for kind in order}


def calibration(confidences: FloatArray, right: FloatArray) -> Calibration:
    """Expected calibration error and reliability table (Guo et al. 2017).

    `confidences` [K] in 0-1, `right` [K] of 0 and 1.
    """
    edges = np.arange(1, BINS) / BINS
    rows = np.searchsorted(edges, confidences, side="left")
    bins: list[Bin] = []
    gap = 0.0
    for row in range(BINS):
        here = rows == row
        count = int(here.sum())
        mean = float(confidences[here].mean()) if count else None
        share = float(right[here].mean()) if count else None
        if mean is not None and share is not None:
            gap += count * abs(mean - share)
        bins.append(Bin(row / BINS, (row + 1) / BINS, count, mean, share))
    sure = confidences >= CONFIDENT
    return Calibration(
        beads=len(confidences),
        error=gap / len(confidences) if len(confidences) else None,
        bins=tuple(bins),
        confident=int(sure.sum()),
        confident_right=float(right[sure].mean()) if sure.any() else None,
    )
