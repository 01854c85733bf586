"""Worker processes that may crash, hang or run out of memory without harm to the rest.

The standard library's pool ends when a worker dies and cannot stop one that hangs, so this is our
own: a pipe a worker, one job at a time each. A worker that dies is replaced and its job tried once
more; one that passes the time limit is killed and its job fails at once.

Workers are started with `subprocess`, not `multiprocessing`: daemonic processes (dask's workers)
may then have one too, and no `__main__` is imported anew.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any, Self

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Limits, Outcome
from aligner.corpus.build.worker import Setup
from aligner.model import AlignerError, InternalError

__all__ = ["Pool"]

_ATTEMPTS = 2  # a worker may die through no fault of its job
_START = "from aligner.corpus.build.worker import main; main()"
_POLL = 0.5  # seconds between looks at the clock


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection[Any, Any]
    cores: tuple[int, ...]
    job: Job | None = None
    attempt: int = 1
    deadline: float = 0.0
    ready: bool = False


class Pool:
    """`workers` processes for jobs; use as a context manager, or `close` it.

    `work` is `module:factory` (see `worker.load_work`).
    """

    def __init__(
        self,
        work: str,
        settings: Mapping[str, Any],
        workers: int = 1,
        limits: Limits | None = None,
    ) -> None:
        self._work, self._settings = work, dict(settings)
        self._limits = limits or Limits()
        self._count = workers
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers; a job in flight is lost."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure]]:
        """Each job with what came of it, in the order in which they end.

        Raises what the factory raises, at once: a run whose encoder is missing does not fail pair
        by pair.
        """
        waiting = deque((job, 1) for job in jobs)
        while len(self._workers) < min(self._count, len(waiting)):
            self._workers.append(self._start(self._cores(len(self._workers))))
        self._feed(waiting)
        while waiting or any(worker.job for worker in self._workers):
            yield from self._events(waiting)
            self._feed(waiting)

    def _feed(self, waiting: deque[tuple[Job, int]]) -> None:
        for worker in self._workers:
            if waiting and worker.ready and worker.job is None:
                worker.job, worker.attempt = waiting.popleft()
                limit = self._limits.seconds
                worker.deadline = time.monotonic() + limit if limit else float("inf")
                with contextlib.suppress(OSError):  # a dead worker is seen when we listen to it
                    worker.connection.send(worker.job)

    def _events(self, waiting: deque[tuple[Job, int]]) -> Iterator[tuple[Job, Outcome | Failure]]:
        """Answers, deaths and passed deadlines since the last look."""
        by_connection = {worker.connection: worker for worker in self._workers}
        heard = wait(list(by_connection), timeout=_POLL)
        for connection in heard:
            worker = by_connection[connection]  # type: ignore[index]
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError):
                yield from self._died(worker, waiting)
                continue
            if not worker.ready:
                if isinstance(answer, AlignerError):
                    raise answer
                worker.ready = True
                continue
            job, worker.job = worker.job, None
            if job is not None:
                yield job, answer
        now = time.monotonic()
        for worker in list(self._workers):
            job = worker.job
            if job is not None and now > worker.deadline and not worker.connection.poll():
                self._replace(worker)
                seconds = f"{self._limits.seconds:g}"
                yield job, Failure("time", f"the pair took longer than {seconds} seconds")

    def _died(
        self, worker: _Worker, waiting: deque[tuple[Job, int]]
    ) -> Iterator[tuple[Job, Outcome | Failure]]:
        code = worker.process.wait()
        job, count = worker.job, worker.attempt
        if not worker.ready:
            raise InternalError(
                f"a worker process ended before it was ready ({_ending(code)})",
                hint="run one pair with aligner align to see why",
            )
        self._replace(worker)
        if job is None:
            return
        if count < _ATTEMPTS:
            waiting.append((job, count + 1))
        else:
            yield job, Failure("crash", f"the worker process {_ending(code)}, {count} times")

    def _replace(self, worker: _Worker) -> None:
        _end(worker)
        self._workers[self._workers.index(worker)] = self._start(worker.cores)

    def _cores(self, number: int) -> tuple[int, ...]:
        """Cores dealt out among workers: as many threads as cores in all, never more."""
        if self._count == 1:
            return ()
        mine = sorted(os.sched_getaffinity(0))
        if self._count >= len(mine):
            return (mine[number % len(mine)],)
        return tuple(mine[number :: self._count])

    def _start(self, cores: tuple[int, ...]) -> _Worker:
        ours, theirs = Pipe()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-c", _START, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            )
        with contextlib.suppress(OSError):
            ours.send(Setup(self._work, self._settings, cores, self._limits.memory, os.getpid()))
        return _Worker(process, ours, cores)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    with contextlib.suppress(OSError):
        worker.process.kill()
    worker.process.wait()


def _ending(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with code {code}"
