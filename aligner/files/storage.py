"""Questions about names that may be paths of this machine or addresses (`s3://bucket/a.txt`).

What users name is opened and written by `opening` and `sinks`, which ask here; so does who looks
into a folder that may lie elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from aligner.files import remote
from aligner.files.sinks import reading
from aligner.model import ExportError, UsageError, address_of
from aligner.runtime import places

__all__ = [
    "files_under",
    "here",
    "is_file",
    "is_folder",
    "make_folder",
    "names_in",
    "opened",
    "shown",
]


def opened(path: Path) -> BinaryIO:
    """The bytes of a file. Raises OSError, MissingExtra."""
    address = address_of(path)
    return remote.opened(address) if address else path.open("rb")


def is_file(path: Path) -> bool:
    """Whether a file has this name. Raises ReadError where that cannot be known, MissingExtra."""
    if address := address_of(path):
        with reading(address):
            return remote.is_file(address)
    return path.is_file()


def is_folder(path: Path) -> bool:
    """Whether a folder has this name. Raises ReadError where that cannot be known, MissingExtra."""
    if address := address_of(path):
        with reading(address):
            return remote.is_folder(address)
    return path.is_dir()


def names_in(folder: Path) -> list[str]:
    """What lies in a folder, ordered; nothing where there is none. Raises ReadError, MissingExtra."""
    if address := address_of(folder):
        with reading(address):
            return remote.names_in(address)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def files_under(folder: Path) -> list[str]:
    """As `places.files_under`. Raises ReadError, MissingExtra."""
    if address := address_of(folder):
        with reading(address):
            return remote.files_under(address)
    return places.files_under(folder)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where there is none. Raises ExportError for one elsewhere that
    cannot be written, OSError for one of this machine, MissingExtra.
    """
    address = address_of(folder)
    if not address:
        folder.mkdir(parents=True, exist_ok=True)
        return
    try:
        remote.make_folder(address)
        remote.check_place(f"{address}/x")
    except OSError as error:
        raise ExportError(f"cannot write: {error.strerror or error}", context=address) from error


def here(path: Path, what: str, hint: str) -> None:
    """Raise UsageError for an address: `what` must lie on this machine (locks, files that grow)."""
    if address := address_of(path):
        raise UsageError(f"{what} must lie on this machine", context=address, hint=hint)


def shown(path: Path) -> str:
    """A name as users write it."""
    return address_of(path) or str(path)
