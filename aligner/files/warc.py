"""Web archives (WARC, ISO 28500; the older ARC) as packages of pages; needs warcio ([warc]).

A member is named by its address or its record's id: `crawl.warc.gz:https://a.org/page`; the first record
of an address is taken. `crawl.warc.gz:@48213` is the record that begins at that byte of the file, as an
index (CDX) counts; it is gone to at once, where the others are looked for from the start. Records that may be texts are responses of HTTP that succeeded, resources and
conversions, by their media type; requests, revisits, pictures, scripts and the like are passed over.
Transfer and content encodings are undone. An archive is streamed, whatever its size; what a member
unpacks to is bounded.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from aligner.files.streams import BUFFER, Budget
from aligner.model import AlignerError, Malformed, MissingExtra, ReadError

__all__ = ["WebRecord", "WebText", "is_warc", "place_in", "web_record", "web_texts"]

_MARKS = (b"WARC/", b"filedesc:")
_TYPES = ("response", "resource", "conversion")
_TEXTS = (
    *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/vtt", "text/rtf"),
    *("application/rtf", "application/pdf", "application/epub+zip", "application/msword"),
    *("application/x-subrip", "application/ttml+xml", "multipart/related"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
)
_NOT_TEXTS = ("metadata:", "dns:", "warcinfo:", "urn:")  # what crawlers say of their work
_SHOWN = 4  # members that a sentence names
_LONGEST = 32_000_000  # bytes without a line end: a header is no longer
_PLAIN = ("", "identity", "none")


class WebRecord(NamedTuple):
    """A member of a web archive: its address, its media type with parameters, what it holds."""

    address: str
    media: str
    data: bytes


class WebText(NamedTuple):
    """A record that may be a text: its name as a member, and its address."""

    member: str
    address: str


def is_warc(head: bytes) -> bool:
    """True where the first bytes are those of a web archive, unpacked."""
    return head.startswith(_MARKS)


def place_in(member: str) -> int | None:
    """The byte of the file at which the record of this name begins; None for another name."""
    number = member.removeprefix("@")
    return int(number) if number != member and number.isdecimal() and number.isascii() else None


def web_texts(file: BinaryIO, name: str, *, packed: bool = True) -> list[WebText]:
    """The records that may be texts, in their order, named by the bytes at which they begin.

    `packed`: `file` is as it lies on the disk. Not so, records are named by their addresses, each once.
    Raises MissingExtra without the library, Malformed for a damaged archive, and for one that is
    packed as a whole and not record by record.
    """
    texts: dict[str, WebText] = {}
    with _reading(file, name) as records:
        for record in records:
            address = _header(record, "WARC-Target-URI")
            if record.rec_type in _TYPES and _is_text(record, address, _media(record)):
                member = f"@{records.offset}" if packed else address
                texts.setdefault(member, WebText(member, address))
    return list(texts.values())


def web_record(stream: BinaryIO, name: str, member: str, limit: int) -> WebRecord:
    """The record `member` of an archive, or, for "", the only one that may be a text.

    `limit`: bytes that it may unpack to, 0 for any. Raises MissingExtra without the library, ReadError
    where there is no such record or more than one text, Malformed for a damaged archive.
    """
    with _reading(stream, name) as records:
        if place_in(member) is not None:
            return _first(records, name, member, limit)
        return _chosen(records, name, member, limit)


@contextlib.contextmanager
def _reading(stream: BinaryIO, name: str) -> Iterator[Any]:
    """The records as warcio gives them; its errors are ours."""
    try:
        import warcio
    except ImportError:
        raise MissingExtra(
            "reading a web archive needs the optional part [warc]",
            context=name,
            hint="pip install 'aligner[warc]'",
        ) from None
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    quiet = io.StringIO()  # the library writes what it thinks of a file to standard error
    try:
        with contextlib.redirect_stderr(quiet):
            yield warcio.ArchiveIterator(_Guarded(stream, name), arc2warc=True)
    except AlignerError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged archive makes the library raise
        shown = " ".join(f"{error}".split())[:100] or type(error).__name__
        raise Malformed(f"a damaged web archive ({shown})", context=name) from None


class _Guarded:
    """A stream for a library that would look for the end of a line for ever."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name, self._run = stream, name, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        end = data.rfind(b"\n")
        self._run = self._run + len(data) if end < 0 else len(data) - end
        if self._run > _LONGEST:
            raise Malformed("a web archive with a line of more than 32 MB", context=self._name)
        return data

    def tell(self) -> int:
        return self._stream.tell()


