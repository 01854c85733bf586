"""Processes of this program that do work for it, and how they are talked to.

A child runs a function named `module:function` and gets a `Channel`. Messages are Python objects,
pickled, over its standard input and output: pipes that every system has. Nothing is forked, so
threads and open files of the parent mean nothing to it, and no `__main__` is imported anew.

A child ends when its parent closes the channel or dies, in the midst of work too: a thread reads
the channel and sees its end. Ctrl-C at a terminal does not reach it, for it has a process group of
its own: the parent ends it.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO, Self, TypeVar

from aligner.model import AlignerError, InternalError
from aligner.runtime import cores, interrupts, limits

__all__ = [
    "ENDED_FROM_OUTSIDE",
    "Channel",
    "Child",
    "Crew",
    "OutOfMemory",
    "TookTooLong",
    "call",
    "ending",
    "mapped",
    "serve",
]

# exit codes by signals with which others end a process: no program dies of itself by one of them
ENDED_FROM_OUTSIDE = {
    -getattr(signal, name) for name in ("SIGKILL", "SIGTERM", "SIGHUP") if hasattr(signal, name)
}

_START = "from aligner.runtime.children import serve; serve()"
_LENGTH = 8  # bytes of a message's length, before it
_END = object()  # behind the last message, in a queue

_In = TypeVar("_In")


class TookTooLong(Exception):
    """The call passed its limit of time."""


class OutOfMemory(Exception):
    """The call passed its limit of memory."""


class Channel:
    """One end of a pair of pipes."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader, self._writer = reader, writer

    def send(self, message: object) -> None:
        """Raises OSError where nobody reads any more."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._writer.write(len(data).to_bytes(_LENGTH, "little"))
        self._writer.write(data)
        self._writer.flush()

    def receive(self) -> Any:
        """The next message. Raises EOFError where the other end is closed."""
        size = int.from_bytes(self._exactly(_LENGTH), "little")
        return pickle.loads(self._exactly(size))  # noqa: S301 - this program wrote it

    def _exactly(self, size: int) -> bytes:
        data = self._reader.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def close(self) -> None:
        """Let go of both pipes."""
        for file in (self._writer, self._reader):
            with suppress(OSError):
                file.close()


class Child:
    """A process that runs `target(channel, *arguments)`; close it, or use it as a context.

    Raises OSError where no process can be started.
    """

    def __init__(self, target: str, *arguments: str) -> None:
        apart: dict[str, Any] = {"process_group": 0}
        if hasattr(subprocess, "CREATE_NEW_PROCESS_GROUP"):
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        self._process = subprocess.Popen(
            # -P: a module beside the user's texts must not be taken for one of ours
            [sys.executable, "-P", "-c", _START, target, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path),  # noqa: PTH109
                "OPENBLAS_NUM_THREADS": "1",  # threads are ours to start
            },
            **apart,
        )
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise OSError("a process without pipes")
        self.channel = Channel(reader, writer)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def listen(self, inbox: queue.SimpleQueue[tuple[Self, Any]]) -> None:
        """Put (child, message) into the queue for every message, `Child.ended` behind the last."""

        def read() -> None:
            with suppress(EOFError, OSError, ValueError):
                while True:
                    inbox.put((self, self.channel.receive()))
            inbox.put((self, Child.ended))

        threading.Thread(target=read, name="child", daemon=True).start()

    ended = _END

    def wait(self) -> int:
        """The code with which it ends, once it does."""
        return self._process.wait()

    def close(self) -> None:
        """End it, whatever it does, and what it started."""
        if self._process.returncode is None and hasattr(os, "killpg"):
            with suppress(OSError):  # it ends just now
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self.channel.close()


def ending(code: int) -> str:
    """What a code says about how a process ended, to follow its name in a sentence."""
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def serve() -> None:
    """The process of a child: its target and arguments are those of the command."""
    interrupts.ignored()
    mine = [os.fdopen(os.dup(number), mode) for number, mode in ((0, "rb"), (1, "wb"))]
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):  # whatever a library prints is no message
        os.dup2(nothing, number)
    channel = _Inward(*mine)  # type: ignore[arg-type]
    target, *arguments = sys.argv[1:]
    run = _named(target)
    with suppress(EOFError, BrokenPipeError):
        run(channel, *arguments)
    interrupts.end_now(0)


class _Inward(Channel):
    """The child's end, read by a thread that ends the process when the parent is gone."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        super().__init__(reader, writer)
        self._heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="parent", daemon=True).start()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._heard.put(super().receive())
        interrupts.end_now(0, group=True)

    def receive(self) -> Any:
        """The next message; where the parent is gone the process ends instead."""
        return self._heard.get()


