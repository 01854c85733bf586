"""The file: opening, versions, languages, transactions."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from aligner.files import storage
from aligner.languages.tags import canonical, matches, same_language
from aligner.memory.schema import SCHEMA, VERSION
from aligner.model import StoreError

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
        storage.here(path, "a memory", "copy it here")
        if not write and not path.is_file():
            raise StoreError(
                "there is no memory", context=str(path), hint="make one with aligner memory import"
            )
        with self._errors():
            if write:
                self._connect("mode=rwc")
                self._log_ahead()
                # safe against a kill; after a power cut the last batches may be missing, whole
                self.db.execute("PRAGMA synchronous = NORMAL")
            else:
                self._connect_to_read()
            self._check(write=write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close the file. Raises StoreError for what SQLite finds damaged anywhere in the block."""
        with contextlib.suppress(sqlite3.Error):
            self.close()
        if isinstance(error, sqlite3.Error | UnicodeDecodeError):
            with self._errors():
                raise error

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def _connect(self, mode: str) -> None:
        uri = f"{self.path.absolute().as_uri()}?{mode}"
        self.db = sqlite3.connect(uri, timeout=_WAIT, uri=True, isolation_level=None)
        self.db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        self.db.execute(f"PRAGMA mmap_size = {_MAPPED}")
        self.db.execute("PRAGMA temp_store = MEMORY")

    def _connect_to_read(self) -> None:
        try:
            self._connect("mode=ro")
            self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            log = self.path.with_name(f"{self.path.name}-wal")
            pending = log.exists() and log.stat().st_size
            refused = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if pending or error.sqlite_errorcode & 0xFF not in refused:
                raise
            # readers cannot make the files beside the memory that a log needs (a CD, a folder of
            # somebody else): nobody writes there, so the file alone is the memory
            self.db.close()
            self._connect("mode=ro&immutable=1")

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
        except UnicodeDecodeError as error:
            # Python cannot read the sentence in which SQLite quotes what it found
            raise StoreError(
                "the memory cannot be used: the file is damaged",
                context=str(self.path),
                hint="restore it from a copy, or import its sources anew",
            ) from error

    def languages(self) -> list[tuple[int, str, str]]:
        """(id, source, target) of every pair of languages in it."""
        rows = self.db.execute("SELECT id, source, target FROM languages ORDER BY id")
        return [(int(i), str(s), str(t)) for i, s, t in rows]

    def language_id(self, source: str, target: str) -> int:
        """The id of a pair of languages; made where it is new (inside a transaction)."""
        source, target = canonical(source), canonical(target)
        row = self.db.execute(
            "SELECT id FROM languages WHERE source = ? AND target = ?", (source, target)
        ).fetchone()
        if row is not None:
            return int(row[0])
        made = self.db.execute(
            "INSERT INTO languages (source, target) VALUES (?, ?)", (source, target)
        )
        return int(made.lastrowid or 0)

    def chosen(self, source: str, target: str) -> list[int]:
        """Ids of the pairs that the languages asked for name: es names es-MX too, "" any.

        Raises StoreError where none does.
        """
        pairs = [i for i, s, t in self.languages() if matches(source, s) and matches(target, t)]
        if not pairs:
            raise self._none(source, target)
        return pairs

    def either_way(self, source: str, target: str) -> tuple[list[int], list[int]]:
        """Ids of the pairs whose units are of use for the languages asked for (es-MX takes those of
        es and es-ES), and, where a language is named, of those that are of use the other way round:
        a memory from es to en knows translations into es. Raises StoreError where none is.
        """
        known = self.languages()
        forward = [i for i, s, t in known if _serves(s, source) and _serves(t, target)]
        back = [i for i, s, t in known if _serves(t, source) and _serves(s, target)]
        back = [i for i in back if (source or target) and i not in forward]
        if not forward and not back:
            raise self._none(source, target)
        return forward, back

    def _none(self, source: str, target: str) -> StoreError:
        shown = ", ".join(f"{s}-{t}" for _, s, t in self.languages()) or "nothing"
        return StoreError(
            f"there are no units from {source or 'any'} to {target or 'any'}",
            context=str(self.path),
            hint=f"it holds {shown}",
        )

    def setting(self, name: str, default: str = "") -> str:
        """A setting that is kept in the file."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default


def _serves(there: str, asked: str) -> bool:
    return not asked or same_language(there, asked)
