"""How likely a finding is real: learned from judged findings, and the table of docs/fidelity.md.

    python scripts/calibrate_findings.py learn ../shared/fidelity    aligner/checks/common/judgement.json
    python scripts/calibrate_findings.py table                       precision by check, both halves
    python scripts/calibrate_findings.py kappa                       the two readers of a tenth

tests/gold/judged/findings.tsv has a row a finding on a published translation: the document, its half
(`learn` or `test`, by the digest of the document's name), the languages, id, code, the severity and
confidence that the check itself gave, the signs that judging uses, the verdict (real, excusable, wrong),
its reason, and whether the checks raise it still (scripts/judge_findings.py says so). Only `real` counts
as right. Rows of `test` are used for the table, for nothing else.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from judged_rows import TABLE, Row, judged_rows, measured
from scipy.optimize import minimize

from aligner.checks.common import JUDGED, Judgement

ROOT = Path(__file__).resolve().parent.parent
SECOND = ROOT / "tests" / "gold" / "judged" / "second.tsv"
OUTPUT = ROOT / "aligner" / "checks" / "common" / "judgement.json"
SHIFTS = ("attribution", "hedge", "intensity", "explicitation")
ALWAYS = 0.85  # share of the judged findings of a code from which all of them are shown
TABLE_LEAST = 0.1  # probability under which a finding in a table is a note, of codes with edits
BENCH = 0.3  # weight of the benchmark beside the judged findings
DECAY = 0.01  # of the weights that all checks share
FREE = 0.1
DEVIATIONS = (0.003, 0.01, 0.02, 0.03, 0.1)  # of each check's own, tried in folds
FOLDS = 5
# precision asked for on the first half: more than the bars, .85, .9 and .95, for a threshold is at its best
# where it was chosen
SHOWN, MAJOR, CRITICAL = 0.9, 0.95, 0.98
FEW = 8  # edits from which the benchmark says something of a code
UNKNOWN = 0.5  # least probability of codes that the benchmark has no edits for


def fit(rows: Sequence[Row], codes: Sequence[str], deviation: float) -> dict[str, Any]:
    X = np.array([row.signs for row in rows])
    y = np.array([row.real for row in rows], np.float64)
    w = np.array([row.weight for row in rows])
    known = ~np.isnan(X).all(axis=0)
    mean, scale = np.zeros(len(JUDGED)), np.ones(len(JUDGED))
    mean[known], scale[known] = np.nanmean(X[:, known], axis=0), np.nanstd(X[:, known], axis=0)
    mean[0], scale[scale < 1e-3] = 0.0, 1.0  # the bias, and signs that are the same everywhere
    table = np.array([row.doc.startswith("bench-") for row in rows], np.float64)
    # a sign that is not known says nothing; how often findings are right in tables is asked apart, so that
    # these teach what the signs mean and not the rate
    Z = np.column_stack([np.nan_to_num((X - mean) / scale), table])
    place = np.array([codes.index(row.code) for row in rows])
    count = len(JUDGED) + 1
    # a check's own rates are freer than what its signs mean
    bound = np.array([FREE, *[1.0] * (count - 2), FREE])

    def split(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return p[:count], p[count:].reshape(len(codes), count)

    def loss(p: np.ndarray) -> tuple[float, np.ndarray]:
        shared, own = split(p)
        s = (Z * (shared + own[place])).sum(axis=1)
        error = w * (1 / (1 + np.exp(-s)) - y) / w.sum()
        value = float((w * (np.logaddexp(0, s) - y * s)).sum() / w.sum())
        value += DECAY * float(shared[1:-1] @ shared[1:-1])
        value += deviation * float((own**2 @ bound).sum())
        each = Z * error[:, None]
        g_own = np.zeros_like(own)
        np.add.at(g_own, place, each)
        g_own += 2 * deviation * own * bound
        g_shared = each.sum(axis=0)
        g_shared[1:-1] += 2 * DECAY * shared[1:-1]
        return value, np.concatenate([g_shared, g_own.ravel()])

    best = minimize(
        loss,
        np.zeros(count * (1 + len(codes))),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 800},
    )
    shared, own = (part[..., :-1] for part in split(best.x))
    return {
        "mean": [round(v, 4) for v in mean.tolist()],
        "scale": [round(v, 4) for v in scale.tolist()],
        "shared": [round(v, 4) for v in shared.tolist()],
        "codes": {code: [round(v, 4) for v in own[k].tolist()] for k, code in enumerate(codes)},
    }


def judgement_of(kept: dict[str, Any]) -> Judgement:
    """The model of `fit`, with thresholds where they are known."""
    unknown = {"least": {}, "plain": 0.0, "major": MAJOR, "critical": CRITICAL}
    return Judgement.of({**unknown, **kept})


def held_out(
    rows: Sequence[Row], beside: Sequence[Row], codes: Sequence[str], deviation: float
) -> list[float]:
    """The probability of each finding, from findings of other documents; `beside` are in all folds."""
    docs = sorted({row.doc for row in rows})
    fold = {doc: k % FOLDS for k, doc in enumerate(docs)}
    chances = [0.0] * len(rows)
    for k in range(FOLDS):
        seen = [row for row in rows if fold[row.doc] != k]
        model = judgement_of(fit([*seen, *beside], codes, deviation))
        for n, row in enumerate(rows):
            if fold[row.doc] == k:
                chances[n] = model.probability(row.code, row.signs)
    return chances


def log_loss(rows: Sequence[Row], chances: Sequence[float]) -> float:
    return -sum(
        math.log(max(1e-6, p if row.real else 1 - p)) for row, p in zip(rows, chances, strict=True)
    ) / len(rows)


def from_where(
    rows: Sequence[Row], chances: Sequence[float], precision: float, count_least: int = 10
) -> float:
    """The least probability from which on so many of the findings are real, 1 where there is none."""
    ranked = sorted(zip(chances, (row.real for row in rows), strict=True), reverse=True)
    best, right = 1.0, 0
    for count, (chance, real) in enumerate(ranked, start=1):
        right += real
        if right >= precision * count and count >= count_least:
            best = chance
    return round(best, 4)


def learn(folder: Path, langs: Sequence[str], cache: Path | None) -> None:
    judged = [row for row in judged_rows() if row.half == "learn" and row.severity != "note"]
    bench: list[Row] = []
    for lang in langs:
        bench += measured(folder, lang, cache)
    made = {"document": documents(judged, bench), "pairs": pairs(judged, bench)}
    OUTPUT.write_text(json.dumps(made, indent=1) + "\n")
    for name, kept in made.items():
        print(name, {one: kept[one] for one in ("plain", "major", "critical", "least")})


def documents(judged: Sequence[Row], bench: Sequence[Row]) -> dict[str, Any]:
    """Learned from the judged findings; those of the benchmark tell what the signs mean where few of a
    code were judged.
    """
    weight = BENCH * len(judged) / len(bench)
    beside = [replace(row, weight=weight) for row in bench]
    codes = sorted({row.code for row in (*judged, *bench)})
    tried = {}
    for deviation in DEVIATIONS:
        chances = held_out(judged, beside, codes, deviation)
        tried[deviation] = (log_loss(judged, chances), chances)
        print(f"deviation {deviation}: {tried[deviation][0]:.4f} nats a finding, held out")
    deviation = min(tried, key=lambda d: tried[d][0])
    kept = fit([*judged, *beside], codes, deviation)
    chances = tried[deviation][1]
    shown = [(row, p) for row, p in zip(judged, chances, strict=True) if row.code not in SHIFTS]
    rows, sure = [row for row, _ in shown], [p for _, p in shown]
    kept["plain"] = from_where(rows, sure, SHOWN)
    kept |= severe(rows, sure, kept["plain"])
    # what is right whatever its probability, and what hardly anybody judged though it was measured on edits
    kept["least"] = {code: TABLE_LEAST for code in codes if _is_always_shown(code, judged, bench)}
    return kept


def _is_always_shown(code: str, judged: Sequence[Row], bench: Sequence[Row]) -> bool:
    told = [row.real for row in judged if row.code == code]
    if len(told) >= FEW:
        return sum(told) >= ALWAYS * len(told)
    return len(told) < FEW / 2 and sum(row.real for row in bench if row.code == code) >= FEW


def severe(rows: Sequence[Row], chances: Sequence[float], least: float) -> dict[str, float]:
    """From which probability on findings are major and critical. So many of all that are likelier must be
    real, of critical ones also of those whose kind is critical.
    """
    of_kind = [(row, p) for row, p in zip(rows, chances, strict=True) if row.severity == "critical"]
    major = max(least, from_where(rows, chances, MAJOR))
    critical = from_where([row for row, _ in of_kind], [p for _, p in of_kind], CRITICAL)
    return {"major": major, "critical": max(major, critical, from_where(rows, chances, CRITICAL))}


def pairs(judged: Sequence[Row], bench: Sequence[Row]) -> dict[str, Any]:
    """Learned from the edited rows; of codes that these have none of, from the judged findings."""
    edited = Counter(row.code for row in bench if row.real)
    known = {code for code, count in edited.items() if count >= FEW}
    rows = [row for row in bench if row.code in known]
    rows += [replace(row, weight=1.0) for row in judged if row.code not in known]
    rows = [replace(row, doc=row.doc.removeprefix("bench-")) for row in rows]
    codes = sorted({row.code for row in rows})
    kept = fit(rows, codes, min(DEVIATIONS))
    chances = held_out(rows, [], codes, min(DEVIATIONS))
    # what a check flags in a table it was made to flag: how much that is its own threshold says
    kept["least"] = dict.fromkeys(sorted(known), TABLE_LEAST)
    kept["plain"] = UNKNOWN
    kept |= severe(rows, chances, UNKNOWN)
    return kept


def interval(right: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval at 95 %."""
    share, whole = right / count, 1 + z * z / count
    half = z / whole * math.sqrt(share * (1 - share) / count + z * z / (4 * count**2))
    middle = (share + z * z / (2 * count)) / whole
    return max(0.0, middle - half), min(1.0, middle + half)


