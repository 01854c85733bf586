"""Files of the user: writing without ever leaving half a file, reading with one word for what is
wrong. A sink collects named outputs, then moves them in.

Ground floor: every room that writes uses this. A file is written beside its destination under a
temporary name and renamed when all files of the sink are complete; on an error none appears and
what stood there before still stands.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from aligner.model import ExportError, ReadError

__all__ = [
    "STDOUT",
    "FileSink",
    "Sink",
    "StdoutSink",
    "atomic",
    "is_stdout",
    "journal_path",
    "output",
    "reading",
    "sink_of",
]

STDOUT = Path("-")


class FileSink:
    """Named files next to one path: `open()` is the file itself, `open(".es")` a sibling.

    A sibling's name is the path's name with `suffix` appended to its stem given at construction
    (`out.tei.xml`, stem `out` -> `out.es.xml` for `open(".es.xml")`).
    """

    def __init__(self, path: Path, stem: str | None = None) -> None:
        self.path = path
        self.stem = stem if stem is not None else path.name.split(".")[0]
        self._pending: dict[Path, Path] = {}

    def name(self, suffix: str = "") -> str:
        """The file name that `open(suffix)` will have, for pointers between siblings."""
        return self.path.name if not suffix else self.stem + suffix

    @contextlib.contextmanager
    def open(self, suffix: str = "") -> Iterator[BinaryIO]:
        """A binary file that appears only when the sink is committed.

        Raises ExportError where the folder cannot be written.
        """
        final = self.path.with_name(self.name(suffix))
        try:
            if final.exists() and not (final.is_file() or final.is_dir()):
                # renaming would put a file in the place of a device or a pipe
                hint = "write to -o - and redirect it"
                raise ExportError("not a file", context=str(final), hint=hint)
            handle, temporary = tempfile.mkstemp(prefix=f".{final.name}.", dir=final.parent)
        except OSError as error:
            raise _cannot_write(final, error) from error
        self._pending[Path(temporary)] = final
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
        except OSError as error:
            raise _cannot_write(final, error) from error

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that `commit()` will put in place: what stands there will be replaced."""
        return tuple(self._pending.values())

    def commit(self) -> tuple[Path, ...]:
        """Move every finished file to its name; returns the names."""
        written = []
        for temporary, final in self._pending.items():
            try:
                umask = os.umask(0)
                os.umask(umask)
                temporary.chmod(0o666 & ~umask)
                temporary.replace(final)
            except OSError as error:
                raise _cannot_write(final, error) from error
            written.append(final)
        self._pending.clear()
        return tuple(written)

    def discard(self) -> None:
        """Remove what was not committed."""
        for temporary in self._pending:
            temporary.unlink(missing_ok=True)
        self._pending.clear()


class StdoutSink:
    """One-file formats on standard output; a second file is an error.

    What is written waits until `commit()`, so that a run that fails prints nothing.
    """

    paths: tuple[Path, ...] = ()

    def __init__(self) -> None:
        self._pending: BinaryIO | None = None

    def name(self, suffix: str = "") -> str:
        """Standard output has no name: pointers to siblings cannot be made."""
        if suffix:
            raise ExportError("this format writes several files and cannot go to standard output")
        return "-"

    @contextlib.contextmanager
    def open(self, suffix: str = "") -> Iterator[BinaryIO]:
        """A binary file that goes to standard output when the sink is committed."""
        self.name(suffix)
        try:
            self._pending = tempfile.TemporaryFile()  # noqa: SIM115 - commit() closes it
            yield self._pending
        except OSError as error:
            raise _cannot_write(Path(tempfile.gettempdir()), error) from error

    def commit(self) -> tuple[Path, ...]:
        """Print what was written.

        Raises ExportError where standard output is closed or full, BrokenPipeError where its
        reader has gone.
        """
        pending, self._pending = self._pending, None
        if pending is None:
            return ()
        with pending:
            pending.seek(0)
            if sys.stdout is None:
                raise ExportError("standard output is closed", hint="name a file with -o FILE")
            try:
                shutil.copyfileobj(pending, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                raise
            except OSError as error:
                raise ExportError(
                    f"cannot write to standard output: {error.strerror or error}",
                    hint="make room, or name a file with -o FILE",
                ) from error
        return ()

    def discard(self) -> None:
        """Forget what was not committed."""
        if self._pending is not None:
            self._pending.close()
            self._pending = None


Sink = FileSink | StdoutSink


@contextlib.contextmanager
def reading(name: str | Path) -> Iterator[None]:
    """Around the reading of a user's file: whatever is wrong with it is one sentence, the same
    everywhere. Raises ReadError.
    """
    try:
        yield
    except FileNotFoundError:
        raise ReadError("there is no such file", context=str(name), hint="check the path") from None
    except IsADirectoryError:
        raise ReadError(
            "this is a folder, not a file", context=str(name), hint="name a file"
        ) from None
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}", context=str(name)) from error
    except ValueError as error:
        if not isinstance(error, UnicodeEncodeError) and "null" not in str(error):
            raise
        # a null character, half of a surrogate pair: no system has a file of such a name
        raise ReadError("this is no file name", context=str(name), hint="check the path") from None


def is_stdout(path: str | Path) -> bool:
    """Does a user's `-` stand there, which is no file name but standard output (or input)?"""
    return str(path) == str(STDOUT)


def journal_path(alignment: Path) -> Path:
    """Where the journal of an alignment's review lies."""
    return alignment.with_name(f"{alignment.name}.journal")


def sink_of(path: Path) -> Sink:
    """Where a user's output goes: a file, or standard output for `-`."""
    return StdoutSink() if is_stdout(path) else FileSink(path)


def atomic(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    """Write one file: it appears complete at the end of the block or not at all."""
    return _whole(FileSink(path))


def output(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    """The same for an output that the user names: `-` is standard output."""
    return _whole(sink_of(path))


@contextlib.contextmanager
def _whole(sink: Sink) -> Iterator[BinaryIO]:
    try:
        with sink.open() as out:
            yield out
        sink.commit()
    finally:
        sink.discard()


def _cannot_write(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"cannot write: {error.strerror or error}",
        context=str(path),
        hint="check that the folder exists and that you may write there",
    )
