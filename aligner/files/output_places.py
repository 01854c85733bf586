"""Where commands and functions write: looked at before the work, so that no hour of it ends in a refusal, and so
that no command replaces what it reads, what another output of it holds, or what somebody reviewed.

`-` is standard output in every command that writes one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import W_OK, access
from os.path import realpath
from pathlib import Path

from aligner.files import is_stdout, journal_path, remote
from aligner.model import FileName, UsageError, address_of

__all__ = ["check_places", "check_suffix", "not_stdout"]

_OWN_NAME = "give the output a name of its own"


def check_places(
    outputs: Iterable[Path | None],
    inputs: Iterable[FileName | None] = (),
    *,
    printed: bool = False,
) -> None:
    """Raise UsageError where an output cannot be written, or not without losing something.

    `outputs` and `inputs` may hold None for an option that was not given. `printed`: the command
    prints its result, so that standard output is taken.
    """
    taken = {realpath(name) for name in inputs if name is not None and not is_stdout(name)}
    seen: set[str] = set()
    for path in outputs:
        if path is None:
            continue
        if is_stdout(path):
            if printed:
                raise UsageError(
                    "standard output is named twice",
                    hint="give each output a name; findings and --json are printed there",
                )
            printed = True
            continue
        place = realpath(path)
        if place in seen:
            raise UsageError("one output is named twice", context=str(path), hint=_OWN_NAME)
        if place in taken:
            raise UsageError(
                "this output would replace one of the inputs", context=str(path), hint=_OWN_NAME
            )
        _check_place(path)
        seen.add(place)


def _check_remote(address: str) -> None:
    try:
        remote.check_place(address)
    except OSError as error:
        raise UsageError(
            f"this place cannot be written to: {error.strerror or error}",
            context=address,
            hint="check the name and your credentials",
        ) from error


def _check_place(path: Path) -> None:
    if address := address_of(path):
        _check_remote(address)
        return
    folder = Path(realpath(path)).parent  # a link is written through
    if path.is_dir():
        raise UsageError(
            "there is a folder of this name", context=str(path), hint="name a file to write"
        )
    if not folder.is_dir():
        raise UsageError(
            "the folder of this output does not exist",
            context=str(path),
            hint="make it first, or name another place",
        )
    if not access(folder, W_OK):
        raise UsageError(
            "the folder of this output may not be written to",
            context=str(path),
            hint="name another place",
        )
    if not path.name.endswith(".alignment.json"):
        return
    journal = journal_path(path)
    if journal.exists():
        raise UsageError(
            "this alignment was reviewed: writing it anew would lose the edits",
            context=str(path),
            hint=f"name another output, or remove {journal.name} to give the review up",
        )


def check_suffix(path: Path | None, known: Sequence[str], hint: str) -> None:
    """Raise UsageError where a file would get a suffix that says something else than is in it."""
    if path is None or is_stdout(path) or path.name.lower().endswith(tuple(known)):
        return
    raise UsageError(f"this is written as {' or '.join(known)}", context=str(path), hint=hint)


def not_stdout(path: Path | None, what: str) -> None:
    """Raise UsageError for `-` where there is more than one file to write, or a folder."""
    if path is not None and is_stdout(path):
        raise UsageError(f"{what} cannot go to standard output", hint="name it with -o")
