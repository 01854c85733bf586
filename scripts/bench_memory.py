"""The translation memory at full size: import, exact, fuzzy against brute force, concordance.

    python scripts/bench_memory.py [UNITS] [QUERIES]

Units are made of the English-Spanish pairs of ../shared/gold: each is repeated with half of its
words replaced by words drawn by frequency, until there are enough. Queries are units with a tenth
to a third of their words replaced. Brute force is rapidfuzz over all sources.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz, process

from aligner.memory import Match, Memory, concordance_lines, find_matches
from aligner.model import Unit
from aligner.workflows.memory.storing import import_file

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def texts() -> list[tuple[str, str]]:
    pairs = []
    for case in sorted((SHARED / "gold").glob("*-en-es*")):
        sides = [
            case.joinpath(name).read_text().splitlines() if case.joinpath(name).exists() else []
            for name in ("src.en.txt", "tgt.es.txt")
        ]
        lines = [[line for line in side if line.strip()] for side in sides]
        pairs += list(zip(*lines, strict=False))
    return pairs


def made(count: int) -> Iterator[Unit]:
    draw = random.Random(7)
    pairs = texts()
    words = [[w for pair in pairs for w in pair[side].split()] for side in (0, 1)]
    for number in range(count):
        pair = pairs[number % len(pairs)]
        both = []
        for side in (0, 1):
            mine = [
                draw.choice(words[side]) if number >= len(pairs) and draw.random() < 0.5 else w
                for w in pair[side].split()
            ]
            both.append(" ".join(mine))
        yield Unit.of("en", "es", both[0], both[1], f"d{number // 200}", number % 200)


def changed(text: str, draw: random.Random, pool: list[str]) -> str:
    share = draw.uniform(0.1, 0.33)
    return " ".join(draw.choice(pool) if draw.random() < share else w for w in text.split())


def percentiles(times: list[tuple[float, float]]) -> str:
    out = []
    for name, which in (("wall", 0), ("processor", 1)):
        ordered = sorted(pair[which] for pair in times)
        p50, p95 = (1000 * ordered[int(len(ordered) * q)] for q in (0.5, 0.95))
        out.append(f"{name} p50 {p50:.2f} ms, p95 {p95:.2f} ms")
    return "; ".join(out)


def timed(calls: Sequence[Callable[[], object]]) -> list[tuple[float, float]]:
    out = []
    for call in calls:
        began, cpu = time.perf_counter(), time.process_time()
        call()
        out.append((time.perf_counter() - began, time.process_time() - cpu))
    return out


def write_tmx(path: Path, units: list[Unit]) -> None:
    from xml.sax.saxutils import escape

    with path.open("w") as out:
        out.write('<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n')
        for unit in units:
            out.write(
                f'<tu tuid="{unit.number}"><prop type="x-Origin">Alignment</prop>'
                '<prop type="x-ConfirmationLevel">Draft</prop><prop type="x-score">0.987</prop>'
                f'<prop type="x-align-type">1-1</prop><prop type="x-document">{unit.document}</prop>'
                f'<tuv xml:lang="en"><seg>{escape(unit.source)}</seg></tuv>'
                f'<tuv xml:lang="es"><seg>{escape(unit.target)}</seg></tuv></tu>\n'
            )
        out.write("</body></tmx>\n")


def main(count: int, queries: int) -> None:
    units = list(made(count))
    gc.freeze()  # an import has no million units of its own for the collector to walk through
    with tempfile.TemporaryDirectory() as folder:
        tmx = Path(folder, "all.tmx")
        write_tmx(tmx, units)
        path = Path(folder, "memory.db")
        with Memory(path, write=True) as memory:
            began, before = time.monotonic(), os.times()
            loaded = import_file(memory, tmx)
            wall, after = time.monotonic() - began, os.times()
            cpu = sum(after[:4]) - sum(before[:4])  # with the process that reads
            print(
                f"import of {tmx.stat().st_size / 1e6:.0f} MB TMX: {loaded.new} new,"
                f" {count / wall:.0f} units/s of wall time, {count / cpu:.0f} of processor time;"
                f" {path.stat().st_size / 1e6:.0f} MB"
            )
        with Memory(path) as memory:
            search(memory, units, queries)


def _into(found: list[Match], memory: Memory, text: str) -> None:
    found += find_matches(memory, text, "en", "es", least=70)


def search(memory: Memory, units: list[Unit], queries: int) -> None:
    draw = random.Random(11)
    sources = list(dict.fromkeys(unit.source for unit in units))
    pool = [w for unit in units[:30_000] for w in unit.source.split()]
    exact = [draw.choice(units).source for _ in range(1000)]
    print(
        "exact:",
        percentiles(
            timed([partial(find_matches, memory, t, "en", "es", least=100) for t in exact])
        ),
    )
    asked = [changed(draw.choice(sources), draw, pool) for _ in range(queries)]
    took, right, counted = [], 0, 0
    for text in asked:
        found: list[Match] = []
        took += timed([partial(_into, found, memory, text)])
        best = process.extractOne(text, sources, scorer=fuzz.ratio, score_cutoff=70)
        if best is not None:
            counted += 1
            right += bool(found) and found[0].score >= min(99, round(best[1], 1))
    print(f"fuzzy: {percentiles(took)}; best match found {right}/{counted}")
    words = sorted({w.strip(".,;:").lower() for w in draw.sample(pool, 400)} - {""})
    phrases = [" ".join(draw.choice(sources).split()[1:3]) for _ in range(200)]
    phrases = [p for p in phrases if any(c.isalnum() for c in p)]
    words = [w for w in words if any(c.isalnum() for c in w)]
    stems = [rf"\b{w[:5]}\w+" for w in words if len(w) > 6 and w.isalpha()][:150]
    for name, calls in (
        ("words", [partial(concordance_lines, memory, q, "en", "es") for q in words]),
        ("phrases", [partial(concordance_lines, memory, q, "en", "es") for q in phrases]),
        (
            "expressions",
            [partial(concordance_lines, memory, q, "en", "es", regex=True) for q in stems],
        ),
    ):
        print(f"concordance, {name}: {percentiles(timed(calls))}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(numbers[0] if numbers else 1_000_000, numbers[1] if len(numbers) > 1 else 200)
