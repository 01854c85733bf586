"""Word links on ../shared/words (dev), words as its white-space tokens: F1, and how well the confidence
of a link tells right ones from wrong ones.

python scripts/bench_words.py [ENCODER ...] [--curve]

--curve fits the numbers of `corpus/wordlinks/linking.py` again: on all sets, and for each set on the
others, where the area under the ROC curve (that of the cosine beside it) and the expected calibration error are measured.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
from bench_quality import Ranked

from aligner.engine.evaluating import calibration
from aligner.workflows.word_links import link_texts

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
Floats = npt.NDArray[np.float64]


def words(text: str) -> list[tuple[int, int]]:
    out, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        out.append((start, place))
    return out


def measured(encoder: str, path: Path) -> Floats:
    """[links, 3]: cosine, share, 1 where it is right; prints F1."""
    rows = [line.split("\t") for line in path.read_text().splitlines() if line]
    texts = [[row[side] for row in rows] for side in (0, 1)]
    spans = [[words(text) for text in side] for side in texts]
    began = time.process_time()
    made = link_texts(encoder, texts, spans)
    took = time.process_time() - began
    out, gold = [], 0
    for row, links in zip(rows, made, strict=True):
        known = {tuple(map(int, pair.split("-"))) for pair in row[2].split()}
        out += [(x.cosine, x.share, (x.source, x.target) in known) for x in links]
        gold += len(known)
    table = np.array(out, np.float64)
    right, found = table[:, 2].sum(), len(table)
    print(
        f"{encoder} {path.stem}: F1 {2 * right / (found + gold):.3f}"
        f" (precision {right / found:.3f}, recall {right / gold:.3f}),"
        f" {len(rows) / took:.0f} pairs a second of processor time"
    )
    return table


def curve(tables: list[Floats]) -> tuple[float, float]:
    """Constant and slope of the log odds that a link is right over those of its share (Newton)."""
    table = np.concatenate(tables)
    x = np.column_stack((np.ones(len(table)), log_odds(table[:, 1])))
    weights = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ weights))
        bent = (x * (chance * (1 - chance))[:, None]).T @ x
        weights += np.linalg.solve(bent, x.T @ (table[:, 2] - chance))
    return float(weights[0]), float(weights[1])


def log_odds(share: Floats) -> Floats:
    share = np.clip(share, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(share / (1 - share)))


def area(score: Floats, right: Floats) -> float:
    """Under the ROC curve."""
    return Ranked(score, right == 1).figures(np.ones(len(score)))[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("encoders", nargs="*", default=["embedded", "e5"])
    parser.add_argument("--curve", action="store_true")
    options = parser.parse_args()
    for encoder in options.encoders:
        paths = sorted((SHARED / "words").glob("*.tsv"))
        tables = [measured(encoder, path) for path in paths]
        if not options.curve:
            continue
        for k, (path, table) in enumerate(zip(paths, tables, strict=True)):
            constant, slope = curve(tables[:k] + tables[k + 1 :])
            chance = 1 / (1 + np.exp(-constant - slope * log_odds(table[:, 1])))
            print(
                f"  {path.stem}, by the others: ROC AUC {area(chance, table[:, 2]):.3f}"
                f" (cosine {area(table[:, 0], table[:, 2]):.3f}),"
                f" calibration error {calibration(chance, table[:, 2]).error:.3f}"
            )
        constant, slope = curve(tables)
        print(f"  {encoder}: {constant:.3f}, {slope:.3f}")


if __name__ == "__main__":
    main()
