"""Files in storage elsewhere (`s3://`, `gs://`, `file://`, `memory://`), by fsspec ([remote]).

Credentials, regions and endpoints are those of the storage's own tools: environment variables, its
files, and fsspec's configuration; we have no options for them. Nothing is kept of what was listed,
for others write there too. What is wrong comes as OSError, whatever the libraries raise: FileNotFoundError
and PermissionError as for files of this machine, all else (no credentials, no connection, an answer that
makes no sense) with the number EIO, which `corpus build` takes for an outage, not for a fault of the text.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import secrets
from collections.abc import Iterator
from errno import EIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from aligner.model import AlignerError, MissingExtra

__all__ = [
    "check_place",
    "files_under",
    "is_file",
    "is_folder",
    "make_folder",
    "names_in",
    "opened",
    "put",
    "require",
    "version",
]

_PACKAGES = {"s3": "s3fs", "gs": "gcsfs"}  # what fsspec needs for them; also: where puts are whole
_VERSION = ("ETag", "etag", "generation", "LastModified", "mtime", "created", "ino", "size")
_CLEAR = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


@contextlib.contextmanager
def _told(address: str) -> Iterator[None]:
    """Whatever the libraries raise as OSError."""
    try:
        yield
    except (AlignerError, *_CLEAR):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise OSError(EIO, words, address) from error


def _at(address: str) -> tuple[Any, str]:
    """The file system of an address, and its name there. Raises MissingExtra."""
    scheme = address.partition(":")[0]
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingExtra(
            f"{scheme}:// needs the optional part [remote]",
            context=address,
            hint="pip install 'aligner[remote]'",
        ) from None
    with _told(address):
        try:
            fs, where = url_to_fs(address, use_listings_cache=False)
        except ImportError:
            package = _PACKAGES.get(scheme, "fsspec")
            raise MissingExtra(
                f"{scheme}:// needs the package {package}",
                context=address,
                hint=f"pip install {package}",
            ) from None
    return fs, str(where).rstrip("/")


class _Object:
    """An open file whose reads raise nothing but OSError."""

    def __init__(self, file: Any, address: str) -> None:
        self._file, self._address = file, address

    def read(self, size: int = -1) -> bytes:
        with _told(self._address):
            return bytes(self._file.read(size))

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with _told(self._address):
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        with _told(self._address):
            self._file.close()


def opened(address: str) -> BinaryIO:
    """The bytes at an address, which can be read from any place. Raises OSError, MissingExtra."""
    fs, where = _at(address)
    with _told(address):
        if address.startswith("memory:"):  # it hands out one file, with one position, to everybody
            return io.BytesIO(fs.cat_file(where))
        return cast("BinaryIO", _Object(fs.open(where, "rb"), address))


def require(address: str) -> None:
    """Raise MissingExtra where what reads such addresses is not installed."""
    _at(address)


def is_file(address: str) -> bool:
    """Whether a file lies there. Raises OSError, MissingExtra."""
    fs, where = _at(address)
    with _told(address):
        return bool(fs.isfile(where))


def is_folder(address: str) -> bool:
    """Whether files lie under the address. Raises OSError, MissingExtra."""
    fs, where = _at(address)
    with _told(address):
        return bool(fs.isdir(where))


def names_in(address: str) -> list[str]:
    """The names right under the address, ordered; none where there is no such folder."""
    fs, where = _at(address)
    with _told(address):
        try:
            listed = fs.ls(where, detail=False)
        except FileNotFoundError:
            return []
    paths = [str(path).rstrip("/") for path in listed]
    return sorted(posixpath.basename(path) for path in paths if path != where)


def files_under(address: str) -> list[str]:
    """The files under the address as seen from it, ordered; hidden ones, and those in hidden folders,
    are left out.
    """
    fs, where = _at(address)
    with _told(address):
        paths = [str(path).removeprefix(where).lstrip("/") for path in fs.find(where)]
    return sorted(p for p in paths if p and not any(x.startswith(".") for x in p.split("/")))


def version(address: str) -> tuple[str, ...]:
    """What changes when the file does, without reading it; () where the storage says too little."""
    fs, where = _at(address)
    with _told(address):
        about = fs.info(where)
    known = tuple(f"{key}={about[key]}" for key in _VERSION if about.get(key) is not None)
    return known if len(known) > 1 else ()


def check_place(address: str) -> None:
    """Raise FileNotFoundError where no file can be written to the address: no such bucket, or no such
    folder; as far as one question tells (who may write need not be allowed to look).
    """
    fs, where = _at(address)
    if address.startswith("memory:"):
        return
    folder = where.partition("/")[0] if _is_store(address) else posixpath.dirname(where)
    with _told(address), contextlib.suppress(PermissionError):
        if not fs.exists(folder):
            raise FileNotFoundError(f"no bucket or folder {folder} is there")


def make_folder(address: str) -> None:
    """Make a folder and those above it; a store of objects has none. Raises OSError."""
    fs, where = _at(address)
    if not _is_store(address):
        with _told(address):
            fs.makedirs(where, exist_ok=True)


def put(path: Path, address: str) -> None:
    """Copy a finished file to an address: it appears there whole or not at all. Raises OSError."""
    fs, where = _at(address)
    with _told(address):
        if _is_store(address):  # an object is there when all of it has arrived
            fs.put_file(str(path), where)
            return
        folder, name = posixpath.split(where)
        beside = f"{folder}/.{name}.{secrets.token_hex(4)}.tmp"
        try:
            fs.put_file(str(path), beside)
            fs.mv(beside, where)
        except BaseException:
            with contextlib.suppress(Exception):
                fs.rm(beside)
            raise


def _is_store(address: str) -> bool:
    return address.partition(":")[0] in _PACKAGES
