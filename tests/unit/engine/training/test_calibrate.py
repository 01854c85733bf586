"""The curve of confidences: of which gold it is made, and how a family that is left out is measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from aligner.engine.evaluating import Case, CaseScore, GoldBead, score_beads
from aligner.engine.training.calibrate import knots, reliability_of
from tests.conftest import ROOT

COUNT = 400


def score(name: str, right: float, posterior: float = 0.9) -> CaseScore:
    """A case of 1-1 beads with one posterior, of which this share is right."""
    gold = [GoldBead((k,), (k,)) for k in range(COUNT)]
    wrong = round(COUNT * (1 - right) / 2) * 2
    made = [GoldBead((k,), (k ^ 1 if k < wrong else k,), posterior) for k in range(COUNT)]
    return score_beads(gold, made, name=name)


def case(name: str, **meta: str) -> Case:
    return Case(name, "en", "es", ("One.",), ("Uno.",), (0,), (0,), (GoldBead((0,), (0,)),), meta)


def curve_at(table: dict[str, tuple[tuple[float, float], ...]], posterior: float) -> float:
    x, y = zip(*table["match"], strict=True)
    return float(np.interp(posterior, x, y))


def test_rough_gold_is_not_in_the_curve() -> None:
    by_hand, by_ids = case("novel-a", gold_made="by hand"), case("ids", gold_made="ID-derived")
    coarse = case("coarse", granularity="coarse: paragraphs")
    scores = [score("novel-a@150", 0.5), score("ids@0", 1.0), score("coarse", 1.0)]
    found = reliability_of(scores, [by_hand, by_ids, coarse])
    assert curve_at(found, 0.9) == pytest.approx(0.5, abs=0.01)
    assert found["null"] == found["match"]


def test_where_all_gold_is_rough_the_curve_is_of_that() -> None:
    """A user who has nothing else gets a curve all the same."""
    found = reliability_of([score("ids@0", 0.6)], [case("ids", gold_made="ID-derived")])
    assert curve_at(found, 0.9) == pytest.approx(0.6, abs=0.01)
    assert reliability_of([], []) == {}


def test_each_family_is_read_off_a_curve_of_the_others(tmp_path: Path) -> None:
    rows = [
        {
            "name": s.name,
            "confidences": [*map(float, s.confidences)],
            "right": [*map(bool, s.right)],
        }
        for s in (
            *(score(f"news-{k}", 0.9, 0.9) for k in range(2)),
            *(score(f"verse-{k}", 0.5, 0.9) for k in range(2)),
            score("law-a", 0.7, 0.9),
            score("bible-x", 1.0, 0.9),
        )
    ]
    gold = tmp_path / "gold" / "law-a"
    gold.mkdir(parents=True)
    for name in ("src.en.txt", "tgt.es.txt"):
        gold.joinpath(name).write_text("One.\n", "utf-8")
    gold.joinpath("gold.txt").write_text("[0]:[0]\n", "utf-8")
    bible = tmp_path / "gold" / "bible-x"
    bible.mkdir()
    for file in gold.iterdir():
        bible.joinpath(file.name).write_bytes(file.read_bytes())
    report = tmp_path / "report.json"
    report.write_text(json.dumps(rows), "utf-8")
    done = subprocess.run(
        [sys.executable, "scripts/bench", "calibration", report, "--gold", tmp_path / "gold"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    table = {
        cells[0]: cells
        for line in done.stdout.splitlines()[2:]
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])
    }
    # read off verse (.5) and law (.7) news promises .57; law and news promise verse .83
    for name, right, others in (("news", 0.9, (0.5, 0.5, 0.7)), ("verse", 0.5, (0.9, 0.9, 0.7))):
        promised = sum(others) / 3
        assert float(table[name][2]) == pytest.approx(abs(promised - right), abs=0.01)
        assert table[name][1] == "800"
    assert float(table["together: law"][2]) == pytest.approx(0, abs=0.01)
    assert table["together: law"][1] == "400"
    assert table["bible (rough gold)"][1] == "400"


def test_knots_have_a_bin_for_few_beads_only_together() -> None:
    assert knots([0.5] * 60 + [0.9] * 59, [True] * 119) == ()
    assert len(knots([0.5] * 60 + [0.9] * 60, [False] * 60 + [True] * 60)) == 4
