"""Train the quality scores of units and write aligner/corpus/quality/quality.json.

    python scripts/train_quality.py --gold ../shared/gold --fidelity ../shared/fidelity --cache DIR

makes the shipped models again. Clean units are gold beads and the clean rows of the fidelity
benchmark; the others are these with noise put in (scripts/quality_noise.py), and the benchmark's
rows with an omission, an addition or a part that was not translated.

A model is a logistic regression over features, each piecewise linear. It is calibrated on scores of
models that saw neither the work nor the family of languages; units with noise weigh as if `BAD` of
all units had it. Only numpy; --cache keeps the measured features.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from quality_noise import KINDS, Clean, joined, noised
from threadpoolctl import threadpool_limits

from aligner.corpus import quality
from aligner.engine import embedding
from aligner.engine.evaluating import Case, find_cases, load_cases

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "aligner" / "corpus" / "quality" / "quality.json"
UNITS = 60  # of a case, in runs of RUN
RUN = 30
BAD = 0.25  # share of units with noise that the probabilities are calibrated for
DECAY = 3.0
OF_FIDELITY = 60  # rows of a label and language
OMISSIONS = ("sentence_omitted", "clause_omitted", "sentence_added", "untranslated_part")
WORKS = {
    "news": ("ntrex", "hard"),
    "bible": ("bible", "udhr"),
    "essays": ("ros", "aca", "pol"),
    "handbooks": ("osg", "debinst"),
    "novels": ("lit", "orwell1984", "steinbeck", "textberg", "mac"),
}
COMPARABLE = "comp-"  # cases whose beads are about the same, not translations
FAMILIES = {
    "Romance": ("es", "fr", "pt", "it"),
    "Germanic": ("de", "nb"),
    "Slavic": ("ru", "cs", "hr", "pl"),
    "East Asian": ("zh", "ja", "ko"),
    "Semitic and Indic": ("ar", "he", "hi"),
    "others": ("hu", "fi", "eu", "tr", "el", "id", "vi", "sw"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, what was done to it ("" for a clean one), and where it comes from."""

    source: str
    target: str
    langs: tuple[str, str]
    kind: str
    work: str
    document: str


def work_of(name: str) -> str:
    head = name.split("-", maxsplit=1)[0]
    return next((work for work, names in WORKS.items() if head in names), "")


def family_of(langs: Sequence[str]) -> str:
    """The family of the language that is not English, of the rarer one of two."""
    found = [k for k, names in enumerate(FAMILIES.values()) if set(names) & set(langs)]
    return list(FAMILIES)[max(found)]


def clean_units(case: Case) -> list[Clean]:
    """Its gold beads with both sides, in order."""
    out = []
    for bead in case.gold:
        if bead.source and bead.target and len(bead.source) + len(bead.target) <= 8:
            sides = (
                tuple(case.source[i] for i in bead.source),
                tuple(case.target[j] for j in bead.target),
            )
            if all(joined(side).strip() for side in sides):
                out.append(Clean(*sides, case.langs))
    return out


