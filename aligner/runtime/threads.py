"""Work shared out over the cores of this process, with results that do not depend on their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aligner.runtime import cores

__all__ = ["on_threads"]

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def on_threads(
    function: Callable[[_In], _Out], items: Iterable[_In], threads: int | None = None
) -> Iterator[_Out]:
    """`map` over as many threads as this process may use cores, each with one BLAS thread.

    Results come in the order of the items. More threads than cores make numpy ten times slower.
    """
    from threadpoolctl import threadpool_limits

    count = threads or cores.count()
    with threadpool_limits(1, user_api="blas"):
        if count == 1:
            yield from map(function, items)
            return
        with ThreadPoolExecutor(count) as pool:
            yield from pool.map(function, items)
