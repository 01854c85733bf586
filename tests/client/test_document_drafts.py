"""`memory pretranslate` of documents that LibreOffice and pandoc wrote, opened in LibreOffice again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aligner.memory import Memory, load_units
from aligner.model import ReadOptions, Source, Unit
from aligner.workflows import aligning
from aligner.workflows.memory.filling import fill_document
from tests.client.soffice import converted, words
from tests.conftest import load_script, require_program
from tests.unit.cli.run import run

OFFICE = ("libreoffice.docx", "libreoffice.odt", "libreoffice.fodt", "libreoffice.html")
NAMES = (*OFFICE, "pandoc.docx", "pandoc.odt", "pandoc.html", "pandoc.epub", "text.md")
OPENED = tuple(name for name in NAMES if not name.endswith((".md", ".epub")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = load_script("make_documents")
    folder = tmp_path_factory.mktemp("documents")
    list(made.pandoc(folder, require_program("pandoc", "pandoc")))
    for suffix in ("docx", "odt", "fodt", "html"):
        origin = folder / ("pandoc.odt" if suffix == "docx" else "pandoc.docx")
        (one,) = converted([origin], folder / "made", suffix)
        one.rename(folder / f"libreoffice.{suffix}")
    return folder


@pytest.fixture(scope="module")
def filled(folder: Path) -> dict[str, tuple[int, int]]:
    """Every document with its segments in the other case for a translation; what was filled of how many."""
    counts = {}
    for name in NAMES:
        source = Source(name, (folder / name).read_bytes())
        document = aligning.open_document(source, "es", read_options=ReadOptions(html_body="full"))
        texts = dict.fromkeys(segment.text for segment in document.segments)
        with Memory(folder / f"{name}.db", write=True) as memory:
            load_units(memory, [Unit.of("es", "en", t, t.swapcase()) for t in texts], "a", "a")
            data, done = fill_document(memory, source, ("es", "en"), 100)
        (folder / f"filled-{name}").write_bytes(data)
        counts[name] = (done.exact, done.segments)
    return counts


@pytest.mark.parametrize("name", NAMES)
def test_nearly_every_segment_has_a_place(filled: dict[str, tuple[int, int]], name: str) -> None:
    exact, segments = filled[name]
    assert segments > 10
    assert exact >= 0.85 * segments


def test_libreoffice_reads_what_was_filled_in(
    folder: Path, filled: dict[str, tuple[int, int]]
) -> None:
    """Its text is that of the file before, letter by letter in the other case where it was filled."""
    assert filled
    for name in OPENED:
        before, after = (
            words(converted([folder / one], folder / f"text-{one}")[0])
            for one in (name, f"filled-{name}")
        )
        assert before != after
        assert before.casefold() == after.casefold()
        same = sum(a == b for a, b in zip(before, after, strict=True) if a.isalpha())
        assert same < 0.2 * sum(map(str.isalpha, before))


def test_the_expected_text(folder: Path, tmp_path: Path) -> None:
    """The command line: what matches is translated, what does not stays and is listed."""
    (tmp_path / "letter.md").write_text(
        "# A letter\n\nDear **Ana**, the boats came. Nobody saw them.\n\n- One boat.\n- Two boats.\n",
        encoding="utf-8",
    )
    pandoc = require_program("pandoc", "pandoc")
    subprocess.run([pandoc, "letter.md", "-o", "letter.docx"], cwd=tmp_path, check=True)
    (tmp_path / "memory.tsv").write_text(
        "en\tes\nA letter\tUna carta\nDear Ana, the boats came.\tQuerida Ana, llegaron los barcos.\n"
        "One boat.\tUn barco.\nTwo boats.\tDos barcos.\n",
        encoding="utf-8",
    )
    store = tmp_path / "m.db"
    assert run("memory", "import", tmp_path / "memory.tsv", "-m", store).code == 0
    made = tmp_path / "letter.es.docx"
    done = run("memory", "pretranslate", tmp_path / "letter.docx", "-o", made, "-m", store)
    assert done.code == 0, done.err
    assert done.out.decode() == "s3\tno match\tNobody saw them.\n"
    assert "of 5 segments 4 exact" in done.err
    (text,) = converted([made], tmp_path / "text")
    assert words(text) == (
        "Una carta Querida Ana, llegaron los barcos. Nobody saw them. • Un barco. • Dos barcos."
    )
    (page,) = converted([made], tmp_path / "page", "html")
    assert "<b>Ana</b>" in page.read_text("utf-8").replace("\n", " ")
