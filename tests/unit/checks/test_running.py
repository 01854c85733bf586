"""Running text is told from rows that stand by themselves, and judged by its own experience."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import aligner
from aligner.checks.common import Hit
from aligner.checks.running import Neighbours, input_of
from aligner.model import Bead
from aligner.workflows import checking
from tests.unit.checks.interview import interview
from tests.unit.checks.samples import alignment
from tests.unit.cli.run import run


def units(count: int, kept: float) -> Neighbours:
    """Vectors of which each keeps something of the one before."""
    made, made_of = Neighbours(), np.random.default_rng(5)
    last = made_of.normal(size=64)
    for _ in range(count):
        last = kept * last + (1 - kept) * made_of.normal(size=64)
        made.add((last / np.linalg.norm(last)).astype(np.float32))
    return made


def input_by(
    neighbours: Neighbours, beads: tuple[Bead, ...] = (), wrong: Sequence[Hit] = (), count: int = 40
) -> str:
    made = alignment([("a", "b")] * (3 if beads else count))
    return input_of(replace(made, beads=beads or made.beads), neighbours, wrong)


def figures(count: int, severity: str = "major") -> list[Hit]:
    return [Hit(code, severity, 0.9, "", ((0, 1),)) for code in ("number", "speaker", "date")][
        :count
    ]


def test_neighbours_that_go_on_about_something() -> None:
    assert input_by(units(60, 0.6)) == "document"
    assert input_by(units(60, 0.0)) == "pairs"
    assert abs(units(2000, 0.0).errors) < 3


def test_of_few_pairs_nobody_can_tell() -> None:
    assert input_by(units(15, 0.0)) == "document"
    assert input_by(Neighbours()) == "document"


def test_somebody_aligned_a_running_text() -> None:
    two = (Bead(range(2), range(1)), Bead(range(2, 3), range(1, 3)))
    assert input_by(units(60, 0.0), two) == "short"
    # a unit that nobody translated is no sign of it
    bare = (
        Bead(range(1), range(1)),
        Bead(range(1, 2), range(1, 1)),
        *(Bead(range(k, k + 1), range(k - 1, k)) for k in (2,)),
        Bead(range(3, 3), range(2, 3)),
    )
    assert input_by(units(60, 0.0), bare) == "pairs"


def test_a_short_text() -> None:
    assert input_by(units(30, 0.6), count=19) == "short"
    assert input_by(units(30, 0.6), count=20) == "document"
    assert input_by(units(30, 0.0), count=19) == "pairs"


def test_figures_that_are_wrong_again_and_again() -> None:
    assert input_by(units(60, 0.6), wrong=figures(3)) == "errors"
    assert input_by(units(60, 0.6), wrong=figures(3), count=10) == "errors"
    assert input_by(units(60, 0.6), wrong=figures(2)) == "errors"
    assert input_by(units(60, 0.6), wrong=figures(1)) == "document"
    # notes are no errors, other findings may be liberties, and a long text has some of everything
    assert input_by(units(60, 0.6), wrong=figures(3, "note")) == "document"
    names = [Hit("name", "major", 0.9, "", ((0, 1),))] * 9
    assert input_by(units(60, 0.6), wrong=names) == "document"
    assert input_by(units(60, 0.6), wrong=figures(3), count=91) == "document"
    # nor does it matter to pairs that stand by themselves
    assert input_by(units(60, 0.0), wrong=figures(3)) == "pairs"


def pairs_of_the_interview() -> list[tuple[str, str]]:
    return [
        (" ".join(s.text for s in source), " ".join(s.text for s in target))
        for _, source, target in interview().pairs()
        if source and target
    ]


def test_an_interview_and_its_shuffled_pairs() -> None:
    rows = pairs_of_the_interview()
    assert checking.check(alignment(rows)).judged_as == "errors"
    random.Random(3).shuffle(rows)
    assert checking.check(alignment(rows)).judged_as == "pairs"


SAID = {
    "document": "a document",
    "short": "a short text",
    "errors": "a text with errors",
    "pairs": "separate pairs",
}


@pytest.mark.parametrize("judged_as", SAID)
def test_it_can_be_said(judged_as: str, tmp_path: Path) -> None:
    path = tmp_path / "a.alignment.json"
    aligner.export(alignment(pairs_of_the_interview()[:12]), "json", path)
    page = tmp_path / "a.html"
    done = run("check", path, "--json", "--judged-as", judged_as, "--html", page)
    assert json.loads(done.out)["judged_as"] == judged_as
    words = SAID[judged_as]
    assert f"findings judged as those of {words}" in page.read_text("utf-8")
    done = run("check", path, "--judged-as", judged_as)
    assert f"judged as {words}" in done.err


def test_another_experience_gives_another_confidence() -> None:
    made = alignment(pairs_of_the_interview())
    wanted = checking.Wanted(minimum="note")
    both = [
        {
            one.id: one.confidence
            for one in checking.check(made, replace(wanted, judged_as=how)).findings
        }
        for how in ("document", "pairs")
    ]
    assert both[0].keys() == both[1].keys()
    assert both[0] != both[1]


def test_rows_of_a_table_are_pairs(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("id\tsource\ttarget\n1\tVinieron 14 barcos.\t15 ships came.\n", "utf-8")
    done = run("check", path, "--pairs", "-s", "es", "-t", "en")
    assert "judged as separate pairs" in done.err
    done = run("check", path, "--pairs", "-s", "es", "-t", "en", "--judged-as", "document")
    assert "judged as a document" in done.err
    done = run("check", path, "--pairs", "-s", "es", "-t", "en", "--judged-as", "novel")
    assert done.code == 2
    assert "known: auto, document, short, errors, pairs" in done.err
