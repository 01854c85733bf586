"""Who gets an answer: the person at this machine who was given the address, and nobody else.

- every address begins with a random token that only the printed URL holds
- the Host header must name this server, so that a name of somebody else's that points to
  127.0.0.1 (DNS rebinding) gets nothing; an Origin header must be this server's own
- a POST needs JSON and a header of ours, which no page of another origin can send unasked
- the content security policy allows our own script and style and no other source
"""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aligner.text.notation import whole_number

__all__ = ["HEADER", "LARGEST_BODY", "guarded_app"]

HEADER = "x-aligner-review"
LARGEST_BODY = 1_000_000  # bytes; texts are limited to 100,000 characters
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
_TOO_LARGE = "the request is too large"


def guarded_app(app: ASGIApp, token: str, hosts: frozenset[str]) -> ASGIApp:
    """The application behind the guard. `hosts`: what a Host header may say, `127.0.0.1:8123` and the
    like.
    """
    return _Guard(app, token, hosts)


class _Guard:
    """Looks at every request before the application does."""

    def __init__(self, app: ASGIApp, token: str, hosts: frozenset[str]) -> None:
        self.app, self.token, self.hosts = app, token.encode(), hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # websockets: there are none
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await PlainTextResponse(refusal[1], status_code=refusal[0])(scope, receive, guarded)
            return
        await self.app(scope, _bounded(receive), guarded)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        host = headers.get("host", [])
        if len(host) != 1 or host[0].lower() not in self.hosts:
            return 403, "this server answers to its own address only"
        first = scope["path"].split("/")[1] if scope["path"].startswith("/") else ""
        if not secrets.compare_digest(first.encode(), self.token):
            return 403, "the address is not complete: open the one that the command printed"
        for origin in headers.get("origin", []):
            if origin.lower() != f"http://{host[0].lower()}":
                return 403, "this server takes nothing from other pages"
        if headers.get("sec-fetch-site", ["none"])[0] not in ("same-origin", "none"):
            return 403, "this server takes nothing from other pages"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "GET and POST only"
        if scope["method"] == "POST":
            kind = headers.get("content-type", [""])[0].split(";")[0].strip()
            if HEADER not in headers or kind != "application/json":
                return 403, "this server takes nothing from other pages"
            length = whole_number(headers.get("content-length", ["0"])[0])
            if length is None or length > LARGEST_BODY:
                return 413, _TOO_LARGE
        return None


class _TooLarge(HTTPException):
    """A body that goes on for too long. The rest of it is not read: what comes on this connection is
    no request.
    """

    def __init__(self) -> None:
        super().__init__(413, _TOO_LARGE, {"connection": "close"})


def _bounded(receive: Receive) -> Receive:
    """A body without a length must not grow for ever either."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise _TooLarge
        return message

    return bounded
