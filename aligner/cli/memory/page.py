"""`aligner memory review`: search, filter and correct a memory in the browser."""

from __future__ import annotations

import typer

from aligner.cli.common.pages import OpenBrowser, Port, shown_page
from aligner.cli.common.progress import counted
from aligner.cli.memory.upkeep import DEFAULT, MemoryFile
from aligner.cli.ui import tell

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to `aligner memory`."""
    app.command("review")(review)


def review(
    memory: MemoryFile = DEFAULT,
    port: Port = 0,
    browser: OpenBrowser = True,
) -> None:
    """Search, filter and correct a memory in the browser, on this machine only.

    aligner memory review -m memory.db

    The first time it makes the indexes that the page needs, a minute for a million units. Every change
    is in the memory before the page shows it, and can be undone; other programs may use the memory
    meanwhile. Ctrl-C ends it.
    """
    from aligner.workflows.review.memory_page import open_memory_page

    serve = open_memory_page(
        memory,
        progress=counted("units"),
        tell=tell,
    )
    serve(port=port, ready=shown_page(open_it=browser))
