"""A worker process: what the child of a `Pool` runs.

It gets a `Setup`, says that it is ready (or why not), then answers each job with a TextsRead and an
Outcome, Failure or Outage, until its channel closes. It writes no file: the parent does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from aligner.corpus.build.causes import judged
from aligner.corpus.build.digests import digests_of
from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Digests, Failure, Outage, Outcome
from aligner.model import AlignerError
from aligner.runtime import cores
from aligner.runtime.children import Channel
from aligner.runtime.limits import limit_memory

__all__ = ["Setup", "TextsRead", "attempt", "load_work", "main"]

Work = Callable[[Job], Outcome]
_READINGS = 3  # of texts that somebody changes meanwhile


@dataclass(frozen=True, slots=True)
class Setup:
    """`work` is `module:factory`; `cores` those it may run on; `memory` bytes, 0 for no limit."""

    work: str
    settings: Mapping[str, Any]
    cores: tuple[int, ...] = ()
    memory: int = 0


def load_work(work: str, settings: Mapping[str, Any]) -> Work:
    """The function that does a job; the encoder is loaded now. Raises AlignerError if it cannot."""
    module, _, name = work.partition(":")
    factory: Callable[[Mapping[str, Any]], Work] = getattr(import_module(module), name)
    return factory(settings)


@dataclass(frozen=True, slots=True)
class TextsRead:
    """Word of a worker that it reads texts of these digests now."""

    digests: Digests


def attempt(
    work: Work, job: Job, tell: Callable[[TextsRead], None] | None = None
) -> Outcome | Failure | Outage:
    """Do a job; what it raises becomes a Failure or an Outage.

    The digests are of the bytes that were read: they are taken before and after, and where they
    differ the work is done again. `tell` hears of them before the work begins.
    """
    for _ in range(_READINGS):
        before = digests_of(job)
        if tell is not None:
            tell(TextsRead(before))
        result = _done(work, job)
        if isinstance(result, Outage):
            return result
        if digests_of(job) == before:
            return replace(result, digests=before)
    return Failure("input", f"a text was changed {_READINGS} times while it was read")


def _done(work: Work, job: Job) -> Outcome | Failure | Outage:
    try:
        return work(job)
    except Exception as error:  # noqa: BLE001 - one bad pair never stops the rest
        return judged(error)


def main(channel: Channel) -> None:
    """Serve until the channel closes."""
    setup: Setup = channel.receive()
    if setup.cores:
        cores.bind(setup.cores)
    try:
        work = load_work(setup.work, setup.settings)
    except AlignerError as error:
        channel.send(error)
        return
    if setup.memory:
        limit_memory(setup.memory)
    channel.send(None)
    while True:
        job = channel.receive()
        channel.send(attempt(work, job, channel.send))
