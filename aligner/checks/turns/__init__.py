"""The checks of turns: who speaks, and in which order."""

from __future__ import annotations

from aligner.checks.turns.speakers import (
    Labels,
    Turn,
    check_order,
    check_speaker,
    check_turn_count,
    turns_of,
)

__all__ = [
    "Labels",
    "Turn",
    "check_order",
    "check_speaker",
    "check_turn_count",
    "turns_of",
]
