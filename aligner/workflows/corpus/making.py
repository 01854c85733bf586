"""`aligner corpus build` as a function: texts or a manifest -> a folder of alignments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import Limits, ReadOptions, UsageError
from aligner.runtime import cores
from aligner.text.notation import whole_number
from aligner.workflows.corpus import building

if TYPE_CHECKING:
    from aligner.corpus.build import Tally

__all__ = ["PAIR_SECONDS", "BuildHow", "BuildWhat", "build_corpus", "memory_of_worker"]

PAIR_SECONDS = 3600.0  # that a pair may take
_SHARE = 0.8  # of the machine's memory that all workers may use together


@dataclass(frozen=True, slots=True)
class BuildWhat:
    """What every pair is made with: languages, patterns of names, `formats` beside JSON, encoder,
    weights and how texts are read.
    """

    source_lang: str = ""
    target_lang: str = ""
    patterns: tuple[str, str] = ("", "")
    formats: Sequence[str] = ()
    encoder: str = "auto"
    weights: Path | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    paragraphs: bool = False
    from_format: str | None = None
    nulls: str = "skip"


@dataclass(frozen=True, slots=True)
class BuildHow:
    """How the work is done: processes (0: one a core), seconds a pair, memory a worker ("2G", "" its
    share), which part of the pairs ("1/4", "" all), by what engine; `retry` pairs that failed before,
    `keep` pairs that have left the input.
    """

    workers: int = 0
    time_limit: float = PAIR_SECONDS
    memory: str = ""
    shard: str = ""
    engine: str = "processes"
    retry: bool = False
    keep: bool = False


def build_corpus(
    texts: Path,
    output: Path,
    what: BuildWhat,
    how: BuildHow,
    *,
    tell: Callable[[str], None] = lambda _: None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Align many pairs into the folder `output`; what is finished is not done again.

    `tell` hears of texts without a partner. Raises UsageError, ReadError, Malformed, MissingExtra.
    """
    from aligner.corpus import build
    from aligner.formats import parse_size

    jobs, notes = building.jobs_in(texts, what.source_lang, what.target_lang, what.patterns)
    part, whole = _shard(how.shard), len(jobs)
    if part is not None:
        jobs = [job for job in jobs if build.shard_of(job.id, part[1]) == part[0]]
    settings = building.build_settings(
        formats=tuple(what.formats),
        encoder=what.encoder,
        weights=what.weights,
        read=what.read,
        paragraphs=what.paragraphs,
        from_format=what.from_format,
        nulls=what.nulls,
    )
    count = how.workers or cores.count()
    memory = parse_size(how.memory) if how.memory else memory_of_worker(count)
    for line in notes:
        tell(line)
    with (
        build.Output.open(output, settings, part, whole) as folder,
        building.runner(
            how.engine,
            building.with_places(settings, folder, what.weights),
            count,
            Limits(how.time_limit, memory),
        ) as running,
    ):
        return build.build(jobs, folder, running, retry=how.retry, keep=how.keep, progress=progress)


def memory_of_worker(workers: int) -> int:
    """Bytes that each of `workers` may use."""
    from aligner.runtime.limits import total_memory

    return int(total_memory() * _SHARE / workers)


def _shard(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    part, slash, whole = text.partition("/")
    number, count = whole_number(part), whole_number(whole)
    if not (slash and number and count and number <= count):
        raise UsageError(f"{text!r} is no shard", hint="1/4, 2/4, 3/4, 4/4")
    return number, count
