"""The page of a memory with everything that it needs of other packages: filters, directions of writing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

__all__ = ["open_memory_page"]


def open_memory_page(
    path: Path,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Callable[..., Any]:
    """What serves the page of a memory (`port`, and `ready`, which hears the address) until the process is
    told to stop; the indexes that it needs are made before, where they are not there.

    Raises MissingExtra without the extra [review], StoreError for what is no memory.
    """
    from aligner.languages.scripts import is_right_to_left
    from aligner.memory import Memory, PageTools, memory_page, prepare_page
    from aligner.workflows.memory.storing import chosen_units

    serve_memory = memory_page()
    Memory(path).close()  # one that is not there is not made
    with Memory(path, write=True) as memory:
        made = prepare_page(memory, progress and partial(progress, "indexing"))
    if made:
        tell(f"{path}: the indexes of the page are made")
    return partial(serve_memory, path, PageTools(is_right_to_left, chosen_units))