def _header(record: Any, name: str) -> str:
    return (record.rec_headers.get_header(name) or "").strip("<> ")


def _first(records: Any, name: str, member: str, limit: int) -> WebRecord:
    """The record at the place where the stream is."""
    where = f"{name}:{member}"
    try:
        record = next(records)
    except StopIteration:
        record = None
    if record is None or record.rec_type not in _TYPES:
        raise ReadError(
            "no page begins at this byte of the web archive",
            context=where,
            hint="aligner corpus pair lists the places",
        )
    return _read(record, _header(record, "WARC-Target-URI"), _media(record), where, limit)


def _chosen(records: Any, name: str, member: str, limit: int) -> WebRecord:
    only: WebRecord | None = None
    texts: list[str] = []
    for record in records:
        if record.rec_type not in _TYPES:
            continue
        address = _header(record, "WARC-Target-URI")
        identity = _header(record, "WARC-Record-ID")
        media = _media(record)
        if member:
            if member in (address, identity):
                return _read(record, address, media, f"{name}:{member}", limit)
            if _is_text(record, address, media) and len(texts) < _SHOWN:
                texts.append(address)
        elif _is_text(record, address, media):
            texts.append(address)
            if len(texts) > _SHOWN:
                break
            if only is None:
                only = _read(record, address, media, f"{name}:{address}", limit)
    if only is not None and len(texts) == 1:
        return only
    raise _refusal(name, member, texts)


def _refusal(name: str, member: str, texts: list[str]) -> ReadError:
    """Why no record can be given."""
    listed = ", ".join(f"{name}:{address}" for address in texts[:_SHOWN])
    if member:
        return ReadError(
            "there is no such record in the web archive", context=f"{name}:{member}", hint=listed
        )
    if not texts:
        return ReadError(
            "the web archive holds no page or text", context=name, hint="is it the right file?"
        )
    more = "more than 4" if len(texts) > _SHOWN else str(len(texts))
    return ReadError(
        f"a web archive of {more} texts: name one", context=name, hint=f"for example {listed}"
    )


def _media(record: Any) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return str(headers.get_header("Content-Type") or "").strip()


def _is_text(record: Any, address: str, media: str) -> bool:
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    kind = media.partition(";")[0].strip().lower()
    is_own = address.startswith(_NOT_TEXTS) or address.endswith("/robots.txt")
    return str(status).startswith("2") and kind in _TEXTS and not is_own


def _read(record: Any, address: str, media: str, where: str, limit: int) -> WebRecord:
    coding = ""
    if record.http_headers is not None:
        coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
        coding = coding.removeprefix("x-")
        record.http_headers.replace_header("Content-Encoding", coding)
    if coding not in (*_PLAIN, "gzip", "deflate"):
        raise ReadError(f"its content is packed with {coding}, which is not read", context=where)
    return WebRecord(address, media, b"".join(_pieces(record, where, limit)))


def _pieces(record: Any, where: str, limit: int) -> Iterator[bytes]:
    budget = Budget(limit)
    packed = max(int(record.rec_headers.get_header("Content-Length") or 0), 1)
    stream = record.content_stream()
    unpacked = 0
    while piece := stream.read(BUFFER):
        unpacked += len(piece)
        budget.spend(unpacked, packed, len(piece), where)
        yield piece
