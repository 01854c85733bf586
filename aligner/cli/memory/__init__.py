"""`aligner memory`: `contents` (import, search, export), `pretranslate`, `upkeep`."""

from __future__ import annotations

from aligner.cli.memory.contents import app

__all__ = ["app"]
