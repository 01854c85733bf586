"""`aligner corpus` pair, stats, filter, dedup, split, sample, export."""

from __future__ import annotations

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the tools to `aligner corpus`."""
    del app
