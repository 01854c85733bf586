"""Worker processes that may crash, hang or run out of memory without harm to the rest.

The standard library's pool ends when a worker dies and cannot stop one that hangs, so this is our
own: a child of `runtime.children` a worker, one job at a time each. A worker that crashes is
replaced and its job tried once more; one that passes the time limit is killed and its job fails at
once. A worker that somebody killed says nothing about its job: that is an outage.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from aligner.corpus.build.causes import MEMORY
from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Digests, Failure, Outage, Outcome
from aligner.corpus.build.worker import Setup, TextsRead
from aligner.model import AlignerError, InternalError, Limits, MachineError
from aligner.runtime import cores
from aligner.runtime.children import ENDED_FROM_OUTSIDE, Child, ending
from aligner.runtime.limits import OUT_OF_MEMORY

__all__ = ["Pool"]

_ATTEMPTS = 2  # a worker may die through no fault of its job
_WORKER = "aligner.corpus.build.worker:main"
_POLL = 0.5  # seconds between looks at the clock
_PAUSES = (
    1.0,
    2.0,
    4.0,
    8.0,
)  # seconds before a worker is started that could not be started before


@dataclass(slots=True)
class _Worker:
    child: Child
    cores: tuple[int, ...]
    job: Job | None = None
    attempt: int = 1
    deadline: float = 0.0
    ready: bool = False
    digests: Digests = ()


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
        self._inbox: queue.SimpleQueue[tuple[Child, Any]] = queue.SimpleQueue()
        self._stillborn = 0  # workers in a row that were killed before they were ready

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers; a job in flight is lost."""
        for worker in self._workers:
            worker.child.close()
        self._workers.clear()

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        """Each job with what came of it, in the order in which they end.

        Raises what the factory raises, at once: a run whose encoder is missing does not fail pair
        by pair; MachineError where no process can be started.
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
                worker.digests = ()
                limit = self._limits.seconds
                worker.deadline = time.monotonic() + limit if limit else float("inf")
                with contextlib.suppress(OSError):  # a dead worker is seen when we listen to it
                    worker.child.channel.send(worker.job)

    def _events(
        self, waiting: deque[tuple[Job, int]]
    ) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        """The next answer or death, if there is one soon, and passed deadlines."""
        with contextlib.suppress(queue.Empty):
            yield from self._heard(*self._inbox.get(timeout=_POLL), waiting)
        now = time.monotonic()
        for worker in list(self._workers):
            job = worker.job
            if job is not None and now > worker.deadline and self._inbox.empty():
                self._replace(worker)
                seconds = f"{self._limits.seconds:g}"
                message = f"the pair took longer than {seconds} seconds"
                yield job, Failure("time", message, digests=worker.digests)

    def _heard(
        self, child: Child, message: Any, waiting: deque[tuple[Job, int]]
    ) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        worker = next((one for one in self._workers if one.child is child), None)
        if worker is None:  # the last words of one that was replaced
            return
        if message is Child.ended:
            yield from self._died(worker, waiting)
        elif not worker.ready:
            if isinstance(message, AlignerError):
                raise message
            worker.ready = True
            self._stillborn = 0
        elif isinstance(message, TextsRead):
            worker.digests = message.digests
        else:
            job, worker.job = worker.job, None
            if job is not None:
                yield job, message

    def _died(
        self, worker: _Worker, waiting: deque[tuple[Job, int]]
    ) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        code = worker.child.wait()
        job, count = worker.job, worker.attempt
        if not worker.ready:
            self._never_ready(code)
        self._replace(worker)
        if job is None:
            return
        if code == OUT_OF_MEMORY:
            yield job, Failure("memory", MEMORY, digests=worker.digests)
        elif code in ENDED_FROM_OUTSIDE:
            yield (
                job,
                Outage(f"a worker process {ending(code)}; the system does so when memory is short"),
            )
        elif count < _ATTEMPTS:
            waiting.append((job, count + 1))
        else:
            message = f"the worker process {ending(code)}, {count} times"
            yield job, Failure("crash", message, digests=worker.digests)

    def _never_ready(self, code: int) -> None:
        """A worker ended before it was ready: where it was killed, wait before the next one."""
        if code not in ENDED_FROM_OUTSIDE:
            raise InternalError(
                f"a worker process ended before it was ready ({ending(code)})",
                hint="run one pair with aligner align to see why",
            )
        if self._stillborn == len(_PAUSES):
            raise MachineError(
                f"no worker process lives: the last one {ending(code)}",
                hint="use fewer workers (--workers) or free some memory, then go on with the same "
                "command",
            )
        time.sleep(_PAUSES[self._stillborn])
        self._stillborn += 1

    def _replace(self, worker: _Worker) -> None:
        worker.child.close()
        self._workers[self._workers.index(worker)] = self._start(worker.cores)

    def _cores(self, number: int) -> tuple[int, ...]:
        """Cores dealt out among workers: as many threads as cores in all, never more."""
        return () if self._count == 1 else cores.deal(number, self._count)

    def _start(self, cores: tuple[int, ...]) -> _Worker:
        try:
            child = Child(_WORKER)
        except OSError as error:
            raise MachineError(
                f"no worker process can be started: {error.strerror or error}",
                hint="free some memory, then go on with the same command",
            ) from error
        child.listen(self._inbox)
        with contextlib.suppress(OSError):
            child.channel.send(Setup(self._work, self._settings, cores, self._limits.memory))
        return _Worker(child, cores)
