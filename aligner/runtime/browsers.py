"""A page in the person's browser."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["with_browser"]


def with_browser(
    ready: Callable[[str], None] | None, *, open_it: bool = True
) -> Callable[[str], None]:
    """What hears the address of a page once it can be opened: `ready` first, then the browser."""

    def shown(url: str) -> None:
        if ready is not None:
            ready(url)
        if open_it:
            import webbrowser

            webbrowser.open(url)

    return shown
