"""Branches of the package that the tests go through, in all and by module; the bar is 95 of 100.

    scripts/bench branches                           the whole suite, some 25 minutes on two cores
    scripts/bench branches tests/unit/text ...       these tests only
    scripts/bench branches --keep FOLDER TESTS ...   adds to what is in FOLDER: package by package
    scripts/bench branches --keep FOLDER --report    only tells what is there

A branch is a jump that an `if`, a loop, a `match` or a `with` may take (coverage.py). Programs that the
tests start are measured too, but what a signal ends writes nothing: worker processes, which their
parent kills, and all tests of Ctrl-C. Scripts of the pages (JavaScript) are not Python and not in it.
Exit code 1 where less is covered than the bar asks for, or where a test fails.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from _bench import ROOT, parser, table

BAR = 95.0
_TRIES = 5
# coverage itself loads what this test forbids
LEFT_OUT = ("tests/unit/test_registry.py::test_help_imports_nothing_heavy",)


def coverage(*words: str, data: Path) -> int:
    return subprocess.run(
        [sys.executable, "-m", "coverage", *words],
        cwd=ROOT,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COVERAGE_FILE": str(data)},
    ).returncode


def share(covered: int, there: int) -> str:
    return f"{100 * covered / there:.1f}" if there else "-"


def told(files: dict[str, Any]) -> float:
    """Print the packages, and the modules below the bar; returns the share of all, in percent."""
    packages: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    below = []
    for name, file in files.items():
        there, covered = (file["summary"][f"{what}_branches"] for what in ("num", "covered"))
        for key in (name.split("/")[1].removesuffix(".py"), "all"):
            packages[key][0] += covered
            packages[key][1] += there
        if 100 * covered < BAR * there:
            below.append((there - covered, name, covered, there))
    everything = packages.pop("all", [0, 0])
    rows = [(name, *counts, share(*counts)) for name, counts in sorted(packages.items())]
    head = ("covered", "branches", "%")
    table(("package", *head), [*rows, ("all", *everything, share(*everything))])
    print()
    worst = sorted(below, key=lambda row: (-row[0], row[1]))
    table(
        ("module", "missing", *head),
        [(n, gone, covered, there, share(covered, there)) for gone, n, covered, there in worst],
    )
    return 100 * everything[0] / max(1, everything[1])


def main() -> int:
    args = parser(__doc__)
    args.add_argument("tests", nargs="*", default=["tests"], help="folders and modules of tests")
    args.add_argument("--keep", type=Path, help="folder of the data, of earlier runs too")
    args.add_argument("--report", action="store_true", help="run nothing")
    given = args.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (given.keep or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        code = 0
        if not given.report:
            left_out = [word for test in LEFT_OUT for word in ("--deselect", test)]
            command = ("run", "-m", "pytest", *given.tests, *left_out)
            code = coverage(*command, data=folder / "run")
        # data of processes that ended while they wrote are told and left; what the last one still writes
        # has another name for a moment
        data = Path(scratch, "all")
        for _ in range(_TRIES):
            if not coverage("combine", "-q", "--keep", *map(str, folder.glob("run.*")), data=data):
                break
            time.sleep(1)
        report = Path(scratch, "report.json")
        if coverage("json", "-q", "-o", str(report), data=data):
            return 1
        percent = told(json.loads(report.read_text("utf-8"))["files"])
    print(f"\n{percent:.1f} % of the branches; the bar is {BAR:g} %")
    return 1 if code or percent < BAR else 0


if __name__ == "__main__":
    sys.exit(main())
