"""Rows of numbers in half precision, more than memory should hold: those of long texts lie in a file.

The projected features of a text's tokens are made in the pass that encodes it, and wanted once more when
the text is aligned. Making them again costs as much as encoding does; a bible's take 1 GB.
"""

from __future__ import annotations

import os
import tempfile
import threading
import weakref
from errno import EIO
from typing import IO

import numpy as np
import numpy.typing as npt

__all__ = ["Rows"]

_KEPT = 60_000  # rows that stay in memory


class Rows:
    """[count, dim] float16, written once and read in runs; from several threads.

    The file is in the system's folder for such things; it has no name, and is gone with the process.
    Raises OSError where it has no space.
    """

    def __init__(self, count: int, dim: int) -> None:
        self._dim = dim
        self._lock = threading.Lock()
        self._memory = np.empty((count, dim), np.float16) if count <= _KEPT else None
        self._file: IO[bytes] | None = None
        if self._memory is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the rows
            weakref.finalize(self, self._file.close)

    def write(self, start: int, rows: npt.NDArray[np.float32]) -> None:
        """The rows from `start` on."""
        if self._memory is not None:
            self._memory[start : start + len(rows)] = rows
            return
        assert self._file is not None
        if not len(rows):
            return
        data = np.ascontiguousarray(rows, np.float16).view(np.uint8).reshape(-1).data
        with self._lock:
            self._file.seek(start * self._dim * 2)
            while data:
                try:
                    data = data[self._file.write(data) :]
                except OSError as error:
                    raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error

    def read(self, start: int, stop: int) -> npt.NDArray[np.float16]:
        """The rows start .. stop - 1."""
        if self._memory is not None:
            return self._memory[start:stop]
        assert self._file is not None
        out = np.empty((max(0, stop - start), self._dim), np.float16)
        if not out.size:
            return out
        part = out.view(np.uint8).reshape(-1).data
        with self._lock:
            self._file.seek(start * self._dim * 2)
            while part:
                read = self._file.readinto(part)  # type: ignore[attr-defined]
                if not read:
                    raise OSError(EIO, os.strerror(EIO), tempfile.gettempdir())
                part = part[read:]
        return out
