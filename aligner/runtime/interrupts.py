"""Ctrl-C and SIGTERM end a command within two seconds, with a word and exit code 2.

Python tells a program of a signal between two steps of its main thread: at once in most work, but
only at the end of a long step (sorting, a library that computes), or of waiting for threads. So a
signal does two things here: `Interrupted` is raised in the main thread as soon as it can be, and a
thread that the interpreter's own handler wakes waits a moment for the end, then ends the process.

What must not be left behind (temporary files) is registered with `before_end`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

from aligner.runtime.early import NUMBERS

__all__ = [
    "Heard",
    "Interrupted",
    "before_end",
    "end_now",
    "handled",
    "ignored",
    "is_computing",
    "stopping",
]

GRACE = 1.2  # seconds the main thread has for an orderly end
_cleaners: list[Callable[[], None]] = []


class Interrupted(KeyboardInterrupt):
    """The process was told to stop, by Ctrl-C or by SIGTERM."""


def before_end(clean: Callable[[], None]) -> None:
    """Call `clean` before an end that runs nothing else. It must be quick and may not wait."""
    _cleaners.append(clean)


def end_now(code: int, *, group: bool = False) -> None:
    """End the process from any thread, whatever the others do; `group`: and the processes of its
    group, for one that leads a group of its own.
    """
    for clean in _cleaners:
        with contextlib.suppress(Exception):
            clean()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    if group and hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(code)


def is_computing() -> bool:
    """Whether other threads would have to be waited for at the end of the process."""
    mine = threading.current_thread()
    return any(other is not mine and not other.daemon for other in threading.enumerate())


class Heard:
    """Whether a signal came."""

    def __init__(self) -> None:
        self.stopped = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        """The handler: raises once, for a second signal must not break the end that began."""
        del number, frame
        if not self.stopped:
            self.stopped = True
            raise Interrupted


@contextlib.contextmanager
def handled(message: str) -> Iterator[Heard]:
    """Within the block a signal raises `Interrupted`; where that comes to nothing for GRACE
    seconds, `message` is printed and the process ends with 2.

    Signals are the main thread's: elsewhere (a program that calls `main` in a thread) nothing is
    changed. What was ignored stays so (nohup, the background jobs of some shells).
    """
    heard = Heard()
    if threading.current_thread() is not threading.main_thread():
        yield heard
        return
    with _set(heard.stop), _Watch(message), _quiet_end(heard):
        yield heard


@contextlib.contextmanager
def _quiet_end(heard: Heard) -> Iterator[None]:
    """Python prints what it cannot raise: an `Interrupted` in a `__del__`, a generator that is closed
    behind its closed memory. After a signal these are parts of the end, and no news for a user.
    """
    before = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if not heard.stopped:
            before(unraisable)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        if not heard.stopped:  # else generators end with the interpreter, after this
            sys.unraisablehook = before


@contextlib.contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Within the block, also inside `handled`, a signal calls `stop` and does nothing else: for a
    server, which ends itself in its own time.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def called(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop()

    watch = signal.set_wakeup_fd(-1)
    try:
        with _set(called):
            yield
    finally:
        signal.set_wakeup_fd(watch)


@contextlib.contextmanager
def _set(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    try:
        for number, old in before.items():
            if old is not signal.SIG_IGN:
                signal.signal(number, handler)
        yield
    finally:
        for number, old in before.items():
            # None: it was not set from Python
            signal.signal(number, signal.SIG_DFL if old is None else old)


class _Watch:
    """Ends the process where the main thread does not get to it."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __enter__(self) -> None:
        self._ours, self._theirs = os.pipe()
        if hasattr(os, "set_blocking"):  # Windows has it from Python 3.12 on, and does not need it
            os.set_blocking(self._theirs, False)
        self._numbers = frozenset(int(number) for number in NUMBERS)
        self._before = signal.set_wakeup_fd(self._theirs, warn_on_full_buffer=False)
        self._over = threading.Event()
        threading.Thread(target=self._wait, name="interrupts", daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        signal.set_wakeup_fd(self._before)
        os.close(self._theirs)  # the thread reads the end and closes its own

    def _wait(self) -> None:
        while heard := os.read(self._ours, 64):
            if self._numbers.isdisjoint(heard):
                continue
            if not self._over.wait(GRACE):
                with contextlib.suppress(OSError):
                    os.write(2, self._message.encode())
                end_now(2)
        os.close(self._ours)


def ignored() -> None:
    """Ctrl-C is for the process that started this one, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
