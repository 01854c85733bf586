"""JSON in and out, errors as sentences, the files of a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from aligner.files.faults import report_of
from aligner.model import AlignerError, ExportError, UsageError
from aligner.serving.wording import spoken_html
from aligner.text.speaking import page_texts, spoken, spoken_tag, translated

__all__ = ["as_json", "file_endpoint", "json_body", "refused"]

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


def file_endpoint(package: str) -> Callable[[Request], Response]:
    """Answers with a file of the folder `page` of a package, or with one that the pages share; without a
    name with `index.html`. The pages are in the language that is spoken now. Nothing else is served, and no path comes from a request: what there is is
    known at start.
    """
    page = _page_files("aligner.serving") | _page_files(package)
    page["catalogue.js"] = (_TYPES[".js"], _catalogue())

    def file(request: Request) -> Response:
        name = request.path_params.get("name") or "index.html"
        entry = page.get(name)
        if entry is None:
            return PlainTextResponse("there is no such file", status_code=404)
        return Response(entry[1], media_type=entry[0])

    return file


def _page_files(package: str) -> dict[str, tuple[str, bytes]]:
    """(content type, bytes) of each file by name, in the language that is spoken."""
    files = {}
    for file in resources.files(package).joinpath("page").iterdir():
        suffix = "." + file.name.rpartition(".")[2]
        if suffix in _TYPES:
            data = file.read_bytes()
            if suffix == ".html":
                data = spoken_html(data.decode()).encode()
            files[file.name] = (_TYPES[suffix], data)
    return files


def _catalogue() -> bytes:
    """The script that has what `t.js` looks up."""
    texts = json.dumps(page_texts(), ensure_ascii=False, separators=(",", ":"))
    return (
        f"export const LANG = {json.dumps(spoken_tag())};\nexport const TEXTS = {texts};\n".encode()
    )


def refused(error: Exception, status: int = 0) -> Response:
    """An error as JSON with its sentence, in the language that is spoken; `status`: that of HTTP, where it
    is known.
    """
    if isinstance(error, UsageError | ExportError):
        known, body = 400, {"error": translated(error.message), "hint": translated(error.hint)}
    elif isinstance(error, AlignerError):
        catalogue = spoken()
        told = str(error) if catalogue is None else catalogue.told(error)
        known, body = 500, {"error": told, "hint": ""}
    else:  # the page gets one sentence too
        known, body = 500, {"error": translated(report_of(error)), "hint": ""}
    return JSONResponse(body, status_code=status or known)


async def json_body(request: Request) -> dict[str, Any]:
    """The JSON object that a request brings. Raises UsageError where it is none."""
    try:
        value = json.loads(await request.body())
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise UsageError("the request is no JSON object")
    return value


def as_json(value: dict[str, Any]) -> Response:
    """A JSON object."""
    return Response(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"),
        media_type="application/json",
    )
