"""A run kept in the repository: what was measured, when, of which commit, on what machine.

    tests/benchmark/runs/2026-11-30-startup.json

`output` is what the measurement printed, line by line, and `tables` its tables taken apart, so that runs
can be compared by a program. `load` is the machine's load before and behind it: figures of a busy machine
are told by their ratios and processor seconds alone.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parents[2]
RUNS = ROOT / "tests" / "benchmark" / "runs"


class Tee(io.TextIOBase):
    """Standard output that is kept, too."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.kept = io.StringIO()

    def write(self, text: str) -> int:
        """As a stream does."""
        self.kept.write(text)
        return self.stream.write(text)

    def flush(self) -> None:
        """As a stream does."""
        self.stream.flush()


def tables_of(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The Markdown tables among the lines: columns, and rows of as many cells."""
    tables: list[dict[str, Any]] = []
    inside = False
    for before, line in zip(["", *lines], lines, strict=False):
        if not line.startswith("|"):
            inside = False
        elif not inside and set(line) <= set("|-: "):
            inside = True
            tables.append({"columns": _cells(before), "rows": []})
        elif inside:
            tables[-1]["rows"].append(_cells(line))
    return tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def processor() -> str:
    """The kind of processor, as the system names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def commit() -> str:
    """The commit that is measured, with "and changes" where the tree is another; "not known" where
    the tree is not git's.
    """

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    head = git("rev-parse", "--short=7", "HEAD")
    changed = git("status", "--porcelain", "--untracked-files=no")
    return (head or "not known") + (" and changes" if changed else "")


def _command(name: str, arguments: Sequence[str]) -> str:
    """The command, its files as seen from the root: they lie elsewhere on every machine."""
    shown = [
        os.path.relpath(each, ROOT) if Path(each).is_absolute() else each for each in arguments
    ]
    return " ".join(["scripts/bench", name, *shown])


def run_of(name: str, arguments: Sequence[str], output: str, before: float) -> dict[str, Any]:
    """What a run's file holds; `before`: the load when it began."""
    lines = output.splitlines()
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": commit(),
        "command": _command(name, arguments),
        "processor": processor(),
        "cores": usable,
        "system": platform.system(),
        "python": platform.python_version(),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "tables": tables_of(lines),
        "output": lines,
    }


def write_run(run: dict[str, Any], name: str, folder: Path = RUNS) -> Path:
    """Write the run as a new file; runs of one day are numbered."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, 1000):
        path = folder / f"{run['date']}-{name}{f'-{number}' if number > 1 else ''}.json"
        try:
            with path.open("x", encoding="utf-8") as out:
                json.dump(run, out, ensure_ascii=False, indent=1)
                out.write("\n")
        except FileExistsError:
            continue
        return path
    sys.exit(f"{folder}: there are a thousand runs of {name} on {run['date']}")
