"""Confidence on kinds that its curve has never met: each family left out of the calibration in turn.

    aligner train GOLD... --first WEIGHTS -o OUT --report REPORT
    scripts/bench calibration REPORT --gold GOLD [--gold GOLD ...]

REPORT holds the posteriors of every piece by weights that never saw its work. For each family of at
least 500 beads the curve is fitted on the others, as `aligner train` fits it, and the family's beads
are read off it; smaller families are read off curves without each and counted together. Families
whose gold is rough (coarse, or read off ids) are shown apart: there nobody decided on each bead.
Intervals: bootstrap over documents, over beads where a family has fewer than five.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from _bench import GOLD, parser, table

FEWEST = 500  # beads of a family that stands by itself
ROUNDS = 400
SURE = 0.95
FEW_DOCUMENTS = 5

Floats = npt.NDArray[np.float64]


class Family:
    """The held-out beads of a family: posteriors, whether right, and the document of each."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self.posterior = np.concatenate([np.array(row["confidences"], float) for row in rows])
        self.right = np.concatenate([np.array(row["right"], float) for row in rows])
        number = np.arange(len(rows), dtype=float)
        self.document = np.repeat(number, [len(row["right"]) for row in rows])


def calibrated(family: Family, others: Sequence[Family]) -> Floats:
    """The confidences of a family by a curve of the others."""
    from aligner.engine.training.calibrate import knots

    curve = knots(
        np.concatenate([one.posterior for one in others]).tolist(),
        (np.concatenate([one.right for one in others]) > 0).tolist(),
    )
    if not curve:
        return family.posterior
    x, y = zip(*curve, strict=True)
    return np.asarray(np.interp(family.posterior, np.array(x), np.array(y)))


def row(name: str, confidence: Floats, right: Floats, document: Floats) -> tuple[str, ...]:
    """ECE with its interval, and how many beads of .95 and more are right."""
    from aligner.engine.evaluating import calibration

    rng = np.random.default_rng(0)
    documents = np.unique(document)
    errors = []
    for _ in range(ROUNDS):
        if len(documents) < FEW_DOCUMENTS:
            chosen = rng.integers(0, len(right), len(right))
        else:
            drawn = rng.choice(documents, len(documents))
            chosen = np.concatenate([np.flatnonzero(document == one) for one in drawn])
        errors.append(calibration(confidence[chosen], right[chosen]).error or 0.0)
    low, high = np.percentile(errors, [2.5, 97.5])
    sure = confidence >= SURE
    error = calibration(confidence, right).error or 0.0
    share = f"{right[sure].mean():.3f}" if sure.any() else ""
    return (
        name,
        str(len(right)),
        f"{error:.3f}",
        f"{low:.3f} .. {high:.3f}",
        share,
        str(sure.sum()),
    )


def main() -> None:
    options = parser(__doc__)
    options.add_argument("report", type=Path, help="report of aligner train --report")
    options.add_argument("--gold", type=Path, action="append", help="folder of case folders")
    given = options.parse_args()

    from aligner.engine.evaluating import find_cases, load_cases
    from aligner.engine.evaluating.cases import case_families
    from aligner.engine.training.data import is_rough

    cases = [
        c for f in given.gold or [GOLD] for folder in find_cases(f) for c in load_cases(folder)
    ]
    rough_names = {case.name for case in cases if is_rough(case)}
    rows: dict[tuple[bool, str], list[dict[str, Any]]] = {}
    for one in json.loads(given.report.read_text(encoding="utf-8")):
        name = one["name"].partition("@")[0]
        if one["right"]:
            rows.setdefault((name in rough_names, case_families(name)[0]), []).append(one)
    families = {key: Family(some) for key, some in sorted(rows.items())}
    fine = {name: family for (rough, name), family in families.items() if not rough}
    out, pooled = [], []
    for name, family in fine.items():
        confidence = calibrated(family, [one for other, one in fine.items() if other != name])
        if len(family.right) >= FEWEST:
            out.append(row(name, confidence, family.right, family.document))
        else:
            pooled.append((name, confidence, family))
    if pooled:
        names = ", ".join(name for name, _, _ in pooled)
        number = [k * 1000.0 + family.document for k, (_, _, family) in enumerate(pooled)]
        out.append(
            row(
                f"together: {names}",
                np.concatenate([confidence for _, confidence, _ in pooled]),
                np.concatenate([family.right for _, _, family in pooled]),
                np.concatenate(number),
            )
        )
    for (rough, name), family in families.items():
        if rough:
            confidence = calibrated(family, list(fine.values()))
            out.append(row(f"{name} (rough gold)", confidence, family.right, family.document))
    table(("left out", "beads", "ECE", "95 % interval", "right of .95 and more", "beads"), out)


if __name__ == "__main__":
    main()
