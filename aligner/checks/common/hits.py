"""What a check yields on one pair of texts, before it has a place in a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["SEVERITIES", "Hit", "Spans", "span_of"]

Spans = tuple[tuple[int, int], ...]

SEVERITIES = ("note", "minor", "major", "critical")


@dataclass(frozen=True, slots=True)
class Hit:
    """`source` and `target` are the character spans of the evidence in the two texts.

    `cause` is the evidence in normal form ("15 / 14"): findings of one code and one cause are the
    same finding in several places. `confidence`: the probability that a reviser agrees.
    """

    code: str
    severity: str
    confidence: float
    message: str
    source: Spans = ()
    target: Spans = ()
    cause: str = ""


def span_of(items: Iterable[object]) -> Spans:
    """Spans of things that have `start` and `end`."""
    return tuple((item.start, item.end) for item in items)  # type: ignore[attr-defined]
