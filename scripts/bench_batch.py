"""`aligner corpus build` at full size: throughput on one and two cores, kills, the dask engine.

    python scripts/bench_batch.py [throughput] [dask] [kills] [--pairs 500] [--kills 50]

Pairs are documents of ../shared/docpair and stretches of 40 beads of ../shared/gold, written to a
temporary folder with a manifest. Each kill is a SIGKILL to the whole process group at a random
moment; what was finished before is counted by the modification times of its files afterwards.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from _bench import TextPair, build_command, stretch, write_manifest, write_pairs

from aligner.engine.evaluating.cases import load_gold

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
STRETCH = 40
STEPS = ("throughput", "dask", "kills")
SOON = 12.0  # seconds: the latest kill after a start, so that fifty kills fall into one run or two


def documents() -> list[TextPair]:
    out: list[TextPair] = []
    for name in ("ntrex-en-fr", "ntrex-en-ru"):
        folder = SHARED / "docpair" / name
        for line in (folder / "key.tsv").read_text().splitlines():
            source, target, _ = line.split("\t")
            one, other = [
                (folder / side / file).read_text().splitlines()
                for side, file in (("src", source), ("tgt", target))
            ]
            out.append(((name.split("-")[1], name.split("-")[2]), (one, other)))
    for path in sorted((SHARED / "gold").glob("*")):
        if not (path / "META.json").exists() or path.name.startswith(("hard", "ntrex", "udhr")):
            continue
        case = load_gold(path)
        for start in range(0, len(case.gold) - STRETCH // 2, STRETCH):
            langs, sides = stretch(case, start, STRETCH)
            if all(sides):
                out.append((langs, sides))
    return out


def write(folder: Path, count: int) -> Path:
    chosen = random.Random(3).sample(documents(), count)
    return write_manifest(folder / "pairs.tsv", write_pairs(folder, chosen))


def command(manifest: Path, output: Path, workers: int, *more: str) -> list[str]:
    return build_command(manifest, output, workers, "tmx", *more)


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def timed(run: list[str], cores: set[int]) -> float:
    began = time.monotonic()
    subprocess.run(run, check=True, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    return time.monotonic() - began


def kills(manifest: Path, folder: Path, whole: Path, seconds: float, count: int) -> None:
    draw = random.Random(8)
    expected = content(whole)
    rounds = redone = 0
    killed = 0
    while killed < count:
        rounds += 1
        output = folder / f"killed{rounds}"
        while killed < count:
            before = {p: p.stat().st_mtime_ns for p in output.glob("pairs/*/quality.json")}
            process = subprocess.Popen(command(manifest, output, 2), start_new_session=True)
            try:
                process.wait(draw.uniform(0.2, min(SOON, seconds / 4)))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                killed += 1
                redone += sum(p.stat().st_mtime_ns != t for p, t in before.items())
                continue
            break
        subprocess.run(command(manifest, output, 2), check=True)
        if content(output) != expected:
            print("NOT EQUAL after", rounds, "rounds")
            sys.exit(1)
    print(f"{killed} kills in {rounds} runs: all ended byte-equal, {redone} finished pairs redone")


def main(steps: Sequence[str], count: int, kill_count: int) -> None:
    cores = sorted(os.sched_getaffinity(0))[:2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        manifest = write(folder / "in", count)
        whole = folder / "two"
        two = timed(command(manifest, whole, 2), set(cores))
        if "throughput" in steps:
            one = timed(command(manifest, folder / "one", 1), {cores[0]})
            print(
                f"{count} pairs: one core {one:.1f} s, two cores {two:.1f} s, {one / two:.2f} times;"
                f" equal: {content(folder / 'one') == content(whole)}"
            )
        if "dask" in steps:
            took = timed(command(manifest, folder / "dask", 2, "--engine", "dask"), set(cores))
            same = content(folder / "dask") == content(whole)
            print(f"dask, two local workers: {took:.1f} s; equal: {same}")
        if "kills" in steps:
            kills(manifest, folder, whole, two, kill_count)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("steps", nargs="*", default=[], metavar="STEP", help="|".join(STEPS))
    options.add_argument("--pairs", type=int, default=500)
    options.add_argument("--kills", type=int, default=50)
    given = options.parse_args()
    if unknown := set(given.steps) - set(STEPS):
        options.error(f"no such step: {', '.join(sorted(unknown))}")
    main(given.steps or STEPS, given.pairs, given.kills)
