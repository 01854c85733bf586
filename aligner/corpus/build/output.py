"""The folder of a run: what is finished stays finished.

A pair's files are written to `.work/ID` and appear by one rename as `pairs/ID`: that is the commit.
Only the process that holds the folder's lock writes. A second run finds `pairs/ID/quality.json`,
compares the digests of the texts, the sizes of the files and the digests of those that were
touched since, and passes the pair over. The tables are made at the end from the pairs' own figures,
ordered by id; then pairs that are not among the jobs any more are removed.

A folder that is made for more than 10,000 pairs has them in two levels: `pairs/3f/ID`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import shutil
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligner.corpus.build.causes import machine_error
from aligner.corpus.build.digests import digest_of, digest_of_file, digests_of
from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outcome
from aligner.corpus.build.settings import RUN, difference, json_bytes, levels_in, run_bytes
from aligner.corpus.build.tables import table_lines, write_tables
from aligner.files import atomic, storage
from aligner.model import ExportError, UsageError
from aligner.runtime import places
from aligner.runtime.locks import Lock
from aligner.text.wording import numbered

__all__ = [
    "JOURNAL",
    "QUALITY",
    "Output",
    "is_held",
    "json_bytes",
    "locked",
    "pair_places",
    "place_of",
]

_LOCK = ".lock"
_PAIRS, _WORK, QUALITY, _LOG = "pairs", ".work", "quality.json", "log.txt"
JOURNAL = ".journal.jsonl"
_MANY = 10_000  # pairs above which a folder has two levels
_SHOWN = 3  # pairs that a message names
# what a system says of a name that it cannot hold: the pair's, not the disk's
_NAMES = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


class Output:
    """The output folder, locked; use `Output.open`."""

    def __init__(self, folder: Path, levels: int = 1) -> None:
        self.folder, self.levels = folder, levels

    @classmethod
    @contextlib.contextmanager
    def open(
        cls,
        folder: Path,
        settings: Mapping[str, Any],
        shard: tuple[int, int] | None = None,
        pairs: int = 0,
        levels: int = 1,
    ) -> Iterator[Output]:
        """Make or take up the folder. `pairs`: how many the whole input has, of all shards;
        `levels`: no fewer than these.

        Raises UsageError where another run holds it or it was made with other settings,
        ExportError where it cannot be written.
        """
        storage.here(folder, "the folder of a build", "export it there: aligner corpus export")
        output = cls(folder, 2 if pairs > _MANY else levels)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with locked(folder / _LOCK):
                output._begin(settings, shard)
                yield output
                shutil.rmtree(folder / _WORK, ignore_errors=True)
        except OSError as error:
            raise ExportError(
                f"cannot write: {error.strerror or error}", context=str(error.filename or folder)
            ) from error

    def place(self, identifier: str) -> Path:
        """The folder of a pair."""
        return place_of(self.folder, identifier, self.levels)

    def _begin(self, settings: Mapping[str, Any], shard: tuple[int, int] | None) -> None:
        path = self.folder / RUN
        if path.exists():
            before = path.read_bytes()
            self.levels = levels_in(before) or self.levels
            run = run_bytes(settings, shard, self.levels)
            if before != run:
                raise UsageError(
                    f"this folder was made otherwise: {difference(before, run)}",
                    context=str(path),
                    hint="name another folder, or remove this one",
                )
        elif any(not _is_ours(entry.name) for entry in self.folder.iterdir()):
            raise UsageError(
                "the folder holds other files",
                context=str(self.folder),
                hint="name a folder that is new or empty",
            )
        # what a killed run left half done
        shutil.rmtree(self.folder / _WORK, ignore_errors=True)
        for left in self.folder.glob(".*.*"):
            if left.is_file() and left.name != JOURNAL:
                left.unlink()
        (self.folder / _WORK).mkdir()
        (self.folder / _PAIRS).mkdir(exist_ok=True)
        if not path.exists():
            with atomic(path) as out:
                out.write(run_bytes(settings, shard, self.levels))

    def state_of(self, job: Job) -> str:
        """`done` or `failed` where this pair of texts, as they are now, was tried before, else ""."""
        known = self.record(job.id)
        if known is None or not self._is_of(known, job):
            return ""
        return "failed" if known.get("failure") else "done"

    def _is_of(self, known: dict[str, Any], job: Job) -> bool:
        """Whether a record is of the texts of a job, and its files are there."""
        folder = self.place(job.id)
        written = (folder / QUALITY).stat().st_mtime_ns  # the last of the pair's files
        for name, (size, digest) in known["files"].items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                return False
            # to hash every file on every run would cost more than it finds: `differences` does
            if path.stat().st_mtime_ns > written and digest_of_file(path) != digest:
                return False
        return bool(
            known["digests"] == list(digests_of(job))
            and [known["source"], known["target"]] == _names(job)
            and known["languages"] == [job.source_lang, job.target_lang]
            and known.get("known") == _known(job)
            and known.get("include", []) == list(job.include)
        )

    def record(self, identifier: str) -> dict[str, Any] | None:
        """What is known of a finished pair; None where there is nothing (or half of it)."""
        return _record(self.place(identifier) / QUALITY)[0]

    def commit(self, job: Job, result: Outcome | Failure) -> Outcome | Failure:
        """Everything of one pair appears at once; returns what was written down.

        A pair that cannot be written for what it is (a value that JSON has no word for, a name that
        the system refuses) is a failure of that pair. Raises OSError where the disk is to blame.
        """
        try:
            self._commit(job, result)
        except Exception as error:
            if machine_error(error) or (isinstance(error, OSError) and error.errno not in _NAMES):
                raise
            reason = " ".join(f"{type(error).__name__}: {error} (please report)".split())
            result = Failure("error", reason, traceback.format_exc(), result.digests)
            self._commit(job, result)
        return result

    def _commit(self, job: Job, result: Outcome | Failure) -> None:
        files = dict(result.files) if isinstance(result, Outcome) else {}
        if isinstance(result, Failure):
            result = _told(result, job)
            files[_LOG] = f"{result.kind}: {result.message}\n{result.log}".encode(
                "utf-8", "backslashreplace"
            )
        record: dict[str, Any] = {
            "source": _names(job)[0],
            "target": _names(job)[1],
            "languages": [job.source_lang, job.target_lang],
            # nobody knows what was read: no text equals that
            "digests": list(result.digests) or None,
        }
        if _known(job):
            record["known"] = _known(job)
        if job.include:
            record["include"] = list(job.include)
        if isinstance(result, Outcome):
            record |= dict(result.quality)
        else:
            record["failure"] = [result.kind, result.message]
        record["files"] = {
            name: [len(files[name]), digest_of(files[name])] for name in sorted(files)
        }
        work = self.work(job.id)
        for name, data in files.items():
            (work / name).write_bytes(data)
        (work / QUALITY).write_bytes(json_bytes(record))
        self.replace(job.id, work)

    def work(self, identifier: str) -> Path:
        """An empty folder for the files of a pair, until `replace` moves it to its place."""
        work = self.folder / _WORK / identifier
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        return work

    def replace(self, identifier: str, work: Path) -> None:
        """The pair's folder is `work` from now on."""
        final = self.place(identifier)
        if final.exists():  # the texts have changed, or a failure is tried again
            self._remove(final)
        final.parent.mkdir(exist_ok=True)
        places.move(work, final)

    def _remove(self, path: Path) -> None:
        """By one rename out of sight, so that half a pair is never there."""
        old = self.folder / _WORK / f"{path.name}.old"
        shutil.rmtree(old, ignore_errors=True)
        places.move(path, old)
        shutil.rmtree(old)

    def check_left(self, jobs: Iterable[Job], *, keep: bool) -> None:
        """Raise UsageError where pairs of the folder are not among the jobs: with `keep` where there
        are any, without where nothing would stay, for then it is another input.
        """
        wanted = {job.id for job in jobs}
        here = [path.name for path in pair_places(self.folder, self.levels)]
        left = sorted(name for name in here if name not in wanted)
        if not left or (not keep and len(left) < len(here)):
            return
        shown = ", ".join(left[:_SHOWN]) + (" ..." if len(left) > _SHOWN else "")
        if keep:
            raise UsageError(
                f"{numbered(len(left), 'pair')} of this folder left the input: {shown}",
                context=str(self.folder),
                hint="without --keep they are removed",
            )
        raise UsageError(
            f"no pair of this folder is in the input: {shown}",
            context=str(self.folder),
            hint="name another folder, or remove this one",
        )

    def remove_left(self, jobs: Iterable[Job]) -> int:
        """Remove the pairs that are not among the jobs; returns how many."""
        wanted = {job.id for job in jobs}
        left = [p for p in pair_places(self.folder, self.levels) if p.name not in wanted]
        for path in left:
            self._remove(path)
            if self.levels > 1:
                with contextlib.suppress(OSError):  # others are in it
                    path.parent.rmdir()
        return len(left)

    def report(self, jobs: Sequence[Job]) -> dict[str, int]:
        """Write the tables; returns {"pairs", "failed", "ours"} of these jobs, all of them finished."""
        counts = {"pairs": 0, "failed": 0, "ours": 0}

        def records() -> Iterator[tuple[str, Mapping[str, Any], str]]:
            for identifier in sorted(job.id for job in jobs):
                known, digest = _record(self.place(identifier) / QUALITY)
                if known is None:
                    raise ExportError("the pair has no result", context=identifier)
                failure = known.get("failure")
                counts["pairs"] += 1
                counts["failed"] += bool(failure)
                counts["ours"] += bool(failure and failure[0] == "error")
                yield identifier, known, digest

        write_tables(self.folder, table_lines(records()))
        return counts


