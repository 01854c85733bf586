"""What a check yields on one pair of texts, before it has a place in a document."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SEVERITIES", "Hit", "Spans"]

Spans = tuple[tuple[int, int], ...]

SEVERITIES = ("note", "minor", "major", "critical")


@dataclass(frozen=True, slots=True)
class Hit:
    """`source` and `target` are the character spans of the evidence in the two texts.

    `cause` is the evidence in normal form ("15 / 14"): findings of one code and one cause are the
    same finding in several places. `confidence`: the probability that a reviser agrees. `doubt` (0-1):
    what speaks against it beside that, where a check was trained on texts that do not show it.
    `lone`, `mass`: see `partners.py`; None where nobody can tell.
    """

    code: str
    severity: str
    confidence: float
    message: str
    source: Spans = ()
    target: Spans = ()
    cause: str = ""
    doubt: float = 0.0
    lone: float | None = None
    mass: float | None = None
