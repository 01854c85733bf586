"""sha256 of texts and files: what tells that something is not what it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aligner.corpus.build.jobs import Job
from aligner.files.opening import container

__all__ = ["digest_of", "digest_of_file", "digests_of"]


def digest_of(data: bytes) -> str:
    """sha256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """sha256 of a file, "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: no file name of this system
        return ""


def digests_of(job: Job) -> tuple[str, str]:
    """Of the files that hold the two texts, as they are now: of a member of an archive, the archive."""
    source, target = (digest_of_file(container(name)) for name in job.names)
    return source, target
