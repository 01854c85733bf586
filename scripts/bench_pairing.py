"""Document pairing at full size: ../shared/docpair, partners removed, 10,000 x 10,000.

    python scripts/bench_pairing.py [docpair] [removed] [large]

`removed`: a quarter of the partners is taken away on each side, ten times at random. `large`:
documents of 6 to 18 sentence pairs drawn from ../shared/gold (en-es), written to a temporary folder
and paired from there, so that reading and segmenting are timed too.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from aligner.corpus import pairing
from aligner.workflows.corpus.pairing import SideReading, profiles_of

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SETS = ("ntrex-en-fr", "ntrex-en-ru")


def f1(found: set[tuple[str, str]], gold: set[tuple[str, str]]) -> float:
    return 2 * len(found & gold) / (len(found) + len(gold))


def profiles(name: str) -> tuple[list[pairing.Profile], list[pairing.Profile], dict[str, str]]:
    folder = SHARED / "docpair" / name
    sides = []
    for side, lang in (("src", name.split("-")[1]), ("tgt", name.split("-")[2])):
        made, _ = profiles_of(sorted(map(str, (folder / side).iterdir())), SideReading(lang))
        sides.append(made)
    rows = [line.split("\t") for line in (folder / "key.tsv").read_text().splitlines()]
    return sides[0], sides[1], {row[0]: row[1] for row in rows}


def run(source: list[pairing.Profile], target: list[pairing.Profile], key: dict[str, str]) -> float:
    names = [[Path(p.name).name for p in side] for side in (source, target)]
    found = {
        (names[0][p.source], names[1][p.target])
        for p in pairing.pair_documents(source, target)
        if p.target is not None
    }
    there = set(names[1])
    return f1(found, {(s, key[s]) for s in names[0] if key[s] in there})


def small(*, removed: bool, full: bool) -> None:
    for name in SETS:
        source, target, key = profiles(name)
        if full:
            print(f"{name}: F1 {run(source, target, key):.4f}")
        if removed:
            scores = []
            for seed in range(10):
                draw = random.Random(seed)
                left = draw.sample(source, len(source) * 3 // 4)
                right = draw.sample(target, len(target) * 3 // 4)
                scores.append(run(left, right, key))
            mean = sum(scores) / len(scores)
            print(f"{name}: a quarter removed, F1 mean {mean:.4f}, least {min(scores):.4f}")


def sentences() -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for case in sorted((SHARED / "gold").glob("*-en-es*")):
        texts = []
        for side in ("src.en.txt", "tgt.es.txt"):
            path = case / side
            texts.append(
                [line for line in path.read_text().splitlines() if line.strip()]
                if path.exists()
                else []
            )
        for line in (case / "gold.txt").read_text().splitlines():
            left, _, right = line.partition(":")
            i, j = (part.strip("[] \n") for part in (left, right.split(":")[0]))
            if i.isdigit() and j.isdigit() and int(i) < len(texts[0]) and int(j) < len(texts[1]):
                pairs.append((texts[0][int(i)], texts[1][int(j)]))
    return [pair for pair in pairs if len(pair[0]) > 20]


def large(count: int) -> None:
    draw = random.Random(1)
    pool = sentences()
    order = list(range(count))
    draw.shuffle(order)
    with tempfile.TemporaryDirectory() as folder:
        left, right = Path(folder, "a"), Path(folder, "b")
        left.mkdir()
        right.mkdir()
        for number in range(count):
            chosen = draw.sample(pool, draw.randint(6, 18))
            (left / f"{number:05}.txt").write_text("\n".join(p[0] for p in chosen))
            (right / f"{order[number]:05}.txt").write_text("\n".join(p[1] for p in chosen))
        began = time.monotonic()
        sides = [
            profiles_of(sorted(map(str, side.iterdir())), SideReading(lang), 2)[0]
            for side, lang in ((left, "en"), (right, "es"))
        ]
        read = time.monotonic() - began
        key = {f"{number:05}.txt": f"{order[number]:05}.txt" for number in range(count)}
        score = run(sides[0], sides[1], key)
        whole = time.monotonic() - began
    print(
        f"{count} x {count} from {len(pool)} sentence pairs: F1 {score:.4f}, {whole:.0f} s "
        f"({read:.0f} s reading and encoding)"
    )


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["docpair", "removed", "large"]
    if {"docpair", "removed"} & set(wanted):
        small(removed="removed" in wanted, full="docpair" in wanted)
    if "large" in wanted:
        large(10_000)
    for word in wanted:
        if word.isdigit():
            large(int(word))
