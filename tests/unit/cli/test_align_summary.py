"""What `align --json` promises about its links, and the notice where it is little."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.workflows.aligning import Notices, align_documents
from tests.unit.cli.run import run
from tests.unit.review.samples import document

ES = "La casa es azul.\nEl perro duerme.\nLlueve mucho hoy.\nEs tarde ya.\n"
EN = "The house is blue.\nThe dog sleeps.\nIt rains a lot today.\nIt is late now.\n"


def test_the_summary_says_how_many_links_are_right(tmp_path: Path) -> None:
    for name, text in (("es.txt", ES), ("en.txt", EN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run(
        "align",
        tmp_path / "es.txt",
        tmp_path / "en.txt",
        "-s",
        "es",
        "-t",
        "en",
        "--json",
        "-o",
        tmp_path / "out.beads",
    )
    assert done.code == 0, done.err
    (one,) = json.loads(done.out)["alignments"]
    assert 0.8 < one["expected_f1"] <= 1
    assert one["expected"] == f"about {one['expected_f1'] * 100:.0f} of 100 links are right"


@pytest.mark.parametrize("shuffled", [False, True])
def test_few_right_links_are_said(shuffled: bool) -> None:
    source = ES.splitlines()
    target = EN.splitlines()
    if shuffled:  # sentences without their translations among those with
        source = ["El ministro viajó a Lisboa.", source[0], "Quedan tres manzanas.", source[1]]
        target = ["My aunt plays chess.", target[0], "The bridge was closed.", target[1]]
    notices = Notices()
    made = align_documents(document("es", [source]), document("en", [target]), notices=notices)
    assert made.expected_f1 is not None
    said = [line for line in notices.lines if "of 100 links are right" in line]
    assert bool(said) == (made.expected_f1 < 0.85 and not made.warnings)
