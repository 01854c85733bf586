"""sha256 of texts and files: what tells that something is not what it was."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from aligner.corpus.build.jobs import Job
from aligner.files import remote, storage
from aligner.files.opening import container
from aligner.model import ReadError, address_of

__all__ = ["digest_of", "digest_of_file", "digests_of"]

_PIECE = 1 << 20
_MOST = 1000
_known: dict[str, tuple[tuple[str, ...], str]] = {}  # a text is asked for again soon


def digest_of(data: bytes) -> str:
    """sha256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """sha256 of a file, "" where it cannot be read. Of one elsewhere that has not changed since this
    process last read it (see `remote.version`), what it was then.
    """
    try:
        if not (address := address_of(path)):
            return _read(path)
        version = remote.version(address)
        if len(_known) > _MOST:
            _known.clear()
        if not version or _known.get(address, ((), ""))[0] != version:
            _known[address] = (version, _read(path))
        return _known[address][1]
    except (OSError, ValueError, ReadError):  # ValueError: no file name of this system
        return ""


def _read(path: Path) -> str:
    digest = hashlib.sha256()
    with contextlib.closing(storage.opened(path)) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def digests_of(job: Job) -> tuple[str, str]:
    """Of the files that hold the two texts, as they are now: of a member of an archive, the archive."""
    source, target = (digest_of_file(container(name)) for name in job.names)
    return source, target
