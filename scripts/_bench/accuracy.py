"""Strict, lax and null F1 on gold cases with the shipped weights, beside the held-out figures.

One row a case and a mean for each family, as `aligner evaluate --cases` counts them; `seen` marks
cases that the weights were trained on: for these the held-out column is the honest figure. It
comes from the report that `aligner train ... --report FILE` writes, where each piece was scored by
weights that never saw its group. Long cases are in that report by pieces; their mean is shown.

With --versus FILE (other weights) the cases are aligned with both, and the differences of every
family are tested by a paired bootstrap over beads (Koehn 2004): `versus` is the first system.

--beads FILE keeps the beads of this run, --versus-beads FILE compares with kept ones. So two states
of the code are compared: the older one aligns with its own code and today's script,

    PYTHONPATH=OLDER scripts/bench accuracy --beads before.json
    scripts/bench accuracy --versus-beads before.json --families
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _bench import GOLD, folders, parser, progress, table

if TYPE_CHECKING:
    from aligner.engine.evaluating import Case, CaseScore, GoldBead

MEASURES = ("strict", "lax", "null")


def f3(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def mean(values: Iterator[float | None] | Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def held_out(path: Path | None) -> dict[str, list[dict[str, Any]]]:
    """Rows of the report by case; the pieces of one case together."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")) if path else []:
        rows.setdefault(row["name"].partition("@")[0], []).append(row)
    return rows


def error(rows: Sequence[dict[str, Any]]) -> float | None:
    """Expected calibration error over the held-out beads (raw posteriors)."""
    import numpy as np

    from aligner.engine.evaluating import calibration

    if not rows:
        return None
    return calibration(
        np.concatenate([np.array(row["confidences"], float) for row in rows]),
        np.concatenate([np.array(row["right"], float) for row in rows]),
    ).error


def aligned(
    cases: Sequence[Case], weights: Path | None
) -> tuple[dict[str, list[GoldBead]], list[str]]:
    """Each case's beads with these weights, and the cases that were said to be no translations."""
    from aligner.engine.evaluating.beads import beads_of
    from aligner.engine.evaluating.cases import case_documents
    from aligner.workflows.aligning import Settings, align_documents

    settings = Settings(weights=weights, encoder="embedded")
    beads: dict[str, list[GoldBead]] = {}
    alarms = []
    for number, case in enumerate(cases):
        progress(f"{number + 1}/{len(cases)} {case.name}")
        alignment = align_documents(*case_documents(case), settings=settings)
        beads[case.name] = list(beads_of(alignment))
        alarms += [case.name] if alignment.warnings else []
    progress("")
    return beads, alarms


def scored(cases: Sequence[Case], beads: Mapping[str, Sequence[GoldBead]]) -> list[CaseScore]:
    """The scores of each case's beads."""
    from aligner.engine.evaluating import score_case

    lacking = [case.name for case in cases if case.name not in beads]
    if lacking:
        sys.exit(f"the kept beads lack {lacking[0]}: keep them with the same patterns of names")
    return [score_case(case, beads[case.name]) for case in cases]


def kept_beads(path: Path) -> dict[str, list[GoldBead]]:
    """The beads that an earlier run kept with --beads."""
    from aligner.engine.evaluating.beads import GoldBead

    return {
        name: [GoldBead(tuple(a), tuple(b), confidence) for a, b, confidence in rows]
        for name, rows in json.loads(path.read_text(encoding="utf-8")).items()
    }


def keep_beads(beads: Mapping[str, Sequence[GoldBead]], path: Path) -> None:
    """Beads as JSON: name -> [[source, target, confidence] ...]."""
    rows = {n: [(b.source, b.target, b.confidence) for b in some] for n, some in beads.items()}
    path.write_text(json.dumps(rows), encoding="utf-8")


