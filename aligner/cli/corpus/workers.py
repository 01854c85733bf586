"""What the commands of `aligner corpus` that start worker processes share."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["BuildProgressOption", "PairTime", "Workers", "worker_memory"]

_SHARE = 0.8  # of the machine's memory that all workers may use together

Workers = Annotated[int, typer.Option("--workers", min=0, help="Worker processes; 0: one a core.")]
PairTime = Annotated[
    float, typer.Option("--time-limit", min=0, help="Seconds a pair may take; 0: no limit.")
]
BuildProgressOption = Annotated[
    str, typer.Option("--progress", help="auto, none, or json: lines of JSON on standard error.")
]


def worker_memory(workers: int) -> int:
    """Bytes that each of `workers` may use."""
    from aligner.runtime.limits import total_memory

    return int(total_memory() * _SHARE / workers)
