"""What a job gives back: files and figures, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Failure", "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`files`: name -> bytes, for the pair's folder. `quality`: JSON values for its report.

    Keys of `quality` that the report shows: source_lang, target_lang, source_segments,
    target_segments, beads, mean_confidence, null_share, warnings (a list of sentences).
    """

    files: Mapping[str, bytes]
    quality: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a pair has no result.

    `kind`: input (the texts cannot be used), error (an exception of ours: please report), memory,
    time, crash. `message` is one line; `log` may hold more.
    """

    kind: str
    message: str
    log: str = field(default="", compare=False)
