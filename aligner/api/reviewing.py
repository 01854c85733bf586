"""The review in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aligner.model import FileName
from aligner.workflows.aligning import Notices, Settings

__all__ = ["review_alignment"]


def review_alignment(
    alignment: FileName,
    *,
    port: int = 0,
    browser: bool = True,
    prepare: bool = True,
    check: bool = True,
    taxonomy: str | FileName = "vinay-darbelnet",
    settings: Settings | None = None,
    ready: Callable[[str], None] | None = None,
    notices: Notices | None = None,
) -> None:
    """Serve the review of an `.alignment.json` on this machine until the process is interrupted.

    `ready` hears the address; `browser` opens it. `settings`: encoder and weights for aligning again.
    Every action is on disk before the page shows it; at the end the file is written. Raises
    MissingExtra without the extra [review], UsageError where the port is taken, ReadError.
    """
    from aligner.runtime.browsers import with_browser
    from aligner.workflows.review.reviewing import open_review

    session, serve = open_review(
        Path(alignment),
        settings=settings,
        taxonomy=str(taxonomy),
        check=check,
        prepare=prepare,
        tell=(notices or Notices()).add,
    )

    try:
        serve(port, with_browser(ready, open_it=browser))
    finally:
        session.close()
