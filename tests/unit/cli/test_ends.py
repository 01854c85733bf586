"""How commands end: what nobody foresaw, and signals from the first moment on."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from aligner.workflows import aligning
from tests.conftest import CORPORA
from tests.unit.cli.run import run

_MAIN = "from aligner.cli import main; main()"
_TEXTS = [str(CORPORA / "interview" / f"{lang}.html") for lang in ("es", "en")]
_INTERRUPTED = "aligner: interrupted: no file is half-written"


class Panic(BaseException):
    """As libraries written in Rust raise it: no Exception."""


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (RuntimeError("a thing\nof two lines"), "RuntimeError: a thing of two lines"),
        (KeyError(), "KeyError"),
        (EOFError("cut"), "EOFError: cut"),
        (MemoryError(), "there is not enough memory"),
        (Panic("it panicked"), "Panic: it panicked"),
        (RecursionError("too deep"), "RecursionError: too deep"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_nobody_foresaw_leaves_its_traceback_in_a_file(
    error: BaseException, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fails(name: str) -> None:
        raise error

    monkeypatch.setattr(aligning, "read_source", fails)
    done = run("align", *_TEXTS, "-o", tmp_path / "x.tmx")
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith(f"aligner: {shown}: a mistake of this program, please report it")
    assert done.err.count("\n") == 1
    named = re.search(r"with (\S+)\n", done.err)
    assert named
    report = Path(named[1])
    assert report.parent == tmp_path
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text(encoding="utf-8")
    assert text.startswith("Traceback")
    assert "in fails" in text
    assert not (tmp_path / "x.tmx").exists()


def test_where_no_file_can_be_written_the_traceback_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))

    def fails(name: str) -> None:
        raise ValueError(name)

    monkeypatch.setattr(aligning, "read_source", fails)
    done = run("align", *_TEXTS, "-o", tmp_path / "x.tmx")
    assert done.code == 2
    assert done.err.startswith("aligner: ValueError: ")
    assert "Traceback (most recent call last)" in done.err


def test_a_closed_standard_error_puts_nothing_into_the_result(tmp_path: Path) -> None:
    command = f"exec {sys.executable} -c '{_MAIN}' read {tmp_path}/absent.txt 2>&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "moment",
    ["aligner.runtime.interrupts", "typer", "aligner.cli.align", "aligner.workflows", "numpy"],
)
def test_a_signal_while_the_program_is_loaded(
    moment: str, number: signal.Signals, tmp_path: Path
) -> None:
    """The signal comes while the module is looked for: everything that is loaded has its turn."""
    hook = (
        "import os, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {moment!r}:\n"
        f"            os.kill(os.getpid(), {int(number)})\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", hook + _MAIN, "align", *_TEXTS, "-o", str(tmp_path / "x.tmx")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.startswith(_INTERRUPTED)
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert not list(tmp_path.iterdir())


def test_what_is_ignored_stays_ignored(tmp_path: Path) -> None:
    """`nohup` and the background jobs of plain shells ignore Ctrl-C."""
    code = (
        "import os, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from aligner.workflows import aligning\nbefore = aligning.read_source\n"
        "def read(name):\n    os.kill(os.getpid(), signal.SIGINT)\n    return before(name)\n"
        f"aligning.read_source = read\n{_MAIN}"
    )
    command = [sys.executable, "-c", code, "align", *_TEXTS, "-o", str(tmp_path / "x.tmx")]
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / "x.tmx").exists()


def test_python_minus_m(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "aligner", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("aligner ")


@pytest.mark.parametrize(
    "body",
    [
        # a library that computes for long and never comes back to Python, here sleeping in C
        "import ctypes\n    for _ in range(60):\n        ctypes.CDLL(None).sleep(60)",
        # somebody swallows the exception
        (
            "while True:\n        try:\n            time.sleep(60)\n"
            "        except BaseException:\n            pass"
        ),
        # threads of a pool that are waited for
        (
            "from concurrent.futures import ThreadPoolExecutor\n"
            "    with ThreadPoolExecutor(2) as pool:\n"
            "        list(pool.map(time.sleep, [60] * 8))"
        ),
    ],
    ids=["computing", "swallowed", "threads"],
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_what_cannot_be_interrupted(
    body: str, number: signal.Signals, tmp_path: Path
) -> None:
    code = (
        "import os, sys, threading, time\nfrom aligner.workflows import aligning\n"
        f"def stuck(name):\n    print('stuck', flush=True)\n    {body}\n"
        f"aligning.read_source = stuck\n{_MAIN}"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "align", *_TEXTS, "-o", str(tmp_path / "x.tmx")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stuck\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 2
    assert said.startswith(_INTERRUPTED)
    assert said.count("\n") == 1
