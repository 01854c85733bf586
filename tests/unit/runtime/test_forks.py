"""Work in copies of this process: all of it is done once, whatever happens to a copy."""

from __future__ import annotations

import os
import signal
import sys
import threading

import numpy as np
import pytest

from aligner.runtime import cores, forks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "count", lambda: 2)


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the processes that are made: other tests' may still be there."""
    made: list[int] = []
    fork = os.fork

    def counted() -> int:
        child = fork()
        if child:
            made.append(child)
        return child

    monkeypatch.setattr(os, "fork", counted)
    return made


def over(copies: list[int]) -> bool:
    """Whether there were copies, and none of them is left."""
    for child in copies:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
    return bool(copies)


def squares(count: int, span: int, *, spoilt: int = -1, told: list[int]) -> list[float]:
    """The squares, made by copies; the copy that comes to `spoilt` dies."""
    made = forks.shared_arrays([(1,)] * count)
    here = os.getpid()

    def work(number: int) -> None:
        if number == spoilt and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        made[number][0] = number * number + (0.5 if os.getpid() == here else 0)

    forks.work_off(count, span, work, told.append)
    return [float(one[0]) for one in made]


@pytest.mark.parametrize(("count", "span"), [(1, 1), (10, 3), (100, 7), (5, 50)])
def test_copies_do_the_work(count: int, span: int) -> None:
    told: list[int] = []
    assert squares(count, span, told=told) == [k * k for k in range(count)]
    assert told == sorted(told)
    assert told[-1] == count


def test_what_a_copy_left_is_done_here() -> None:
    told: list[int] = []
    made = squares(20, 2, spoilt=4, told=told)
    assert np.floor(made).tolist() == [k * k for k in range(20)]
    assert made[4] % 1 == 0.5
    assert made[2] % 1 == 0
    assert told[-1] == 20


def test_an_error_arises_here(copies: list[int]) -> None:
    def work(number: int) -> None:
        if number == 3:
            raise RuntimeError("three")

    with pytest.raises(RuntimeError, match="three"):
        forks.work_off(6, 1, work, lambda _: None)
    assert over(copies)


def test_an_interrupt_ends_the_copies(copies: list[int]) -> None:
    def told(number: int) -> None:
        raise KeyboardInterrupt

    def work(number: int) -> None:
        if number:
            threading.Event().wait(60)

    with pytest.raises(KeyboardInterrupt):
        forks.work_off(4, 1, work, told)
    assert over(copies)


def test_where_no_process_can_be_made_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    told: list[int] = []
    assert squares(5, 2, told=told) == [k * k + 0.5 for k in range(5)]
    assert told[-1] == 5


def test_not_beside_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    others = set(threading.enumerate()) - {threading.main_thread()}  # of tests before this one
    every = threading.enumerate
    monkeypatch.setattr(threading, "enumerate", lambda: [t for t in every() if t not in others])
    assert forks.possible()
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not forks.possible()
    finally:
        done.set()
        other.join()
    monkeypatch.setattr(cores, "count", lambda: 1)
    assert not forks.possible()
