"""What the commands that show a page in the browser have in common."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from aligner.cli.ui import tell
from aligner.runtime.browsers import with_browser

__all__ = ["OpenBrowser", "Port", "shown_page"]

Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any free one.")
]
OpenBrowser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
]


def shown_page(*, open_it: bool) -> Callable[[str], None]:
    """What is done once a page can be opened: its address is printed, and opened where that is wanted."""

    def ready(url: str) -> None:
        print(url, flush=True)
        if sys.stderr.isatty():
            tell("Ctrl-C ends the review")

    return with_browser(ready, open_it=open_it)
