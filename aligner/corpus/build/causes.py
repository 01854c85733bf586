"""Whose fault an exception is: the pair's, the machine's or ours.

    the pair's     a text that is not there, may not be read or cannot be used: `Failure`
    the machine's  a disk is full or gone, no memory or file handle is left: `Outage`
    ours           anything else: `Failure` of kind `error`, with the traceback

An error of the machine may come wrapped (a writer's ExportError, a reader's ReadError): what caused
it is looked at too.
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator

from aligner.corpus.build.outcome import Failure, Outage
from aligner.model import AlignerError, InternalError
from aligner.runtime.limits import free_memory, total_memory

__all__ = ["MEMORY", "judged", "machine_error"]

MEMORY = "the pair needs more memory than it may have"
_SCARCE = 0.03  # share of its memory below which a machine has none to give
# nothing changes these but a person
_FINAL = ("ENOSPC", "EDQUOT", "EROFS")
# a while later these may be over
_PASSING = [
    "EIO",
    "ENOMEM",
    "EMFILE",
    "ENFILE",
    "EAGAIN",
    "EBUSY",
    "ESTALE",
    "ETIMEDOUT",
    "ENOTCONN",
    "ECONNRESET",
    "ECONNABORTED",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "ENETDOWN",
    "ENETUNREACH",
    "EREMOTEIO",
    "ENOLCK",
]
_NUMBERS = {
    getattr(errno, name): name in _FINAL for name in (*_FINAL, *_PASSING) if hasattr(errno, name)
}


def judged(error: BaseException) -> Failure | Outage:
    """What comes of a pair whose work raised this."""
    outage = machine_error(error)
    if outage is not None:
        return outage
    if isinstance(error, MemoryError):
        return Failure("memory", MEMORY)
    log = "".join(traceback.format_exception(error))
    if isinstance(error, InternalError):
        return Failure("error", str(error), log)
    if isinstance(error, AlignerError):
        return Failure("input", str(error))
    reason = " ".join(str(error).split())
    return Failure("error", f"{type(error).__name__}: {reason} (please report)", log)


def machine_error(error: BaseException) -> Outage | None:
    """The outage behind an exception; None where the machine is well."""
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno in _NUMBERS:
            where = f"{one.filename}: " if one.filename else ""
            return Outage(f"{where}{one.strerror or one}", final=_NUMBERS[one.errno])
        if isinstance(one, MemoryError):
            free = free_memory()
            if free is not None and free < _SCARCE * total_memory():
                return Outage("the machine has no memory left")
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, and what it was raised from or while handling."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
