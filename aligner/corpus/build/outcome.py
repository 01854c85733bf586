"""What a job gives back: files and figures, the reason why not, or that the machine failed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Digests", "Failure", "Outage", "Outcome"]

# sha256 of both texts as they were read, "" for one that was not there; () where nobody knows
Digests = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`files`: name -> bytes, for the pair's folder. `quality`: JSON values for its report.

    Keys of `quality` that the report shows: source_lang, target_lang, source_segments,
    target_segments, beads, mean_confidence, quality, null_share, warnings (a list of sentences).
    """

    files: Mapping[str, bytes]
    quality: Mapping[str, Any]
    digests: Digests = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a pair has no result; it is listed and not tried again.

    `kind`: input (the texts cannot be used), memory, time, crash, or error (a mistake of ours:
    please report). `message` is one line; `log` may hold more.
    """

    kind: str
    message: str
    log: str = field(default="", compare=False)
    digests: Digests = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Outage:
    """The machine or the cluster failed, not the pair, of which nothing is written down.

    `final`: trying again is of no use before somebody does something (a disk is full).
    """

    message: str
    final: bool = False
