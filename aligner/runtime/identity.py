"""Which process this is, on which machine, and whether another one still runs."""

from __future__ import annotations

import functools
import hashlib
import os
from contextlib import suppress
from pathlib import Path

__all__ = ["is_running", "number", "place"]

_STILL_ACTIVE = 259  # Windows: the exit code of a process that has none yet
_QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION


@functools.cache
def place() -> str:
    """A short name of where process numbers mean the same: this machine, or this container of it."""
    import platform

    known = platform.node()
    with suppress(OSError, AttributeError):
        known += str(Path("/proc/self/ns/pid").readlink())
    return hashlib.sha256(known.encode()).hexdigest()[:8]


def number() -> int:
    """The number of this process."""
    return os.getpid()


def is_running(process: int) -> bool:
    """Whether a process of that number runs at this place (perhaps another one by now)."""
    if os.name == "nt":
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _runs_on_windows(number: int) -> bool:
    """Not run by the project's own tests, which have no Windows: there `os.kill` would end it."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY, False, number))
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE
