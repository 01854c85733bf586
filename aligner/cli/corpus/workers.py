"""What the commands of `aligner corpus` that start worker processes share."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["BuildProgressOption", "PairTime", "Workers", "silent"]

Workers = Annotated[int, typer.Option("--workers", min=0, help="Worker processes; 0: one a core.")]
PairTime = Annotated[
    float, typer.Option("--time-limit", min=0, help="Seconds a pair may take; 0: no limit.")
]
BuildProgressOption = Annotated[
    str, typer.Option("--progress", help="auto, none, or json: lines of JSON on standard error.")
]


def silent(_: str) -> None:
    """What hears of notices under --quiet."""
