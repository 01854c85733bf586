"""Corpora as streams of units: count, filter, drop copies, part, draw, write in formats of others.

Every function reads the corpora as `corpus_units` does and writes lines of JSON, whatever the corpora
were, in files that appear when they are complete. `refused` hears of files that cannot be read.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.files import is_stdout, scratch_folder, storage
from aligner.files.opening import open_stream
from aligner.files.output_places import check_places, check_suffix, not_stdout
from aligner.model import AlignerError, Alignment, Unit, UsageError, dump_unit
from aligner.workflows.corpus.known import KnownDocuments, place_beside
from aligner.workflows.corpus.units import corpus_alignments, corpus_units, units_of

if TYPE_CHECKING:
    from aligner.corpus import DuplicateRules, FilterRules, SplitFigures
    from aligner.formats import WriteOptions

__all__ = [
    "PARTS",
    "Exported",
    "check_export",
    "dedup_corpora",
    "export_corpora",
    "filter_corpora",
    "gather_statistics",
    "sample_corpora",
    "split_corpora",
    "write_statistics",
]

PARTS = ("train", "dev", "test")
# of the formats in which a corpus is one file
_SUFFIXES = {
    "tmx": (".tmx", ".tmx.gz"),
    "jsonl": (".jsonl",),
    "parquet": (".parquet",),
    "tei": (".xml", ".tei"),
}
Refuse = Callable[[AlignerError], None]


class _Lines(ExitStack):
    """A .jsonl of units that appears when it is complete."""

    def __init__(self, path: Path) -> None:
        from aligner.files import output

        super().__init__()
        self._out = self.enter_context(output(path))

    def add(self, unit: Unit) -> None:
        self._out.write(f"{dump_unit(unit)}\n".encode("utf-8", "replace"))


@contextmanager
def _readable_again(
    corpora: Sequence[Path], beside: Path | None = None
) -> Iterator[tuple[tuple[Path, ...], Path]]:
    """The corpora, standard input copied to a file, and an empty folder for what is too large for
    memory, beside the output.
    """
    with scratch_folder(None if beside is None or is_stdout(beside) else beside) as folder:
        paths = []
        for path in corpora:
            if is_stdout(path):
                copy = folder / "standard input"
                with open_stream("-") as stream, copy.open("wb") as out:
                    shutil.copyfileobj(stream, out)
                path = copy  # noqa: PLW2901 - the same corpus in another place
            paths.append(path)
        inner = folder / "parts"
        inner.mkdir()
        yield tuple(paths), inner


def gather_statistics(corpora: Sequence[Path], refused: Refuse | None = None) -> dict[str, Any]:
    """Languages, segments, words, bead types, expansion, nulls, confidences of all units (see
    `Statistics.figures`).
    """
    from aligner import corpus

    with scratch_folder() as folder:
        gathered = corpus.Statistics(folder)
        for unit in corpus_units(corpora, refused):
            gathered.add(unit)
        return gathered.figures()


def write_statistics(figures: dict[str, Any], corpora: Sequence[Path], page: Path) -> None:
    """Figures of `gather_statistics` as a page with plots. Raises ExportError."""
    from aligner import corpus
    from aligner.files import output

    title = ", ".join(path.name for path in corpora)
    with output(page) as out:
        out.write(corpus.as_html(figures, title).encode("utf-8", "backslashreplace"))


def filter_corpora(
    corpora: Sequence[Path],
    output: Path,
    rules: FilterRules,
    rejected: Path | None = None,
    refused: Refuse | None = None,
) -> Counter[str]:
    """Write the units that break no rule, the others with their reasons (labels `dropped:...`) to
    `rejected`. Returns how many `units` there were, how many are `kept`, and each reason's number.
    """
    from aligner import corpus
    from aligner.workflows import reading

    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        good = stack.enter_context(_Lines(output))
        bad = stack.enter_context(_Lines(rejected)) if rejected else None
        for unit in corpus_units(corpora, refused):
            counts["units"] += 1
            why = list(corpus.reasons(unit, rules, reading.detect_language))
            if not why:
                good.add(unit)
                counts["kept"] += 1
                continue
            counts.update(why)
            if bad:
                bad.add(unit._replace(labels=(*unit.labels, *(f"dropped:{w}" for w in why))))
    return counts


def dedup_corpora(
    corpora: Sequence[Path],
    output: Path,
    rules: DuplicateRules,
    refused: Refuse | None = None,
) -> Counter[str]:
    """Write each unit once, the first of copies. Returns how many `units` there were, how many are
    `kept`, and the copies by kind (`exact`, `near`).
    """
    from aligner import corpus

    counts: Counter[str] = Counter()
    with _readable_again(corpora, output) as (paths, folder), _Lines(output) as out:
        for unit, copy in corpus.without_duplicates(
            lambda: corpus_units(paths, refused), rules, folder
        ):
            counts["units"] += 1
            counts[copy or "kept"] += 1
            if not copy:
                out.add(unit)
    return counts


def split_corpora(
    corpora: Sequence[Path],
    folder: Path,
    dev: float,
    test: float,
    seed: str,
    refused: Refuse | None = None,
) -> SplitFigures:
    """Write `train.jsonl`, `dev.jsonl` and `test.jsonl`: whole documents, those shares of them."""
    from aligner import corpus

    storage.make_folder(folder)
    figures = corpus.SplitFigures()
    with ExitStack() as stack:
        paths, scratch = stack.enter_context(_readable_again(corpora, folder / "train.jsonl"))
        files = {part: stack.enter_context(_Lines(folder / f"{part}.jsonl")) for part in PARTS}
        for part, unit in corpus.split_units(
            lambda: corpus_units(paths, refused), dev, test, seed, figures, scratch
        ):
            files[part].add(unit)
    return figures


def sample_corpora(
    corpora: Sequence[Path], output: Path, count: int, seed: int, refused: Refuse | None = None
) -> None:
    """Write `count` units, each with the same chance, in their order."""
    from aligner import corpus

    with _Lines(output) as out:
        for unit in corpus.sample_units(corpus_units(corpora, refused), count, seed):
            out.add(unit)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many alignments were written, and how many of their units have no counterpart. `known`: the
    file beside the output with what is known of the documents, where the format has no place for it.
    """

    alignments: int
    nulls: int
    known: Path | None = None


