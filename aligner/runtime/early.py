"""Ctrl-C and SIGTERM while the program is still being loaded: a word, and exit code 2.

A module of its own that imports next to nothing, so that the time in which nobody listens is short.
"""

from __future__ import annotations

# built in, and all of `signal` that is needed: that would make its enumerations first
import _signal as signal  # type: ignore[import-not-found]
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

__all__ = ["NUMBERS", "heeded"]

# the signals that ask a process of this system to end: Ctrl-C; kill; Ctrl-Break of Windows
NUMBERS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)


class heeded:  # noqa: N801 - used as a function; contextlib would have to be loaded for one
    """Within the block a signal prints `message` and ends the process."""

    def __init__(self, message: str, *, to_the_end: bool = False) -> None:
        """`to_the_end`: behind the block the process ends, and there is nothing left to interrupt."""
        self._message = message.encode()
        self._to_the_end = to_the_end

    def __enter__(self) -> None:
        self._before = {}
        try:
            for number in NUMBERS:
                # what is ignored stays so: nohup, the background jobs of some shells
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._end)
        except ValueError:  # signals are the main thread's, and this is another
            return

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            if self._to_the_end:
                signal.signal(number, signal.SIG_IGN)
                continue
            # None: it was not set from Python
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        try:
            os.write(2, self._message)
        finally:
            os._exit(2)
