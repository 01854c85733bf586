"""The server of a review: one page and a small JSON interface, for this machine only.

- it listens on the loopback address and nothing else
- every address begins with a random token that only the printed URL holds
- the Host header must name this server, so that a name of somebody else's that points to
  127.0.0.1 (DNS rebinding) gets nothing; an Origin header must be this server's own
- a POST needs JSON and a header of ours, which no page of another origin can send unasked
- nothing outside the package's own `page/` is served, and no path comes from a request: the files
  were fixed when the review began
- the content security policy allows our own script and style and no other source
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import secrets
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib import resources
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aligner.files.faults import report_of
from aligner.model import AlignerError, ExportError, UsageError
from aligner.review.session import Session, VersionConflict
from aligner.review.views import finding_view, history_view, outcome_view, session_view
from aligner.text.notation import whole_number

__all__ = ["HEADER", "LARGEST_BODY", "application"]

HEADER = "x-aligner-review"
LARGEST_BODY = 1_000_000  # bytes; texts are limited to 100,000 characters
_SAVE_AFTER = 1.5  # seconds without an action after which the file is written
_SHOWN = 400  # lines of a difference that the page gets
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
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


def application(session: Session, token: str, hosts: frozenset[str]) -> ASGIApp:
    """The ASGI application. `hosts`: what a Host header may say, `127.0.0.1:8123` and the like."""
    api = _Interface(session)
    page = _page_files()

    def file(request: Request) -> Response:
        name = request.path_params.get("name") or "index.html"
        entry = page.get(name)
        if entry is None:
            return PlainTextResponse("there is no such file", status_code=404)
        return Response(entry[1], media_type=entry[0])

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        saver = asyncio.create_task(api.keep_saving())
        try:
            yield
        finally:
            saver.cancel()

    app = Starlette(
        routes=[
            Route("/{token}/", file),
            Route("/{token}/page/{name}", file),
            Route("/{token}/api/review", api.review),
            Route("/{token}/api/version", api.version),
            Route("/{token}/api/difference", api.difference),
            Route("/{token}/api/findings", api.findings),
            Route("/{token}/api/losses/{format}", api.losses),
            Route("/{token}/api/export/{format}", api.export),
            Route("/{token}/api/do", api.do, methods=["POST"]),
            Route("/{token}/api/save", api.save, methods=["POST"]),
        ],
        lifespan=lifespan,
        exception_handlers={_TooLarge: _too_large},
    )
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
            return 403, "the address is not complete: open the one that `aligner review` printed"
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


class _TooLarge(Exception):
    """A body that goes on for too long."""


def _too_large(request: Request, error: Exception) -> Response:
    """The rest of the body is not read: what comes on this connection is no request."""
    del request, error
    return PlainTextResponse(_TOO_LARGE, status_code=413, headers={"connection": "close"})


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


def _page_files() -> dict[str, tuple[str, bytes]]:
    """(content type, bytes) of each file of the page by name: what there is is known at start."""
    folder = resources.files("aligner.review").joinpath("page")
    files = {}
    for file in folder.iterdir():
        suffix = "." + file.name.rpartition(".")[2]
        if suffix in _TYPES:
            files[file.name] = (_TYPES[suffix], file.read_bytes())
    return files


def _answers(
    endpoint: Callable[[_Interface, Request], Awaitable[Response]],
) -> Callable[[_Interface, Request], Awaitable[Response]]:
    """Our errors as JSON with their sentence."""

    async def answer(self: _Interface, request: Request) -> Response:
        try:
            return await endpoint(self, request)
        except VersionConflict as error:
            status = 409
            body = {"error": error.message, "hint": error.hint, "version": self.session.version}
        except (UsageError, ExportError) as error:
            status, body = 400, {"error": error.message, "hint": error.hint}
        except AlignerError as error:
            status, body = 500, {"error": str(error), "hint": ""}
        except _TooLarge:
            raise
        except Exception as error:  # noqa: BLE001 - the page gets one sentence too
            status, body = 500, {"error": report_of(error), "hint": ""}
        return JSONResponse(body, status_code=status)

    return answer


class _Interface:
    """The JSON interface; the session's work runs in threads, one after the other by its lock."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._touched = asyncio.Event()

    async def keep_saving(self) -> None:
        """Write the file when the person pauses; the journal already holds everything."""
        while True:
            await self._touched.wait()
            self._touched.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._touched.wait(), _SAVE_AFTER)
                continue
            # a full disk is told when the person saves or leaves; nothing is lost meanwhile
            with contextlib.suppress(AlignerError):
                await run_in_threadpool(self.session.save)

    @_answers
    async def review(self, request: Request) -> Response:
        """The whole review."""
        del request
        return _json(await run_in_threadpool(session_view, self.session))

    @_answers
    async def version(self, request: Request) -> Response:
        """Whether another page has changed something."""
        del request
        return _json({"version": self.session.version, **history_view(self.session)})

    @_answers
    async def difference(self, request: Request) -> Response:
        """What the file on disk, which somebody else may have changed, and the review differ in."""
        del request
        lines = await run_in_threadpool(self.session.difference)
        return _json({"lines": lines[:_SHOWN], "more": max(0, len(lines) - _SHOWN)})

    @_answers
    async def do(self, request: Request) -> Response:
        """One action."""
        values = await _body(request)
        version, action = values.get("version"), values.get("action")
        if not isinstance(version, int) or not isinstance(action, str):
            raise UsageError("an action needs its name and the version it is about")

        def act() -> dict[str, Any]:
            return outcome_view(self.session, self.session.act(version, action, values))

        answer = await run_in_threadpool(act)
        self._touched.set()
        return _json(answer)

    @_answers
    async def save(self, request: Request) -> Response:
        """Write the alignment file now."""
        await _body(request)
        await run_in_threadpool(self.session.save)
        return _json({"version": self.session.version, **history_view(self.session)})

    @_answers
    async def findings(self, request: Request) -> Response:
        """What the checks say of the present state."""
        del request
        check = self.session.tools.check
        if check is None:
            raise UsageError("this review has no checks")
        version, state = self.session.snapshot()

        def run() -> list[dict[str, Any]]:
            return [
                finding_view(pair, finding)
                for pair, alignment in enumerate(state.alignments())
                for finding in check(alignment)
            ]

        return _json({"version": version, "findings": await run_in_threadpool(run)})

    @_answers
    async def losses(self, request: Request) -> Response:
        """What a format would not hold."""
        name = self._format(request)
        losses = self.session.tools.losses
        _, state = self.session.snapshot()
        sentences = (
            [] if losses is None else await run_in_threadpool(losses, state.alignment(), name)
        )
        return _json({"losses": list(sentences)})

    @_answers
    async def export(self, request: Request) -> Response:
        """A file to keep; several files come as one zip."""
        name = self._format(request)
        _, state = self.session.snapshot()

        def render() -> tuple[str, bytes]:
            files = self.session.tools.render(state.alignment(), name)
            if len(files) == 1:
                return next(iter(files.items()))
            stem = self.session.path.name.partition(".")[0]
            return f"{stem}.{name}.zip", _zipped(files)

        file, data = await run_in_threadpool(render)
        disposition = f"attachment; filename*=UTF-8''{quote(file, safe='')}"
        return Response(
            data,
            media_type="application/octet-stream",
            headers={"content-disposition": disposition},
        )

    def _format(self, request: Request) -> str:
        name: str = request.path_params["format"]
        _, state = self.session.snapshot()
        if name not in self.session.tools.formats(state.alignment()):
            raise UsageError(f"there is no output format {name!r}")
        return name


async def _body(request: Request) -> dict[str, Any]:
    try:
        value = json.loads(await request.body())
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise UsageError("the request is no JSON object")
    return value


def _json(value: dict[str, Any]) -> Response:
    return Response(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"),
        media_type="application/json",
    )


def _zipped(files: Any) -> bytes:
    """The files in a zip whose bytes do not depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()
