"""One holder at a time: a lock that the system takes back when its process ends, however it ends.

Systems lock files in ways that have little in common. SQLite knows them all, so a lock is an empty
file in which it holds an exclusive transaction: one mechanism for Linux, macOS and Windows.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Lock"]

_ATTEMPTS = 20  # a holder that ends removes the file: whoever opened it before looks again


class Lock:
    """Held from construction to `release` or the end of the process.

    Raises BlockingIOError where another holds it, OSError where the file cannot be made. `mode`:
    the permissions of a file that is made for it, which is removed by `release`.
    """

    def __init__(self, path: Path, mode: int | None = None) -> None:
        self.path = path
        for _ in range(_ATTEMPTS):
            before = _made(path, mode)
            self._connection = _taken(path)
            if _identity(path) == before:
                return
            self._connection.close()
        raise BlockingIOError(f"{path} is taken and let go all the time")

    def release(self) -> None:
        """Let go, and remove the file; a second call does nothing."""
        # while it is held nobody else may take the file that is removed here; Windows refuses to
        # remove what is open, so there it is tried again
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._connection.close()
        if os.name == "nt":
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _made(path: Path, mode: int | None) -> tuple[int, int] | None:
    # one that is there is not opened: closing it would let go of a lock this process holds on it
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            path.chmod(mode) if mode is not None else None
    return _identity(path)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_dev, state.st_ino


def _taken(path: Path) -> sqlite3.Connection:
    import sqlite3

    # autocommit: the transaction begun here stays open; released from whichever thread ends it
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # no second file beside it
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise BlockingIOError(f"{path} is held by another process") from None
        raise OSError(str(error)) from error
    return connection