def place_of(folder: Path, identifier: str, levels: int) -> Path:
    """Where a pair lies in a corpus of so many levels."""
    if levels == 1:
        return folder / _PAIRS / identifier
    digest = hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=1)
    return folder / _PAIRS / digest.hexdigest() / identifier


def pair_places(folder: Path, levels: int) -> Iterator[Path]:
    """The folders of pairs that are there, in no order."""
    pairs = folder / _PAIRS
    for first in pairs.iterdir() if pairs.is_dir() else ():
        if levels == 1:
            yield first
        elif first.is_dir():
            yield from first.iterdir()


def _record(path: Path) -> tuple[dict[str, Any] | None, str]:
    """What quality.json says, and its digest."""
    try:
        data = path.read_bytes()
        figures = json.loads(data)
    except (OSError, ValueError):
        return None, ""
    return (figures if _is_record(figures) else None), digest_of(data)


def _is_record(figures: Any) -> bool:
    """Whether somebody's edit left what the others rely on."""
    return (
        isinstance(figures, dict)
        and {"source", "target", "languages", "digests"} <= figures.keys()
        and isinstance(figures.get("files"), dict)
        and all(isinstance(file, list) and len(file) == 2 for file in figures["files"].values())
    )


def _names(job: Job) -> list[str]:
    """Source and target as the folder's tables may name them."""
    return [places.shown(job.source), places.shown(job.target)]


