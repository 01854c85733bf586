"""How likely a finding is real: learned from judged findings, and the table of docs/fidelity.md.

    python scripts/calibrate_findings.py learn ../shared/fidelity    aligner/checks/common/judgement.json
    python scripts/calibrate_findings.py table                       precision by check, both halves
    python scripts/calibrate_findings.py kappa                       the two readers of a tenth

tests/gold/judged/findings.tsv has a row a finding on a published translation: the document, its half
(`learn` or `test`, by the digest of the document's name), the languages, id, code, the severity and
confidence that the check itself gave, the signs that judging uses, the verdict (real, excusable, wrong),
its reason, and whether the checks raise it still (scripts/judge_findings.py says so). Only `real` counts as right. Rows of `test` are used for the table, for nothing else.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from bench_fidelity import BARS
from judged_rows import TABLE, Row, judged_rows, measured
from scipy.optimize import minimize

from aligner.checks.common import JUDGED, Judgement

ROOT = Path(__file__).resolve().parent.parent
SECOND = ROOT / "tests" / "gold" / "judged" / "second.tsv"
OUTPUT = ROOT / "aligner" / "checks" / "common" / "judgement.json"
SHIFTS = ("attribution", "hedge", "intensity", "explicitation")
LOST = 0.01  # of the edits that a check finds on the benchmark so many may become notes
BENCH = 0.3  # weight of the benchmark beside the judged findings
# where more would hide what the interview of corpora/ is known to have: short segments left out or put
# in, an editor's word in brackets, a day of the month; crossings that the aligner found
AT_MOST = {
    "omitted-segment": 0.2,
    "added-segment": 0.2,
    "brackets": 0.3,
    "date": 0.3,
    "turn-order": 0.1,
}
DECAY = 0.003  # of the weights that all checks share
FREE = 0.1
DEVIATIONS = (0.003, 0.01, 0.03, 0.1)  # of each check's own, tried in folds
FOLDS = 5
MAJOR, CRITICAL = 0.9, 0.95  # precision that the severities ask for
FEW = 8  # edits from which the benchmark says something of a code
ELSEWHERE, ENOUGH = 0.7, 4  # precision asked for out of English, findings that tell
UNKNOWN = 0.5  # least probability of codes that the benchmark has no edits for


def fit(rows: Sequence[Row], codes: Sequence[str], deviation: float) -> dict[str, Any]:
    X = np.array([row.signs for row in rows])
    y = np.array([row.real for row in rows], np.float64)
    w = np.array([row.weight for row in rows])
    mean, scale = X.mean(axis=0), X.std(axis=0) + 1e-6
    mean[0], scale[0] = 0.0, 1.0
    Z = (X - mean) / scale
    place = np.array([codes.index(row.code) for row in rows])
    count = len(JUDGED)
    # a check's own rate is freer than what its signs mean
    bound = np.array([FREE, *[1.0] * (count - 1)])

    def split(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return p[:count], p[count:].reshape(len(codes), count)

    def loss(p: np.ndarray) -> tuple[float, np.ndarray]:
        shared, own = split(p)
        s = (Z * (shared + own[place])).sum(axis=1)
        error = w * (1 / (1 + np.exp(-s)) - y) / w.sum()
        value = float((w * (np.logaddexp(0, s) - y * s)).sum() / w.sum())
        value += DECAY * float(shared[1:] @ shared[1:]) + deviation * float((own**2 @ bound).sum())
        each = Z * error[:, None]
        g_own = np.zeros_like(own)
        np.add.at(g_own, place, each)
        g_own += 2 * deviation * own * bound
        g_shared = each.sum(axis=0)
        g_shared[1:] += 2 * DECAY * shared[1:]
        return value, np.concatenate([g_shared, g_own.ravel()])

    best = minimize(
        loss,
        np.zeros(count * (1 + len(codes))),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 800},
    )
    shared, own = split(best.x)
    return {
        "mean": [round(v, 4) for v in mean.tolist()],
        "scale": [round(v, 4) for v in scale.tolist()],
        "shared": [round(v, 4) for v in shared.tolist()],
        "codes": {code: [round(v, 4) for v in own[k].tolist()] for k, code in enumerate(codes)},
    }


def judgement_of(kept: dict[str, Any]) -> Judgement:
    return Judgement(
        tuple(kept["mean"]),
        tuple(kept["scale"]),
        tuple(kept["shared"]),
        {code: tuple(values) for code, values in kept["codes"].items()},
        kept.get("least", {}),
        kept.get("plain", UNKNOWN),
        kept.get("major", MAJOR),
        kept.get("critical", CRITICAL),
        kept.get("elsewhere", {}),
    )


def held_out(
    judged: Sequence[Row], bench: Sequence[Row], codes: Sequence[str], deviation: float
) -> list[float]:
    """The probability of each judged finding, from findings of other documents."""
    docs = sorted({row.doc for row in judged})
    fold = {doc: k % FOLDS for k, doc in enumerate(docs)}
    chances = [0.0] * len(judged)
    for k in range(FOLDS):
        rows = [row for row in judged if fold[row.doc] != k]
        model = judgement_of(fit([*rows, *bench], codes, deviation))
        for n, row in enumerate(judged):
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
    return best


def learn(folder: Path, langs: Sequence[str], cache: Path | None) -> None:
    judged = [row for row in judged_rows() if row.half == "learn" and row.severity != "note"]
    bench: list[Row] = []
    labels: dict[str, list[list[Row]]] = defaultdict(list)
    for lang in langs:
        rows, found = measured(folder, lang, cache)
        bench += rows
        for label, some in found.items():
            labels[label] += some
    weight = BENCH * len(judged) / len(bench)
    bench = [replace(row, weight=weight) for row in bench]
    codes = sorted({row.code for row in (*judged, *bench)})
    tried = {}
    for deviation in DEVIATIONS:
        chances = held_out(judged, bench, codes, deviation)
        tried[deviation] = (log_loss(judged, chances), chances)
        print(f"deviation {deviation}: {tried[deviation][0]:.4f} nats a finding, held out")
    deviation = min(tried, key=lambda d: tried[d][0])
    kept = fit([*judged, *bench], codes, deviation)
    model = judgement_of(kept)
    least = {}
    for code in codes:
        best = [
            max(model.probability(r.code, r.signs) for r in rows if r.code == code)
            for label, found in labels.items()
            for rows in found
            if any(r.code == code for r in rows) and BARS[label][0].count(code)
        ]
        # a code that finds few of the edits of the benchmark is none that it was made for
        least[code] = (
            float(np.quantile(best, LOST, method="lower")) if len(best) >= FEW else UNKNOWN
        )
        least[code] = math.floor(1e4 * min(least[code], AT_MOST.get(code, UNKNOWN))) / 1e4
    kept["least"], kept["plain"] = least, UNKNOWN
    chances = tried[deviation][1]
    kept["elsewhere"] = elsewhere(judged, chances)
    shown = [(row, p) for row, p in zip(judged, chances, strict=True) if row.code not in SHIFTS]
    for name, precision in (("major", MAJOR), ("critical", CRITICAL)):
        where = from_where([row for row, _ in shown], [p for _, p in shown], precision)
        kept[name] = round(max(where, 0.5), 4)
    kept["critical"] = max(kept["critical"], kept["major"])
    OUTPUT.write_text(json.dumps(kept, indent=1) + "\n")
    print({name: kept[name] for name in ("major", "critical")}, least)


def elsewhere(judged: Sequence[Row], chances: Sequence[float]) -> dict[str, float]:
    """By code the probability from which on findings in translations out of English, which no benchmark
    measures, are right as often as `ELSEWHERE` asks for; 1 where none is, at least `UNKNOWN`.
    """
    found = {}
    for code in sorted({row.code for row in judged}):
        some = [
            (row, p)
            for row, p in zip(judged, chances, strict=True)
            if row.code == code and not row.pair.endswith("-en")
        ]
        if len(some) >= ENOUGH:
            where = from_where([r for r, _ in some], [p for _, p in some], ELSEWHERE, 1)
            found[code] = round(max(UNKNOWN, where), 4)
    return found


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
    measured = row.pair.endswith("-en")
    return model.severity(row.code, row.severity, probability, measured=measured)


def table(path: Path) -> None:
    kept = json.loads(OUTPUT.read_text("utf-8"))
    model = judgement_of(kept)
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