def check_export(
    corpora: Sequence[Path], to: str | None, output: Path, *, per_pair: bool, shard_size: int
) -> str:
    """The format to write: `to`, or what the name of the output says. Raises UsageError where
    `export_corpora` could not write what is asked for, or not there, MissingExtra where it could
    not for want of a library.
    """
    from aligner.formats import format_of
    from aligner.workflows.corpus import pooling, shards

    if to is None:
        if is_stdout(output):
            raise UsageError("standard output needs a format", hint="add --to tmx, --to jsonl")
        if per_pair or shard_size:
            raise UsageError(
                "a folder does not say which format to write",
                context=str(output),
                hint="name the format with --to",
            )
        to = format_of(output.name)
    if shard_size:
        shards.check_format(to)
    if per_pair and shard_size:
        raise UsageError(
            "--per-pair and --shard-size contradict each other", hint="give one of them"
        )
    if per_pair or shard_size or to in pooling.SEVERAL:
        not_stdout(output, "several files")
        if storage.is_file(output):
            raise UsageError(
                "there is a file of this name", context=str(output), hint="name a folder, or a stem"
            )
        return to
    check_places([output], corpora)
    if to in _SUFFIXES:  # of others export_pool says that it does not know them
        check_suffix(output, _SUFFIXES[to], f"--to is {to}: name the file so")
    return to


def export_corpora(
    corpora: Sequence[Path],
    name: str,
    output: Path,
    options: WriteOptions,
    *,
    langs: tuple[str, str] = ("", ""),
    per_pair: bool = False,
    shard_size: int = 0,
    refused: Refuse | None = None,
) -> Exported:
    """Write what is of these languages in the format `name`: pooled, or a file a pair in the folder
    `output` (see `pooling`), or files of `shard_size` units in it (see `shards`).
    """
    from aligner.workflows.corpus import pooling, shards

    nulls = 0

    def counted() -> Iterator[Alignment]:
        nonlocal nulls
        for one in corpus_alignments(corpora, refused, langs):
            nulls += sum(bead.is_null for bead in one.beads)
            yield one

    if shard_size:
        units = (unit for one in counted() for unit in units_of(one))
        return Exported(shards.write_shards(units, name, output, shard_size), nulls)
    write = pooling.export_pairs if per_pair else pooling.export_pool
    beside = place_beside(name, output, folder=per_pair or name == "opus")
    if beside is None:
        return Exported(write(counted(), name, output, options), nulls)
    with KnownDocuments(beside) as known:
        count = write(known.passing(counted()), name, output, options)
    return Exported(count, nulls, beside if known.count else None)
