"""How long the command takes from nothing: help, imports, the first and later small alignments.

Whole processes, run in turn so that all see the same machine. The case is corpora/interview, 99 x
97 segments: `lines` has its segments one a line, `pages` its two web pages, out to TMX and TEI.
`first` has an empty cache folder (see aligner/engine/embedding/store.py), `cached` the one before it.
Byte code is kept, as where a package is installed, also where PYTHONDONTWRITEBYTECODE says otherwise.
Judge by processor time and by the ratio to an interpreter that does nothing, where the machine is
not idle.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from _bench import CORPORA, Cost, median, parser, progress, run, table

MAIN = "from aligner.cli import main; main()"
# (row, largest seconds, largest MB) as the project promises them on 2 idle cores
BARS = {
    "aligner --help": "<= 0.35 s, <= 4 x python",
    "lines, first": "<= 1.5 s, <= 400 MB",
    "lines, cached": "<= 1.0 s, <= 20 x python, imports <= 0.4 s, <= 400 MB",
}


def commands(folder: Path) -> dict[str, tuple[list[str], bool]]:
    """Name -> (command, whether the cache is emptied first)."""
    python = sys.executable
    lines = [str(CORPORA / "interview" / f"{lang}.segments.txt") for lang in ("es", "en")]
    pages = [str(CORPORA / "interview" / f"{lang}.html") for lang in ("es", "en")]
    of_lines = [*lines, "--segmented", "-s", "es", "-t", "en", "-o", str(folder / "out.beads")]
    of_pages = [*pages, "-o", str(folder / "out.tmx"), "-o", str(folder / "out.tei.xml")]
    return {
        "python -c pass": ([python, "-c", "pass"], False),
        "aligner --help": ([python, "-c", MAIN, "--help"], False),
        "import aligner": ([python, "-c", "import aligner"], False),
        "lines, first": ([python, "-c", MAIN, "align", *of_lines], True),
        "lines, cached": ([python, "-c", MAIN, "align", *of_lines], False),
        "pages, cached": ([python, "-c", MAIN, "align", *of_pages], False),
    }


LOADED = """
import sys
from aligner.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
IMPORT = """
import contextlib, importlib, sys, time
begin = time.process_time()
for name in sys.argv[1:]:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
print(time.process_time() - begin)
"""


def import_seconds(command: list[str], env: dict[str, str]) -> float:
    """Processor time of importing, and nothing else, all modules that the command loads."""

    def told(words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, capture_output=True, text=True, check=False, env={**os.environ, **env}
        )

    python, _, _, *rest = command
    modules = told([python, "-c", LOADED, *rest]).stderr.splitlines()[-1].split()
    return min(float(told([python, "-c", IMPORT, *modules]).stdout) for _ in range(3))


def main() -> None:
    options = parser(__doc__)
    options.add_argument("-n", "--runs", type=int, default=5)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "bytes"),
        }
        table_of = commands(folder)
        costs: dict[str, list[Cost]] = {row: [] for row in table_of}
        for number in range(runs + 1):  # the first round warms the disk and is not counted
            for row, (command, empty) in table_of.items():
                progress(f"round {number} of {runs}: {row}")
                if empty:
                    for old in (folder / "cache").glob("aligner/*"):
                        old.unlink()
                cost = run(command, env)
                if number:
                    costs[row].append(cost)
        progress("")
        imports = {
            row: import_seconds(table_of[row][0], env)
            for row in ("aligner --help", "lines, cached", "pages, cached")
        }
        base = median(costs["python -c pass"]).cpu
        table(
            ("process", "seconds", "CPU s", "x python", "imports CPU s", "peak MB", "bar"),
            [
                (
                    row,
                    f"{cost.wall:.2f}",
                    f"{cost.cpu:.2f}",
                    f"{cost.cpu / base:.1f}",
                    f"{imports[row]:.2f}" if row in imports else "",
                    f"{cost.memory:.0f}",
                    BARS.get(row, ""),
                )
                for row, each in costs.items()
                for cost in [median(each)]
            ],
        )


if __name__ == "__main__":
    main()
