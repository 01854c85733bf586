"""Files and folders that live while a process does, and what killed processes left of theirs.

Their names say whose they are: `.aligner-PLACE-PROCESS-xxxxxxxx.tmp` beside an output,
`aligner-PLACE-PROCESS-xxxxxxxx` in the system's folder for such things. A process that ends in good
order removes its own; one that is killed cannot, so the next that works in the same folder does.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from aligner.model import address_of
from aligner.runtime import identity, interrupts, places

__all__ = ["forget", "made_beside", "scratch_folder", "sweep"]

_NAME = re.compile(r"\.?aligner-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}(?:\.tmp)?")
_OLD = 7 * 24 * 3600  # seconds, for what another machine left on a disk that is shared
_live: set[Path] = set()
_swept: set[Path] = set()


def made_beside(target: Path, mode: int | None) -> tuple[int, Path]:
    """A handle and the name of a new file in the folder of `target`; `forget` it in the end.

    `mode`: see `places.created`. Raises OSError.
    """
    sweep(target.parent)
    path = target.with_name(f".{_name()}.tmp")
    handle = places.created(path, mode)
    _live.add(path)
    return handle, path


def forget(path: Path) -> None:
    """The file was moved to its place, or is removed here."""
    path.unlink(missing_ok=True)
    _live.discard(path)


@contextlib.contextmanager
def scratch_folder(beside: Path | None = None) -> Iterator[Path]:
    """An empty folder, for the user only, gone behind the block: in the system's folder for such
    things, or hidden beside an output of this machine, for what may be as large as that.
    """
    if beside is not None and address_of(beside):
        beside = None
    parent = beside.parent if beside else Path(tempfile.gettempdir())
    sweep(parent)
    path = parent / (f".{_name()}" if beside else _name())
    path.mkdir(mode=0o700)
    _live.add(path)
    _swept.add(path)
    try:
        yield path
    finally:
        _remove(path)
        _swept.discard(path)
        _live.discard(path)


def sweep(folder: Path) -> None:
    """Remove what processes that run no more left in a folder; once for each folder.

    Nothing is removed of a process that still runs, nor, for a week, of one on another machine.
    """
    folder = folder.absolute()
    if folder in _swept:
        return
    _swept.add(folder)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            whose = _NAME.fullmatch(entry.name)
            if whose and _is_left(entry, whose[1], int(whose[2])):
                _remove(Path(entry.path))


def _name() -> str:
    return f"aligner-{identity.place()}-{identity.number()}-{os.urandom(4).hex()}"


def _is_left(entry: os.DirEntry[str], place: str, process: int) -> bool:
    if place == identity.place():
        return not identity.is_running(process)
    with contextlib.suppress(OSError):
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD
    return False


def _remove(path: Path) -> None:
    """What cannot be removed stays: somebody else's, or held open."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.unlink()


def _remove_live() -> None:
    for path in list(_live):
        _remove(path)


interrupts.before_end(_remove_live)
