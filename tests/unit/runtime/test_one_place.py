"""Nothing but `aligner.runtime` asks which system this is, or uses what only some systems have."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

_MODULES = {
    *("_signal", "ctypes", "fcntl", "grp", "msvcrt", "multiprocessing", "platform", "posix"),
    *("pty", "pwd", "resource", "select", "selectors", "signal", "subprocess", "syslog"),
    *("termios", "winreg"),
}
_OF_OS = {
    *("chmod", "chown", "cpu_count", "fork", "forkpty", "getpgid", "getpid", "getppid", "getuid"),
    *("geteuid", "kill", "killpg", "link", "mkfifo", "name", "nice", "pipe", "posix_spawn"),
    *("process_cpu_count", "pread", "register_at_fork", "rename", "replace", "sched_getaffinity"),
    *("sched_setaffinity", "set_blocking", "setpgid", "setsid", "statvfs", "symlink", "sysconf"),
    *("system", "umask", "uname", "waitpid", "_exit"),
}
_OF_SYS = {"platform", "getwindowsversion"}
_ARGUMENTS = {"pass_fds", "preexec_fn", "start_new_session", "process_group", "creationflags"}
_NAMES = {"ProcessPoolExecutor"}


def offences(tree: ast.AST) -> Iterator[str]:
    """What a module uses of a system, by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.partition(".")[0] in _MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module.partition(".")[0] in _MODULES:
                yield node.module
            forbidden = {"os": _OF_OS, "sys": _OF_SYS}.get(node.module, _NAMES)
            yield from (a.name for a in node.names if a.name in forbidden)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            forbidden = {"os": _OF_OS, "sys": _OF_SYS}.get(node.value.id, _NAMES)
            if node.attr in forbidden:
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Call):
            yield from (k.arg for k in node.keywords if k.arg in _ARGUMENTS)


def test_what_is_looked_for_is_seen() -> None:
    code = (
        "import os, fcntl\nfrom os import fork\nfrom multiprocessing.connection import wait\n"
        "import concurrent.futures\nos.umask(0)\nrun(pass_fds=(1,))\n"
        "concurrent.futures.ProcessPoolExecutor()\nimport sys\nsys.platform\n"
        "from concurrent.futures import ProcessPoolExecutor\n'a'.replace('b', 'c')\nos.path.join\n"
    )
    assert sorted(offences(ast.parse(code))) == [
        *("ProcessPoolExecutor", "fcntl", "fork", "multiprocessing.connection"),
        *("os.umask", "pass_fds", "sys.platform"),
    ]


_FILES = [
    path
    for path in sorted((ROOT / "aligner").rglob("*.py"))
    if "runtime" not in path.relative_to(ROOT).parts
]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_one_package_asks_the_system(path: Path) -> None:
    assert not list(offences(ast.parse(path.read_bytes())))
