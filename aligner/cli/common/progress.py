"""The line on stderr that says how far long work is; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from aligner.cli.ui import translated

__all__ = ["counted", "status_line"]

_SILENT = 1.0  # seconds of work that need no word
_EVERY = 0.2  # seconds between two words


def status_line(*, quiet: bool = False) -> Callable[[str, bool], None] | None:
    """`show(text, last)` writes a text over the one before; the last one ends the line."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(text: str, last: bool) -> None:
        print(f"\r\x1b[K{translated(text)}", end="\n" if last else "", file=sys.stderr, flush=True)

    return show


def counted(unit: str, *, quiet: bool = False) -> Callable[[str, int, int], None] | None:
    """`show(stage, done, total)`: with rate and time left, once the work turns out to be long."""
    line = status_line(quiet=quiet)
    if line is None:
        return None
    began = time.monotonic()
    shown, started, current = 0.0, began, ""

    def show(stage: str, done: int, total: int) -> None:
        nonlocal shown, started, current
        now = time.monotonic()
        if stage != current:
            current, started = stage, now
        last = done >= total
        # a line that was begun must be ended
        if now - began < _SILENT or (now - shown < _EVERY and not (last and shown)):
            return
        shown = 0.0 if last else now
        rate = done / max(now - started, 1e-6)
        left = f", {(total - done) / rate:.0f} s left" if rate > 0 else ""
        line(f"{stage} {done}/{total} {unit}, {rate:.0f}/s{left}", last)

    return show
