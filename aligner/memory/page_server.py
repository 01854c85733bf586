"""The page of a memory: search, filter and correct its units, in the browser on this machine only.

Who may ask is looked at before (`aligner.serving`). One thread reads and one writes, each with its own
connection, so that a list does not wait for an import that holds the memory; a request answers from
one state of it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from aligner.memory import revising
from aligner.memory.browsing import browse_units, count_units
from aligner.memory.coded import read_marked, text_with_marks
from aligner.memory.editing import Edited, NewText
from aligner.memory.page_views import (
    PageTools,
    deeds_view,
    listed_view,
    memory_view,
    unit_view,
)
from aligner.memory.query import SearchQuery
from aligner.memory.revising import SeenUnit, UnitChanged
from aligner.memory.store import Memory
from aligner.memory.stored import Filter
from aligner.model import Unit, UsageError
from aligner.serving import as_json, file_endpoint, guarded_app, json_body, refused, serve_app
from aligner.text.notation import whole_number

__all__ = ["memory_application", "serve_memory"]

_MOST = 200  # units of a page
_IDS = 10**9  # above all ids
_LONGEST = 100_000  # characters of a text
_MODES = ("phrase", "words", "forms", "regex")
_Result = TypeVar("_Result")


def serve_memory(
    path: Path, tools: PageTools, *, port: int = 0, token: str = "", ready: Callable[[str], None]
) -> None:
    """Serve the page of a memory that is prepared (`prepare_page`), as `serve_app` does."""
    made = partial(memory_application, path, tools)
    serve_app(made, port=port, token=token, ready=ready)


def memory_application(path: Path, tools: PageTools, token: str, hosts: frozenset[str]) -> ASGIApp:
    """The ASGI application. `hosts`: what a Host header may say, `127.0.0.1:8123` and the like."""
    desk = _Desk(path, tools)
    file = file_endpoint("aligner.memory")

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            desk.close()

    gets = {"memory": desk.memory, "units": desk.units, "count": desk.count, "unit": desk.unit}
    posts = {"edit": desk.edit, "delete": desk.delete, "undo": desk.undo, "redo": desk.redo}
    app = Starlette(
        routes=[
            Route("/{token}/", file),
            Route("/{token}/page/{name}", file),
            *(Route(f"/{{token}}/api/{name}", work) for name, work in gets.items()),
            *(
                Route(f"/{{token}}/api/{name}", work, methods=["POST"])
                for name, work in posts.items()
            ),
        ],
        lifespan=lifespan,
    )
    return guarded_app(app, token, hosts)


def _answers(
    endpoint: Callable[[_Desk, Request], Awaitable[dict[str, Any]]],
) -> Callable[[_Desk, Request], Awaitable[Response]]:
    """What comes as JSON; our errors with their sentence."""

    async def answer(self: _Desk, request: Request) -> Response:
        try:
            return as_json(await endpoint(self, request))
        except HTTPException:  # the guard's
            raise
        except UnitChanged as error:
            return refused(error, 409)
        except Exception as error:  # noqa: BLE001 - the page gets one sentence too
            return refused(error)

    return answer


class _Line:
    """A thread with a connection of its own, for work that comes one after the other."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._path, self._write = path, write
        self._memory: Memory | None = None

    async def run(self, work: Callable[[Memory], _Result]) -> _Result:
        """`work` with the memory, in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._with, work)

    def _with(self, work: Callable[[Memory], _Result]) -> _Result:
        if self._memory is None:
            self._memory = Memory(self._path, write=self._write)
        return work(self._memory)

    def _end(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory = None

    def close(self) -> None:
        """Close the connection, after the work that is under way."""
        self._thread.submit(self._end)
        self._thread.shutdown()


class _Desk:
    """The JSON interface."""

    def __init__(self, path: Path, tools: PageTools) -> None:
        self._reading, self._writing = _Line(path, write=False), _Line(path, write=True)
        self._tools = tools

    def close(self) -> None:
        """Close both connections."""
        self._reading.close()
        self._writing.close()

    @_answers
    async def memory(self, request: Request) -> dict[str, Any]:
        """What there is to choose from."""
        del request
        return await self._reading.run(memory_view)

    @_answers
    async def units(self, request: Request) -> dict[str, Any]:
        """A page of units."""
        asked = request.query_params
        chosen, query, side = self._chosen(request)
        after, before = _whole(request, "after", 0), _whole(request, "before", -1)
        limit = min(_MOST, max(1, _whole(request, "limit", 50)))

        def work(memory: Memory) -> dict[str, Any]:
            page = browse_units(
                memory,
                chosen,
                query,
                side,
                after=after,
                before=before if "before" in asked else None,
                limit=limit,
            )
            units = [listed_view(unit, self._tools.is_right_to_left) for unit in page.units]
            return {"units": units, "place": page.place, "full": page.is_full}

        return await self._reading.run(work)

    @_answers
    async def count(self, request: Request) -> dict[str, Any]:
        """How many units there are, as far as they are counted in the time."""
        chosen, query, side = self._chosen(request)
        count, place = await self._reading.run(
            lambda memory: count_units(memory, chosen, query, side)
        )
        return {"count": count, "all": place is None}

    @_answers
    async def unit(self, request: Request) -> dict[str, Any]:
        """One unit with all that it came with."""
        identifier = _whole(request, "id", 0)
        unit = await self._reading.run(lambda memory: revising.unit_there(memory, identifier))
        return unit_view(identifier, unit, self._tools.is_right_to_left)

    @_answers
    async def edit(self, request: Request) -> dict[str, Any]:
        """New words of one or both texts, or a status."""
        values = await json_body(request)
        identifier, seen = _identified(values)
        texts = [_text(values, side) for side in ("source", "target")]
        status = values.get("status")
        if status is not None and not isinstance(status, str):
            raise UsageError("the status is no text")
        may_go = values.get("drop") is True

        def read(unit: Unit) -> tuple[NewText | None, NewText | None]:
            new = [
                None
                if marked is None or marked == text_with_marks(variant.text, variant.codes)
                else NewText(*read_marked(marked, variant.text, variant.codes, may_go=may_go))
                for marked, variant in zip(texts, unit.variants, strict=True)
            ]
            return new[0], new[1]

        def work(memory: Memory) -> tuple[Edited, bool, dict[str, Any]]:
            lengths = [
                bool(variant.lengths)
                for variant in revising.unit_there(memory, identifier).variants
            ]
            done = revising.change_unit(memory, identifier, seen, read, status)
            parted = any(had and text is not None for had, text in zip(lengths, texts, strict=True))
            return done, parted and done.changed, self._now(memory, done.became or identifier)

        done, parted, now = await self._writing.run(work)
        return {
            **now,
            "changed": done.changed,
            "codes": done.codes,
            "became": done.became,
            "parted": parted,
        }

    @_answers
    async def delete(self, request: Request) -> dict[str, Any]:
        """Delete a unit."""
        identifier, seen = _identified(await json_body(request))

        def work(memory: Memory) -> dict[str, Any]:
            revising.remove_unit(memory, identifier, seen)
            return self._now(memory, identifier)

        return await self._writing.run(work)

    @_answers
    async def undo(self, request: Request) -> dict[str, Any]:
        """Take back the last thing that was done."""
        await json_body(request)
        return await self._writing.run(partial(self._turned, revising.undo))

    @_answers
    async def redo(self, request: Request) -> dict[str, Any]:
        """Do again what was taken back last."""
        await json_body(request)
        return await self._writing.run(partial(self._turned, revising.redo))

    def _turned(self, turn: Callable[[Memory], tuple[str, int]], memory: Memory) -> dict[str, Any]:
        name, identifier = turn(memory)
        return {**self._now(memory, identifier), "name": name}

    def _now(self, memory: Memory, identifier: int) -> dict[str, Any]:
        """A unit as it is now, null where it is not there; and what can be undone."""
        try:
            unit = revising.unit_there(memory, identifier)
        except UnitChanged:
            view = None
        else:
            view = unit_view(identifier, unit, self._tools.is_right_to_left)
        return {"id": identifier, "unit": view, **deeds_view(memory)}

    def _chosen(self, request: Request) -> tuple[Filter, SearchQuery | None, str]:
        """What a request filters and searches."""
        asked = request.query_params
        names = (
            "source_lang",
            "target_lang",
            "status",
            "user",
            "document",
            "since",
            "until",
            "field",
        )
        chosen = self._tools.choose(**{name: asked.get(name, "") for name in names})
        text, mode = asked.get("q", ""), asked.get("mode", "phrase")
        if mode not in _MODES:
            raise UsageError(f"there is no way to search {mode!r}", hint=", ".join(_MODES))
        query = None
        if text.strip():
            query = SearchQuery.of(
                text, regex=mode == "regex", forms=mode == "forms", apart=mode == "words"
            )
        return chosen, query, asked.get("side", "both")


def _whole(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    number = whole_number(text)
    if number is None:
        raise UsageError(f"{name} is no whole number")
    return number


def _identified(values: dict[str, Any]) -> tuple[int, SeenUnit]:
    """The unit that a change is about, and how the person saw it."""
    identifier, seen = values.get("id"), values.get("seen")
    if (
        isinstance(identifier, bool)
        or not isinstance(identifier, int)
        or not 0 <= identifier < _IDS
        or not isinstance(seen, list)
        or len(seen) != 3
        or not all(isinstance(part, str) for part in seen)
    ):
        raise UsageError("a change needs the unit and how it was seen")
    return identifier, SeenUnit(*seen)


def _text(values: dict[str, Any], side: str) -> str | None:
    text = values.get(side)
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise UsageError(f"a text has at most {_LONGEST} characters")
    return text
