"""Tests that run against changed code: which tests run which lines, and one forked process a mutant.

A process collects the tests of several packages once and forks for each mutant: the child gives
the functions of the changed module their changed code (`__code__`, so that names imported elsewhere
mean it too) and runs the chosen tests, the quickest first, until one fails. What runs on import
(constants, defaults, class bodies) cannot be changed in that way; such a mutant is imported afresh
in a child of a process that has imported nothing of ours.

A run sees what happens in its own process: tests of a command that starts another one see no mutant.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import importlib.abc
import importlib.util
import io
import json
import math
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

__all__ = [
    "ChangedModule",
    "Fork",
    "NotInPlace",
    "Session",
    "change_in_place",
    "functions_of",
    "in_order",
    "module_name",
    "record",
]

_OPTIONS = ["-s", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--no-header"]
# hypothesis is imported before pytest could rewrite its assertions, which are not ours
_OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
_MEMORY = 8 << 30  # bytes of addresses beside those that are taken; a mutant may ask for any
_FILE = 256 << 20
_NOT_IN_PLACE = 77


class NotInPlace(Exception):
    """The change concerns what runs on import."""


class _Quick:
    """Hypothesis without its searches for the smallest example, and with no memory."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        # after tests/conftest.py, before the modules whose decorators read it
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", deadline=None, database=None, phases=phases)
        settings.load_profile("mutants")


class _Recorder(_Quick):
    """Seconds of processor time of each test, and the lines of the modules that it runs."""

    def __init__(self, modules: dict[str, str]) -> None:
        self.modules = modules  # by absolute file name
        self.tests: dict[str, dict[str, Any]] = {}
        self.failed: list[str] = []
        self._lines: dict[str, set[int]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._lines = {}
        begin = time.process_time()
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            self.tests[item.nodeid] = {
                "seconds": round(time.process_time() - begin, 4),
                "lines": {name: sorted(lines) for name, lines in self._lines.items()},
            }

    def _enter(self, frame: FrameType, _event: str, _argument: object) -> Any:
        name = self.modules.get(frame.f_code.co_filename)
        if name is None:
            return None
        lines = self._lines.setdefault(name, set())

        def line(frame: FrameType, event: str, _argument: object) -> Any:
            if event == "line":
                lines.add(frame.f_lineno)
            return line

        return line

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def record(root: Path, file: str, modules: Sequence[str], to: Path) -> None:
    """Run one test file in this process; `to` gets its tests, their seconds and lines, as JSON."""
    recorder = _Recorder({str(root / name): name for name in modules})
    with _quiet():
        pytest.main([*_OPTIONS, "--rootdir", str(root), str(root / file)], plugins=[recorder])
    # a test that fails anyhow can kill nothing
    kept = {name: one for name, one in recorder.tests.items() if name not in recorder.failed}
    to.write_text(json.dumps({"tests": kept, "failed": recorder.failed}), encoding="utf-8")


def in_order(tests: dict[str, float], most: float, subject: Sequence[str] = ()) -> list[str]:
    """Names of tests by their seconds, the quickest first, as many as `most` seconds allow.

    Those in whose names a word of the `subject` stands come before others, and tests that are
    about as quick stay together by file, for the sake of what they share.
    """

    def key(name: str) -> tuple[bool, int, str]:
        other = not any(word in name for word in subject)
        return other, math.ceil(math.log2(max(tests[name], 0.01))), name

    chosen: list[str] = []
    left = most
    for name in sorted(tests, key=key):
        left -= tests[name]
        if left < 0 and chosen:
            break
        chosen.append(name)
    return chosen


class Session(_Quick):
    """A collected session of pytest; `work` is called in place of its loop, to fork from."""

    def __init__(self, work: Callable[[Session], None]) -> None:
        self._work = work
        self._items: dict[str, pytest.Item] = {}
        self.failed = ""

    def main(self, root: Path, files: Sequence[str]) -> int:
        """Collect these test files and work; returns pytest's exit code."""
        with _quiet():
            paths = [str(root / file) for file in files]
            return int(pytest.main([*_OPTIONS, "--rootdir", str(root), *paths], plugins=[self]))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted(f"{session.testsfailed} errors while collecting")
        self._items = {item.nodeid: item for item in session.items}
        self._work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def first_failure(self, names: Sequence[str]) -> str:
        """Run these tests until one fails: its name, or nothing."""
        items = [self._items[name] for name in names if name in self._items]
        self.failed = ""
        for item, following in zip(items, [*items[1:], None], strict=True):
            try:
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            except BaseException:  # noqa: BLE001 - whatever a mutant raises through pytest
                return item.nodeid
            if self.failed:
                return self.failed
        return ""


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()):
        yield


