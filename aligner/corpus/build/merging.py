"""Shards of one run -> one folder, equal byte for byte to that of a run without shards.

What a shard holds is what its report lists. Every file is compared with the digest that the shard
has of it while it is copied; a pair that the folder has from an earlier merge is replaced where
anything of it differs, and pairs that no shard has are removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.corpus.build.digests import digest_of, digest_of_file
from aligner.corpus.build.jobs import Job
from aligner.corpus.build.output import QUALITY, Output
from aligner.corpus.build.settings import json_bytes, read_run
from aligner.corpus.build.tables import listed
from aligner.model import UsageError

__all__ = ["merge_shards"]

_AGAIN = "copy the shard again, or run its build again, then merge"


@dataclass(frozen=True, slots=True)
class _Pair:
    path: Path
    record: dict[str, Any]


def merge_shards(
    shards: Sequence[Path],
    folder: Path,
    moved: Callable[[Path, Path, Path], None] | None = None,
    *,
    keep: bool = False,
) -> dict[str, int]:
    """The figures of `Output.report`, and how many pairs were `replaced` and `removed`.

    `moved(work, old, new)` puts the files in `work`, a copy of a pair's folder `old`, right for
    their place in `new`. `keep`: see `run.build`.
    Raises UsageError where a shard is missing, is not finished, lacks files or has others than it
    made, comes twice, or was made with other settings.
    """
    runs = [read_run(shard) for shard in shards]
    numbers = [run.pop("shard", None) for run in runs]
    levels = max(run.pop("levels") for run in runs)
    counts = {number[1] for number in numbers if number}
    if any(run != runs[0] for run in runs):
        raise UsageError("the shards were made with different settings")
    if len(counts) != 1 or sorted(n[0] for n in numbers if n) != list(range(1, max(counts) + 1)):
        given = ", ".join(f"{n[0]}/{n[1]}" if n else "whole" for n in numbers)
        raise UsageError(f"these are not all shards of one run, each once: {given}")
    jobs: dict[str, Job] = {}
    for shard in shards:  # all are looked at before anything is written
        for pair in _pairs(shard):
            name = pair.path.name
            if name in jobs:
                raise UsageError("two shards have this pair", context=str(pair.path))
            jobs[name] = Job(name, pair.record["source"], pair.record["target"])
    with Output.open(folder, runs[0]["settings"], pairs=len(jobs), levels=levels) as output:
        output.check_left(jobs.values(), keep=keep)
        replaced = 0
        for shard in shards:
            for pair in _pairs(shard):
                replaced += _taken(output, pair, moved)
        made = output.report(list(jobs.values()))
        return {**made, "replaced": replaced, "removed": output.remove_left(jobs.values())}


def _pairs(shard: Path) -> Iterator[_Pair]:
    """The pairs that a shard lists, with all their files."""
    part = Output(shard, read_run(shard)["levels"])
    for one in listed(shard):
        path = part.place(one.id)
        if digest_of_file(path / QUALITY) != one.digest:
            raise UsageError("the pair is not that of report.tsv", context=str(path), hint=_AGAIN)
        record = part.record(one.id) or {}
        for name, (size, _) in record["files"].items():
            file = path / name
            if not file.is_file() or file.stat().st_size != size:
                raise UsageError(
                    "the file is missing or not complete", context=str(file), hint=_AGAIN
                )
        yield _Pair(path, record)


def _taken(output: Output, pair: _Pair, moved: Callable[[Path, Path, Path], None] | None) -> bool:
    """Copy a pair; says whether it took the place of another state of it."""
    identifier = pair.path.name
    work, final = output.work(identifier), output.place(identifier)
    for name, (_, digest) in pair.record["files"].items():
        data = (pair.path / name).read_bytes()
        if digest_of(data) != digest:
            raise UsageError(
                "the file is not the one that was made",
                context=str(pair.path / name),
                hint=_AGAIN,
            )
        (work / name).write_bytes(data)
    record = pair.record
    if moved is not None:
        moved(work, pair.path, final)
        files = {n: [(work / n).stat().st_size, digest_of_file(work / n)] for n in record["files"]}
        record = {**record, "files": files}
    (work / QUALITY).write_bytes(json_bytes(record))
    there = final.exists()
    if there and _same(work, final):
        shutil.rmtree(work)
        return False
    output.replace(identifier, work)
    return there


def _same(one: Path, other: Path) -> bool:
    names = sorted(path.name for path in one.iterdir())
    return names == sorted(path.name for path in other.iterdir()) and all(
        digest_of_file(one / name) == digest_of_file(other / name) for name in names
    )
