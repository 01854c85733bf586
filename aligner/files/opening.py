"""Names that users give to bytes: files, standard input, gzip, members of zip archives.

interview.md          a file
-                     standard input (name its format with --from)
corpus.tmx.gz         unpacked, under bounds, wherever it opens as gzip does (or Zstandard, `[parquet]`)
book.zip:ch1.html     one member of an archive; an archive of one text needs no member
crawl.warc.gz:http://a.org/  one record of a web archive, likewise; :@48213 the one that begins there
s3://bucket/book.zip:ch1.html  any of them in storage elsewhere (`[remote]`)

`open_stream` is how everything that reads bytes of a user opens them; `open_source` is the same,
read to its end.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from aligner.files import storage
from aligner.files.archives import Package, document_kind
from aligner.files.sinks import is_stdout, reading
from aligner.files.streams import MAX_UNPACKED, gzip_stream, plain_stream
from aligner.files.warc import WebText, is_warc, place_in, web_record, web_texts
from aligner.files.zstd import ZSTD, zstd_stream
from aligner.model import Malformed, ReadError, Source, address_of
from aligner.runtime import places
from aligner.text.decoding import is_zip

__all__ = ["container", "open_source", "open_stream", "pages_in"]

_GZIP = b"\x1f\x8b\x08"
_MAGIC = 9  # bytes that tell zip, gzip and WARC


@contextlib.contextmanager
def open_stream(
    name: str | Path, *, again: bool = False, archives: bool = True
) -> Iterator[io.BufferedReader]:
    """The bytes that `name` stands for, unpacked, as a stream that `peek` can look into.

    `again`: the stream must be able to `seek(0)`; a pipe is copied to a temporary file for it.
    `archives`: an archive is gone into, or it is what is asked for. The size is not bounded, the
    ratio of packed to unpacked is. Raises ReadError where there is no such
    file or member, Malformed for a damaged archive or one that unpacks to more than it should;
    reads raise the same.
    """
    with contextlib.ExitStack() as held:
        yield _open(str(name), held, 0, again=again, archives=archives).stream


def open_source(name: str) -> Source:
    """The bytes that `name` stands for; the source keeps the name as the user gave it.

    Raises what `open_stream` does, and Malformed where more than 256 MB are unpacked.
    """
    with contextlib.ExitStack() as held:
        opened = _open(name, held, MAX_UNPACKED, again=False)
        return Source(opened.name, opened.stream.read(), opened.media)


class _Opened(NamedTuple):
    name: str
    stream: io.BufferedReader
    media: str = ""


def _open(
    name: str, held: contextlib.ExitStack, limit: int, *, again: bool, archives: bool = True
) -> _Opened:
    """The innermost stream; `held` closes all of them. `limit`: bytes that may be unpacked."""
    if is_stdout(name):
        if sys.stdin is None:
            raise ReadError("standard input is closed", hint="name a file")
        name = "standard input"
        raw = plain_stream(sys.stdin.buffer, name, close=False)
        raw = _again(raw, name, held) if again else raw
        return _Opened(name, _unpacked(raw, name, held, limit))
    path, member = _split(name)
    with reading(name):
        raw = held.enter_context(plain_stream(storage.opened(path), name))
    if again and not raw.seekable():
        raw = _again(raw, name, held)
    head = raw.peek(_MAGIC)
    if member and is_zip(head):
        package = Package(_again(raw, name, held), str(path), limit)
        inner = held.enter_context(package.open(member))
        return _Opened(name, _unpacked(inner, name, held, limit))
    stream = _unpacked(raw, name, held, limit)
    if (member or archives) and is_warc(stream.peek(_MAGIC)):
        return _record(raw, stream, str(path), member, held, limit)
    if member:
        raise ReadError("this is no archive of files (zip) or pages (WARC)", context=str(path))
    if archives and is_zip(stream.peek(_MAGIC)):
        stream = _again(stream, name, held)
        if not document_kind(stream, name):
            package = Package(stream, name, limit)
            member = _only_member(package)
            inner = held.enter_context(package.open(member))
            member = f"{name}:{member}"
            return _Opened(member, _unpacked(inner, member, held, limit))
        stream.seek(0)
    return _Opened(name, stream)


def _record(
    raw: io.BufferedReader,
    stream: io.BufferedReader,
    name: str,
    member: str,
    held: contextlib.ExitStack,
    limit: int,
) -> _Opened:
    """A record of a web archive, which is bounded itself: the archive may be of any size."""
    place = place_in(member)
    if place is not None and not raw.seekable():
        raise ReadError("of a pipe no place can be named", context=name, hint="name a file")
    if raw.seekable():
        raw.seek(place or 0)
        stream = _unpacked(raw, name, held, 0)
    record = web_record(stream, name, member, limit)
    where = f"{name}:{member or record.address}"
    return _Opened(where, plain_stream(io.BytesIO(record.data), where), record.media)


def _unpacked(
    stream: io.BufferedReader, name: str, held: contextlib.ExitStack, limit: int
) -> io.BufferedReader:
    head = stream.peek(_MAGIC)
    if head.startswith(ZSTD):
        return held.enter_context(zstd_stream(stream, name, limit))
    if not head.startswith(_GZIP):
        return stream
    return held.enter_context(gzip_stream(stream, name, limit))


def _again(stream: BinaryIO, name: str, held: contextlib.ExitStack) -> io.BufferedReader:
    """A stream that can go back: itself, or a copy of what is left in a pipe."""
    if isinstance(stream, io.BufferedReader) and stream.seekable():
        return stream
    copy = held.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - `held` closes it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return held.enter_context(plain_stream(copy, name))


def pages_in(name: str) -> list[WebText]:
    """The pages and texts in a web archive, in their order; none where the file is no such archive.

    Raises as `open_stream`.
    """
    with contextlib.ExitStack() as held:
        opened = _open(name, held, 0, again=True, archives=False)
        if not is_warc(opened.stream.peek(_MAGIC)):
            return []
        path, member = _split(name)
        if not (member or is_stdout(name)):
            raw = held.enter_context(plain_stream(storage.opened(path), name))
            with contextlib.suppress(Malformed):  # packed as a whole, or damaged: then also below
                return web_texts(raw, name)
        return web_texts(opened.stream, name, packed=False)


def container(name: str) -> Path:
    """The file that holds what `name` stands for: itself, or the archive of a member."""
    return _split(name)[0]


def _split(name: str) -> tuple[Path, str]:
    """Archive and member of `a.zip:b`, the longest file name first; member "" for a plain file."""
    path = Path(name)
    # the colon of s3:// divides nothing
    scheme = name.index(":") if address_of(name) else -1
    if name.rfind(":") == scheme or _is_there(path):
        return path, ""
    for archive, member in places.divided(name):
        if len(archive) > scheme and _is_file(Path(archive)):
            return Path(archive), member
    return path, ""


def _is_there(path: Path) -> bool:
    return _is_file(path) or _asked(storage.is_folder, path)


def _is_file(path: Path) -> bool:
    return _asked(storage.is_file, path)


def _asked(question: Callable[[Path], bool], path: Path) -> bool:
    try:
        return question(path)
    except ValueError:  # no name of this system: a null character, half of a surrogate pair
        return False
    except (OSError, ReadError):  # a name too long, a folder or bucket that may not be looked into
        return False


def _only_member(package: Package) -> str:
    name = package.name
    shown = [m for m in package.names if not m.startswith("__MACOSX/")]
    if len(shown) == 1:
        return shown[0]
    listed = ", ".join(f"{name}:{member}" for member in shown[:4])
    raise ReadError(
        f"an archive of {len(shown)} files: name one",
        context=name,
        hint=f"for example {listed}" if shown else "it is empty",
    )
