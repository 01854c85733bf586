"""A run: the jobs that are not finished, through an runner, into the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outcome
from aligner.corpus.build.output import Output

__all__ = ["Runner", "Tally", "build"]


class Runner(Protocol):
    """Where jobs run: `Pool` on this machine, `DaskRunner` on a cluster."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure]]:
        """Each job with what came of it, in any order."""
        ...


@dataclass(slots=True)
class Tally:
    """How far a run is: `done` pairs aligned now, `skipped` aligned in an earlier run, `failed` in
    either. `weight` counts bytes of texts: what time is estimated from.
    """

    pairs: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    segments: int = 0
    weight: int = 0
    weight_done: int = 0


def build(
    jobs: Sequence[Job],
    output: Output,
    runner: Runner,
    *,
    retry: bool = False,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Do what is not done yet, the largest texts first, and write the tables.

    `retry`: pairs that failed in an earlier run are tried again.
    """
    tally = Tally(pairs=len(jobs))
    open_jobs = [job for job in jobs if not output.is_finished(job, retry=retry)]
    tally.skipped = len(jobs) - len(open_jobs)
    weights = {job.id: _weight(job) for job in open_jobs}
    tally.weight = sum(weights.values())
    if progress:
        progress(tally)
    # the largest first, so that no worker ends alone with one; ties by id: the order is fixed
    open_jobs.sort(key=lambda job: (-weights[job.id], job.id))
    for job, result in runner.run(open_jobs) if open_jobs else ():
        output.commit(job, result)
        tally.weight_done += weights[job.id]
        if isinstance(result, Failure):
            tally.failed += 1
        else:
            tally.done += 1
            tally.segments += sum(
                int(result.quality.get(key, 0)) for key in ("source_segments", "target_segments")
            )
        if progress:
            progress(tally)
    failed = output.report(jobs)["failed"]
    tally.skipped -= failed - tally.failed  # failures of an earlier run that were not tried again
    tally.failed = failed
    return tally


def _weight(job: Job) -> int:
    total = 1
    for path in job.paths:
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total
