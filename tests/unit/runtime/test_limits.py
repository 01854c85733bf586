"""Limits of memory: what the machine has, and what becomes of a process that takes more than it may."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from aligner.corpus.build import worker
from aligner.model import ModelError
from aligner.runtime import children, cores, interrupts, limits


def test_what_the_machine_has() -> None:
    free = limits.free_memory()
    assert free is not None
    assert 0 < free <= limits.total_memory()
    assert 0 < limits.resident() < limits.total_memory()


def test_a_system_that_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "MemTotal: 3 kB\n")
    assert limits.free_memory() is None


@pytest.mark.parametrize(
    ("most", "asked", "given"),
    [(resource.RLIM_INFINITY, 7_000, 7_000), (5_000, 7_000, 5_000), (9_000, 7_000, 7_000)],
)
def test_a_child_may_have_less_than_its_parent_and_never_more(
    most: int, asked: int, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most, most))
    monkeypatch.setattr(resource, "setrlimit", lambda what, both: made.append((what, both)))
    limits.limit_memory(asked)
    assert made == [(resource.RLIMIT_DATA, (given, given))]


def test_where_the_system_keeps_no_limit_the_process_ends_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = iter([10, 20, 31])
    ended: list[int] = []
    monkeypatch.setattr(limits, "_LOOK", 0.0)
    monkeypatch.setattr(limits, "resident", lambda: next(seen))
    monkeypatch.setattr(interrupts, "end_now", ended.append)
    limits._watch(30)
    assert ended == [limits.OUT_OF_MEMORY]


class Pipe:
    """A channel whose other end is this test."""

    def __init__(self, *messages: object) -> None:
        self.messages, self.sent = list(messages), list[object]()

    def receive(self) -> object:
        if not self.messages:
            raise EOFError
        return self.messages.pop(0)

    def send(self, message: object) -> None:
        self.sent.append(message)


def doubled(number: int) -> int:
    """Called by name below."""
    if number > 9:
        raise MemoryError
    if number > 5:
        raise ModelError("too many")
    if number > 3:
        raise ValueError("too\nmany")
    return 2 * number


NAME = f"{__name__}:doubled"


@pytest.mark.parametrize(
    ("number", "answer"),
    [(2, (True, 4)), (4, (False, "ValueError: too many")), (10, (False, "MemoryError"))],
)
def test_a_call_is_answered_whatever_comes_of_it(
    number: int, answer: tuple[bool, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    monkeypatch.setattr(limits, "limit_memory", given.append)
    pipe = Pipe((NAME, (number,), 5_000))
    children._answer(pipe)  # type: ignore[arg-type]
    assert (pipe.sent, given) == ([answer], [5_000])


def test_an_error_of_ours_comes_back_as_itself() -> None:
    pipe = Pipe((NAME, (6,), 0))
    children._answer(pipe)  # type: ignore[arg-type]
    (answer,) = pipe.sent
    assert isinstance(answer, tuple)
    assert not answer[0]
    assert isinstance(answer[1], ModelError)


def load(settings: object) -> object:
    """The work of a worker, called by name below."""
    del settings
    return lambda job: job


def test_a_worker_is_bound_and_limited_before_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(cores, "bind", lambda numbers: done.append(("cores", numbers)))
    monkeypatch.setattr(worker, "limit_memory", lambda size: done.append(("memory", size)))
    pipe = Pipe(worker.Setup(f"{__name__}:load", {}, (1,), 7_000))
    with pytest.raises(EOFError):
        worker.main(pipe)  # type: ignore[arg-type]
    assert done == [("cores", (1,)), ("memory", 7_000)]
    assert pipe.sent == [None]


def test_a_worker_that_cannot_begin_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ModelError("no such encoder")

    monkeypatch.setattr(worker, "load_work", fail)
    pipe = Pipe(worker.Setup("x:y", {}))
    worker.main(pipe)  # type: ignore[arg-type]
    assert [str(one) for one in pipe.sent] == ["no such encoder"]
