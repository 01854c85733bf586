"""Limits of a piece of work."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NO_LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may use: `seconds` of wall time, bytes of private memory.

    0 is no limit of the user's: where work may not end, one that is usual for its size holds then.
    """

    seconds: float = 0.0
    memory: int = 0


NO_LIMITS = Limits()
