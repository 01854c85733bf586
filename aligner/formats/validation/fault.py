"""What a check says: where, which unit, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` is 1-based (0: of the file as a whole); `unit` the id of the unit, "" where none is open."""

    code: str
    line: int
    unit: str
    reason: str
    mend: str
