"""How well each encoder knows each language: retrieval P@1 over the gold beads of many cases.

    scripts/bench_coverage.py ../shared/gold/ntrex-* [--encoder embedded --encoder e5] [--write]

Items are the beads of a case that have both sides, at most --items of them; each side's mean vector is taken off, as the aligner does; P@1 is the share of items whose
nearest neighbour on the other side is their own translation, mean of both directions. A
language's figure is its case's with the most items among those whose other side is English,
or any where there is none. --write puts the figures and the centre of e5 (the mean vector, every
language counting once) into aligner/engine/embedding/e5.json; the table of the embedded encoder is in
aligner/engine/embedding/embedded.py and is changed by hand.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aligner.engine.embedding import Encoder, load_encoder
from aligner.engine.embedding.composed import unit
from aligner.engine.embedding.e5 import E5Encoder
from aligner.engine.evaluating import Case, load_gold

E5_JSON = Path(__file__).resolve().parent.parent / "aligner" / "engine" / "embedding" / "e5.json"
_PIVOT = "en"


def sides(encoder: Encoder, case: Case, most: int) -> list[np.ndarray]:
    """Vectors of both sides of the first `most` beads that are runs of segments on both."""
    beads = [bead for bead in case.gold if _is_run(bead.source) and _is_run(bead.target)][:most]
    made = []
    for texts, runs in (
        (case.source, [bead.source for bead in beads]),
        (case.target, [bead.target for bead in beads]),
    ):
        last = max(max(run) for run in runs) + 1
        overlaps = encoder.overlaps(texts[:last])
        wide = {width: overlaps.vectors(width) for width in {len(run) for run in runs}}
        made.append(np.stack([wide[len(run)][min(run)] for run in runs]))
    return made


def _is_run(segments: Sequence[int]) -> bool:
    return 0 < len(segments) == max(segments) - min(segments) + 1


def precision(one: np.ndarray, other: np.ndarray) -> float:
    """P@1 of two sets of vectors whose rows translate each other."""
    one, other = unit(one - one.mean(axis=0)), unit(other - other.mean(axis=0))
    similarity = one @ other.T
    right = np.arange(len(one))
    ahead = (similarity.argmax(axis=1) == right).mean()
    back = (similarity.argmax(axis=0) == right).mean()
    return float((ahead + back) / 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--encoder", action="append")
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    cases = [load_gold(path) for path in args.cases]
    names = args.encoder or ["embedded", "e5"]
    tables: dict[str, dict[str, tuple[float, int]]] = {}
    for name in names:
        encoder: Encoder = E5Encoder(centred=False) if name == "e5" else load_encoder(name)
        tables[name], centre = measure(encoder, cases, args.items)
        if name == "e5" and args.write:
            write(tables[name], centre, sorted(case.name for case in cases))
    print("| language | items | " + " | ".join(names) + " |")
    print("|---|---|" + "---|" * len(names))
    for lang in sorted(tables[names[0]]):
        figures = [tables[name][lang] for name in names]
        print(f"| {lang} | {figures[0][1]} | " + " | ".join(f"{p:.3f}" for p, _ in figures) + " |")


def measure(
    encoder: Encoder, cases: Sequence[Case], most: int
) -> tuple[dict[str, tuple[float, int]], np.ndarray]:
    sums: dict[str, np.ndarray] = {}
    table: dict[str, tuple[float, int]] = {}
    # cases with English first, the largest first: the first figure of a language stays
    for case in sorted(cases, key=lambda c: (_PIVOT not in c.langs, -len(c.gold), c.name)):
        pair = sides(encoder, case, most)
        for lang, vectors in zip(case.langs, pair, strict=True):
            sums.setdefault(lang, vectors.mean(axis=0))
        found = (precision(*pair), len(pair[0]))
        for lang in case.langs:
            # English is on one side of most: its figure is the best pair's
            if lang == _PIVOT:
                table[lang] = max(table.get(lang, found), found)
            else:
                table.setdefault(lang, found)
    return table, np.mean(list(sums.values()), axis=0)


def write(table: dict[str, tuple[float, int]], centre: np.ndarray, cases: list[str]) -> None:
    data = {
        "about": {"measured_by": "scripts/bench_coverage.py --write", "cases": cases},
        "covers": {lang: round(figure, 3) for lang, (figure, _) in sorted(table.items())},
        "centre": [float(f"{value:.4g}") for value in centre],
    }
    E5_JSON.write_text(json.dumps(data) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
