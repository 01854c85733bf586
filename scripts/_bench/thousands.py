"""A corpus of thousands of small pairs: built with kills at random moments, resumed, verified.

    scripts/bench thousands [--pairs 10000] [--kills 3] [--workers 2] [--seed 1]

The pairs are stretches of six to ten beads of corpora/training, each with a line of its own, so that no
two are equal. SIGKILL goes to the whole process group. At the end every pair must be there, `corpus
verify` must find nothing, and the files of two hundred pairs drawn at random must be those that a build
of these alone, never killed, writes. Resident memory is the largest of any one process.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _bench import ALIGNER, CORPORA, build_command, stretch, write_manifest, write_pairs

if TYPE_CHECKING:
    from _bench import TextPair

_BEADS = (6, 10)
_COMPARED = 200
_TO = "jsonl"


def pairs(count: int, draw: random.Random) -> Iterator[TextPair]:
    """Stretches of the training texts, each with a first line of its own."""
    from aligner.engine.evaluating import find_cases, load_gold

    cases = [load_gold(path) for path in find_cases(CORPORA / "training")]
    for number in range(count):
        case = draw.choice(cases)
        size = draw.randint(*_BEADS)
        langs, (source, target) = stretch(case, draw.randrange(len(case.gold) - size), size)
        heads = [f"{number:05} / {draw.randint(1, 10**6)}" for _ in range(2)]
        yield langs, ([heads[0], *source], [heads[1], *target])


def told(*words: str) -> Any:
    done = subprocess.run([*ALIGNER, "corpus", *words, "--json"], capture_output=True, check=False)
    return json.loads(done.stdout), done.returncode


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of every pair, by the pair's folder and the file's name."""
    return {
        f"{path.parent.name}/{path.name}": path.read_bytes()
        for path in (folder / "pairs").rglob("*")
        if path.is_file()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--soon", type=float, default=120, help="a kill at most so many seconds after"
    )
    options = parser.parse_args(arguments)
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        rows = write_pairs(folder / "in", pairs(options.pairs, draw))
        table = write_manifest(folder / "in" / "pairs.tsv", rows)
        output = folder / "out"
        began = time.monotonic()
        for _ in range(options.kills):
            process = subprocess.Popen(
                build_command(table, output, options.workers, _TO), start_new_session=True
            )
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(draw.uniform(5, options.soon))
            if process.poll() is not None:
                print("the build ended before the kill: more pairs, or a lower --soon")
                return 1
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status, _ = told("status", str(output))
            print(
                f"killed after {time.monotonic() - began:.0f} s: {status['done']} pairs", flush=True
            )
        code = subprocess.run(
            build_command(table, output, options.workers, _TO), check=False
        ).returncode
        spent = time.monotonic() - began
        status, _ = told("status", str(output))
        _, verified = told("verify", str(output))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        few = draw.sample(rows, min(_COMPARED, len(rows)))
        alone = folder / "alone"
        subprocess.run(
            build_command(write_manifest(folder / "in" / "few.tsv", few), alone, 1, _TO), check=True
        )
        there, expected = files_of(output), files_of(alone)
        equal = sum(there.get(key) == value for key, value in expected.items())
        print(
            f"{options.pairs} pairs, {options.kills} kills: exit {code}, {status['done']} done, "
            f"{status['failed']} failed, verify {verified}, {spent:.0f} s, "
            f"{3600 * options.pairs / spent / options.workers:.0f} pairs an hour and worker, "
            f"{memory:.0f} MB; {equal} of {len(expected)} files as built alone"
        )
        good = code == 0 and verified == 0 and status["done"] == options.pairs
        return 0 if good and equal == len(expected) else 1


if __name__ == "__main__":
    sys.exit(main())
