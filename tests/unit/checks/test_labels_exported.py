"""Labels of beads in the exports: TMX prop and TEI @ana."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.workflows.aligning import export
from tests.unit.checks.samples import alignment


@pytest.fixture
def labelled():  # type: ignore[no-untyped-def]
    made = alignment([("Llueve.", "It rains."), ("Nada.", "")])
    beads = (
        replace(made.beads[0], labels=("modulation", "my own")),
        replace(made.beads[1], labels=("mutation.deletion",)),
    )
    return replace(made, beads=beads)


def test_tei_points_from_links_and_null_segments_to_the_labels(labelled, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    written = export(labelled, "tei", tmp_path / "x.tei.xml")
    text = "".join(path.read_text("utf-8") for path in written)
    assert 'xml:id="label.modulation"' in text
    assert "label.my_own" in text
    assert "<catDesc>my own</catDesc>" in text
    assert text.count("#label.modulation") == 1
    assert "#label.mutation.deletion" in text


def test_tmx_carries_them_as_props(labelled, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    export(labelled, "tmx", tmp_path / "x.tmx")
    text = (tmp_path / "x.tmx").read_text("utf-8")
    assert ">modulation</prop>" in text
    assert ">my own</prop>" in text