def _named(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    made: Callable[..., Any] = getattr(import_module(module), name)
    return made


def call(target: str, *arguments: Any, seconds: float = 0, memory: int = 0) -> Any:
    """What `module:function(*arguments)` returns, computed by a process under limits.

    `seconds` and `memory` (bytes) are limits, 0 for none. Raises TookTooLong, OutOfMemory, the
    AlignerError that the function raised, and ChildProcessError (with how) where the process ended
    or the function failed otherwise.
    """
    with Child("aligner.runtime.children:_answer") as child:
        inbox: queue.SimpleQueue[tuple[Child, Any]] = queue.SimpleQueue()
        child.listen(inbox)
        with suppress(OSError):  # that it ended is seen below
            child.channel.send((target, arguments, memory))
        try:
            _, answer = inbox.get(timeout=seconds or None)
        except queue.Empty:
            raise TookTooLong from None
        if answer is Child.ended:
            code = child.wait()
            if code == limits.OUT_OF_MEMORY:
                raise OutOfMemory
            raise ChildProcessError(ending(code))
    good, value = answer
    if good:
        return value
    if isinstance(value, AlignerError):
        raise value
    if value == MemoryError.__name__:
        raise OutOfMemory
    raise ChildProcessError(value)


def _answer(channel: Channel) -> None:
    target, arguments, memory = channel.receive()
    run = _named(target)
    if memory:
        limits.limit_memory(memory)
    answer: tuple[bool, Any]
    try:
        answer = True, run(*arguments)
    except AlignerError as error:
        answer = False, error
    except MemoryError:
        answer = False, MemoryError.__name__
    except Exception as error:  # noqa: BLE001 - told to the parent, which says where
        answer = False, " ".join(f"{type(error).__name__}: {error}".split())
    channel.send(answer)


def mapped(function: str, common: Any, items: Sequence[_In], workers: int) -> Iterator[Any]:
    """`module:function(common, item)` for each item in order, by `workers` processes, a core each.

    `common` is sent to each of them once. Raises the AlignerError that a call raised, and
    InternalError where a process ended.
    """
    crew = [Child("aligner.runtime.children:_work") for _ in range(min(workers, len(items)))]
    inbox: queue.SimpleQueue[tuple[Child, Any]] = queue.SimpleQueue()
    waiting = iter(enumerate(items))
    done: dict[int, Any] = {}
    try:
        for number, child in enumerate(crew):
            child.listen(inbox)
            child.channel.send((function, common, cores.deal(number, workers)))
            _hand(child, waiting)
        for wanted in range(len(items)):
            while wanted not in done:
                child, answer = inbox.get()
                if answer is Child.ended:
                    raise _lost(child)
                if isinstance(answer, AlignerError):
                    raise answer
                number, value = answer
                done[number] = value
                _hand(child, waiting)
            yield done.pop(wanted)
    finally:
        for child in crew:
            child.close()


class Crew:
    """A process and a core for each share of something large, which is sent once; then questions.

    `module:function(share, question)` answers; close it in the end.
    """

    def __init__(self, function: str, shares: Sequence[Any]) -> None:
        self._children: list[Child] = []
        try:
            for number, share in enumerate(shares):
                child = Child("aligner.runtime.children:_member")
                self._children.append(child)
                child.channel.send((function, share, cores.deal(number, len(shares))))
        except BaseException:
            self.close()
            raise

    def ask(self, question: object) -> list[Any]:
        """The answers of all shares, in order. Raises InternalError where a process ended."""
        answers = []
        for child in self._children:
            with suppress(OSError):
                child.channel.send(question)
        for child in self._children:
            try:
                answers.append(child.channel.receive())
            except EOFError:
                raise _lost(child) from None
        return answers

    def close(self) -> None:
        """End the processes."""
        for child in self._children:
            child.close()


def _lost(child: Child) -> InternalError:
    return InternalError(
        f"a worker process {ending(child.wait())}",
        hint="if memory was short, use fewer workers (--workers)",
    )


def _member(channel: Channel) -> None:
    function, share, mine = channel.receive()
    cores.bind(mine)
    run = _named(function)
    while True:
        channel.send(run(share, channel.receive()))


def _hand(child: Child, waiting: Iterator[tuple[int, Any]]) -> None:
    with suppress(StopIteration, OSError):
        child.channel.send(next(waiting))


def _work(channel: Channel) -> None:
    function, common, mine = channel.receive()
    cores.bind(mine)
    run = _named(function)
    while True:
        number, item = channel.receive()
        try:
            channel.send((number, run(common, item)))
        except AlignerError as error:
            channel.send(error)
