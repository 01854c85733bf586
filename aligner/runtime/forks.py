"""Work shared out over processes that are copies of this one, for what Python's lock keeps from threads.

A copy (`fork`) sees all that this process holds at no cost, and what it makes must lie in memory that both
share. It is made only where that is known to be safe: on Linux, from the main thread, with no other
thread than the one that waits for signals. Elsewhere the work is done here.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from aligner.runtime import cores

__all__ = ["possible", "shared_arrays", "work_off"]

_NUMBER = 4  # bytes that say which item is done


def possible() -> bool:
    """Whether copies of this process can work, and would be worth it."""
    if sys.platform != "linux" or cores.count() < 2:
        return False
    others = {thread.name for thread in threading.enumerate()} - {threading.main_thread().name}
    return threading.current_thread() is threading.main_thread() and others <= {"interrupts"}


def shared_arrays(shapes: Sequence[tuple[int, ...]]) -> list[npt.NDArray[np.float32]]:
    """Arrays of zeros that this process and its copies share; the memory goes with the last of them."""
    sizes = [int(np.prod(shape)) for shape in shapes]
    whole = np.frombuffer(mmap.mmap(-1, max(1, sum(sizes)) * 4), np.float32)
    stops = np.cumsum(sizes)
    return [
        whole[stop - size : stop].reshape(shape)
        for stop, size, shape in zip(stops, sizes, shapes, strict=True)
    ]


def work_off(
    count: int, span: int, work: Callable[[int], None], told: Callable[[int], None]
) -> None:
    """Call `work` with each of 0 .. count - 1, `span` neighbours in one process; `told` hears here how
    many are done. What a copy could not do is done here, so that its error arises here.
    """
    spans = [range(k, min(k + span, count)) for k in range(0, count, span)]
    workers = min(cores.count(), len(spans))
    ours, theirs = os.pipe()
    children: list[int] = []
    left = set(range(count))
    try:
        try:
            for number in range(workers):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", DeprecationWarning)  # 3.12: threads; `possible`
                    child = os.fork()
                if child == 0:
                    os.close(ours)
                    _work(spans[number::workers], work, theirs, cores.deal(number, workers))
                children.append(child)
        except OSError:  # no more processes: those that are there, and this one
            pass
        finally:
            os.close(theirs)
        begun = b""
        while part := os.read(ours, 1 << 16):
            begun += part
            whole = len(begun) - len(begun) % _NUMBER
            left -= set(np.frombuffer(begun[:whole], np.int32).tolist())
            begun = begun[whole:]
            told(count - len(left))
    finally:
        os.close(ours)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        for child in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
    for number in sorted(left):
        work(number)
        left.discard(number)
        told(count - len(left))


def _work(
    spans: Sequence[range], work: Callable[[int], None], out: int, mine: Sequence[int]
) -> NoReturn:
    """In a copy: its spans, and its end, whatever happens; signals are for the process that made it."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        cores.bind(mine)
        for span in spans:
            for number in span:
                work(number)
                os.write(out, number.to_bytes(_NUMBER, sys.byteorder))
        code = 0
    except BaseException:  # noqa: BLE001, S110 - the process that made this one does what is left
        pass
    finally:
        os._exit(code)
