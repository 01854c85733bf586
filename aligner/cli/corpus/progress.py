"""How far `aligner corpus build` is, on stderr: a line that changes on a terminal, a line a minute in a
log, or lines of JSON for programs.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Self

from aligner.cli.common.progress import status_line
from aligner.cli.ui import tell
from aligner.model import UsageError

if TYPE_CHECKING:
    from aligner.corpus.build import Tally

__all__ = ["HOWS", "BuildProgress", "spoken"]

HOWS = ("auto", "json", "none")
_EVERY = 1.0  # seconds between two lines of JSON
_LOG = 60.0  # seconds between two lines of a log


def spoken(seconds: float) -> str:
    """A length of time for people: 40 s, 12 min, 3.5 h."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


class BuildProgress(AbstractContextManager["BuildProgress"]):
    """`tell` is called with the tally of a build whenever it changes; `tell` is None for silence.

    Raises UsageError for a way that nobody knows.
    """

    def __init__(self, how: str, *, quiet: bool) -> None:
        if how not in HOWS:
            raise UsageError(f"--progress cannot be {how!r}", hint=", ".join(HOWS))
        self._began = time.monotonic()
        self._latest: dict[str, Any] | None = None
        self._last = float("-inf")
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.tell: Callable[[Tally], None] | None = None
        if quiet or how == "none":
            return
        self._line = None if how == "json" else status_line()
        if how == "json":
            self.tell = self._json
        else:
            self.tell = self._overwrite if self._line else self._remember
        if self._line is None:
            # a pair may take long: time tells that the run lives, not only what ends
            self._thread = threading.Thread(target=self._log, args=(how == "json",), daemon=True)
            self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _figures(self, tally: Tally) -> dict[str, Any]:
        seconds = max(time.monotonic() - self._began, 1e-6)
        share = tally.weight_done / tally.weight if tally.weight else 1.0
        return {
            "pairs": tally.pairs,
            "finished": tally.skipped + tally.done + tally.failed,
            "failed": tally.failed,
            "segments": tally.segments,
            "seconds": round(seconds, 1),
            "segments_a_second": round(tally.segments / seconds, 1),
            "seconds_left": round(seconds * (1 - share) / share, 1) if share else None,
        }

    def _json(self, tally: Tally) -> None:
        figures = self._latest = self._figures(tally)
        now = time.monotonic()
        if now - self._last >= _EVERY or figures["finished"] == figures["pairs"]:
            self._last = now
            print(json.dumps(figures), file=sys.stderr, flush=True)

    def _overwrite(self, tally: Tally) -> None:
        figures = self._figures(tally)
        if self._line is not None:
            self._line(_words(figures), figures["finished"] == figures["pairs"])

    def _remember(self, tally: Tally) -> None:
        self._latest = self._figures(tally)

    def _log(self, as_json: bool) -> None:
        while not self._stopped.wait(_LOG):
            if (latest := self._latest) is None:
                continue
            seconds = round(time.monotonic() - self._began, 1)
            if as_json:
                print(json.dumps({**latest, "seconds": seconds}), file=sys.stderr, flush=True)
            else:
                tell(f"after {spoken(seconds)}: {_words(latest)}")


def _words(figures: dict[str, Any]) -> str:
    left = figures["seconds_left"]
    more = f", {spoken(left)} left" if left is not None else ""
    failed = f", {figures['failed']} failed" if figures["failed"] else ""
    return (
        f"{figures['finished']}/{figures['pairs']} pairs{failed}, "
        f"{figures['segments_a_second']:.0f} segments/s{more}"
    )
