"""The figures as a table for people and as plain data for `--json`.

Rates have four decimals, a rate that does not apply is `n/a` in the table and null in JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from aligner.engine.evaluating.bytext import TextScore
from aligner.engine.evaluating.counts import MEASURES, Rates
from aligner.engine.evaluating.resampling import Comparison, Interval
from aligner.engine.evaluating.scores import CaseScore
from aligner.engine.evaluating.summary import CONFIDENT, Calibration, ScoreSummary, calibration
from aligner.text.wording import numbered

__all__ = [
    "comparison_lines",
    "score_data",
    "score_lines",
    "summary_data",
    "text_data",
    "text_lines",
]

Intervals = Mapping[str, Mapping[str, Interval]]
Comparisons = Mapping[str, Mapping[str, Comparison]]
_NAME_WIDTH = 28
_HEAD = (
    f"{'':{_NAME_WIDTH}}  strict P      R     F1  |  lax P      R     F1  | null P      R     F1"
)


def score_lines(
    scores: Sequence[CaseScore],
    summary: ScoreSummary,
    by_family: Mapping[str, ScoreSummary],
    intervals: Intervals,
) -> list[str]:
    """The table: documents, families, micro and macro, intervals, bead types, calibration."""
    lines = [_HEAD]
    lines += [_row(s.name, {m: s.rates(m) for m in MEASURES}, merged=s.merged) for s in scores]
    if len(scores) > 1:
        if len(by_family) > 1:
            lines += ["", "mean of family (documents)"]
            lines += [_row(f"{f} ({s.documents})", s.macro) for f, s in by_family.items()]
        lines += ["", f"all {summary.documents} documents"]
        lines.append(_row("mean over documents (macro)", summary.macro))
        lines.append(_row("counts summed (micro)", summary.micro))
        lines.append("documents with the measure    " + _per_measure(summary.documents_of))
    lines += _interval_lines(intervals, several=len(scores) > 1)
    if summary.stray_nulls:
        lines.append(
            f"{numbered(summary.stray_nulls, 'segment')} left unaligned in documents without gold nulls"
        )
    if any(s.merged for s in scores):
        lines.append("* coarse gold: system beads inside one gold bead are merged first")
    lines += ["", "bead type    gold  system    hits"]
    lines += [f"{k:9} {t.gold:7} {t.system:7} {t.hits:7}" for k, t in summary.types.items()]
    return [*lines, "", *_calibration_lines(summary.calibration)]


def _row(name: str, values: Mapping[str, Rates], *, merged: bool = False) -> str:
    shown = name + ("*" if merged else "")
    cells = [
        f"{_rate(r.precision)} {_rate(r.recall)} {_rate(r.f1)}"
        for r in (values[m] for m in MEASURES)
    ]
    return f"{shown:{_NAME_WIDTH}}   " + "  | ".join(cells)


def _rate(value: float | None) -> str:
    return "   n/a" if value is None else f"{value:6.4f}"


def _per_measure(values: Mapping[str, int]) -> str:
    return ", ".join(f"{m} {values[m]}" for m in MEASURES)


def _interval_lines(intervals: Intervals, *, several: bool) -> list[str]:
    lines = []
    for how in ("macro", "micro") if several else ("micro",):
        known = intervals.get(how, {})
        if known:
            label = f"95 % of F1 ({how})" if several else "95 % of F1"
            spans = ", ".join(f"{m} {i.low:.4f}-{i.high:.4f}" for m, i in known.items())
            lines.append(f"{label}: {spans}")
    return lines


def _calibration_lines(figures: Calibration) -> list[str]:
    if figures.error is None:
        return ["calibration: n/a (the system gives no confidence)"]
    lines = ["confidence     beads   mean  right"]
    lines += [
        f"{b.low:.1f}-{b.high:.1f}     {b.count:8}   {b.confidence:.3f}  {b.right:.3f}"
        for b in figures.bins
        if b.count
    ]
    lines.append(
        f"expected calibration error: {figures.error:.4f} over {numbered(figures.beads, 'bead')}"
    )
    right = figures.confident_right
    share = "n/a" if right is None else f"{right:.4f}"
    lines.append(
        f"confidence {CONFIDENT} or more: {numbered(figures.confident, 'bead')}, right {share}"
    )
    return lines


def comparison_lines(compared: Comparisons, *, several: bool) -> list[str]:
    """Second system against the first, one line a measure."""
    lines = []
    for how in ("macro", "micro") if several else ("micro",):
        for measure, c in compared.get(how, {}).items():
            label = f"{measure} F1 ({how})" if several else f"{measure} F1"
            lines.append(
                f"{label}: {c.first:.4f} -> {c.second:.4f}, difference {c.difference:+.4f} "
                f"(95 % {c.interval.low:+.4f} to {c.interval.high:+.4f}), p = {c.p:.3f}"
            )
    return lines


def score_data(score: CaseScore) -> dict[str, Any]:
    """One document for `--json`."""
    return {
        "name": score.name,
        "gold": score.gold_digest,
        "merged": score.merged,
        **{m: asdict(score.rates(m)) for m in MEASURES},
        "types": {k: asdict(t) for k, t in score.types.items()},
        "calibration": asdict(calibration(score.confidences, score.right)),
    }


def summary_data(
    summary: ScoreSummary, intervals: Intervals | None = None, compared: Comparisons | None = None
) -> dict[str, Any]:
    """Figures over documents for `--json`, with intervals and a comparison where there are any."""
    data: dict[str, Any] = asdict(summary)
    for key, figures in (("intervals", intervals), ("comparison", compared)):
        if figures:
            data[key] = {
                how: {m: asdict(v) for m, v in values.items()} for how, values in figures.items()
            }
    return data


def text_lines(scores: Sequence[TextScore]) -> list[str]:
    """The table of `--by-text`."""
    lines = [
        f"{'':{_NAME_WIDTH}}    cuts P      R     F1  | block P      R     F1  | null P      R     F1"
    ]
    for s in scores:
        cells = [f"{_rate(r.precision)} {_rate(r.recall)} {_rate(r.f1)}" for r in _text_rates(s)]
        lines.append(f"{s.name:{_NAME_WIDTH}}   " + "  | ".join(cells))
    if len(scores) > 1:
        means = [_mean([_text_rates(s)[k].f1 for s in scores]) for k in range(3)]
        lines.append(
            "mean of F1 over documents: "
            + ", ".join(
                f"{name} {_rate(v).strip()}"
                for name, v in zip(("cuts", "blocks", "null"), means, strict=True)
            )
        )
    return lines + [
        f"{s.name}: text in common: gold {s.coverage[0]:.3f} / {s.coverage[1]:.3f}, "
        f"system {s.coverage[2]:.3f} / {s.coverage[3]:.3f} of the characters; "
        f"cuts lost with the rest: gold {s.lost[0]}, system {s.lost[1]}"
        for s in scores
    ]


def _text_rates(score: TextScore) -> tuple[Rates, Rates, Rates]:
    return (score.cuts, score.blocks, score.null)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def text_data(score: TextScore) -> dict[str, Any]:
    """One document of `--by-text` for `--json`."""
    return asdict(score)
