"""Running the server of a review until the person stops it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aligner.review.server import application
from aligner.review.session import Session
from aligner.serving import serve_app

__all__ = ["serve_session"]


def serve_session(
    session: Session, *, port: int = 0, token: str = "", ready: Callable[[str], None]
) -> None:
    """Serve a review as `serve_app` does; the session is the caller's to close."""
    serve_app(partial(application, session), port=port, token=token, ready=ready)
