"""sha256 of texts and files: what tells that something is not what it was."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from aligner.corpus.build.jobs import Job
from aligner.files import remote, storage
from aligner.files.opening import container
from aligner.model import ReadError, address_of

__all__ = ["digest_of", "digest_of_file", "digests_of"]

_PIECE = 1 << 20
_MOST = 1000
_COARSE = 3.0  # seconds
_known: dict[Path, tuple[tuple[object, ...], str]] = {}  # a text is asked for again soon


def digest_of(data: bytes) -> str:
    """sha256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """sha256 of a file, "" where it cannot be read. Of one elsewhere that has not changed since this
    process last read it (see `remote.version`), what it was then.
    """
    return _digest(path, lambda: remote.version(address_of(path)) if address_of(path) else ())


def _digest(path: Path, version_of: Callable[[], tuple[object, ...]]) -> str:
    try:
        version = version_of()
        if not version:
            return _read(path)
        if len(_known) > _MOST:
            _known.clear()
        if _known.get(path, ((), ""))[0] != version:
            _known[path] = (version, _read(path))
        return _known[path][1]
    except (OSError, ValueError, ReadError):  # ValueError: no file name of this system
        return ""


def _digest_of_archive(path: Path) -> str:
    """Thousands of pairs may be in one file of gigabytes: it is read again only where it was written to.
    Files that were written to just now are read: the clock of a disk may be too coarse to tell.
    """

    def version() -> tuple[object, ...]:
        state = path.stat()
        old = time.time() - state.st_mtime > _COARSE
        return (state.st_size, state.st_mtime_ns, state.st_ino) if old else ()

    return digest_of_file(path) if address_of(path) else _digest(path, version)


def _read(path: Path) -> str:
    digest = hashlib.sha256()
    with contextlib.closing(storage.opened(path)) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def digests_of(job: Job) -> tuple[str, str]:
    """Of the files that hold the two texts, as they are now: of a member of an archive, the archive."""
    files = [(name, container(name)) for name in job.names]
    source, target = (
        digest_of_file(file) if str(file) == name else _digest_of_archive(file)
        for name, file in files
    )
    return source, target
