"""What a tutorial says of another program holds there."""

from __future__ import annotations

import shutil
from pathlib import Path

import aligner
from tests.client import omegat
from tests.conftest import CORPORA


def test_the_memory_of_the_translator_fills_next_years_document(tmp_path: Path) -> None:
    """docs/en/tutorials/translator.md, "Use it in OmegaT"."""
    rental = CORPORA / "rental"
    project = omegat.project(tmp_path / "project", "ES", "EN", sentences=True)
    shutil.copy(rental / "es-2026.docx", project / "source")
    made = aligner.align(rental / "es.docx", rental / "en.docx")
    aligner.export(made, "tmx", project / "tm" / "auto" / "rental.tmx")
    omegat.translated(project)
    text = [one.text for one in aligner.read(project / "target" / "es-2026.docx").paragraphs]
    assert "Rental Terms" in text
    assert any(one.startswith("Check the brakes before you start.") for one in text)
    assert "Los perros pequeños viajan en la cesta." in text  # the memory does not know it
    exact = [one for one in text if "dieciocho" in one]
    assert exact  # a fuzzy match is the translator's to decide
