"""The checks of coverage: sentences and clauses left out or put in."""

from __future__ import annotations

from aligner.checks.coverage.features import (
    COVERAGE_FEATURES,
    Uncovered,
    coverage_features,
    with_lone_words,
)
from aligner.checks.coverage.inclusive import is_inclusive

__all__ = [
    "COVERAGE_FEATURES",
    "Uncovered",
    "coverage_features",
    "is_inclusive",
    "with_lone_words",
]
