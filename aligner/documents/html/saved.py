"""Pages inside what browsers save: MHTML archives, and views of a page's source.

- MHTML (.mht, .mhtml; RFC 2557; "Single File" of browsers): a MIME message whose `start`, or first part
  of HTML, is the page. A frame is read in its place where the page itself says next to nothing; else the
  frames that hold text are told. Pictures and style sheets are never decoded.
- `view-source:` as Firefox and Chromium save it: the page is in it as letters, in a `pre` or a table of lines.
"""

from __future__ import annotations

import email
import email.message
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from aligner.documents.html.walk import parse_html, walk
from aligner.model import Malformed, ReadError, Source
from aligner.text.decoding import decode

__all__ = [
    "MHTML_SUFFIXES",
    "SavedPage",
    "frames_of",
    "looks_like_mhtml",
    "saved_page",
    "viewed_source",
]

MHTML_SUFFIXES = (".mht", ".mhtml")

_HEAD = 4096
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*\r?\n")
_MIME = re.compile(rb"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(
    rb"^Content-Type\s*:\s*(?:multipart/related|text/html|multipart/alternative)",
    re.IGNORECASE | re.MULTILINE,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;"]+))""", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_NO_PAGE = re.compile(
    rb"^Content-Type\s*:\s*(?:image|font|audio|video|text/(?:css|javascript)|application/(?!xhtml))",
    re.IGNORECASE | re.MULTILINE,
)
_PAGES = ("text/html", "application/xhtml+xml")
_OPENS = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEW = 200  # characters of a page that is there for its frames
_LEAD = 5  # times the text of the page: what its frame must hold to be read in its place


class SavedPage(NamedTuple):
    """The bytes of a page, and the encoding that what holds it declares, "" for none."""

    data: bytes
    charset: str = ""


def looks_like_mhtml(data: bytes) -> bool:
    """True where the bytes open as a MIME message does that may hold a page."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    return bool(_FIELD.match(head) and _MIME.search(head) and _TYPE.search(head))


def saved_page(source: Source, notices: list[str]) -> SavedPage:
    """The page in a MIME message, the bytes themselves where they are none; sentences go to `notices`.

    Raises ReadError for a message without a page, Malformed for one nested too deep.
    """
    data, name = source.data, source.name
    if not looks_like_mhtml(data):
        charset = _CHARSET.search(source.media)
        return SavedPage(data, charset[1] if charset else "")
    try:
        message = email.message_from_bytes(_without_bodies(data))
        parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError:
        raise Malformed("a MIME message nested too deep", context=name) from None
    if not parts:
        raise ReadError(
            "the MIME message holds no page", context=name, hint="is it the right file?"
        )
    start = str(message.get_param("start") or "").strip("<> ")
    first = next((p for p in parts if start and _identity(p) == start), parts[0])
    page = _decoded(first)
    others = [part for part in parts if part is not first]
    return _with_frames(page, others, name, notices) if others else page


def _without_bodies(data: bytes) -> bytes:
    """The message without what its pictures, fonts and scripts hold: the parser takes nine times the
    size of a message in memory.
    """
    named = _BOUNDARY.search(data[:_HEAD])
    if named is None:
        return data
    mark = b"\n--" + (named[1] or named[2])
    kept: list[bytes] = []
    at, following = 0, data.find(mark)
    while following >= 0:
        kept.append(data[at:following])
        at, following = following, data.find(mark, following + len(mark))
        head = data[at : at + _HEAD if following < 0 else min(at + _HEAD, following)]
        end = _BLANK.search(head)
        if end is not None and following >= 0 and _NO_PAGE.search(head, 0, end.start()):
            kept.append(head[: end.end()])
            at = following
    return b"".join([*kept, data[at:]]) if kept else data


def _identity(part: email.message.Message) -> str:
    return str(part.get("Content-ID", "")).strip("<> ")


def _decoded(part: email.message.Message) -> SavedPage:
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    return SavedPage(payload if isinstance(payload, bytes) else b"", charset)


def _with_frames(
    page: SavedPage, parts: list[email.message.Message], name: str, notices: list[str]
) -> SavedPage:
    """The page, or the frame that holds its text; the others that hold any are told."""
    own = _size(page, name)
    sizes = [(_size(_decoded(part), name), part) for part in parts]
    size, largest = max(sizes, key=lambda entry: entry[0])
    if own < _FEW and size > _LEAD * own:
        notices.append(f"{name}: the page holds its text in a frame: {_address(largest)} is read")
        return _decoded(largest)
    filled = [part for size, part in sizes if size]
    if filled:
        count = "a frame is" if len(filled) == 1 else f"{len(filled)} frames are"
        more = ", ..." if len(filled) > 1 else ""
        notices.append(
            f"{name}: {count} left out, with text of other pages: {_address(filled[0])}{more}"
        )
    return page


def _address(part: email.message.Message) -> str:
    address = part.get("Content-Location") or part.get("Content-ID") or "without an address"
    return " ".join(str(address).split())[:120]


def _size(page: SavedPage, name: str) -> int:
    """Letters that a browser shows of a page, 0 for one that cannot be read."""
    try:
        root = parse_html(decode(page.data, name, declared=page.charset, notices=[]), name)
    except (ReadError, Malformed):
        return 0
    return sum(block.weight for block in walk(root)) if root is not None else 0


def viewed_source(root: Any) -> str:
    """The page that a saved view of a source shows, "" where the page is no such view."""
    body = root.find("body")
    if body is not None and body.get("id") == "viewsource":
        lines = ["".join(pre.itertext()) for pre in body.iter("pre")]
    elif next(_cells(root, "line-number"), None) is not None:
        lines = ["".join(cell.itertext()) for cell in _cells(root, "line-content")]
    else:
        return ""
    text = "\n".join(lines)
    return text if _OPENS.search(text[:_HEAD]) else ""


def _cells(root: Any, name: str) -> Iterator[Any]:
    return (cell for cell in root.iter("td") if cell.get("class") == name)


def frames_of(root: Any) -> list[str]:
    """Addresses of the files beside a saved page that its frames show."""
    addresses = (element.get("src") or "" for element in root.iter("iframe", "frame"))
    local_ones = (one.strip() for one in addresses if one and not re.match(r"[a-z]+:|//", one))
    return list(dict.fromkeys(local_ones))