def _known(job: Job) -> list[dict[str, str]] | None:
    """What the manifest says about the two texts."""
    if not (job.source_known or job.target_known):
        return None
    return [dict(job.source_known), dict(job.target_known)]


def _told(failure: Failure, job: Job) -> Failure:
    """A failure whose words name the texts as the tables do."""
    message, log = failure.message, failure.log
    for path in job.names:
        message, log = (text.replace(path, places.shown(path)) for text in (message, log))
    return replace(failure, message=message, log=log)


def _is_ours(name: str) -> bool:
    """Whether a run that was killed at once may have left a file of that name."""
    return name in (_WORK, _LOCK, JOURNAL) or name.startswith((".run", ".aligner-"))


def is_held(folder: Path) -> bool:
    """Whether a process writes to the folder now."""
    if not (folder / _LOCK).exists():
        return False
    try:
        Lock(folder / _LOCK).release()
    except BlockingIOError:
        return True
    except OSError:  # somebody else's folder
        return False
    return False


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path` of a folder. Raises UsageError where another process holds it."""
    try:
        lock = Lock(path)
    except BlockingIOError:
        raise UsageError(
            "another run is writing to this folder",
            context=str(path.parent),
            hint="wait for its end",
        ) from None
    try:
        yield
    finally:
        lock.release()
