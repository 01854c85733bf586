"""The checks of wording that are off unless asked for: attribution, hedges, intensity, explicitation."""

from __future__ import annotations

from aligner.checks.shifts.wording import SHIFTS, check_shifts

__all__ = ["SHIFTS", "check_shifts"]
