"""How long Ctrl-C and SIGTERM take to end each command at its work, and what they do at its start.

Every command gets both signals after nine tenths of a second of processor time, when all is loaded;
the seconds are those from the signal to the end of the process, and the bar is two. Then starts of
the command are stopped after so many milliseconds of processor time, from the first on: before this
program's own first line runs, Python ends the process as it always does, killed by the signal or with
a traceback of its own imports.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from _bench import CORPORA, ROOT, parser, progress, table

sys.path.insert(0, str(ROOT))

from tests.unit.cli.stopping import COMMANDS, make_inputs, stop

SIGNALS = (signal.SIGINT, signal.SIGTERM)
WORD = b"aligner: interrupted: "
_MAIN = [sys.executable, "-m", "aligner"]
# what pip writes into the command `aligner`
_SCRIPT = "import re, sys; from aligner.cli import program; sys.exit(program())"


def command(*arguments: object) -> None:
    subprocess.run([*_MAIN, *map(str, arguments)], check=True, capture_output=True)


def _used(process: int) -> float:
    """Milliseconds of processor time."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6
    except (OSError, IndexError):
        return 0.0


def at_work(size: float, wanted: list[str]) -> None:
    rows: list[tuple[object, ...]] = []
    longest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder, scratch = Path(name, "in"), Path(name, "scratch")
        folder.mkdir()
        scratch.mkdir()
        os.environ["PYTHONPATH"] = str(ROOT)
        progress("making the inputs")
        make_inputs(folder, command, size)
        for one in COMMANDS:
            if wanted and one.name not in wanted:
                continue
            ends = []
            for number in SIGNALS:
                progress(f"{one.name}: {number.name}")
                ends.append(stop(one, folder, number, scratch))
                for path in folder.glob("new*"):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            clean = all(
                end.code == 2
                and end.err.encode().count(WORD) == 1
                and not (end.left or end.changed or end.temporary)
                for end in ends
            )
            longest = max(longest, *(end.seconds for end in ends))
            rows.append((one.line[:60], *(f"{end.seconds:.2f}" for end in ends), clean))
    progress("")
    table(("command", *(f"s, {number.name}" for number in SIGNALS), "code 2, a word, clean"), rows)
    print(f"longest: {longest:.2f} s")


def at_the_start(each: int) -> None:
    texts = [str(CORPORA / "interview" / f"{lang}.html") for lang in ("es", "en")]
    rows = []
    for milliseconds in (0, 5, 10, 15, 20, 25, 30, 40, 60, 100, 200, 300):
        ends: Counter[str] = Counter()
        for number in range(each):
            progress(f"start, {milliseconds} ms")
            process = subprocess.Popen(
                [sys.executable, "-c", _SCRIPT, "align", *texts, "--to", "beads", "-o", "-"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            while _used(process.pid) < milliseconds and process.poll() is None:
                time.sleep(0.0005)
            process.send_signal(SIGNALS[number % 2])
            _, err = process.communicate()
            if process.returncode == 2 and err.startswith(WORD):
                ends["word"] += 1
            elif process.returncode < 0:
                ends["signal"] += 1
            else:
                ends["traceback"] += 1
        rows.append((milliseconds, ends["word"], ends["signal"], ends["traceback"]))
    progress("")
    table(("CPU ms after the start", "code 2, a word", "ended by the signal", "traceback"), rows)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("commands", nargs="*", help="only these ('memory import'), or: start")
    options.add_argument("--size", type=float, default=1.0, help="of the inputs")
    options.add_argument("--starts", type=int, default=20, help="for each number of milliseconds")
    given = options.parse_args()
    if given.commands != ["start"]:
        at_work(given.size, given.commands)
    at_the_start(given.starts)


if __name__ == "__main__":
    main()
