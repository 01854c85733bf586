"""Streams of bytes that end in one sentence: plain files, gzip (RFC 1952), members of zip files.

Whatever goes wrong while bytes are read (a disk that fails, a gzip file that is cut or of which a
byte was changed, a package that unpacks to more than it should) is raised by the read itself as
ReadError or Malformed with the user's name of the file, so that generators need no guard of their
own. Nothing is held but a buffer, and the work grows with the bytes alone: not with the number of
gzip members, nor with the size of the reads.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol

from aligner.files.sinks import reading
from aligner.model import Malformed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "BROKEN_ZIP",
    "BUFFER",
    "MAX_RATIO",
    "MAX_TEXT",
    "MAX_UNPACKED",
    "Budget",
    "ByteStream",
    "gzip_stream",
    "lines",
    "member_stream",
    "plain_stream",
]

MAX_UNPACKED = 256_000_000  # bytes of what is unpacked into memory as a whole
MAX_RATIO = 250  # unpacked to packed, beyond the first megabyte; text packs 3 to 20 times
MAX_TEXT = 10_000_000  # characters of one text: a segment, a line, a cell; libxml2's bound too
BUFFER = 1 << 16  # bytes
_FREE = 1_000_000  # bytes
_PACKED = 1 << 14  # bytes unpacked at a time; what is left of them is copied for each gzip member
_GZIP = 31  # zlib's wbits for gzip with its header and check sum

BROKEN_ZIP = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    IndexError,
    KeyError,
)


class Budget:
    """How much may still be unpacked: `limit` bytes in all (0 for any size), MAX_RATIO a packed byte.

    One budget can serve several streams, as the members of one package share one.
    """

    def __init__(self, limit: int = 0) -> None:
        self._limit = limit
        self._spent = 0

    def spend(self, unpacked: int, packed: int, now: int, name: str) -> None:
        """`now` more bytes of the stream `name` that gave `unpacked` from `packed`.

        Raises Malformed where that is too much.
        """
        self._spent += now
        over = unpacked > max(_FREE, MAX_RATIO * packed)
        if over or (self._limit and self._spent > self._limit):
            size = f" or {self._limit // 1_000_000} MB" if self._limit else ""
            raise Malformed(
                f"unpacks to more than {MAX_RATIO} times its size{size}",
                context=name,
                hint="unpack it yourself if you trust it, and give the file inside",
            )


class _Bytes(Protocol):
    """Where a stream has its bytes from."""

    def pull(self, most: int) -> bytes:
        """Up to `most` bytes, b"" at the end."""

    def rewind(self) -> None:
        """Back to the start. Raises OSError where that cannot be."""


class ByteStream(io.RawIOBase):
    """A readable stream over a source of bytes; reads are as full as can be, seeking may start anew."""

    def __init__(self, source: _Bytes, below: BinaryIO, *, close: bool = True) -> None:
        super().__init__()
        self._source = source
        self._below = below
        self._close = close
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Whether what is below can be read twice."""
        return self._below.seekable()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer`, less only at the end."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view):
            piece = self._source.pull(len(view) - filled)
            if not piece:
                break
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self._at += filled
        return filled

    def tell(self) -> int:
        """Bytes from the start."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; back means unpacking from the start again."""
        if isinstance(self._source, _Plain) and self._below.seekable():
            self._at = self._source.go(offset, whence)
            return self._at
        if whence == io.SEEK_CUR:
            offset += self._at
        elif whence == io.SEEK_END:
            while self.read(BUFFER):
                pass
            offset += self._at
        if offset < self._at:
            self._source.rewind()
            self._at = 0
        while self._at < offset and self.read(min(BUFFER, offset - self._at)):
            pass
        return self._at

    def close(self) -> None:
        """Close this stream and, where it is the stream's own, what is below."""
        if not self.closed and self._close:
            self._below.close()
        super().close()


class _Plain:
    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name

    def pull(self, most: int) -> bytes:
        with reading(self._name):
            return self._file.read(most)

    def rewind(self) -> None:
        self._file.seek(0)

    def go(self, offset: int, whence: int) -> int:
        """To any place at once: what lies elsewhere is not fetched up to there."""
        with reading(self._name):
            return self._file.seek(offset, whence)


class _Gzip:
    """Members one after the other; zeros between and after them are padding."""

    def __init__(self, file: BinaryIO, name: str, budget: Budget) -> None:
        self._file, self._name, self._budget = file, name, budget
        self._reset()

    def _reset(self) -> None:
        self._inflater = zlib.decompressobj(_GZIP)
        self._waiting = b""
        self._packed = self._unpacked = 0
        self._begun = False  # has the member any byte yet

    def rewind(self) -> None:
        self._file.seek(0)
        self._reset()

    def pull(self, most: int) -> bytes:
        while True:
            if self._inflater.eof:
                self._waiting = self._inflater.unused_data
                self._inflater = zlib.decompressobj(_GZIP)
                self._begun = False
            if not self._begun:
                self._waiting = self._waiting.lstrip(b"\0")
            if not self._waiting:
                self._waiting = self._file.read(_PACKED)
                self._packed += len(self._waiting)
                if not self._waiting:
                    if self._begun:
                        raise Malformed(
                            "a gzip file that breaks off",
                            context=self._name,
                            hint="copy it again",
                        )
                    return b""
                if not self._begun:
                    continue
            self._begun = True
            try:
                piece = self._inflater.decompress(self._waiting, most)
            except zlib.error as error:
                raise Malformed(
                    f"a damaged gzip file ({error})", context=self._name, hint="copy it again"
                ) from None
            self._waiting = self._inflater.unconsumed_tail
            if piece:
                self._unpacked += len(piece)
                self._budget.spend(self._unpacked, self._packed, len(piece), self._name)
                return piece


class _Member:
    """A member of a zip file; its header may lie, so that what comes out is counted."""

    def __init__(
        self, zipped: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget
    ) -> None:
        self._zip, self._info, self._name, self._budget = zipped, info, name, budget
        self.rewind()

    def rewind(self) -> None:
        self._unpacked = 0
        try:
            self._file = self._zip.open(self._info)
        except BROKEN_ZIP as error:
            raise _unusable(error, self._name) from None

    def pull(self, most: int) -> bytes:
        try:
            piece = self._file.read(most)
        except BROKEN_ZIP as error:
            raise _unusable(error, self._name) from None
        self._unpacked += len(piece)
        self._budget.spend(self._unpacked, self._info.compress_size, len(piece), self._name)
        return piece


def _unusable(error: Exception, name: str) -> Malformed:
    return Malformed(f"cannot be unpacked ({error})", context=name)


def plain_stream(file: BinaryIO, name: str, *, close: bool = True) -> io.BufferedReader:
    """The bytes of an open file. `close`: closing the stream closes the file."""
    return io.BufferedReader(ByteStream(_Plain(file, name), file, close=close), BUFFER)


def gzip_stream(file: BinaryIO, name: str, limit: int = 0) -> io.BufferedReader:
    """What an open gzip file holds; `limit` bounds it in bytes beside the ratio, 0 for any size."""
    return io.BufferedReader(ByteStream(_Gzip(file, name, Budget(limit)), file), BUFFER)


def member_stream(
    zipped: zipfile.ZipFile, info: zipfile.ZipInfo, below: BinaryIO, name: str, budget: Budget
) -> io.BufferedReader:
    """A member of a zip file that lies in `below`, which stays open.

    Raises Malformed where it is damaged or locked.
    """
    source = _Member(zipped, info, name, budget)
    return io.BufferedReader(ByteStream(source, below, close=False), BUFFER)


def lines(file: BinaryIO, name: str, limit: int = MAX_TEXT) -> Iterator[bytes]:
    """The lines of a stream, each with its end, none longer than `limit` bytes.

    Raises Malformed, with the line, where one is.
    """
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit:
            raise Malformed(
                f"a line of more than {limit // 1_000_000} MB", context=name, line=number
            )
        yield line