def chosen_runs(units: list[Clean]) -> list[Clean]:
    """Runs of neighbours, evenly spread."""
    if len(units) <= UNITS:
        return units
    starts = np.linspace(0, len(units) - RUN, UNITS // RUN).astype(int)
    return [unit for start in starts for unit in units[start : start + RUN]]


def translations(cases: Sequence[Case]) -> dict[str, dict[str, str]]:
    """Text -> language -> its translation, of 1-1 beads."""
    out: dict[str, dict[str, str]] = {}
    for case in cases:
        for unit in clean_units(case):
            if len(unit.source) == len(unit.target) == 1:
                for (here, there), (_, lang) in (
                    (unit.texts, unit.langs),
                    (unit.texts[::-1], unit.langs[::-1]),
                ):
                    out.setdefault(here, {}).setdefault(lang, there)
    return out


def rows_of_gold(cases: Sequence[Case]) -> Iterator[list[Row]]:
    """For each case three lists of rows: half clean and half noised, the halves changed, all noised."""
    units_of = {case.name: chosen_runs(clean_units(case)) for case in cases}
    known = translations(cases)
    by_lang: dict[str, list[tuple[str, str]]] = {}
    for case in cases:
        for unit in units_of[case.name]:
            by_lang.setdefault(case.langs[1], []).append((work_of(case.name), unit.texts[1]))
    for case in cases:
        units, work = units_of[case.name], work_of(case.name)
        chance = random.Random(zlib.crc32(case.name.encode()))
        others = [
            unit
            for other in cases
            if other.langs == case.langs and other.name != case.name
            for unit in units_of[other.name]
        ] or units
        for version in range(3):
            made = []
            for k, unit in enumerate(units):
                if version < 2 and k % 2 == version:
                    made.append(Row(*unit.texts, case.langs, "", work, case.name))
                    continue
                for kind in chance.sample(KINDS, len(KINDS)):
                    foreign = [
                        text
                        for lang, text in sorted(known.get(unit.texts[0], {}).items())
                        if lang not in case.langs
                    ]
                    if not foreign or chance.random() < 0.3:
                        lang = chance.choice([one for one in by_lang if one not in case.langs])
                        foreign = [chance.choice(by_lang[lang])[1]]
                    texts = noised(kind, units, k, others, foreign, chance)
                    if texts is not None:
                        made.append(Row(*texts, case.langs, kind, work, case.name))
                        break
            yield made


def rows_of_fidelity(folder: Path) -> Iterator[list[Row]]:
    """For each language the clean rows and those with an omission or addition, some of each."""
    for path in sorted(folder.glob("ntrex-*-en.tsv")):
        lines = [line.split("\t") for line in path.read_text("utf-8").split("\n")[1:] if line]
        made = []
        for label in ("ok", *OMISSIONS):
            rows = [line for line in lines if line[5] == label]
            count = OF_FIDELITY * (4 if label == "ok" else 1)
            picked = np.unique(np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(int))
            for k in picked:
                source, target = (" ".join(t.replace("¶", " ").split()) for t in rows[k][3:5])
                kind = "" if label == "ok" else label.replace("_", " ")
                langs = (rows[k][1], rows[k][2])
                made.append(Row(source, target, langs, kind, "news", path.stem))
        yield made


def lengths(cases: Sequence[Case]) -> dict[str, float]:
    """Log of a language's letters by those of English, the median over gold 1-1 beads."""
    ratios: dict[str, list[float]] = {}
    for case in cases:
        if "en" not in case.langs:
            continue
        side = case.langs.index("en")
        for unit in clean_units(case):
            if len(unit.source) == len(unit.target) == 1:
                english, other = (quality.letters(unit.texts[k]) for k in (side, 1 - side))
                ratios.setdefault(case.langs[1 - side], []).append(
                    math.log((other + 8) / (english + 8))
                )
    return {
        lang: round(float(np.median(v)), 3) for lang, v in sorted(ratios.items()) if len(v) > 50
    }


def measured(rows: list[Row], sizes: dict[str, float], cache: Path) -> np.ndarray:
    """Features of rows of one pair of languages, as one text of units."""
    langs = rows[0].langs
    usual = sizes.get(langs[1], 0.0) - sizes.get(langs[0], 0.0)
    names = json.dumps([quality.FEATURES, usual, [(r.source, r.target) for r in rows]])
    stored = cache / f"{hashlib.sha256(names.encode()).hexdigest()[:24]}.npy"
    if not stored.exists():
        np.save(stored, quality.measure_texts([(r.source, r.target) for r in rows], langs, usual))
    table: np.ndarray = np.load(stored)
    return table


def fit(Z: np.ndarray, y: np.ndarray, weight: np.ndarray, decay: float) -> np.ndarray:
    """Weights and, last, the bias: penalised maximum likelihood by Newton's method."""
    X = np.concatenate([Z, np.ones((len(Z), 1))], axis=1)
    penalty = np.full(X.shape[1], decay)
    penalty[-1] = 0.0
    p = np.zeros(X.shape[1])
    for _ in range(30):
        right = 1 / (1 + np.exp(-np.clip(X @ p, -30, 30)))
        gradient = X.T @ (weight * (right - y)) + penalty * p
        curve = (X * (weight * right * (1 - right) + 1e-6)[:, None]).T @ X + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        p -= step * min(1.0, 2.0 / float(np.abs(step).max()))
        if float(np.abs(step).max()) < 1e-5:
            break
    return p


def platt(score: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Platt 1999: probability = sigmoid(slope * score + offset)."""
    slope, offset = fit(score[:, None], y, weight, 1e-3)
    return max(0.05, float(slope)), float(offset)


@dataclass(frozen=True, slots=True)
class Table:
    """Measured rows; `sure` of those whose languages the encoder knows."""

    rows: list[Row]
    X: np.ndarray
    clean: np.ndarray
    sure: np.ndarray
    work: np.ndarray
    family: np.ndarray

    def weights(self) -> np.ndarray:
        """So that `BAD` of the weight is noise, and the mean is 1."""
        share = np.where(self.clean, (1 - BAD) / self.clean.mean(), BAD / (~self.clean).mean())
        return np.asarray(share, np.float64)


def cases_in(gold: Path) -> list[Case]:
    """The cases of a folder that have texts and gold, in the order of their names."""
    return [
        case
        for folder in find_cases(gold)
        if not folder.name.startswith(COMPARABLE)
        for case in load_cases(folder)
        if case.gold and case.has_texts
    ]


def gather(gold: Path, fidelity: Path, cache: Path) -> tuple[Table, dict[str, float]]:
    cases = cases_in(gold)
    sizes = lengths(cases)
    encoder = embedding.load_encoder("embedded")
    rows: list[Row] = []
    tables = []
    for made in (*rows_of_gold(cases), *rows_of_fidelity(fidelity)):
        if made:
            rows += made
            tables.append(measured(made, sizes, cache))
    return Table(
        rows,
        np.concatenate(tables),
        np.array([not row.kind for row in rows]),
        np.array([min(map(encoder.covers, row.langs)) >= quality.KNOWN for row in rows]),
        np.array([row.work for row in rows]),
        np.array([family_of(row.langs) for row in rows]),
    ), sizes


def terms(X: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return quality.expanded(np.clip((X - mean) / scale, -quality.FAR, quality.FAR))


def columns(part: str) -> list[int]:
    return [quality.FEATURES.index(name) for name in quality.PARTS[part]]


def unseen_scores(table: Table, part: str) -> np.ndarray:
    """Scores (log odds) of every row by a model that saw neither its work nor its family of
    languages; NaN where the part is not for the row.
    """
    use = np.ones(len(table.rows), bool) if part == "texts" else table.sure
    X, weight = table.X[:, columns(part)], table.weights()
    scores = np.full(len(table.rows), np.nan)
    for work in WORKS:
        for family in FAMILIES:
            here = use & (table.work == work) & (table.family == family)
            if not here.any():
                continue
            rows = use & (table.work != work) & (table.family != family)
            mean, scale = X[rows].mean(axis=0), X[rows].std(axis=0) + 1e-6
            p = fit(terms(X[rows], mean, scale), table.clean[rows], weight[rows], DECAY)
            scores[here] = terms(X[here], mean, scale) @ p[:-1] + p[-1]
    return scores


def train(table: Table, part: str) -> dict[str, Any]:
    scores = unseen_scores(table, part)
    use = ~np.isnan(scores)
    weight = table.weights()
    slope, offset = platt(scores[use], table.clean[use].astype(float), weight[use])
    X = table.X[use][:, columns(part)]
    mean, scale = X.mean(axis=0), X.std(axis=0) + 1e-6
    mean, scale = (np.array([float(f"{v:.6g}") for v in one]) for one in (mean, scale))
    p = fit(terms(X, mean, scale), table.clean[use], weight[use], DECAY)
    return {
        "features": list(quality.PARTS[part]),
        "mean": mean.tolist(),
        "scale": scale.tolist(),
        "weights": [float(f"{v:.5g}") for v in p[:-1]],
        "bias": float(f"{p[-1]:.5g}"),
        "slope": float(f"{slope:.5g}"),
        "offset": float(f"{offset:.5g}"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--fidelity", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="folder for measured features")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    with threadpool_limits(1, user_api="blas"):  # the same bytes on any number of cores
        run(options)


def run(options: argparse.Namespace) -> None:
    table, sizes = gather(options.gold, options.fidelity, options.cache)
    print(f"{int(table.clean.sum())} clean units, {int((~table.clean).sum())} with noise")
    models = {}
    for part in quality.PARTS:
        models[part] = train(table, part)
        print(f"{part}: {len(quality.PARTS[part])} features", flush=True)
    made = {"lengths": sizes, "models": models}
    text = json.dumps(made, separators=(",", ":")) + "\n"
    options.output.write_text(text, "utf-8")
    print(f"{options.output}: sha256 {hashlib.sha256(text.encode()).hexdigest()}")


if __name__ == "__main__":
    main()
