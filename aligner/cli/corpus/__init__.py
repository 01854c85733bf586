"""`aligner corpus`: `build` with `merge` and `status`, `pairing`, and `units` (streams of units)."""

from __future__ import annotations

from aligner.cli.corpus.build import app

__all__ = ["app"]
