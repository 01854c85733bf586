"""What a check says: where, which unit, what is wrong, how bad it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["FAILING", "SEVERITIES", "Fault", "FaultCode", "Severity"]

Severity = Literal["fatal", "error", "warning", "style"]
# fatal: tools refuse the file. error: the standard or its schema refuses it. warning: allowed, but
# tools lose or mistake something. style: allowed and safe, but not as it should be written.
SEVERITIES: tuple[Severity, ...] = ("fatal", "error", "warning", "style")
FAILING: frozenset[Severity] = frozenset({"fatal", "error"})


class FaultCode(NamedTuple):
    """A row of a format's table of codes: how bad, what it means, and who says so.

    `clause`: the section of the standard, or the tools that refuse or lose what it allows.
    """

    severity: Severity
    meaning: str
    clause: str


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` and `column` are 1-based (0: not known, or the file as a whole); `unit` is the id of
    the unit, "" where none is open. The severity is that of the code in its format's table.
    """

    code: str
    line: int
    unit: str
    reason: str
    advice: str
    severity: Severity
    column: int = 0