def shown_as(model: Judgement, row: Row, probability: float) -> str:
    """The severity that `check` gives a finding: its own where nothing was learned about its code."""
    if row.code not in model.codes:
        return row.severity
    return model.severity(row.code, row.severity, probability)


def table(path: Path) -> None:
    model = judgement_of(json.loads(OUTPUT.read_text("utf-8"))["document"])
    final = [
        (
            row,
            p := model.probability(row.code, row.signs),
            shown_as(model, row, p),
        )
        for row in judged_rows(path)
    ]
    for half in ("learn", "test"):
        here = [one for one in final if one[0].half == half]
        docs = len({one[0].doc for one in here})
        print(f"\n{half}: {len(here)} findings judged, {docs} documents\n")
        print("| shown as | findings | real | excusable | wrong | precision | 95 % | expected |")
        print("|---|---|---|---|---|---|---|---|")
        plain = [one for one in here if one[0].code not in SHIFTS]
        for name, some in _groups(plain, here):
            print(_line(name, some))


Judged = tuple[Row, float, str]


def _groups(plain: Sequence[Judged], here: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    shown = [one for one in plain if one[2] != "note"]
    yield "before judging, minor and up", [one for one in plain if one[0].severity != "note"]
    yield "all at the default", shown
    for name in ("critical", "major"):
        yield name, [one for one in plain if one[2] == name]
    yield "major and critical", [one for one in plain if one[2] in ("critical", "major")]
    for least in (0.5, 0.7, 0.8):
        yield f"--min-confidence {least}", [one for one in shown if one[1] >= least]
    for code in sorted({one[0].code for one in here}):
        some = [one for one in here if one[0].code == code]
        yield f"`{code}`", [one for one in some if one[2] != "note" or code in SHIFTS]


def _line(name: str, some: Sequence[Judged]) -> str:
    count = len(some)
    verdicts = [sum(one[0].verdict == v for one in some) for v in ("real", "excusable", "wrong")]
    if not count:
        return f"| {name} | 0 | 0 | 0 | 0 | | | |"
    low, high = interval(verdicts[0], count)
    expected = sum(one[1] for one in some) / count
    cells = [name, count, *verdicts, f"{verdicts[0] / count:.2f}", f"{low:.2f} to {high:.2f}"]
    return f"| {' | '.join(map(str, cells))} | {expected:.2f} |"


def kappa() -> None:
    """Cohen's kappa of the verdicts that two readers gave, three classes and real or not."""
    first = {(row.doc, row.pair, row.code, row.id): row.verdict for row in judged_rows(gone=True)}
    lines = [line.split("\t") for line in SECOND.read_text("utf-8").splitlines()]
    pairs = [(first[cells[0], cells[1], cells[2], cells[3]], cells[4]) for cells in lines[1:]]
    for name in ("real, excusable, wrong", "real or not"):
        two = [(a == "real", b == "real") if " or " in name else (a, b) for a, b in pairs]
        agreed = sum(a == b for a, b in two) / len(two)
        kinds = {v for pair in two for v in pair}
        chance = (
            sum(sum(a == kind for a, _ in two) * sum(b == kind for _, b in two) for kind in kinds)
            / len(two) ** 2
        )
        value = (agreed - chance) / (1 - chance)
        print(f"{name}: {len(two)} findings, {agreed:.3f} agree, kappa {value:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("learn", "table", "kappa"))
    parser.add_argument("fidelity", type=Path, nargs="?")
    parser.add_argument("--cache", type=Path, help="folder for what the benchmark gave")
    parser.add_argument("--langs", nargs="+", default=["es", "fr"])
    options = parser.parse_args()
    if options.what == "learn":
        if options.fidelity is None:
            parser.error("learn needs the folder of the benchmark")
        learn(options.fidelity, options.langs, options.cache)
    elif options.what == "table":
        table(TABLE)
    else:
        kappa()


if __name__ == "__main__":
    main()
