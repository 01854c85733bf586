"""The journal of a review: what was done, on disk before anybody is told.

A file beside the alignment, `x.alignment.json.journal`: a line of JSON an event, only ever
appended to, each flushed to the disk (fsync) before `append` returns. The first line holds the
alignment as it was when the review began, so that every edit can be taken back whatever has been
saved since.

    {"format": "aligner-review", "version": 1, "file": ..., "digest": ..., "original": ...}
    {"do": PATCH}    {"undo": 1}    {"redo": 1}    {"save": SHA-256 of what is being written}

A process killed while it writes leaves a last line without its end: that event was never
confirmed, and it is cut off when the file is opened again. One process at a time holds the
journal (`runtime.locks`). Where somebody removes the file during the review, it is written again
with all that was done, and that is told. It is as private as its alignment.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aligner.model import Malformed, StoreError
from aligner.runtime.locks import Lock
from aligner.runtime.places import appending, mode_of, sync_folder

__all__ = ["Journal", "digest_of"]

FORMAT = "aligner-review"
VERSION = 1
_HEAD = ("file", "digest", "original")
_RESTORE = "restore it from a copy, or move it away to begin a new review"


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


class Journal:
    """An open journal: `head` is its first line, `count` the number of others.

    They stay on the disk, so that a long review needs no more memory than a short one: an event is
    found again by its place, which `append` and `events` give.

    Raises StoreError where the file cannot be opened or another review holds it, Malformed
    (with the line) where it is damaged before its last line.
    """

    def __init__(
        self, path: Path, alignment: Path, make_head: Callable[[], dict[str, Any]]
    ) -> None:
        """`make_head` gives what a new journal begins with, beside format and version.

        `alignment` is the file under review, whose permissions the journal gets.
        """
        self.path = path
        self._alignment = alignment
        try:
            self._lock = Lock(path.with_name(f"{path.name}.lock"), mode_of(alignment))
        except BlockingIOError:
            raise StoreError(
                "another review of this file is open",
                context=str(path),
                hint="go to its page, or stop that program first",
            ) from None
        except OSError as error:
            raise _cannot(path, error) from error
        try:
            self._file = appending(path, alignment)
        except OSError as error:
            self._lock.release()
            raise _cannot(path, error) from error
        new = os.fstat(self._file).st_size == 0
        try:
            self.head, self._unread = self._open(make_head)
            self.count = len(self._unread)
        except BaseException:
            self.close(remove=new)
            raise

    def append(self, event: dict[str, Any]) -> int:
        """Write an event; it is on the disk when this returns, or StoreError is raised.

        Returns its place.
        """
        place = self._write(event)
        self.count += 1
        return place

    def events(self) -> list[tuple[int, dict[str, Any]]]:
        """(place, event) of all that was done before the journal was opened; to be asked once."""
        unread, self._unread = self._unread, []
        return unread

    def event(self, place: int) -> dict[str, Any]:
        """The event at a place. Raises Malformed where it is damaged."""
        with os.fdopen(os.dup(self._file), "rb") as file:
            file.seek(place)
            return self._parse(file.readline(), 0)

    def restore(self) -> bool:
        """Write the journal again where it was removed; True where that was so.

        Raises StoreError where another file stands in its place, or it cannot be written.
        """
        try:
            there = self.path.stat()
        except FileNotFoundError:
            pass
        else:
            if os.path.samestat(there, os.fstat(self._file)):
                return False
            raise StoreError(
                "the journal was replaced by another file while the review is open",
                context=str(self.path),
                hint="nothing was changed; move that file away and try again",
            )
        data, old = self._read(), self._file
        try:
            self._file = appending(self.path, self._alignment)
        except OSError as error:
            raise _cannot(self.path, error) from error
        os.close(old)
        self._write_bytes(data)
        sync_folder(self.path.parent)
        return True

    def close(self, *, remove: bool = False) -> None:
        """Let go of the file; `remove` deletes it (a review in which nothing was done)."""
        os.close(self._file)
        if remove:
            self.path.unlink(missing_ok=True)
        self._lock.release()

    def _open(
        self, make_head: Callable[[], dict[str, Any]]
    ) -> tuple[dict[str, Any], list[tuple[int, dict[str, Any]]]]:
        data = self._read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):  # the process was killed while it wrote this line
            os.ftruncate(self._file, whole)
            os.fsync(self._file)
        rows, place = [], 0
        for number, line in enumerate(data[:whole].splitlines(keepends=True), 1):
            rows.append((place, self._parse(line, number)))
            place += len(line)
        if not rows:
            head = {"format": FORMAT, "version": VERSION, **make_head()}
            self._write(head)
            sync_folder(self.path.parent)
            return head, []
        (_, head), *events = rows
        if head.get("format") != FORMAT:
            raise Malformed("this is no journal of a review", context=str(self.path), line=1)
        if head.get("version") != VERSION:
            raise Malformed(
                f"the journal has version {head.get('version')}, this aligner writes {VERSION}",
                context=str(self.path),
                line=1,
                hint="open it with the aligner that made it",
            )
        if not all(_is_text(head.get(key)) for key in _HEAD):
            raise Malformed("the journal is damaged", context=str(self.path), line=1, hint=_RESTORE)
        return head, events

    def _read(self) -> bytes:
        os.lseek(self._file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self._file), "rb") as file:
            return file.read()

    def _parse(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise Malformed(
                "the journal is damaged",
                context=str(self.path),
                line=number,
                hint=_RESTORE,
            )
        return value

    def _write(self, event: dict[str, Any]) -> int:
        return self._write_bytes(
            json.dumps(event, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        )

    def _write_bytes(self, data: bytes) -> int:
        """Whole on the disk at the place that is returned, or StoreError is raised."""
        before = os.fstat(self._file).st_size
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as error:
            # a part of a line must not stand before the next event
            os.ftruncate(self._file, before)
            raise _cannot(self.path, error) from error
        return before


def _is_text(value: object) -> bool:
    """True for a string of whole characters, as JSON need not have them."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _cannot(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"the journal cannot be written: {error.strerror or error}",
        context=str(path),
        hint="nothing was changed; free some space, or check that you may write there",
    )
