"""Zstandard (RFC 8878), read and written by pyarrow, which the extra `[parquet]` installs."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from importlib import import_module
from typing import Any, BinaryIO

from aligner.files.streams import BUFFER, Budget, ByteStream
from aligner.model import Malformed, MissingExtra

__all__ = ["ZSTD", "need_arrow", "zstd_stream", "zstd_writer"]

ZSTD = b"\x28\xb5\x2f\xfd"  # the first bytes


def _arrow(name: str) -> Any:
    try:
        # without type information: called as a plain object
        return import_module("pyarrow")
    except ImportError as error:
        raise MissingExtra(
            "Zstandard needs the optional part [parquet]",
            context=name,
            hint="pip install 'aligner[parquet]'",
        ) from error


def need_arrow(name: str) -> None:
    """Raise MissingExtra, naming what asks for it, where pyarrow is not installed."""
    _arrow(name)


def zstd_stream(file: BinaryIO, name: str, limit: int = 0) -> io.BufferedReader:
    """What an open file holds; `limit` bounds it in bytes beside the ratio, 0 for any size.

    Raises MissingExtra where pyarrow is not installed; reads raise Malformed.
    """
    return io.BufferedReader(ByteStream(_Zstd(file, name, Budget(limit)), file), BUFFER)


class _Zstd:
    def __init__(self, file: BinaryIO, name: str, budget: Budget) -> None:
        self._arrow = _arrow(name)
        self._file, self._name, self._budget = file, name, budget
        self._begin()

    def _begin(self) -> None:
        self._unpacked = 0
        self._stream = self._arrow.CompressedInputStream(
            self._arrow.PythonFile(self._file, mode="r"), "zstd"
        )

    def rewind(self) -> None:
        self._file.seek(0)
        self._begin()

    def pull(self, most: int) -> bytes:
        try:
            piece: bytes = self._stream.read(most)
        except (OSError, self._arrow.ArrowException) as error:
            raise Malformed(
                f"a damaged Zstandard file ({error})", context=self._name, hint="copy it again"
            ) from None
        self._unpacked += len(piece)
        packed = self._file.tell() if self._file.seekable() else self._unpacked
        self._budget.spend(self._unpacked, packed, len(piece), self._name)
        return piece


@contextlib.contextmanager
def zstd_writer(out: BinaryIO, name: str) -> Iterator[Any]:
    """What is written to it goes to `out` packed. Raises MissingExtra where pyarrow is missing."""
    arrow = _arrow(name)
    with arrow.CompressedOutputStream(arrow.PythonFile(out, mode="w"), "zstd") as packed:
        yield packed
