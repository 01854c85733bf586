"""Files of the user: writing without ever leaving half a file, reading with one word for what is
wrong. A sink collects named outputs, then moves them in.

Everything that writes uses this. A file is written beside its destination under a
temporary name and renamed when all files of the sink are complete; on an error none appears and
what stood there before still stands. What goes to an address (`s3://bucket/out.tmx`) waits in the
system's folder for temporary files.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from errno import ELOOP
from pathlib import Path
from typing import BinaryIO, NamedTuple

from aligner.files import remote
from aligner.files.temporaries import forget, made_beside
from aligner.model import ExportError, FileName, ReadError, address_of
from aligner.runtime import places

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
    "write_atomically",
]

STDOUT = Path("-")
_PRIVATE: int | None = 0o600
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]+:/|www\.)", re.IGNORECASE)  # Path takes a slash off


class _Pending(NamedTuple):
    """`name` as the user gave it; `target` the file to be replaced, behind all links."""

    name: Path
    target: Path


class FileSink:
    """Named files next to one path: `open()` is the file itself, `open(".es")` a sibling.

    A sibling's name is the path's name with `suffix` appended to its stem given at construction
    (`out.tei.xml`, stem `out` -> `out.es.xml` for `open(".es.xml")`). `folder` is where the files
    will lie in the end, which paths in them are seen from; who writes to a scratch folder first says
    where that is, or None where nobody knows, or where no way leads from there to paths of this machine.
    """

    def __init__(self, path: Path, stem: str | None = None) -> None:
        self.path = path
        self.folder: Path | None = None if address_of(path) else path.parent
        self.stem = stem if stem is not None else path.name.split(".")[0]
        self._pending: dict[Path, _Pending] = {}

    def name(self, suffix: str = "") -> str:
        """The file name that `open(suffix)` will have, for pointers between siblings."""
        return self.path.name if not suffix else self.stem + suffix

    @contextlib.contextmanager
    def open(self, suffix: str = "") -> Iterator[BinaryIO]:
        """A binary file that appears only when the sink is committed.

        It takes the place and the permissions of a file of that name; where the name is a link,
        the place of what it leads to. Raises ExportError where the folder cannot be written.
        """
        final = self.path.with_name(self.name(suffix))
        try:
            target = final if address_of(final) else _behind_links(final)
            if address_of(final):
                place, mode = Path(tempfile.gettempdir(), final.name), _PRIVATE
            elif target.exists() and not (target.is_file() or target.is_dir()):
                # renaming would put a file in the place of a device or a pipe
                hint = "write to -o - and redirect it"
                raise ExportError("not a file", context=str(final), hint=hint)
            else:
                place, mode = target, places.mode_of(target)
            handle, temporary = made_beside(place, mode)
        except OSError as error:
            raise _cannot_write(final, error) from error
        self._pending[temporary] = _Pending(final, target)
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
        except OSError as error:
            raise _cannot_write(final, error) from error

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that `commit()` will put in place: what stands there will be replaced."""
        return tuple(pending.name for pending in self._pending.values())

    def commit(self) -> tuple[Path, ...]:
        """Move every finished file to its name; returns the names.

        Raises ExportError where one cannot be moved. Where another program holds what stands there,
        it is left alone and the new file gets a name beside it, which the error tells.
        """
        written = []
        for temporary, pending in self._pending.items():
            try:
                if address := address_of(pending.target):
                    remote.put(temporary, address)
                else:
                    places.take_after(temporary, pending.target)
                    places.move(temporary, pending.target)
            except PermissionError as error:
                if address_of(pending.target):
                    raise _cannot_write(pending.name, error) from error
                raise _kept_beside(temporary, pending.name, error) from error
            except OSError as error:
                raise _cannot_write(pending.name, error) from error
            written.append(pending.name)
            forget(temporary)
        self._pending.clear()
        return tuple(written)

    def discard(self) -> None:
        """Remove what was not committed."""
        for temporary in self._pending:
            forget(temporary)
        self._pending.clear()


class StdoutSink:
    """One-file formats on standard output; a second file is an error.

    What is written waits until `commit()`, so that a run that fails prints nothing.
    """

    paths: tuple[Path, ...] = ()
    folder: Path | None = None

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
                    hint="free some space, or name a file with -o FILE",
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
        if _ADDRESS.match(str(name)) and not address_of(name):
            raise ReadError(
                "this is an address of the web, from which nothing is fetched",
                context=str(name),
                hint="save the page in a browser and name the saved file",
            ) from None
        raise ReadError("there is no such file", context=str(name), hint="check the path") from None
    except IsADirectoryError:
        hint = _page_of(Path(name)) or "name a file; for folders of texts there is aligner corpus"
        raise ReadError("this is a folder, not a file", context=str(name), hint=hint) from None
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}", context=str(name)) from error
    except ValueError as error:
        if not isinstance(error, UnicodeEncodeError) and "null" not in str(error):
            raise
        # a null character, half of a surrogate pair: no system has a file of such a name
        raise ReadError("this is no file name", context=str(name), hint="check the path") from None


def _page_of(folder: Path) -> str:
    """For the folder that a browser saves beside a page (`page_files`, `page-Dateien`): the page."""
    stem = folder.name.rpartition("_")[0] or folder.name.rpartition("-")[0]
    pages = (folder.with_name(f"{stem}{suffix}") for suffix in (".html", ".htm", ".xhtml"))
    page = next((one for one in pages if stem and one.is_file()), None)
    return f"name the page beside it: {page}" if page else ""


def is_stdout(path: FileName) -> bool:
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


def write_atomically(path: Path, data: bytes) -> None:
    """The same for bytes that are there already; they are on the disk when this returns."""
    with atomic(path) as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


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


def _behind_links(path: Path) -> Path:
    """The file that a name stands for, which may not be there yet. Raises OSError for a circle."""
    if not path.is_symlink():
        return path
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(ELOOP, os.strerror(ELOOP), str(path))
    return target


def _kept_beside(temporary: Path, name: Path, error: OSError) -> ExportError:
    """Nothing of the work is lost: the new file gets the first free name like `x.new.tmx`."""
    stem, dot, suffixes = name.name.partition(".")
    for number in itertools.count(1):
        kept = name.with_name(f"{stem}.new{number if number > 1 else ''}{dot}{suffixes}")
        if not kept.exists():
            break
    try:
        places.move(temporary, kept)
    except OSError:
        return _cannot_write(name, error)
    return ExportError(
        f"cannot be replaced ({error.strerror or error}): it is left as it was, "
        f"and the new file is {kept.name}",
        context=str(name),
        hint="close it in other programs, then rename the new one",
    )


def _cannot_write(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"cannot write: {error.strerror or error}",
        context=str(path),
        hint="check that the folder exists and that you may write there",
    )
