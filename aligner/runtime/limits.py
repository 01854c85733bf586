"""Memory: how much there is, and how much this process may use."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from aligner.runtime import interrupts

__all__ = [
    "OUT_OF_MEMORY",
    "free_memory",
    "give_back_memory",
    "limit_memory",
    "resident",
    "total_memory",
    "trim_memory",
]

OUT_OF_MEMORY = 86  # exit code of a process that passed a limit it had to watch itself
_LOOK = 0.05  # seconds between two looks at the memory in use
_UNKNOWN = 8 << 30  # bytes taken for the memory of a system that does not say
# of glibc's malloc.h
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8


def total_memory() -> int:
    """Bytes of memory of this machine."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return _windows_total() or _UNKNOWN


def free_memory() -> int | None:
    """Bytes of memory that the machine can still give; None where the system does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    return None


def give_back_memory() -> None:
    """Have what is freed go back to the system, for a process that runs for hours.

    To be called before threads are started. glibc keeps a heap for each thread, and once a large
    array was freed it puts arrays of up to 32 MiB into these heaps, where one small object above
    the hole keeps it from going back: a server that computes now in this thread, now in that one,
    grows by the largest array of each. One heap, and large arrays always mapped by themselves, end
    that. Other systems need no such word.
    """
    import ctypes

    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):  # musl has no mallopt, and no such heaps
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, 1 << 20)
        mallopt(_TRIM_THRESHOLD, 4 << 20)


def trim_memory() -> None:
    """Give back to the system now what was freed, as far as the C library can (glibc).

    Behind a step that made many large arrays: what is kept of them for later ones counts as used. Takes a
    millisecond, and later arrays need new pages.
    """
    import ctypes

    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # musl keeps nothing
            ctypes.CDLL(None).malloc_trim(0)


def limit_memory(limit: int) -> None:
    """Let this process use `limit` bytes beside what is mapped from files and shared.

    On Linux an allocation above it raises MemoryError (RLIMIT_DATA). Elsewhere the system keeps no
    such limit, and a thread ends the process with OUT_OF_MEMORY when it sees more in use.
    """
    if sys.platform == "linux":
        with contextlib.suppress(ImportError):
            import resource

            _, most = resource.getrlimit(resource.RLIMIT_DATA)
            if most != resource.RLIM_INFINITY:
                limit = min(limit, most)  # a child may have less than its parent, never more
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            return
    threading.Thread(target=_watch, args=(limit,), name="memory", daemon=True).start()


def resident() -> int:
    """Bytes of memory that this process has in use; 0 where the system does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError, AttributeError):
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # the most so far; macOS: bytes
    return _windows_resident()


def _watch(limit: int) -> None:
    while resident() <= limit:
        time.sleep(_LOOK)
    interrupts.end_now(OUT_OF_MEMORY)


def _windows_total() -> int:
    """Not run by the project's own tests, which have no Windows."""
    import ctypes

    if not hasattr(ctypes, "windll"):
        return 0

    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ["total", "free", "page_total", "page_free"]),
            *((name, ctypes.c_ulonglong) for name in ["virtual", "virtual_free", "extended"]),
        ]

    status = Status()
    status.length = ctypes.sizeof(Status)
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.total)


def _windows_resident() -> int:
    """Not run by the project's own tests, which have no Windows."""
    import ctypes

    if not hasattr(ctypes, "windll"):
        return 0

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            ("peak", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            *((f"other{n}", ctypes.c_size_t) for n in range(6)),
        ]

    counters = Counters()
    counters.size = ctypes.sizeof(Counters)
    kernel = ctypes.windll.kernel32
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo(
        ctypes.c_void_p(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.size
    )
    return int(counters.working_set)
