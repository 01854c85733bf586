"""A review server as a person starts it, for tests and measurements: the command, a page, a client."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from aligner.review.session import Session

__all__ = ["Server", "in_thread", "kinds"]

_COMMAND = [sys.executable, "-c", "from aligner.cli import main; main()", "review", "--no-browser"]
_PATIENCE = 60.0  # seconds; machines that test are busy
_POST = {"x-aligner-review": "1", "content-type": "application/json"}


class Server:
    """`aligner review FILE` in a process of its own, and a client for its interface."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        self.process = subprocess.Popen(
            [*_COMMAND, str(path), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise AssertionError(self.process.communicate()[1])
        self.client = httpx.Client(base_url=self.url, trust_env=False, timeout=_PATIENCE)

    def review(self) -> dict[str, Any]:
        """The whole state."""
        answer: dict[str, Any] = self.client.get("api/review").json()
        return answer

    def do(self, version: int, action: str, **values: object) -> httpx.Response:
        """One action."""
        body = json.dumps({"version": version, "action": action, "pair": 0, **values})
        return self.client.post("api/do", headers=_POST, content=body)

    def save(self) -> httpx.Response:
        """Have the alignment file written."""
        return self.client.post("api/save", headers=_POST, content="{}")

    def kill(self) -> None:
        """As `kill -9` does."""
        self.process.kill()
        self._end()

    def stop(self) -> int:
        """As Ctrl-C does; the exit code."""
        self.process.terminate()
        self._end()
        return self.process.returncode

    def _end(self) -> None:
        self.client.close()
        self.process.communicate(timeout=_PATIENCE)

    @classmethod
    @contextlib.contextmanager
    def running(cls, path: Path, *options: str) -> Iterator[Server]:
        """A server for the time of a block."""
        server = cls(path, *options)
        try:
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()


@contextlib.contextmanager
def in_thread(session: Session) -> Iterator[str]:
    """The address of a session served by this process, for tools that no command line can give."""
    import asyncio
    import socket
    import threading

    import uvicorn

    from aligner.review.server import application

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    app = application(session, "token", frozenset({f"127.0.0.1:{port}"}))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/token/"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        listener.close()
        session.close()


def kinds(review: dict[str, Any], pair: int = 0) -> list[str]:
    """The beads of a review as 1-1, 2-1 ..."""
    return ["{}-{}".format(*item["sizes"]) for item in review["pairs"][pair]["items"]]
