"""How much of the machine's float32 matrix-product rate the embedded encoder's pass reaches.

    scripts/bench_encode.py ../shared/gold/ntrex-en-es-dev [--threads N] [--rounds 5]

Both are measured in turn in one process: the pass over all segments of a case (tokens made
before), and products of the size that the pass is made of, both on N threads with one BLAS thread
each. Times are the best round's, wall and CPU (on a busy machine only CPU seconds mean something).

Work of the pass, counted as the products of a plain implementation, 2 operations a multiply-add:

    convolutions    tokens x 2 x (2 + 3 + 5) window tokens x 256 x 256
    projection      distinct tokens x 512 x 768
    edges           segments x 124 window tokens x 256 x 256 (see additive.py), 3 x 1280 x 512
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from aligner.engine.embedding import additive
from aligner.engine.embedding.embedded import EmbeddedEncoder
from aligner.engine.embedding.network import ORDERS, on_threads
from aligner.engine.evaluating import load_gold

_SHAPE = (1024, 1280, 256)


def edge_windows() -> int:
    """Tokens in all windows that one segment's two edges compute anew."""
    count = 0
    for order, left in ORDERS:
        for reach in (left, order - 1 - left):
            count += (3 * reach + 2) * order
    return count


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("case", type=Path)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    if args.threads:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.threads])
    threads = len(os.sched_getaffinity(0))
    case = load_gold(args.case)
    encoder = EmbeddedEncoder()
    ids = encoder._ids([*case.source, *case.target])  # noqa: SLF001
    tokens = sum(map(len, ids))
    distinct = len({token for row in ids for token in row})
    windows = tokens * 2 * sum(order for order, _ in ORDERS) + len(ids) * edge_windows()
    work = 2 * (windows * 256 * 256 + distinct * 512 * 768 + len(ids) * 3 * 1280 * 512)
    rng = np.random.default_rng(0)
    rows, inner, columns = _SHAPE
    left = rng.standard_normal((threads, rows, inner), dtype=np.float32)
    right = rng.standard_normal((inner, columns), dtype=np.float32)
    repeats = max(8, round(work / threads / (2 * rows * inner * columns) / 4))

    def products() -> None:
        def one(number: int) -> None:
            for _ in range(repeats):
                left[number] @ right

        list(on_threads(one, range(threads)))

    best = {"pass": [np.inf, np.inf], "products": [np.inf, np.inf]}
    additive.overlaps(encoder.network, ids)
    for _ in range(args.rounds):
        for name, job in (
            ("products", products),
            ("pass", lambda: additive.overlaps(encoder.network, ids)),
        ):
            best[name] = [min(pair) for pair in zip(best[name], timed(job), strict=True)]
    done = {"pass": work, "products": threads * repeats * 2 * rows * inner * columns}
    print(f"{tokens} tokens, {len(ids)} segments, {threads} threads, {work / 1e9:.0f} GFLOP")
    print("| | wall s | GFLOP/s | CPU s | GFLOP/s a CPU second |")
    print("|---|---|---|---|---|")
    for name, (wall, cpu) in best.items():
        rate = done[name] / 1e9
        print(f"| {name} | {wall:.2f} | {rate / wall:.0f} | {cpu:.2f} | {rate / cpu:.0f} |")
    for number, name in enumerate(("wall", "CPU")):
        share = (done["pass"] / best["pass"][number]) / (
            done["products"] / best["products"][number]
        )
        print(f"share of the product rate, by {name} time: {share:.0%}")
    print(f"{tokens / best['pass'][0]:.0f} tokens/s")


if __name__ == "__main__":
    main()
