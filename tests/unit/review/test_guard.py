"""What the server of a page answers before the page is asked: no sockets that stay open, no endless bodies."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

pytest.importorskip("starlette", reason="pip install 'aligner[review]'")

from aligner.serving import guard


def test_a_web_socket_is_closed() -> None:
    sent: list[Any] = []

    async def app(*_: Any) -> None:
        raise AssertionError("the page was asked")

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    made = guard._Guard(app, "token", frozenset(["127.0.0.1"]))
    asyncio.run(made({"type": "websocket"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_body_without_a_length_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_BODY", 10)
    messages = [
        {"type": "http.request", "body": b"123456", "more_body": True},
        {"type": "http.disconnect"},
        {"type": "http.request", "body": b"789012", "more_body": False},
    ]

    async def receive() -> Any:
        return messages.pop(0)

    async def read() -> None:
        bounded = guard._bounded(receive)
        assert (await bounded())["body"] == b"123456"
        assert (await bounded())["type"] == "http.disconnect"
        with pytest.raises(guard._TooLarge):
            await bounded()

    asyncio.run(read())
