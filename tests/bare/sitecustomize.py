"""A Python as on a system that has not what Linux has: put this folder on PYTHONPATH.

Names are taken away that Windows (most of them), macOS or both lack; what starts processes by fork
or hands file numbers down refuses. A file that is open refuses to be renamed over where
`ALIGNER_TEST_HELD` names it.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import os
import pathlib
import subprocess
import sys
from typing import Any

for _module in ("fcntl", "grp", "resource", "termios", "_posixshmem"):
    sys.modules[_module] = None  # type: ignore[assignment]
for _name in (
    *("chown", "fork", "forkpty", "getppid", "pread", "process_cpu_count", "register_at_fork"),
    *("sched_getaffinity", "sched_setaffinity", "setsid", "sysconf", "umask"),
):
    if hasattr(os, _name):
        delattr(os, _name)

_start = subprocess.Popen.__init__


def _refusing(self: Any, *arguments: Any, **more: Any) -> None:
    for name in ("pass_fds", "preexec_fn", "start_new_session"):
        if more.get(name):
            raise ValueError(f"{name} is not supported on Windows platforms")
    _start(self, *arguments, **more)


subprocess.Popen.__init__ = _refusing  # type: ignore[method-assign]


def _no_context(method: str | None = None) -> Any:
    if method not in (None, "spawn"):
        raise ValueError(f"cannot find context for {method!r}")
    return multiprocessing.context.SpawnContext()


multiprocessing.set_start_method("spawn")
multiprocessing.get_context = _no_context

_replace = pathlib.Path.replace
_held = os.environ.get("ALIGNER_TEST_HELD")


def _as_on_windows(self: pathlib.Path, target: Any) -> pathlib.Path:
    if _held and os.path.realpath(target) == os.path.realpath(_held):
        raise PermissionError(13, "The process cannot access the file", str(target))
    return _replace(self, target)


pathlib.Path.replace = _as_on_windows  # type: ignore[method-assign, assignment]
