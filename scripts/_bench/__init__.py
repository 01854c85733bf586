"""What the measurements share: where texts are, processes with their cost, one way to print."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.engine.evaluating import Case

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "corpora"
GOLD = ROOT.parent / "shared" / "gold"
ALIGNER = [sys.executable, "-c", "import sys; from aligner.cli import main; main()"]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table in Markdown, its columns as wide as their cells."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[k]) for row in cells) for k in range(len(head))]
    for number, row in enumerate(cells):
        print("| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    sys.stdout.flush()


def parser(doc: str | None) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=sys.argv[0], description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def progress(line: str) -> None:
    """A line on stderr, where a person looks on."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock, seconds of processor time, peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str], env: dict[str, str] | None = None) -> Cost:
    """The cost of a whole process, by the operating system's own account of it."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **(env or {})},
    )
    assert process.stderr is not None
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{message.decode()}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; of memory the largest."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.memory for cost in costs),
    )


TextPair = tuple[tuple[str, str], tuple[Sequence[str], Sequence[str]]]
"""Languages and lines of source and target."""


def stretch(case: Case, start: int, size: int) -> TextPair:
    """So many beads of a case as a pair of texts of its own."""
    beads = case.gold[start : start + size]
    return case.langs, (
        [case.source[i] for bead in beads for i in bead.source],
        [case.target[j] for bead in beads for j in bead.target],
    )


def write_pairs(folder: Path, pairs: Iterable[TextPair]) -> list[str]:
    """Write each pair as two files, a paragraph a line; the rows of their manifest."""
    rows = []
    for number, (langs, sides) in enumerate(pairs):
        names = [f"{number:05}.{side}.txt" for side in "ab"]
        for name, lines in zip(names, sides, strict=True):
            (folder / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        rows.append("\t".join((*names, *langs)))
    return rows


def write_manifest(path: Path, rows: Iterable[str]) -> Path:
    """The manifest of some rows of `write_pairs`."""
    path.write_text("\n".join(["source\ttarget\tsource_lang\ttarget_lang", *rows, ""]), "utf-8")
    return path


def build_command(manifest: Path, output: Path, workers: int, to: str, *more: str) -> list[str]:
    """`aligner corpus build` with the embedded encoder, as a process of its own."""
    words = ["corpus", "build", str(manifest), "-o", str(output), "--workers", str(workers)]
    return [*ALIGNER, *words, "--to", to, "--encoder", "embedded", "--quiet", *more]


def folders(patterns: Sequence[str], root: Path = GOLD) -> list[Path]:
    """Case folders below `root` whose names fit one of the patterns."""
    if not root.is_dir():
        sys.exit(f"{root} is not here: name a folder of gold cases with --gold")
    return [
        folder
        for folder in sorted(root.iterdir())
        if folder.is_dir() and any(fnmatch(folder.name, pattern) for pattern in patterns)
    ]
