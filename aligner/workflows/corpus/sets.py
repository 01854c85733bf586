"""Corpora as streams of units: count, filter, drop copies, part, draw, write in formats of others.

Every function reads the corpora as `corpus_units` does and writes lines of JSON, whatever the corpora
were, in files that appear when they are complete. `refused` hears of files that cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import AlignerError, Alignment, Unit, dump_unit
from aligner.workflows.corpus.units import corpus_alignments, corpus_units

if TYPE_CHECKING:
    from aligner.corpus import FilterRules, SplitFigures, Statistics
    from aligner.formats import WriteOptions

__all__ = [
    "PARTS",
    "Exported",
    "dedup_corpora",
    "export_corpora",
    "filter_corpora",
    "gather_statistics",
    "sample_corpora",
    "split_corpora",
]

PARTS = ("train", "dev", "test")
Refuse = Callable[[AlignerError], None]


class _Lines(ExitStack):
    """A .jsonl of units that appears when it is complete."""

    def __init__(self, path: Path) -> None:
        from aligner.files import output

        super().__init__()
        self._out = self.enter_context(output(path))

    def add(self, unit: Unit) -> None:
        self._out.write(f"{dump_unit(unit)}\n".encode("utf-8", "replace"))


def gather_statistics(corpora: Sequence[Path], refused: Refuse | None = None) -> Statistics:
    """Languages, segments, words, bead types, expansion, nulls, confidences of all units."""
    from aligner import corpus

    gathered = corpus.Statistics()
    for unit in corpus_units(corpora, refused):
        gathered.add(unit)
    return gathered


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
    *,
    near: bool = False,
    similarity: float = 0.85,
    sides: str = "both",
    refused: Refuse | None = None,
) -> Counter[str]:
    """Write each unit once, the first of copies. Returns how many `units` there were, how many are
    `kept`, and the copies by kind (`exact`, `near`).
    """
    from aligner import corpus

    known = corpus.Duplicates(near=near, similarity=similarity, sides=sides)
    counts: Counter[str] = Counter()
    with _Lines(output) as out:
        for unit in corpus_units(corpora, refused):
            counts["units"] += 1
            copy = known.seen(unit)
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

    folder.mkdir(parents=True, exist_ok=True)
    figures = corpus.SplitFigures()
    with ExitStack() as stack:
        files = {part: stack.enter_context(_Lines(folder / f"{part}.jsonl")) for part in PARTS}
        for part, unit in corpus.split_units(
            lambda: corpus_units(corpora, refused), dev, test, seed, figures
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
    """How many alignments were written, and how many of their units have no counterpart."""

    alignments: int
    nulls: int


def export_corpora(
    corpora: Sequence[Path],
    name: str,
    output: Path,
    options: WriteOptions,
    *,
    langs: tuple[str, str] = ("", ""),
    per_pair: bool = False,
    refused: Refuse | None = None,
) -> Exported:
    """Write what is of these languages in the format `name`: pooled, or a file a pair in the folder
    `output` (see `pooling`).
    """
    from aligner.workflows.corpus import pooling

    nulls = 0

    def counted() -> Iterator[Alignment]:
        nonlocal nulls
        for one in corpus_alignments(corpora, refused, langs):
            nulls += sum(bead.is_null for bead in one.beads)
            yield one

    write = pooling.export_pairs if per_pair else pooling.export_pool
    count = write(counted(), name, output, options)
    return Exported(count, nulls)
