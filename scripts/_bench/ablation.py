"""What each group of features is worth: train without it, score on texts that were held out.

One row a group: its features are zero in training, its weights zero in scoring, and every case is
scored by weights that never saw its group (cross-validation, see `training.data.fold_of`).
Differences are to the row `all features` of the same cases, folds and iterations. It takes about
as long as `aligner train` for each row; with --state FILE finished folds are kept, and the next
call goes on from there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from _bench import GOLD, folders, parser, table

# group -> parts of the names of its features; a feature may be in several groups
GROUPS: dict[str, tuple[str, ...]] = {
    "similarity to the background": ("distance", "margin"),
    "rivals": ("rival",),
    "economy": ("gain", "shared across the cut"),
    "bends": (" above 0", " above 1", " above 2"),
    "lengths": ("length", "very short"),
    "numbers": ("numbers",),
    "names": ("names",),
    "words": ("shared words",),
    "marks": ("question", "exclamation", "colon", "end mark", "quotation", "dash"),
    "paragraphs": ("paragraph", "running text"),
    "runs of nulls": ("a run", "run inside"),
    "the document as a whole": ("document's", "unlike texts", "surplus", "first chain"),
    "neighbours": ("neighbours'", "beside it", "bead before or after"),
}
KEPT = ("is ", "segments ", "null")  # without these there is no alignment to compare with
MEASURES = ("strict", "lax", "null")


def chosen(names: Sequence[str], group: str) -> list[int]:
    """Indexes of a group's features; a bend belongs to the group `bends` and to its feature's."""
    return [k for k, name in enumerate(names) if any(part in name for part in GROUPS[group])]


def check_groups(*tables: Sequence[str]) -> None:
    """Every feature is in a group, or is one of those that are never left out."""
    for names in tables:
        known = {k for group in GROUPS for k in chosen(names, group)}
        odd = [n for k, n in enumerate(names) if k not in known and not n.startswith(KEPT)]
        if odd:
            sys.exit(f"features without a group in {__file__}: {', '.join(odd)}")


def load_state(path: Path | None, key: Mapping[str, Any]) -> dict[str, Any]:
    if path is None or not path.exists():
        return {"key": key, "rows": {}}
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if state["key"] != key:
        sys.exit(f"{path} is of other cases, folds or iterations: name another file")
    return state


def main() -> None:
    options = parser(__doc__)
    options.add_argument("cases", nargs="*", help="patterns of case names")
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--groups", nargs="+", choices=list(GROUPS), default=list(GROUPS))
    options.add_argument("--folds", type=int, default=3)
    options.add_argument("--iterations", type=int, default=15)
    options.add_argument("--largest", type=int, default=700, help="segments a side")
    options.add_argument("--state", type=Path, help="finished folds are kept in this file")
    given = options.parse_args()

    from threadpoolctl import threadpool_limits

    from aligner.engine.embedding import load_encoder
    from aligner.engine.evaluating import load_cases
    from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES, PARTS, Weights
    from aligner.engine.training import score_cases
    from aligner.engine.training.data import example_of, fold_of, pieces_of
    from aligner.engine.training.fit import fit

    check_groups(MATCH_FEATURES, NULL_FEATURES)
    patterns = given.cases or ["ros-*", "osg-*", "hard-*", "mac-*", "textberg-*"]
    cases = [case for folder in folders(patterns, given.gold) for case in load_cases(folder)]
    cases = [c for c in cases if max(len(c.source), len(c.target)) <= given.largest]
    key = {
        "cases": [case.name for case in cases],
        "folds": given.folds,
        "iterations": given.iterations,
        "features": [list(MATCH_FEATURES), list(NULL_FEATURES)],
    }
    state = load_state(given.state, key)
    encoder = load_encoder("embedded")
    parts = [piece for case in cases for piece in pieces_of(case)]

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def without(weights: Weights, group: str) -> Weights:
        tables = []
        for old, names in ((weights.match, MATCH_FEATURES), (weights.null, NULL_FEATURES)):
            new = {part: old[part].copy() for part in PARTS}
            for part in PARTS:
                new[part][chosen(names, group) if group in GROUPS else []] = 0.0
            tables.append(new)
        return replace(weights, match=tables[0], null=tables[1])

    rows = ["all features", *given.groups]
    open_rows = [row for row in rows if len(state["rows"].get(row, {})) < given.folds]
    with threadpool_limits(1, user_api="blas"):
        examples = []
        for number, piece in enumerate(parts if open_rows else []):
            say(f"features {number + 1}/{len(parts)}: {piece.case.name}")
            examples.append(example_of(piece, encoder))
        for row in open_rows:
            kept: list[tuple[Any, Any, Any]] = []
            for strip in [strip for item in examples for strip in item.strips]:
                # in place, and put back afterwards: a copy of all features would not fit
                f = chosen(MATCH_FEATURES, row) if row in GROUPS else []
                g = chosen(NULL_FEATURES, row) if row in GROUPS else []
                features = strip.features
                kept.append(
                    (features, features.match_TFRB[:, f].copy(), features.null_TGRB[:, g].copy())
                )
                features.match_TFRB[:, f] = 0
                features.null_TGRB[:, g] = 0
            for fold in range(given.folds):
                done = state["rows"].setdefault(row, {})
                if str(fold) in done:
                    continue
                inside = [p.case for p in parts if fold_of(p.case.name, given.folds) == fold]
                outside = [e for e in examples if fold_of(e.name, given.folds) != fold]
                say(f"{row}, fold {fold + 1} of {given.folds}: {len(outside)} pieces")
                weights = fit(
                    outside, iterations=given.iterations, processes=len(os.sched_getaffinity(0))
                )
                scores = score_cases(inside, encoder, without(weights, row))
                done[str(fold)] = [
                    {"name": s.name, **{m: s.rates(m).f1 for m in MEASURES}} for s in scores
                ]
                if given.state:
                    temporary = given.state.with_suffix(".part")
                    temporary.write_text(json.dumps(state), encoding="utf-8")
                    temporary.replace(given.state)
            for features, match, null in kept:
                f = chosen(MATCH_FEATURES, row) if row in GROUPS else []
                g = chosen(NULL_FEATURES, row) if row in GROUPS else []
                features.match_TFRB[:, f], features.null_TGRB[:, g] = match, null
    show(state, rows, MATCH_FEATURES, NULL_FEATURES)


def show(
    state: Mapping[str, Any], rows: Sequence[str], match: Sequence[str], null: Sequence[str]
) -> None:
    means = {}
    for row in rows:
        pieces = [piece for fold in state["rows"][row].values() for piece in fold]
        means[row] = [
            float(np.mean([piece[m] for piece in pieces if piece[m] is not None])) for m in MEASURES
        ]
    base = means["all features"]
    table(
        ("without", "features", *MEASURES, *(f"{m} -" for m in MEASURES)),
        [
            (
                row,
                len(chosen(match, row)) + len(chosen(null, row)) if row in GROUPS else "",
                *(f"{value:.4f}" for value in means[row]),
                *(
                    f"{value - first:+.4f}" if row in GROUPS else ""
                    for value, first in zip(means[row], base, strict=True)
                ),
            )
            for row in rows
        ],
    )


if __name__ == "__main__":
    main()
