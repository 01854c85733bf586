"""The same jobs on Dask distributed (extra `[cluster]`): a cluster that runs already, or one made
of processes here.

A task is one pair: idempotent, because it only reads the two texts and returns bytes; the process
that asked for it commits them. Inside the task a `Pool` of one process does the work, so time and
memory limits and crashes are handled as they are without a cluster, and each Dask worker keeps one
encoder. A lost Dask worker costs the pairs it had in hand: the scheduler gives them to others.

The texts must lie under the same paths for all workers (a shared file system), and `aligner` of the
same version must be installed there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from typing import Any, Self

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outcome
from aligner.corpus.build.pool import Pool
from aligner.model import InternalError, Limits, MissingExtra, UsageError

__all__ = ["DaskRunner", "perform"]

_IN_FLIGHT = 1000  # tasks the scheduler knows at a time: a graph of millions would fill its memory
_LOSSES = 5  # Dask workers that may die with a task in hand before the task counts as their killer
_pools: dict[str, Pool] = {}


def perform(job: Job, work: str, settings: Mapping[str, Any], limits: Limits) -> Outcome | Failure:
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
        self._as_completed = distributed.as_completed
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

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure]]:
        """Each job with what came of it, in the order in which they end."""
        rest = iter(jobs)
        by_key = {}

        def submit(job: Job) -> Any:
            future = self._client.submit(
                perform,
                job,
                self._work,
                self._settings,
                self._limits,
                key=f"aligner-{job.id}",
                pure=False,
                retries=1,
            )
            by_key[future.key] = job
            return future

        done = self._as_completed([submit(job) for job in islice(rest, _IN_FLIGHT)])
        for future in done:
            job = by_key.pop(future.key)
            try:
                result: Outcome | Failure = future.result()
            except Exception as error:  # noqa: BLE001 - whatever killed the task, the rest goes on
                reason = " ".join(f"{type(error).__name__}: {error}".split())
                result = Failure("crash", reason)
            future.release()
            yield job, result
            for job in islice(rest, 1):
                done.add(submit(job))
