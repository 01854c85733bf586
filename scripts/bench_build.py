"""`aligner corpus build` on many small pairs: what each second of a worker goes to, and how many there are.

    python scripts/bench_build.py stages [--pairs 300]      processor seconds a stage, one worker's work, one core
    python scripts/bench_build.py pairs FOLDER [--pairs 300]    write the pairs and their manifest
    python scripts/bench_build.py rate MANIFEST             processor seconds of the same work as one figure
    python scripts/bench_build.py engines [--pairs 300]     own pool and Dask: wall and processor seconds

Pairs are stretches of twenty beads of the texts of corpora/ that have gold, at starts drawn by chance,
so that any number can be made. Seconds are of the processor, for the machine may be busy; the first
pairs (loading of the encoder, of rules and tables) are apart. `rate` runs unchanged with another tree
in PYTHONPATH.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from _bench import CORPORA, build_command, stretch, write_manifest, write_pairs

STRETCH = 20
WARM = 6  # pairs before the clock starts
# what is measured, the innermost first counts: (stage, module, name)
STAGES = (
    ("digests of the texts", "aligner.corpus.build.worker", "digests_of"),
    ("read", "aligner.workflows.reading", "read_alike"),
    ("tell the language", "aligner.workflows.reading", "detect_language"),
    ("segment", "aligner.segmenting", "segment"),
    ("encode", "aligner.engine.embedding", "encode_pair"),
    ("features and scores", "aligner.engine.solving", "score_pair"),
    ("words of beads (second look)", "aligner.engine.solving", "rescore"),
    ("decode", "aligner.engine.decoding", "decode_beads"),
    ("crossings", "aligner.engine.features", "find_crossings"),
    ("write JSON and TMX", "aligner.formats", "write"),
)


def write(folder: Path, count: int) -> Path:
    """The pairs as files, and their manifest."""
    from aligner.engine.evaluating.cases import load_gold

    chance = random.Random(5)
    cases = []
    for path in sorted([*(CORPORA / "training").iterdir(), CORPORA / "interview"]):
        if path.is_dir():
            case = load_gold(path)
            if len(case.gold) > STRETCH and all(case.langs):
                cases.append(case)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = (chance.choice(cases) for _ in range(count))
    pairs = (stretch(case, chance.randrange(len(case.gold) - STRETCH), STRETCH) for case in chosen)
    return write_manifest(folder / "pairs.tsv", write_pairs(folder, pairs))


class Clock:
    """Processor seconds a stage, without those of stages inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside = [0.0]

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            self._inside.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                whole = time.process_time() - began
                self.seconds[stage] += whole - self._inside.pop()
                self._inside[-1] += whole

        return measured


def worked(manifest: Path, clock: Clock | None = None) -> tuple[float, int, int]:
    """Processor seconds, pairs, segments of the work of one worker on one core."""
    from aligner.corpus.build import Output
    from aligner.corpus.build.worker import attempt, load_work
    from aligner.runtime import cores
    from aligner.workflows.corpus import building

    cores.bind(cores.numbers()[:1])
    jobs, _ = building.jobs_in(manifest, "", "", ("", ""))
    with tempfile.TemporaryDirectory() as folder:
        settings = building.build_settings(formats=("tmx",))
        with Output.open(Path(folder), settings) as output:
            try:
                placed = building.with_places(settings, output)
            except AttributeError:  # a tree of before
                placed = building.with_places(settings, Path(folder))  # type: ignore[arg-type]
            work = load_work(building.PAIR_WORK, placed)
            for job in jobs[:WARM]:
                attempt(work, job)
            if clock is not None:
                for stage, module, name in STAGES:
                    home = import_module(module)
                    if hasattr(home, name):
                        setattr(home, name, clock.around(stage, getattr(home, name)))
            began, segments = time.process_time(), 0
            for job in jobs[WARM:]:
                quality = getattr(attempt(work, job), "quality", {})
                segments += sum(quality.get(f"{x}_segments", 0) for x in ("source", "target"))
            return time.process_time() - began, len(jobs) - WARM, segments


def stages(count: int) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        whole, pairs, segments = worked(write(Path(folder), count), clock)
    clock.seconds["the rest"] = whole - sum(clock.seconds.values())
    print(f"{pairs} pairs, {segments} segments, {whole:.1f} processor seconds")
    for stage, seconds in sorted(clock.seconds.items(), key=lambda row: -row[1]):
        print(f"| {stage} | {seconds / pairs * 1000:.1f} ms | {seconds / whole:.1%} |")


def engines(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        manifest = write(Path(folder) / "texts", count)
        for engine in ("processes", "dask") * 3:
            out = Path(folder) / f"out-{time.monotonic_ns()}"
            build(manifest, out, engine)


def build(manifest: Path, out: Path, engine: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(build_command(manifest, out, 1, "tmx", "--engine", engine), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{engine:10} wall {time.monotonic() - began:6.1f} s  processor {used:6.1f} s", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("stages", "pairs", "rate", "engines"))
    parser.add_argument("place", nargs="?", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    options = parser.parse_args()
    if options.what == "stages":
        stages(options.pairs)
    elif options.what == "engines":
        engines(options.pairs)
    elif options.what == "pairs":
        print(write(options.place, options.pairs))
    else:
        whole, pairs, segments = worked(options.place)
        print(
            f"{whole:.2f} s, {pairs} pairs, {segments} segments, {3600 * pairs / whole:.0f} an hour"
        )


if __name__ == "__main__":
    main()
