"""A signal that comes where Python cannot raise: it is no news, and the process ends all the same."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import os, signal, sys, time
from aligner.runtime.interrupts import handled

class Late:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(100): time.sleep(0.001)

def closing():
    try:
        yield 1
    finally:
        raise ValueError("closed behind its memory")

with handled("stopped\\n"):
    if sys.argv[1] == "signal":
        late = Late()
        del late
        time.sleep(10)
    waiting = closing()
    next(waiting)
    del waiting
"""


def run(what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, what], capture_output=True, text=True, timeout=30, check=False
    )


def test_a_signal_inside_a_finaliser_ends_the_process() -> None:
    done = run("signal")
    assert (done.returncode, done.stderr) == (2, "stopped\n")


def test_without_a_signal_python_says_what_it_could_not_raise() -> None:
    done = run("none")
    assert done.returncode == 0
    assert "closed behind its memory" in done.stderr
