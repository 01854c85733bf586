"""Counts, and the rates that come from them: what a score sums before it divides.

A case yields one row of counts a unit (a gold bead); documents are summed by adding rows and
resampled by weighing them, the habit of sacrebleu (Post 2018). Columns, in order:

    STRICT_SYSTEM  system beads that are strict hits    STRICT_GOLD  two-sided gold beads found
    LAX_SYSTEM     system beads that are lax hits       LAX_GOLD     ... found laxly
    SYSTEM         system beads, nulls included         GOLD         two-sided gold beads
    NULL_RIGHT     segments unaligned in both           NULL_SYSTEM  segments the system leaves
    NULL_GOLD      segments the gold leaves             unaligned

0/0 is not applicable. A measure applies to a document only if its gold holds something to find:
a gold without two-sided beads has no strict or lax score, one without nulls no null score, and
such a document leaves both the mean and the sum of that measure. A system that finds nothing of
what is there has F1 = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "COLUMNS",
    "MEASURES",
    "FloatArray",
    "IntArray",
    "Rates",
    "applies",
    "f1_of",
    "fractions",
    "rates",
]

IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]

(
    STRICT_SYSTEM,
    LAX_SYSTEM,
    SYSTEM,
    STRICT_GOLD,
    LAX_GOLD,
    GOLD,
    NULL_RIGHT,
    NULL_SYSTEM,
    NULL_GOLD,
) = range(9)
COLUMNS = 9

# measure -> columns of (hits, all) for precision and (hits, all) for recall
_FRACTIONS = {
    "strict": (STRICT_SYSTEM, SYSTEM, STRICT_GOLD, GOLD),
    "lax": (LAX_SYSTEM, SYSTEM, LAX_GOLD, GOLD),
    "null": (NULL_RIGHT, NULL_SYSTEM, NULL_RIGHT, NULL_GOLD),
}
MEASURES = tuple(_FRACTIONS)


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1; None where it does not apply (0/0)."""

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None


def applies(totals: IntArray, measure: str) -> bool:
    """True where the gold holds something that this measure looks for."""
    return bool(totals[_FRACTIONS[measure][3]] > 0)


def fractions(hit_p: int, all_p: int, hit_r: int, all_r: int) -> Rates:
    """Rates of hits among what the system says (precision) and what the gold says (recall)."""
    precision = hit_p / all_p if all_p else None
    if not all_r:
        return Rates(precision, None, None)
    recall = hit_r / all_r
    if not precision or not recall:
        return Rates(precision, recall, 0.0)
    return Rates(precision, recall, 2 * precision * recall / (precision + recall))


def rates(totals: IntArray, measure: str) -> Rates:
    """Rates of one row of sums. `measure` is strict, lax or null."""
    hit_p, all_p, hit_r, all_r = (int(totals[c]) for c in _FRACTIONS[measure])
    return fractions(hit_p, all_p, hit_r, all_r)


def f1_of(totals: IntArray, measure: str) -> FloatArray:
    """F1 of many rows of sums at once: [..., COLUMNS] -> [...], NaN where it does not apply."""
    hit_p, all_p, hit_r, all_r = (totals[..., c].astype(np.float64) for c in _FRACTIONS[measure])
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(all_p > 0, hit_p / all_p, 0.0)
        recall = np.where(all_r > 0, hit_r / all_r, np.nan)
        both = precision + recall
        f1: FloatArray = np.where(both == 0, 0.0, 2 * precision * recall / both)
    return f1
