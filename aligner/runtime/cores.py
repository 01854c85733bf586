"""Cores: how many this process may use, and which."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["bind", "count", "deal", "numbers", "sums_bytes_exactly"]

_taken: list[int] = []  # by `bind`, for systems that do not hold a process to its cores


def numbers() -> tuple[int, ...]:
    """The cores this process may run on; where the system does not say which, 0, 1, 2 ..."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    if _taken:
        return tuple(_taken)
    # process_cpu_count (3.13) heeds -X cpu_count
    return tuple(range(getattr(os, "process_cpu_count", os.cpu_count)() or 1))


def count() -> int:
    """How many threads of work at a time are worth it here, at least 1."""
    return len(numbers())


def bind(cores: Iterable[int]) -> None:
    """Let this process use these cores only.

    Where a process cannot be held to its cores (macOS, Windows), `count` heeds it all the same, and
    no more threads are started than cores were given.
    """
    _taken[:] = sorted(set(cores))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, _taken)


def sums_bytes_exactly() -> bool:
    """Whether products of bytes are summed in 32 bits at once (x86 with VNNI, every ARM), so that no
    sum overflows on the way. False where the system does not say.
    """
    import platform

    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        return "vnni" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False


def deal(number: int, workers: int) -> tuple[int, ...]:
    """The cores of worker `number` (from 0) of `workers`: as many threads as cores in all."""
    mine = numbers()
    if workers >= len(mine):
        return (mine[number % len(mine)],)
    return mine[number::workers]
