"""Segments with formatting in OmegaT: exact matches of our TMX with its option Remove Tags, as we say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aligner.model import ReadOptions, Source
from aligner.workflows.reading import read
from tests.client.omegat import project, translated
from tests.client.soffice import converted
from tests.conftest import require_program
from tests.unit.cli.run import run

TEXTS = {
    "en": "The dog is **very** big. It *reads* and [writes](http://x.y) here.\n\nOne boat came.\n",
    "es": "El perro es **muy** grande. *Lee* y [escribe](http://x.y) aquí.\n\nVino un barco.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two texts as DOCX, their memory for OmegaT, the source in three formats of two programs."""
    folder = tmp_path_factory.mktemp("tags")
    pandoc = require_program("pandoc", "pandoc")
    for lang, text in TEXTS.items():
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
        for suffix in ("docx", "odt", "html"):
            command = [
                pandoc,
                "-s",
                f"{lang}.md",
                "--metadata",
                "title=T",
                "-o",
                f"{lang}.{suffix}",
            ]
            subprocess.run(command, cwd=folder, check=True)
    (made,) = converted([folder / "en.odt"], folder / "office", "docx")
    made.rename(folder / "office.docx")
    texts = (folder / "en.docx", folder / "es.docx", "-s", "en", "-t", "es")
    done = run("align", *texts, "-o", folder / "m.tmx", "--flavour", "omegat")
    assert done.code == 0, done.err
    assert "2 source segments have formatting, where OmegaT puts tags of its own" in done.err
    assert "Remove Tags" in done.err
    return folder


@pytest.mark.parametrize("without_tags", [True, False])
def test_remove_tags_makes_them_exact_matches(
    folder: Path, tmp_path: Path, *, without_tags: bool
) -> None:
    made = project(tmp_path / "p", sentences=True, without_tags=without_tags)
    names = ("en.docx", "office.docx", "en.odt", "en.html")
    for name in names:
        (made / "source" / name).write_bytes((folder / name).read_bytes())
    (made / "tm" / "auto" / "m.tmx").write_bytes((folder / "m.tmx").read_bytes())
    translated(made)
    for name in names:
        data = (made / "target" / name).read_bytes()
        document = read(Source(name, data), ReadOptions(html_body="full"))
        texts = [paragraph.text for paragraph in document.paragraphs]
        assert "Vino un barco." in texts
        whole = "El perro es muy grande. Lee y escribe aquí."
        assert (whole in texts) == without_tags