def compare(
    first: Sequence[CaseScore],
    second: Sequence[CaseScore],
    names: tuple[str, str] = ("versus", "weights"),
) -> None:
    """Macro F1 of every family, first and second system, with interval and p of the difference."""
    from aligner.engine.evaluating import families, paired_bootstrap

    rows = []
    for name in (*families(second), "all"):
        chosen = [n for n, s in enumerate(second) if name == "all" or name in s.families]
        found = paired_bootstrap([first[n] for n in chosen], [second[n] for n in chosen])["macro"]
        for measure, one in found.items():
            low, high = one.interval.low, one.interval.high
            rows.append(
                (
                    f"{name} ({len(chosen)})",
                    measure,
                    f"{one.first:.4f}",
                    f"{one.second:.4f}",
                    f"{one.difference:+.4f}",
                    f"{low:+.4f} .. {high:+.4f}",
                    f"{one.p:.3f}",
                )
            )
    table(("family", "measure", *names, "difference", "95 % interval", "p"), rows)
    print()


def main() -> None:
    options = parser(__doc__)
    options.add_argument("cases", nargs="*", default=["*"], help="patterns of case names")
    options.add_argument("--gold", type=Path, default=GOLD, help="the folder of case folders")
    options.add_argument("--largest", type=int, default=4000, help="segments a side")
    options.add_argument("--weights", type=Path, help="weights instead of the shipped ones")
    options.add_argument("--against", type=Path, help="report of aligner train --report")
    options.add_argument(
        "--versus", type=Path, help="weights to compare with, by a paired bootstrap"
    )
    options.add_argument("--beads", type=Path, help="keep the beads of this run in a file")
    options.add_argument("--versus-beads", type=Path, help="compare with beads that were kept")
    options.add_argument("--families", action="store_true", help="the means alone")
    given = options.parse_args()

    from aligner.engine.evaluating import families, load_cases, summarise_scores
    from aligner.engine.features import parse_weights, shipped_weights

    weights = (
        parse_weights(given.weights.read_text(encoding="utf-8"), str(given.weights))
        if given.weights
        else shipped_weights()
    )
    seen = set(weights.about.get("cases", ()))
    report = held_out(given.against)
    cases = [case for folder in folders(given.cases, given.gold) for case in load_cases(folder)]
    passed = [c.name for c in cases if max(len(c.source), len(c.target)) > given.largest]
    cases = [case for case in cases if case.name not in passed]
    beads, alarms = aligned(cases, given.weights)
    if given.beads:
        keep_beads(beads, given.beads)
    scores = scored(cases, beads)
    if given.versus:
        compare(scored(cases, aligned(cases, given.versus)[0]), scores)
    if given.versus_beads:
        compare(scored(cases, kept_beads(given.versus_beads)), scores)
    rows = []
    for score in () if given.families else scores:
        other = report.get(score.name, [])
        rows.append(
            (
                score.name + (" (seen)" if score.name in seen else ""),
                *(f3(score.rates(measure).f1) for measure in MEASURES),
                f3(summarise_scores([score]).calibration.error),
                *(f3(mean([row[measure] for row in other])) for measure in MEASURES),
                f3(error(other)),
            )
        )
    groups = {**families(scores), "all": summarise_scores(scores)}
    for name, summary in groups.items():
        members = [s.name for s in scores if name == "all" or name in s.families]
        other = [row for member in members for row in report.get(member, ())]
        rows.append(
            (
                f"**{name}** ({summary.documents})",
                *(f3(summary.macro[measure].f1) for measure in MEASURES),
                f3(summary.calibration.error),
                *(
                    f3(mean([mean([r[m] for r in report.get(x, ())]) for x in members]))
                    for m in MEASURES
                ),
                f3(error(other)),
            )
        )
    head = ("case", *MEASURES, "ECE", *(f"held-out {m}" for m in MEASURES), "held-out ECE")
    keep = len(head) if report else 5
    table(head[:keep], [row[:keep] for row in rows])
    print(f"weights {weights.digest}; ECE of held-out posteriors is before calibration")
    if alarms:
        print(f"said to be no translations: {', '.join(alarms)}")
    if passed:
        print(f"more than {given.largest} segments, left out: {', '.join(passed)}", file=sys.stderr)


if __name__ == "__main__":
    main()
