"""The check of negation: dropped or put in."""

from __future__ import annotations

from aligner.checks.negation.counting import may_differ, negations
from aligner.checks.negation.features import NEGATION_FEATURES, negation_features

__all__ = [
    "NEGATION_FEATURES",
    "may_differ",
    "negation_features",
    "negations",
]
