"""Quality of units against cosine and length ratio: ROC AUC and precision at recall .9, by noise.

    scripts/bench quality --gold ../shared/gold --fidelity ../shared/fidelity --cache DIR

Units are those of train_quality.py: gold beads, and the same with noise put in. Each is scored by a
model that saw neither its work nor its family of languages. To be found are the clean units;
precision counts as if half of the units had noise. Differences are of a paired bootstrap over
documents (cases): every method is scored on the same draws; 95 % intervals.

    scripts/bench quality --unseen tests/gold/published corpora/interview corpora/distant

scores units of cases that nothing was trained on with the shipped models instead.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits
from train_quality import Table, cases_in, gather, rows_of_gold, unseen_scores

from aligner.corpus import quality

DRAWS = 1000
RECALL = 0.9
OTHERS = ("cosine", "cosine above chance", "length ratio")


class Ranked:
    """A method's ranking of some units; figures under any weights of them."""

    def __init__(self, score: np.ndarray, clean: np.ndarray) -> None:
        self.order = np.argsort(-score, kind="stable")
        self.clean = clean[self.order]
        ordered = score[self.order]
        # the last of each run of equal scores: units with one score are one step
        self.steps = np.flatnonzero(np.append(np.diff(ordered) != 0, [True]))

    def figures(self, weight: np.ndarray) -> tuple[float, float]:
        """(ROC AUC, precision at recall .9) where unit k counts weight[k] times."""
        w = weight[self.order]
        right = np.cumsum(np.where(self.clean, w, 0.0))[self.steps]
        wrong = np.cumsum(np.where(self.clean, 0.0, w))[self.steps]
        if not right[-1] or not wrong[-1]:
            return math.nan, math.nan
        recall, false = right / right[-1], wrong / wrong[-1]
        before = np.concatenate(([0.0], recall[:-1]))
        area = float((np.diff(false, prepend=0.0) * (recall + before) / 2).sum())
        k = int(np.searchsorted(recall, RECALL - 1e-12))
        return area, float(recall[k] / (recall[k] + false[k]))


def unseen_table(folders: list[Path]) -> tuple[Table, np.ndarray]:
    """The units of cases with noise put in, and their quality by the shipped model."""
    rows, tables, qualities = [], [], []
    for made in rows_of_gold([case for folder in folders for case in cases_in(folder)]):
        if made:
            langs = made[0].langs
            texts = [(row.source, row.target) for row in made]
            rows += made
            tables.append(quality.measure_texts(texts, langs, quality.usual_length(*langs)))
            qualities.append(quality.quality_model("tokens").probabilities(tables[-1]))
    clean = np.array([not row.kind for row in rows])
    same = np.full(len(rows), "")
    every = np.ones(len(rows), bool)
    table = Table(rows, np.concatenate(tables), clean, every, same, same)
    return table, np.concatenate(qualities)


def scores_of(table: Table, made: np.ndarray) -> dict[str, np.ndarray]:
    column = {name: table.X[:, k] for k, name in enumerate(quality.FEATURES)}
    return {
        "quality": made,
        "cosine": column["likeness"],
        "cosine above chance": column["likeness above chance"],
        "length ratio": -column["length"],
    }


def groups(table: Table) -> Iterator[tuple[str, np.ndarray]]:
    """Names of rows of the table to print, and the units that count."""
    kinds = np.array([row.kind for row in table.rows])
    every = np.ones(len(kinds), bool)
    yield "all", every
    for kind in sorted(set(kinds) - {""}):
        yield kind, table.clean | (kinds == kind)
    for names, values in (("works", table.work), ("languages", table.family)):
        for value in sorted(set(values) - {""}):
            yield f"{names}: {value}", values == value


def show(table: Table, made: np.ndarray, title: str) -> None:
    use = ~np.isnan(made)
    methods = scores_of(table, made)
    documents = np.array([row.document for row in table.rows])
    names, number = np.unique(documents, return_inverse=True)
    chance = np.random.default_rng(1)
    draws = chance.multinomial(len(names), np.full(len(names), 1 / len(names)), DRAWS)
    print(f"\n{title}: {int(use.sum())} units of {len(set(documents[use]))} documents\n")
    heads = " | ".join(("quality", *OTHERS, *(f"quality less {name}" for name in OTHERS)))
    for at, what in ((0, "ROC AUC"), (1, "precision at recall .9")):
        print(f"| {what} | units | {heads} |\n|---|---|{'---|' * (2 * len(OTHERS) + 1)}")
        for group, chosen in groups(table):
            rows = chosen & use
            clean = table.clean[rows]
            if clean.all() or not clean.any():
                continue
            ranked = {name: Ranked(score[rows], clean) for name, score in methods.items()}
            figures = {m: one.figures(np.ones(len(clean)))[at] for m, one in ranked.items()}
            sampled = {
                m: np.array([one.figures(draw[number[rows]])[at] for draw in draws])
                for m, one in ranked.items()
            }
            cells = [f"{figures[m]:.3f}" for m in ("quality", *OTHERS)]
            for other in OTHERS:
                apart = sampled["quality"] - sampled[other]
                low, high = np.nanquantile(apart, (0.025, 0.975))
                cells.append(
                    f"{figures['quality'] - figures[other]:+.3f} [{low:+.3f}, {high:+.3f}]"
                )
            print(f"| {group} | {len(clean)} | {' | '.join(cells)} |", flush=True)
        print()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--unseen", type=Path, nargs="+", help="case folders, or folders of them")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--fidelity", type=Path)
    parser.add_argument("--cache", type=Path, help="folder for measured features")
    parser.add_argument("--part", choices=tuple(quality.PARTS), default=["tokens"], nargs="+")
    options = parser.parse_args()
    with threadpool_limits(1, user_api="blas"):
        if options.unseen:
            show(*unseen_table(options.unseen), "shipped model, texts that nothing was trained on")
            return
        if not (options.gold and options.fidelity and options.cache):
            parser.error("name --gold, --fidelity and --cache, or --unseen")
        options.cache.mkdir(parents=True, exist_ok=True)
        table, _ = gather(options.gold, options.fidelity, options.cache)
        for part in options.part:
            show(table, unseen_scores(table, part), part)


if __name__ == "__main__":
    main()
