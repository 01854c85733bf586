"""Names of files: renaming that a system may refuse for a while, permissions, folders made durable."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import ModuleType

__all__ = [
    "appending",
    "brought_back",
    "created",
    "divided",
    "files_under",
    "is_absolute",
    "mode_of",
    "move",
    "relative",
    "seen_from",
    "shown",
    "stem_of",
    "sync_folder",
    "take_after",
    "told_apart",
]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # two letters: one is a drive
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}")  # what comes behind the dot of a year is none
_DOUBLE = (".alignment.json", ".tei.xml", ".xces.xml", ".intertext.xml")
_PACKED = (".gz", ".zst", ".bz2", ".xz")
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds between the attempts at a name that is held open


def created(path: Path, mode: int | None = None) -> int:
    """A handle of a new file, for writing bytes. Raises FileExistsError where it exists.

    `mode`: permissions it must have in the end; None leaves them to the user's umask, which is
    never touched, for it belongs to all threads.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # what will be private is never open to others, not even for a moment
    return os.open(path, flags, 0o666 if mode is None else 0o600)


def appending(path: Path, model: Path) -> int:
    """A handle of a file that is only added to, made where there is none; it is as private as
    `model`. Raises OSError.
    """
    flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags | os.O_CREAT, 0o600)
    take_after(path, model)
    return handle


def mode_of(path: Path) -> int | None:
    """The permissions of a file; None where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o777
    except FileNotFoundError:
        return None


def take_after(path: Path, model: Path) -> None:
    """Give a file of ours the permissions of another one, and its group and owner where we may.

    Where there is no such file, nothing is done.
    """
    try:
        state = model.stat()
    except FileNotFoundError:
        return
    if hasattr(os, "chown"):
        mine = path.stat()
        # its group alone where the owner may not be changed: permissions of the group mean both
        for owner in (state.st_uid, -1):
            if (mine.st_uid, mine.st_gid) == (state.st_uid, state.st_gid):
                break
            with contextlib.suppress(PermissionError):
                os.chown(path, owner, state.st_gid)
                break
    with contextlib.suppress(PermissionError):  # it is somebody else's: its own permissions stay
        path.chmod(stat.S_IMODE(state.st_mode) & 0o777)


def move(source: Path, target: Path) -> None:
    """Rename, in the place of a file that may be there.

    Windows refuses while another program has one of them open; a virus scanner lets go of it soon.
    Raises PermissionError where it is held for longer than a second and a half.
    """
    for wait in _WAITS:
        try:
            source.replace(target)
        except PermissionError:
            # a folder that may not be written to refuses at once and for ever
            if not os.access(target.parent, os.W_OK):
                raise
            time.sleep(wait)
        else:
            return
    source.replace(target)


def divided(name: str, flavour: type[PurePath] = PurePath) -> Iterator[tuple[str, str]]:
    r"""`name` divided at each of its colons, the last first: archive and member, perhaps.

    The colon of a drive (`C:\texts\book.zip:ch1.html`) divides nothing. `flavour`: whose rules.
    """
    drive = len(flavour(name).drive)
    at = name.rfind(":")
    while at > drive:
        yield name[:at], name[at + 1 :]
        at = name.rfind(":", 0, at)


def relative(path: str, folder: str, rules: ModuleType = os.path) -> str:
    """`path` as seen from `folder`, with slashes on every system; the name alone where no way leads
    from one to the other (two drives). `rules`: `os.path` of the system that is meant.
    """
    try:
        way: str = rules.relpath(path, folder or rules.curdir)
    except ValueError:
        way = rules.basename(path)
    return way.replace(rules.sep, "/")


def stem_of(name: str) -> str:
    """A file's name without its suffix and that of its packing: `report.2021` of `report.2021.txt`
    and of `report.2021.txt.gz`. A name that is nothing but a suffix stays.
    """
    stem = name
    for packed in _PACKED:
        if stem.lower().endswith(packed) and len(stem) > len(packed):
            stem = stem[: -len(packed)]
            break
    double = next((one for one in _DOUBLE if stem.lower().endswith(one)), "")
    before, dot, last = stem.rpartition(".")
    if double and len(stem) > len(double):
        stem = stem[: -len(double)]
    elif before and _SUFFIX.fullmatch(dot + last):
        stem = before
    return stem


def files_under(folder: Path) -> list[str]:
    """The files under a folder as seen from it, with slashes, ordered; folders behind links are gone
    into, once on each way, hidden ones are not.
    """
    out = []
    inside: dict[str, tuple[str, ...]] = {}  # folder -> the real ones that it lies in
    for where, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        above = inside.pop(where, ())
        if real in above:  # a link that leads back
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside |= {os.path.join(where, name): (*above, real) for name in folders}  # noqa: PTH118
        out += [
            Path(where, name).relative_to(folder).as_posix()
            for name in files
            if not name.startswith(".") and Path(where, name).is_file()
        ]
    return sorted(out)


def is_absolute(path: str) -> bool:
    """Whether a path is absolute on some system: it says where things lie on somebody's machine."""
    return PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).anchor)


def shown(path: str) -> str:
    """What of a path may stand in a file that goes to others: an absolute one, also as a `file:`
    address, says where things lie on somebody's machine, so that its file name must do. Relative
    paths and other addresses stay.
    """
    if path.lower().startswith("file:"):
        return PurePosixPath(path[len("file:") :]).name
    if PurePosixPath(path).is_absolute():
        return PurePosixPath(path).name
    return PureWindowsPath(path).name if PureWindowsPath(path).anchor else path


def told_apart(paths: Sequence[str], rules: ModuleType = os.path) -> list[str]:
    """Names for a report on several files: as `shown`; where absolute ones of one file name would
    be mistaken for each other, as seen from the folder that holds all of them.
    """
    names = [shown(path) for path in paths]
    absolute = [path for path in dict.fromkeys(paths) if rules.isabs(path)]
    if len({shown(path) for path in absolute}) == len(absolute):
        return names
    common = str(rules.commonpath([rules.dirname(path) for path in absolute]))
    return [
        relative(path, common, rules) if path in absolute else name
        for path, name in zip(paths, names, strict=True)
    ]


def seen_from(path: str, folder: str, rules: ModuleType = os.path) -> str:
    """`path` (absolute, or as seen from here) as a file in `folder` names it; `brought_back` is the
    way back. The file name alone where the way would lead through the root of the system, for that
    is an absolute path in other words. Addresses and empty names stay.
    """
    if _is_no_path(path) or (not is_absolute(path) and folder in ("", rules.curdir)):
        return shown(path)
    if is_absolute(path) and not rules.isabs(path):
        return shown(path)  # of another system
    ends = [rules.abspath(path), rules.abspath(folder or rules.curdir)]
    try:
        common = rules.commonpath(ends)
    except ValueError:  # two drives
        return str(rules.basename(path))
    if common == rules.dirname(common) != ends[1]:
        return str(rules.basename(path))
    return relative(ends[0], ends[1], rules)


def brought_back(path: str, folder: str, rules: ModuleType = os.path) -> str:
    """`path` as a file in `folder` names it, as seen from here."""
    if _is_no_path(path) or folder in ("", rules.curdir) or is_absolute(path):
        return path
    return str(rules.normpath(rules.join(folder, path)))


def _is_no_path(path: str) -> bool:
    return path in ("", "-") or "\0" in path or bool(_ADDRESS.match(path))


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable; folders cannot be opened on Windows."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
