"""Whether a folder is as it was made: the list, the records that it names, the files that they name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aligner.corpus.build.digests import digest_of_file
from aligner.corpus.build.output import QUALITY, Output, pair_places
from aligner.corpus.build.settings import read_run
from aligner.corpus.build.tables import FAILURES, listed, table_lines

__all__ = ["built_pairs", "differences"]


def built_pairs(folder: Path) -> Iterator[tuple[str, Path]]:
    """(id, folder) of every pair that a corpus holds: those that its report lists as done.

    Raises UsageError where the folder is of another kind or its build has not ended.
    """
    output = Output(folder, read_run(folder)["levels"])
    for one in listed(folder):
        if one.done:
            yield one.id, output.place(one.id)


def differences(folder: Path) -> Iterator[tuple[str, str]]:
    """(path inside the folder, what is wrong with it) for everything that is not as it was made.

    Raises UsageError where the folder is of another kind or its build has not ended.
    """
    output = Output(folder, read_run(folder)["levels"])
    known = set()
    failures = [next(iter(table_lines(())))[1]]
    for one in listed(folder):
        known.add(one.id)
        place = output.place(one.id)
        shown = place.relative_to(folder).as_posix()
        if not place.is_dir():
            yield shown, "is listed in report.tsv, but not there"
            continue
        record = output.record(one.id)
        if record is None or digest_of_file(place / QUALITY) != one.digest:
            # it says what the files were, so that nobody knows that of them
            yield f"{shown}/{QUALITY}", "is not the one that report.tsv names"
            continue
        failures += [line for _, line in list(table_lines([(one.id, record, "")]))[1:] if line]
        yield from _files(place, shown, record["files"])
    for path in sorted(pair_places(folder, output.levels)):
        if path.name not in known:
            yield path.relative_to(folder).as_posix(), "is not listed in report.tsv"
    try:
        written = (folder / FAILURES).read_text(encoding="utf-8")
    except (OSError, ValueError):
        written = ""
    if written != "".join(failures):
        yield FAILURES, "is not what the pairs say"


def _files(place: Path, shown: str, files: dict[str, list[object]]) -> Iterator[tuple[str, str]]:
    for name, (size, digest) in files.items():
        path = place / name
        if not path.is_file():
            yield f"{shown}/{name}", "is missing"
        elif path.stat().st_size != size or digest_of_file(path) != digest:
            yield f"{shown}/{name}", "is not the one that was made"
    for path in sorted(place.iterdir()):
        if path.name != QUALITY and path.name not in files:
            yield f"{shown}/{path.name}", "was not made by the build"
