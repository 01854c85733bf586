"""The folder of a run: what is finished stays finished.

A pair's files are written to `.work/ID` and appear by one rename as `pairs/ID`: that is the commit.
Only the process that holds the folder's lock writes. A second run finds `pairs/ID/quality.json`,
compares the digests of the texts and the sizes of the files, and passes the pair over. The tables
are made at the end from the pairs' own figures, ordered by id.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligner.corpus.build.jobs import Job
from aligner.corpus.build.outcome import Failure, Outcome
from aligner.files import atomic
from aligner.model import ExportError, UsageError
from aligner.runtime import places
from aligner.runtime.locks import Lock

__all__ = ["Output", "digest_of_file", "merge_shards"]

FORMAT, VERSION = "aligner-corpus", 1
_LOCK = ".lock"
_RUN, _PAIRS, _WORK, _QUALITY, _LOG = "run.json", "pairs", ".work", "quality.json", "log.txt"
_COLUMNS = (
    "source_lang",
    "target_lang",
    "source_segments",
    "target_segments",
    "beads",
    "mean_confidence",
    "null_share",
)


class Output:
    """The output folder, locked; use `Output.open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @contextlib.contextmanager
    def open(
        cls, folder: Path, settings: Mapping[str, Any], shard: tuple[int, int] | None = None
    ) -> Iterator[Output]:
        """Make or take up the folder.

        Raises UsageError where another run holds it or it was made with other settings,
        ExportError where it cannot be written.
        """
        output = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _locked(folder):
                output._begin(_run(settings, shard))
                yield output
                shutil.rmtree(folder / _WORK, ignore_errors=True)
        except OSError as error:
            raise ExportError(
                f"cannot write: {error.strerror or error}", context=str(error.filename or folder)
            ) from error

    def _begin(self, run: bytes) -> None:
        path = self.folder / _RUN
        if path.exists():
            if (before := path.read_bytes()) != run:
                raise UsageError(
                    f"this folder was made otherwise: {_difference(before, run)}",
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
            if left.is_file():
                left.unlink()
        (self.folder / _WORK).mkdir()
        (self.folder / _PAIRS).mkdir(exist_ok=True)
        if not path.exists():
            with atomic(path) as out:
                out.write(run)

    def is_finished(self, job: Job, *, retry: bool = False) -> bool:
        """True where this pair of texts, as they are now, was done (`retry`: without failure)."""
        known = self.quality(job.id)
        if known is None or (retry and known.get("failure")):
            return False
        folder = self.folder / _PAIRS / job.id
        for name, size in known["files"].items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                return False
        return bool(
            known["digests"] == digests_of(job)
            and [known["source"], known["target"]] == _names(job)
            and known["languages"] == [job.source_lang, job.target_lang]
        )

    def quality(self, identifier: str) -> dict[str, Any] | None:
        """The figures of a finished pair; None where there are none (or half of them)."""
        try:
            figures = json.loads((self.folder / _PAIRS / identifier / _QUALITY).read_bytes())
        except (OSError, ValueError):
            return None
        return figures if isinstance(figures, dict) else None

    def commit(self, job: Job, result: Outcome | Failure) -> None:
        """Everything of one pair appears at once."""
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
            "digests": digests_of(job),
        }
        if isinstance(result, Outcome):
            record |= dict(result.quality)
        else:
            record["failure"] = [result.kind, result.message]
        record["files"] = {name: len(files[name]) for name in sorted(files)}
        work, final = (self.folder / part / job.id for part in (_WORK, _PAIRS))
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        for name, data in files.items():
            (work / name).write_bytes(data)
        (work / _QUALITY).write_bytes(_json(record).encode())
        if final.exists():  # the texts have changed, or a failure is tried again
            old = work.with_name(f"{job.id}.old")
            places.move(final, old)
            shutil.rmtree(old)
        places.move(work, final)

    def report(self, jobs: Sequence[Job]) -> dict[str, int]:
        """Write the tables; returns {"pairs", "failed"} of these jobs. All must be finished."""
        rows, failures = [], []
        for identifier in sorted(job.id for job in jobs):
            known = self.quality(identifier)
            if known is None:
                raise ExportError("the pair has no result", context=identifier)
            failure = known.get("failure")
            names = [identifier, known["source"], known["target"]]
            if failure:
                failures.append([*names, *failure])
            figures = ["" if known.get(c) is None else str(known[c]) for c in _COLUMNS]
            warnings = "; ".join(known.get("warnings", ()))
            rows.append([*names, "failed" if failure else "done", *figures, warnings])
        head = ["id", "source", "target", "status", *_COLUMNS, "warnings"]
        _table(self.folder / "report.tsv", head, rows)
        _table(
            self.folder / "failures.tsv", ["id", "source", "target", "kind", "message"], failures
        )
        return {"pairs": len(rows), "failed": len(failures)}


def _names(job: Job) -> list[str]:
    """Source and target as the folder's tables may name them."""
    return [places.shown(job.source), places.shown(job.target)]


def _told(failure: Failure, job: Job) -> Failure:
    """A failure whose words name the texts as the tables do."""
    message, log = failure.message, failure.log
    for path in map(str, job.paths):
        message, log = (text.replace(path, places.shown(path)) for text in (message, log))
    return replace(failure, message=message, log=log)


def _is_ours(name: str) -> bool:
    """Whether a run that was killed at once may have left a file of that name."""
    return name in (_WORK, _LOCK) or name.startswith((".run", ".aligner-"))


def merge_shards(
    shards: Sequence[Path], folder: Path, moved: Callable[[Path, Path, Path], None] | None = None
) -> dict[str, int]:
    """One folder of the folders of all shards, equal byte for byte to a run without shards.

    `moved(work, old, new)` puts the files in `work`, a copy of a pair's folder `old`, right for
    their place in `new`.
    Raises UsageError where a shard is missing, comes twice or was made with other settings.
    """
    runs = [_read_run(shard) for shard in shards]
    numbers = [run.pop("shard", None) for run in runs]
    counts = {number[1] for number in numbers if number}
    if any(run != runs[0] for run in runs):
        raise UsageError("the shards were made with different settings")
    if len(counts) != 1 or sorted(n[0] for n in numbers if n) != list(range(1, max(counts) + 1)):
        given = ", ".join(f"{n[0]}/{n[1]}" if n else "whole" for n in numbers)
        raise UsageError(f"these are not all shards of one run, each once: {given}")
    with Output.open(folder, runs[0]["settings"]) as output:
        jobs = []
        for shard in shards:
            part = Output(shard)
            for path in sorted((shard / _PAIRS).iterdir()):
                known = part.quality(path.name)
                if known is None:
                    raise UsageError(
                        "the pair is not finished",
                        context=str(path),
                        hint="run its shard again, then merge",
                    )
                work, final = (folder / p / path.name for p in (_WORK, _PAIRS))
                if not final.exists():
                    shutil.rmtree(work, ignore_errors=True)
                    shutil.copytree(path, work)
                    if moved is not None:
                        moved(work, path, final)
                        _sized(work, known)
                    places.move(work, final)
                jobs.append(Job(path.name, known["source"], known["target"]))
        return output.report(jobs)


def _sized(folder: Path, record: dict[str, Any]) -> None:
    sizes = {name: (folder / name).stat().st_size for name in record["files"]}
    if sizes != record["files"]:
        (folder / _QUALITY).write_bytes(_json(record | {"files": sizes}).encode())


def digests_of(job: Job) -> list[str]:
    """sha256 of both texts as they are now; "" for one that cannot be read."""
    return [digest_of_file(path) for path in job.paths]


def digest_of_file(path: Path) -> str:
    """sha256 of a file, "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _run(settings: Mapping[str, Any], shard: tuple[int, int] | None) -> bytes:
    run: dict[str, Any] = {"format": FORMAT, "version": VERSION, "settings": dict(settings)}
    if shard:
        run["shard"] = list(shard)
    return _json(run).encode("utf-8", "backslashreplace")


def _difference(before: bytes, now: bytes) -> str:
    """Which settings two runs have not in common, for people."""
    try:
        first, second = (_flat(json.loads(data)) for data in (before, now))
    except (ValueError, AttributeError):
        return "its run.json is damaged"
    parts = [
        f"{name} {json.dumps(first.get(name))}, now {json.dumps(second.get(name))}"
        for name in sorted(first.keys() | second.keys())
        if first.get(name) != second.get(name)
    ]
    return "; ".join(parts) or "its run.json is written otherwise"


def _flat(run: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in run.items() if k != "settings"}, **run.get("settings", {})}


def _read_run(folder: Path) -> dict[str, Any]:
    try:
        run = json.loads((folder / _RUN).read_bytes())
    except (OSError, ValueError):
        run = None
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise UsageError("this is no folder of aligner corpus build", context=str(folder))
    return run


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _table(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with atomic(path) as out:
        for row in [head, *rows]:
            out.write(
                ("\t".join(" ".join(cell.split()) for cell in row) + "\n").encode(
                    "utf-8", "backslashreplace"
                )
            )


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        lock = Lock(folder / _LOCK)
    except BlockingIOError:
        raise UsageError(
            "another run is writing to this folder", context=str(folder), hint="wait for its end"
        ) from None
    try:
        yield
    finally:
        lock.release()
