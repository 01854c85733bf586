"""A worker process, talked to over an inherited pipe (its number is the argument).

It gets a `Setup`, says that it is ready (or why not), then answers each job with an Outcome or a
Failure, until the pipe closes. It dies with its parent. It writes no file: the parent does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outcome
from aligner.model import AlignerError, InternalError

__all__ = ["Setup", "attempt", "load_work", "main"]

Work = Callable[[Job], Outcome]
_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


@dataclass(frozen=True, slots=True)
class Setup:
    """`work` is `module:factory`; `cores` those it may run on; `memory` bytes, 0 for no limit."""

    work: str
    settings: Mapping[str, Any]
    cores: tuple[int, ...] = ()
    memory: int = 0
    parent: int = 0


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
        return Failure("memory", "the pair needs more memory than it may have")
    except InternalError as error:
        return Failure("error", str(error), traceback.format_exc())
    except AlignerError as error:
        return Failure("input", str(error))
    except Exception as error:  # noqa: BLE001 - one bad pair never stops the rest
        reason = " ".join(str(error).split())
        return Failure(
            "error", f"{type(error).__name__}: {reason} (please report)", traceback.format_exc()
        )


def main() -> None:
    """Serve until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one
    connection: Connection[Any, Any] = Connection(int(sys.argv[1]))
    setup: Setup = connection.recv()
    _die_with(setup.parent)
    if setup.cores:
        os.sched_setaffinity(0, setup.cores)
    try:
        work = load_work(setup.work, setup.settings)
    except AlignerError as error:
        connection.send(error)
        return
    if setup.memory:
        _limit_memory(setup.memory)
    connection.send(None)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            job = connection.recv()
            connection.send(attempt(work, job))


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies, so that no run leaves orphans."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if parent and os.getppid() != parent:
        sys.exit(0)  # it died before we asked


def _limit_memory(limit: int) -> None:
    """Private memory (RLIMIT_DATA), so that mapped weights, which processes share, do not count."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
