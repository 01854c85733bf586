"""Work shared out over the cores of this process, with results that do not depend on their number."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aligner.runtime import cores

__all__ = ["on_threads", "one_blas_thread"]

_In = TypeVar("_In")
_Out = TypeVar("_Out")


class _Held(threading.local):
    """How many blocks of this thread hold the limit: libraries may keep it a thread."""

    blocks = 0


_held = _Held()


@contextlib.contextmanager
def one_blas_thread() -> Iterator[None]:
    """One thread for each product of matrices inside the block.

    A block inside another costs nothing: setting the limit looks through all libraries of the process,
    which took a tenth of the time of a small pair.
    """
    from threadpoolctl import threadpool_limits

    _held.blocks += 1
    try:
        if _held.blocks > 1:
            yield
            return
        with threadpool_limits(1, user_api="blas"):
            yield
    finally:
        _held.blocks -= 1


def on_threads(
    function: Callable[[_In], _Out], items: Iterable[_In], threads: int | None = None
) -> Iterator[_Out]:
    """`map` over as many threads as this process may use cores, each with one BLAS thread.

    Results come in the order of the items. More threads than cores make numpy ten times slower.
    """
    count = threads or cores.count()
    with one_blas_thread():
        if count == 1:
            yield from map(function, items)
            return
        with ThreadPoolExecutor(count) as pool:
            yield from pool.map(function, items)
