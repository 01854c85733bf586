"""Running a server until the person stops it."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from aligner.model import UsageError
from aligner.runtime import interrupts

__all__ = ["serve_app"]

LOOPBACK = "127.0.0.1"


def serve_app(
    made: Callable[[str, frozenset[str]], ASGIApp],
    *,
    port: int = 0,
    token: str = "",
    ready: Callable[[str], None],
) -> None:
    """Serve what `made` gives for a token and names of hosts, on the loopback address; `ready` is called
    once with the URL.

    Port 0 takes any free one; the token is made new each time unless given (tests). Returns when
    the process is told to stop (Ctrl-C, SIGTERM), within about a second.
    Raises UsageError where the port is taken.
    """
    token = token or secrets.token_urlsafe(24)
    # asyncio switches off what makes small answers wait 40 ms (Nagle, and the acknowledgement that is put
    # off) only for sockets that name their protocol
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError as error:
            raise UsageError(
                f"port {port} cannot be used: {error.strerror or error}",
                hint="name another one with --port, or leave it out",
            ) from error
        listener.listen(128)
        taken = listener.getsockname()[1]
        hosts = frozenset(f"{name}:{taken}" for name in (LOOPBACK, "localhost"))
        config = uvicorn.Config(
            made(token, hosts),
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        ready(f"http://{LOOPBACK}:{taken}/{token}/")
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn's server raises the signal that stopped it once more, and SIGTERM would then end the
    process before the file is saved; this one just stops.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        with interrupts.stopping(self._stop):
            yield

    def _stop(self) -> None:
        self.should_exit = True
