"""The twelve published translations: whole, in order, with licences; scores are in docs/engine.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.engine.evaluating import find_cases, load_cases

FOLDER = Path(__file__).with_name("published")
FOLDERS = list(find_cases(FOLDER))


def test_there_are_twelve_with_six_hundred_beads() -> None:
    cases = [case for folder in FOLDERS for case in load_cases(folder)]
    assert len(cases) == 12
    assert sum(len(case.gold) for case in cases) >= 600


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_segment_stands_in_one_bead_and_licences_are_named(folder: Path) -> None:
    (case,) = load_cases(folder)
    assert [index for bead in case.gold for index in bead.source] == list(range(len(case.source)))
    assert [index for bead in case.gold for index in bead.target] == list(range(len(case.target)))
    attribution = FOLDER.joinpath("ATTRIBUTION.md").read_text("utf-8")
    assert f"`{case.name}`" in attribution
    assert str(case.meta["licence"]) in attribution
    assert case.meta["n_beads"] == len(case.gold)
