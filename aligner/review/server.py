"""The server of a review: one page and a small JSON interface, for this machine only.

- it listens on the loopback address and nothing else
- who may ask is looked at before (`aligner.serving`)
- nothing outside the package's own `page/` is served, and no path comes from a request: the files
  were fixed when the review began
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from aligner.model import AlignerError, UsageError
from aligner.review.session import Session, VersionConflict
from aligner.review.views import finding_view, history_view, outcome_view, session_view
from aligner.serving import as_json, file_endpoint, guarded_app, json_body, refused
from aligner.text.speaking import translated

__all__ = ["application"]

_SAVE_AFTER = 1.5  # seconds without an action after which the file is written
_SHOWN = 400  # lines of a difference that the page gets


def application(session: Session, token: str, hosts: frozenset[str]) -> ASGIApp:
    """The ASGI application. `hosts`: what a Host header may say, `127.0.0.1:8123` and the like."""
    api = _Interface(session)
    file = file_endpoint("aligner.review")

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
    )
    return guarded_app(app, token, hosts)


def _answers(
    endpoint: Callable[[_Interface, Request], Awaitable[Response]],
) -> Callable[[_Interface, Request], Awaitable[Response]]:
    """Our errors as JSON with their sentence."""

    async def answer(self: _Interface, request: Request) -> Response:
        try:
            return await endpoint(self, request)
        except VersionConflict as error:
            body = {
                "error": translated(error.message),
                "hint": translated(error.hint),
                "version": self.session.version,
            }
            return JSONResponse(body, status_code=409)
        except HTTPException:  # the guard's
            raise
        except Exception as error:  # noqa: BLE001 - the page gets one sentence too
            return refused(error)

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
        return as_json(await run_in_threadpool(session_view, self.session))

    @_answers
    async def version(self, request: Request) -> Response:
        """Whether another page has changed something."""
        del request
        return as_json({"version": self.session.version, **history_view(self.session)})

    @_answers
    async def difference(self, request: Request) -> Response:
        """What the file on disk, which somebody else may have changed, and the review differ in."""
        del request
        lines = await run_in_threadpool(self.session.difference)
        return as_json({"lines": lines[:_SHOWN], "more": max(0, len(lines) - _SHOWN)})

    @_answers
    async def do(self, request: Request) -> Response:
        """One action."""
        values = await json_body(request)
        version, action = values.get("version"), values.get("action")
        if not isinstance(version, int) or not isinstance(action, str):
            raise UsageError("an action needs its name and the version it is about")

        def act() -> dict[str, Any]:
            return outcome_view(self.session, self.session.act(version, action, values))

        answer = await run_in_threadpool(act)
        self._touched.set()
        return as_json(answer)

    @_answers
    async def save(self, request: Request) -> Response:
        """Write the alignment file now."""
        await json_body(request)
        await run_in_threadpool(self.session.save)
        return as_json({"version": self.session.version, **history_view(self.session)})

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

        return as_json({"version": version, "findings": await run_in_threadpool(run)})

    @_answers
    async def losses(self, request: Request) -> Response:
        """What a format would not hold."""
        name = self._format(request)
        losses = self.session.tools.losses
        _, state = self.session.snapshot()
        sentences = (
            [] if losses is None else await run_in_threadpool(losses, state.alignment(), name)
        )
        return as_json({"losses": [translated(one) for one in sentences]})

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


def _zipped(files: Any) -> bytes:
    """The files in a zip whose bytes do not depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()
