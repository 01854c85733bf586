"""Work on what others wrote that may not end, done under limits: a PDF, patterns of a user's rules.

The work is a function that a process of its own calls (see `children.call`); what can go wrong with
it is one sentence.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from aligner.model import AlignerError, Limits
from aligner.runtime import children

__all__ = ["Work", "bounded"]

_MEGABYTE = 1_000_000


class Work(NamedTuple):
    """What is done, for sentences: `name` is the file, `doing` opens the sentence ("reading it"),
    `usual` the limits for up to a megabyte, which grow with `size` in bytes.
    """

    name: str
    doing: str
    usual: Limits
    size: int = 0


def bounded(
    target: str,
    *arguments: Any,
    work: Work,
    limits: Limits,
    error: type[AlignerError],
) -> Any:
    """What `module:function(*arguments)` returns; `limits` are the user's.

    Raises what the function raises of ours, and `error` where it passes a limit or its process ends.
    """
    limits = Limits(
        limits.seconds or work.usual.seconds * (1 + work.size / _MEGABYTE),
        limits.memory or work.usual.memory + 8 * work.size,
    )
    try:
        return children.call(target, *arguments, seconds=limits.seconds, memory=limits.memory)
    except children.TookTooLong:
        raise error(
            f"{work.doing} takes longer than {limits.seconds:.0f} seconds",
            context=work.name,
            hint="--time-limit allows more",
        ) from None
    except children.OutOfMemory:
        raise error(_needs(work, limits), context=work.name, hint=_MORE) from None
    except ChildProcessError as end:
        # libraries in C end their process where memory ends
        raise error(
            f"{work.doing} failed: its process, which may use {limits.memory // _MEGABYTE} MB, {end}",
            context=work.name,
            hint=_MORE,
        ) from None


_MORE = "the file is damaged, or --memory allows more"


def _needs(work: Work, limits: Limits) -> str:
    return f"{work.doing} needs more than {limits.memory // _MEGABYTE} MB of memory"
