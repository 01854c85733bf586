"""Names that users give to bytes: files, standard input, gzip, members of zip archives.

interview.md          a file
-                     standard input (name its format with --from)
corpus.tmx.gz         unpacked, under bounds, wherever it opens as gzip does
book.zip:ch1.html     one member of an archive; an archive of one text needs no member
"""

from __future__ import annotations

import sys
from pathlib import Path

from aligner.files import reading
from aligner.files.archives import Package, gunzip
from aligner.model import ReadError, Source
from aligner.text.decoding import is_zip

__all__ = ["open_source"]

_GZIP = b"\x1f\x8b\x08"
_PARTS = (b"word/", b"xl/workbook")
_PACKAGES = (b"opendocument", b"epub+zip")


def open_source(name: str) -> Source:
    """The bytes that `name` stands for; the source keeps the name as the user gave it.

    Raises ReadError where there is no such file or member, Malformed for a damaged archive or one
    that unpacks to more than it should.
    """
    if name == "-":
        if sys.stdin is None:
            raise ReadError("standard input is closed", hint="name a file")
        data = sys.stdin.buffer.read()
        return Source("standard input", _unpacked(data, "standard input"))
    path, member = _split(name)
    data = _bytes(path, name)
    if member:
        if not is_zip(data):
            raise ReadError("this is no zip archive", context=str(path))
        return Source(name, _unpacked(Package(data, str(path)).read(member), name))
    data = _unpacked(data, name)
    if is_zip(data) and not _is_document(data):
        return _only_member(data, name)
    return Source(name, data)


def _unpacked(data: bytes, name: str) -> bytes:
    return gunzip(data, name) if data.startswith(_GZIP) else data


def _split(name: str) -> tuple[Path, str]:
    """Archive and member of `a.zip:b`, the longest file name first; member "" for a plain file."""
    path = Path(name)
    if path.exists() or ":" not in name:
        return path, ""
    at = name.rfind(":")
    while at > 0:
        archive = Path(name[:at])
        if archive.is_file():
            return archive, name[at + 1 :]
        at = name.rfind(":", 0, at)
    return path, ""


def _bytes(path: Path, name: str) -> bytes:
    with reading(name):
        try:
            return path.read_bytes()
        except ValueError as error:  # a null character in the name
            raise ReadError(f"cannot be read: {error}", context=name) from error


def _is_document(data: bytes) -> bool:
    """True for the packages that are documents themselves."""
    head = data[:4096]
    return any(mark in head for mark in _PACKAGES) or any(part in data for part in _PARTS)


def _only_member(data: bytes, name: str) -> Source:
    package = Package(data, name)
    shown = [m for m in package.names if not m.startswith("__MACOSX/")]
    if len(shown) == 1:
        return Source(f"{name}:{shown[0]}", _unpacked(package.read(shown[0]), name))
    listed = ", ".join(f"{name}:{member}" for member in shown[:4])
    raise ReadError(
        f"an archive of {len(shown)} files: name one",
        context=name,
        hint=f"for example {listed}" if shown else "it is empty",
    )