class Fork:
    """A child process that does `work` and hands back a text; its processor time is limited.

    What it prints goes nowhere, but for its stderr where it is `heard`.
    """

    def __init__(self, work: Callable[[], str], seconds: float, *, heard: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        self._until = time.monotonic() + 20 * seconds + 120
        self._status: int | None = None
        self.id = os.fork()
        if self.id == 0:
            self._live(work, math.ceil(seconds), 2 if heard else 3)

    def _live(self, work: Callable[[], str], seconds: int, silent: int) -> None:
        code = 1
        try:
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for number in range(silent):
                os.dup2(null, number)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            memory = _addresses() + _MEMORY
            most = resource.getrlimit(resource.RLIMIT_AS)[1]
            if most != resource.RLIM_INFINITY:  # a fork of a fork, whose limit nobody may raise
                memory = min(memory, most)
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            temporary = self._folder / "tmp"
            temporary.mkdir()
            os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = str(temporary)
            tempfile.tempdir = str(temporary)
            (self._folder / "answer").write_text(work(), encoding="utf-8")
            code = 0
        except NotInPlace:
            code = _NOT_IN_PLACE
        except BaseException as error:  # noqa: BLE001 - the parent says it
            (self._folder / "error").write_text(repr(error), encoding="utf-8")
        finally:
            os._exit(code)

    def is_over(self) -> bool:
        """Whether there is an answer; ends the child where its time is up."""
        if self._status is None:
            done, status = os.waitpid(self.id, os.WNOHANG)
            if done:
                self._status = status
            elif time.monotonic() > self._until:
                self._end()
        return self._status is not None

    def _end(self) -> None:
        os.killpg(self.id, signal.SIGKILL)
        self._status = os.waitpid(self.id, 0)[1]

    def answer(self) -> str | None:
        """What `work` returned, or the name of the signal that ended it; None where time was up.

        Raises NotInPlace as `work` did, RuntimeError where it raised anything else.
        """
        try:
            while not self.is_over():
                time.sleep(0.005)
        finally:
            if self._status is None:  # Ctrl-C
                self._end()
        with contextlib.suppress(ProcessLookupError):  # what it started itself
            os.killpg(self.id, signal.SIGKILL)
        status = self._status or 0
        try:
            code = os.waitstatus_to_exitcode(status)
            if code == _NOT_IN_PLACE:
                raise NotInPlace
            if code == 1:
                raise RuntimeError((self._folder / "error").read_text(encoding="utf-8"))
            if code in (-signal.SIGXCPU, -signal.SIGKILL):
                return None
            if code < 0:
                return signal.Signals(-code).name
            return (self._folder / "answer").read_text(encoding="utf-8")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


def _addresses() -> int:
    """Bytes of addresses that this process has taken; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def functions_of(files: Sequence[str]) -> dict[str, list[FunctionType]]:
    """All living functions that these files define."""
    found: dict[str, list[FunctionType]] = {name: [] for name in files}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in found:
            found[one.__code__.co_filename].append(one)
    return found


def change_in_place(functions: Sequence[FunctionType], source: str, tree: ast.Module) -> None:
    """Give these functions, all of one module, the code of the changed module.

    Raises NotInPlace where the change lies in none of them.
    """
    file = functions[0].__code__.co_filename if functions else ""
    old = _codes(compile(source, file, "exec", dont_inherit=True))
    new = _codes(compile(tree, file, "exec", dont_inherit=True))
    changed = 0
    for function in functions:
        code = function.__code__
        key = (code.co_qualname, code.co_firstlineno)
        if len(old.get(key, ())) != len(new.get(key, ())) or code not in old.get(key, ()):
            raise NotInPlace
        after = new[key][old[key].index(code)]
        if after == code:
            continue
        if after.co_freevars != code.co_freevars:
            raise NotInPlace
        function.__code__ = after
        changed += 1
    if not changed:
        raise NotInPlace


def _codes(code: CodeType) -> dict[tuple[str, int], list[CodeType]]:
    found: dict[tuple[str, int], list[CodeType]] = {}
    waiting = [code]
    while waiting:
        one = waiting.pop()
        found.setdefault((one.co_qualname, one.co_firstlineno), []).append(one)
        waiting += [inner for inner in one.co_consts if isinstance(inner, CodeType)]
    return found


class ChangedModule(importlib.abc.MetaPathFinder):
    """Put on `sys.meta_path`, it imports one module from a changed tree."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self._name, self._tree = name, tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(fullname, spec.origin, self._tree)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the base class's signature
        return compile(self._tree, self.path, "exec", dont_inherit=True)


def module_name(file: str) -> str:
    """`aligner/model/unit.py` -> `aligner.model.unit`."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
