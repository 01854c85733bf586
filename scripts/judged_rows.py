"""Findings as calibrate_findings.py learns from them: judged ones, and those of the benchmark."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from bench_fidelity import BARS, read_rows

from aligner.checks.common import JUDGED, Setting, judgement_signs

__all__ = ["TABLE", "Row", "bench_rows", "judged_rows", "measured"]

TABLE = Path(__file__).resolve().parent.parent / "tests" / "gold" / "judged" / "findings.tsv"


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with its signs; `real` None where nobody judged it."""

    doc: str
    half: str
    pair: str
    id: str
    code: str
    severity: str
    signs: tuple[float, ...]
    real: bool
    verdict: str
    weight: float = 1.0


def judged_rows(path: Path = TABLE, *, gone: bool = False) -> list[Row]:
    """The findings that are raised now, with `gone` those that were once too."""
    lines = path.read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cell = dict(zip(header, line.split("\t"), strict=True))
        if cell["raised"] != "yes" and not gone:
            continue
        signs = tuple(float(cell[name]) for name in JUDGED[1:])  # "nan" where not known
        rows.append(
            Row(
                cell["document"],
                cell["half"],
                cell["languages"],
                cell["id"],
                cell["code"],
                cell["severity"],
                (1.0, *signs),
                cell["verdict"] == "real",
                cell["verdict"],
            )
        )
    return rows


def bench_rows(folder: Path, lang: str) -> list[Row]:
    """Findings of clean rows (not real) and those that an edit raised (real)."""
    from threadpoolctl import threadpool_limits

    from aligner.checks import Checker, TextPair
    from aligner.workflows.checking import _sums

    setting = Setting("pairs")
    rows = read_rows(folder / f"ntrex-{lang}-en.tsv")
    checker = Checker(lang, "en", _sums("embedded"))
    pairs = [TextPair(row[3], row[4]) for row in rows]
    with threadpool_limits(1, user_api="blas"):
        checker.learn(pairs)
        hits = {row[0]: raised for row, raised in zip(rows, checker.hits(pairs), strict=True)}
    learned: list[Row] = []
    for row in rows:
        clean = row[5] == "ok"
        known = set() if clean else {(h.code, h.cause) for h in hits[row[0].rsplit(".", 1)[0]]}
        codes = BARS[row[5]][0] if row[5] in BARS else ()
        learned += [
            Row(
                f"bench-{row[0].split('.')[0]}",
                "learn",
                f"{lang}-en",
                "",
                hit.code,
                hit.severity,
                judgement_signs(hit, (row[3], row[4]), "en", setting),
                not clean,
                "",
            )
            for hit in hits[row[0]]
            if hit.severity != "note"
            and (clean or (hit.code in codes and (hit.code, hit.cause) not in known))
        ]
    return learned


def measured(folder: Path, lang: str, cache: Path | None) -> list[Row]:
    """`bench_rows`, kept in a folder, for it takes a minute a language."""
    kept = cache / f"{lang}.json" if cache else None
    if kept is None or not kept.exists():
        rows = bench_rows(folder, lang)
        if kept is None:
            return rows
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([astuple(row) for row in rows]))
    return [_row(one) for one in json.loads(kept.read_text())]


def _row(cells: list[Any]) -> Row:
    kept = dict(zip(Row.__slots__, cells, strict=True))
    return Row(**{**kept, "signs": tuple(kept["signs"])})
