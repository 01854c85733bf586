"""A run: the jobs that are not finished, through a runner, into the folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.journal import BuildJournal
from aligner.corpus.build.outcome import Failure, Outage, Outcome
from aligner.corpus.build.output import Output
from aligner.model import MachineError
from aligner.text.wording import numbered

__all__ = ["Runner", "Tally", "build"]

# seconds before pairs are tried again that the machine failed
_PAUSES = (2.0, 8.0, 30.0)
_AGAIN = "then run the same command again: it goes on from here"


class Runner(Protocol):
    """Where jobs run: `Pool` on this machine, `DaskRunner` on a cluster."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        """Each job with what came of it, in any order. Raises MachineError where none can run."""
        ...


@dataclass(slots=True)
class Tally:
    """How far a run is: `done` pairs aligned now, `skipped` aligned in an earlier run, `failed` in
    either, `ours` those of them that are mistakes of this program, `removed` pairs that had left the
    input. `weight` counts bytes of texts: what time is estimated from.
    """

    pairs: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    ours: int = 0
    removed: int = 0
    segments: int = 0
    weight: int = 0
    weight_done: int = 0


def build(
    jobs: Sequence[Job],
    output: Output,
    runner: Runner,
    *,
    retry: bool = False,
    keep: bool = False,
    progress: Callable[[Tally], None] | None = None,
    pauses: Sequence[float] = _PAUSES,
) -> Tally:
    """Do what is not done yet, the largest texts first, write the tables, and remove pairs that are
    not among the jobs any more.

    `retry`: pairs that failed in an earlier run are tried again. `keep`: nothing is removed; raises
    UsageError where something would be. Pairs that the machine failed are tried again after each of
    the `pauses` (seconds). Raises MachineError where that did not help (the tables are written
    without these pairs) or cannot (a disk is full).
    """
    tally = Tally(pairs=len(jobs))
    output.check_left(jobs, keep=keep)
    open_jobs = []
    for job in jobs:
        state = output.state_of(job)
        if state == "done":
            tally.skipped += 1
        elif state == "failed" and not retry:
            tally.failed += 1
        else:
            open_jobs.append(job)
    weights = {job.id: _weight(job) for job in open_jobs}
    tally.weight = sum(weights.values())
    if progress:
        progress(tally)
    journal = BuildJournal(output.folder)
    finished = False
    try:
        journal.begin(tally.pairs, tally.skipped, tally.failed, tally.weight)
        # the largest first, so that no worker ends alone with one; ties by id: the order is fixed
        open_jobs.sort(key=lambda job: (-weights[job.id], job.id))
        for job, result in _results(open_jobs, jobs, output, runner, pauses):
            written = output.commit(job, result)
            _count(tally, written, weights[job.id])
            failure = f"{written.kind}: {written.message}" if isinstance(written, Failure) else ""
            journal.pair(job.id, failure, _segments(written), weights[job.id])
            if progress:
                progress(tally)
        counts = output.report(jobs)
        tally.removed = output.remove_left(jobs)
        tally.failed, tally.ours = counts["failed"], counts["ours"]
        finished = True
    finally:
        journal.close(remove=finished)
    return tally


def _results(
    open_jobs: list[Job],
    jobs: Sequence[Job],
    output: Output,
    runner: Runner,
    pauses: Sequence[float],
) -> Iterator[tuple[Job, Outcome | Failure]]:
    """What comes of each open job; those that the machine failed are tried again after the pauses."""
    for pause in (*pauses, None):
        postponed: list[Job] = []
        outage = Outage("")
        for job, result in runner.run(open_jobs) if open_jobs else ():
            if not isinstance(result, Outage):
                yield job, result
                continue
            outage = result
            if result.final:
                raise MachineError(result.message, hint=f"free some space, {_AGAIN}")
            postponed.append(job)
        if not postponed:
            return
        if pause is None:
            missing = {job.id for job in postponed}
            output.report([job for job in jobs if job.id not in missing])
            raise MachineError(
                f"not done, for no fault of theirs: {len(postponed)} of {numbered(len(jobs), 'pair')}: "
                f"{outage.message}",
                hint=f"see to the machine, {_AGAIN}",
            )
        time.sleep(pause)
        open_jobs = postponed


def _count(tally: Tally, result: Outcome | Failure, weight: int) -> None:
    tally.weight_done += weight
    if isinstance(result, Failure):
        tally.failed += 1
        return
    tally.done += 1
    tally.segments += _segments(result)


def _segments(result: Outcome | Failure) -> int:
    if isinstance(result, Failure):
        return 0
    return sum(int(result.quality.get(key, 0)) for key in ("source_segments", "target_segments"))


def _weight(job: Job) -> int:
    total = 1
    for name in job.names:
        try:
            total += os.stat(name).st_size  # noqa: PTH116 - a name may be a member of an archive
        except (OSError, ValueError):
            continue
    return total
