"""Texts whose segments are much longer on one side, with the shipped weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.engine.evaluating import GoldBead, find_cases, load_gold, score_case
from aligner.engine.evaluating.cases import case_documents
from aligner.workflows.aligning import align_documents

FOLDERS = list(find_cases(Path(__file__).with_name("uneven")))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_paragraph_against_its_sentences(folder: Path) -> None:
    """Most beads are as they should be, and none is far off: a text of nothing but nulls, which is
    what beads of eight segments make of it, has an F1 of 0.
    """
    case = load_gold(folder)
    assert max(len(bead.source) + len(bead.target) for bead in case.gold) >= 5
    beads = align_documents(*case_documents(case)).beads
    score = score_case(
        case, [GoldBead(tuple(b.source), tuple(b.target), b.confidence) for b in beads]
    )
    assert (score.rates("strict").f1 or 0) >= 0.6, beads
    assert (score.rates("lax").f1 or 0) >= 0.95, beads


def test_both_ways_round_give_the_same_beads() -> None:
    for folder in FOLDERS:
        if folder.name.endswith("-swapped"):
            there, back = (
                align_documents(*case_documents(load_gold(one))).beads
                for one in (folder.with_name(folder.name.removesuffix("-swapped")), folder)
            )
            assert [(b.source, b.target) for b in there if b.source and b.target] == [
                (b.target, b.source) for b in back if b.source and b.target
            ]
