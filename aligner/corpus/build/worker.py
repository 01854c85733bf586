"""A worker process: what the child of a `Pool` runs.

It gets a `Setup`, says that it is ready (or why not), then answers each job with an Outcome or a
Failure, until its channel closes. It writes no file: the parent does.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outcome
from aligner.model import AlignerError, InternalError
from aligner.runtime import cores
from aligner.runtime.children import Channel
from aligner.runtime.limits import limit_memory

__all__ = ["MEMORY", "Setup", "attempt", "load_work", "main"]

Work = Callable[[Job], Outcome]
MEMORY = "the pair needs more memory than it may have"


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


def attempt(work: Work, job: Job) -> Outcome | Failure:
    """Do a job; whatever it raises becomes a Failure."""
    try:
        return work(job)
    except MemoryError:
        return Failure("memory", MEMORY)
    except InternalError as error:
        return Failure("error", str(error), traceback.format_exc())
    except AlignerError as error:
        return Failure("input", str(error))
    except Exception as error:  # noqa: BLE001 - one bad pair never stops the rest
        reason = " ".join(str(error).split())
        return Failure(
            "error", f"{type(error).__name__}: {reason} (please report)", traceback.format_exc()
        )


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
        channel.send(attempt(work, job))
