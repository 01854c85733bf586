"""The same jobs on Dask distributed (extra `[cluster]`): a cluster that runs already, or one made
of processes here.

A task is one pair: idempotent, because it only reads the two texts and returns bytes; the process
that asked for it commits them. Inside the task a `Pool` of one process does the work, so time and
memory limits and crashes are handled as they are without a cluster, and each Dask worker keeps one
encoder. A lost Dask worker costs the pairs it had in hand: the scheduler gives them to others. A
lost scheduler, or a cluster without workers, ends the run; nothing is written down of its pairs.

The texts must lie under the same paths for all workers (a shared file system), and `aligner` of the
same version must be installed there.
"""

from __future__ import annotations

import contextlib
import queue
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from typing import Any, Self

from aligner.corpus.build.causes import judged
from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outage, Outcome
from aligner.corpus.build.pool import Pool
from aligner.model import (
    AlignerError,
    InternalError,
    Limits,
    MachineError,
    MissingExtra,
    UsageError,
)

__all__ = ["DaskRunner", "perform"]

_IN_FLIGHT = 1000  # tasks the scheduler knows at a time: a graph of millions would fill its memory
_LOSSES = 5  # Dask workers that may die with a task in hand before it is given back to us
_POLL = 1.0  # seconds between looks at the cluster
_PATIENCE = 60.0  # seconds that a cluster may be without scheduler or workers
_pools: dict[str, Pool] = {}


def perform(
    job: Job, work: str, settings: Mapping[str, Any], limits: Limits
) -> Outcome | Failure | Outage:
    """One pair, in the process of a Dask worker; its pool of one lives as long as the worker."""
    key = repr((work, sorted(settings.items()), limits))
    pool = _pools.get(key)
    if pool is None:
        pool = _pools[key] = Pool(work, settings, 1, limits)
    for _, result in pool.run([job]):
        return result
    raise InternalError("a pool gave no result for its job", hint="please report")


class DaskRunner:
    """`address` of a scheduler (`tcp://host:8786`), or "" for `workers` processes on this machine.

    Raises MissingExtra where dask is not installed, UsageError where nobody answers.
    """

    def __init__(
        self,
        work: str,
        settings: Mapping[str, Any],
        workers: int = 2,
        limits: Limits | None = None,
        address: str = "",
        patience: float = _PATIENCE,
    ) -> None:
        try:
            # without type information: called as a plain object
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise MissingExtra(
                "the engine dask needs the optional part [cluster]",
                hint="pip install 'aligner[cluster]'",
            ) from error
        self._work, self._settings = work, dict(settings)
        self._limits = limits or Limits()
        self._stack = contextlib.ExitStack()
        self._patience = patience
        self._killed = distributed.KilledWorker
        self._run = secrets.token_hex(4)  # two builds on one cluster may have pairs of one name
        if not address:
            dask: Any = import_module("dask")
            # daemonic workers may not have children, and ours have one each
            dask.config.set(
                {
                    "distributed.worker.daemon": False,
                    "distributed.scheduler.allowed-failures": _LOSSES,
                }
            )
            self.cluster: Any = self._stack.enter_context(
                distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    host="127.0.0.1",
                )
            )
            address = self.cluster.scheduler_address
        try:
            self._client = self._stack.enter_context(distributed.Client(address, timeout="30s"))
        except (OSError, ValueError) as error:
            self._stack.close()
            raise UsageError(
                f"no Dask scheduler answers at {address}: {error}",
                hint="start one with dask scheduler, or use --engine dask for one made here",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster, or end it where it was made here."""
        self._stack.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        """Each job with what came of it, in the order in which they end.

        Raises what the factory raises; MachineError where the scheduler or all workers are gone and
        do not come back.
        """
        rest = iter(jobs)
        flying: dict[str, Job] = {}
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()

        def submit(job: Job) -> None:
            future = self._client.submit(
                perform,
                job,
                self._work,
                self._settings,
                self._limits,
                key=f"aligner-{self._run}-{job.id}",
                pure=False,
                retries=1,
            )
            flying[future.key] = job
            future.add_done_callback(ended.put)

        for job in islice(rest, _IN_FLIGHT):
            submit(job)
        well = time.monotonic()
        while flying:
            try:
                future = ended.get(timeout=_POLL)
            except queue.Empty:
                well = self._looked_at(well)
                continue
            job = flying.pop(future.key)
            result = self._result(future)
            future.release()
            yield job, result
            for job in islice(rest, 1):
                submit(job)

    def _result(self, future: Any) -> Outcome | Failure | Outage:
        if future.status in ("cancelled", "lost"):
            if self._client.status not in ("running", "connecting"):
                raise self._gone("the Dask scheduler is gone")
            return Outage("the Dask scheduler lost the pair")
        try:
            result: Outcome | Failure | Outage = future.result()
        except self._killed:
            # the pair runs in a process of its own, so that it was not what ended the Dask worker
            return Outage(
                f"{_LOSSES} Dask workers ended, one after the other, with the pair in hand"
            )
        except MachineError as error:
            return Outage(str(error))
        except AlignerError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever ended the task, the rest goes on
            return judged(error)
        return result

    def _looked_at(self, well: float) -> float:
        """When the cluster was last seen well."""
        now = time.monotonic()
        state = self._client.status
        if state not in ("running", "connecting"):
            raise self._gone("the Dask scheduler is gone")
        if state == "running" and self._client.scheduler_info().get("workers"):
            return now
        if now - well > self._patience:
            lost = "workers are left" if state == "running" else "scheduler answers"
            raise self._gone(f"no Dask {lost}")
        return well

    def _gone(self, what: str) -> MachineError:
        return MachineError(
            what, hint="start the cluster again, then run the same command: it goes on from here"
        )
