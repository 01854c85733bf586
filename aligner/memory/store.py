"""The file: opening, versions, languages, transactions."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from aligner.errors import StoreError
from aligner.memory.schema import SCHEMA, VERSION

__all__ = ["Memory"]

_APPLICATION = 0x414C4E4D  # «ALNM» in the file's header
_CACHE_KB = 128_000
_MAPPED = 1 << 30
_WAIT = 30.0  # seconds for another writer to end
_PAUSE = 0.02  # seconds between two tries


class Memory:
    """An open memory; a context manager.

    `write=False` opens for reading only: any number of readers work while one process writes.
    Raises StoreError where the file is absent, damaged, or of another program or version.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path = path
        if not write and not path.is_file():
            raise StoreError(
                "there is no memory", context=str(path), hint="make one with aligner memory import"
            )
        with self._errors():
            mode = "rwc" if write else "ro"
            uri = f"{path.absolute().as_uri()}?mode={mode}"
            self.db = sqlite3.connect(uri, timeout=_WAIT, uri=True, isolation_level=None)
            self.db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self.db.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self.db.execute("PRAGMA temp_store = MEMORY")
            if write:
                self._log_ahead()
                # safe against a kill; after a power cut the last batches may be missing, whole
                self.db.execute("PRAGMA synchronous = NORMAL")
            self._check(write=write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def _log_ahead(self) -> None:
        """Choose the write-ahead log: readers and a writer at the same time.

        SQLite asks for the file alone here and does not wait for it, whatever the timeout.
        """
        end = time.monotonic() + _WAIT
        while True:
            try:
                self.db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _check(self, *, write: bool) -> None:
        with self.reading():
            tables, application, version = self._marks()
        if not tables and write:
            with self.transaction():
                # another process may have made them while this one waited
                if not self._marks()[0]:
                    self._make()
                tables, application, version = self._marks()
        if application != _APPLICATION:
            raise StoreError("this is no memory of aligner", context=str(self.path))
        if version != VERSION:
            raise StoreError(
                f"the memory has version {version}, this program reads {VERSION}",
                context=str(self.path),
                hint="export it to TMX with the version that made it, and import that",
            )

    def _marks(self) -> tuple[int, int, int]:
        """Number of tables, program and version, as the file says."""
        tables = self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = self.db.execute("PRAGMA application_id").fetchone()[0]
        return tables, application, self.db.execute("PRAGMA user_version").fetchone()[0]

    def _make(self) -> None:
        for statement in SCHEMA.split(";\n"):
            if statement.strip():
                self.db.execute(statement)
        self.db.execute(f"PRAGMA application_id = {_APPLICATION}")
        self.db.execute(f"PRAGMA user_version = {VERSION}")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; waits for another writer. Raises StoreError."""
        with self._errors():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the memory for several questions. Raises StoreError."""
        with self._errors():
            self.db.execute("BEGIN")
            try:
                yield self.db
            finally:
                self.db.execute("ROLLBACK")

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"the memory cannot be used: {error}", context=str(self.path)
            ) from error

    def languages(self) -> list[tuple[int, str, str]]:
        """(id, source, target) of every pair of languages in it."""
        rows = self.db.execute("SELECT id, source, target FROM languages ORDER BY id")
        return [(int(i), str(s), str(t)) for i, s, t in rows]

    def language_id(self, source: str, target: str) -> int:
        """The id of a pair of languages; made where it is new (inside a transaction)."""
        found = self.db.execute(
            "SELECT id FROM languages WHERE source = ? AND target = ?", (source, target)
        ).fetchone()
        if found is not None:
            return int(found[0])
        made = self.db.execute(
            "INSERT INTO languages (source, target) VALUES (?, ?)", (source, target)
        )
        return int(made.lastrowid or 0)

    def chosen(self, source: str, target: str) -> list[int]:
        """Ids of the pairs that fit the languages asked for: es fits es-MX too, "" any.

        Raises StoreError where none does.
        """
        known = self.languages()
        out = [i for i, s, t in known if _fits(source, s) and _fits(target, t)]
        if not out:
            shown = ", ".join(f"{s}-{t}" for _, s, t in known) or "nothing"
            raise StoreError(
                f"there are no units from {source or 'any'} to {target or 'any'}",
                context=str(self.path),
                hint=f"it holds {shown}",
            )
        return out

    def setting(self, name: str, default: str = "") -> str:
        """A setting that is kept in the file."""
        found = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else default


def _fits(asked: str, there: str) -> bool:
    asked, there = asked.lower(), there.lower()
    return not asked or asked == there or there.startswith(f"{asked}-")
