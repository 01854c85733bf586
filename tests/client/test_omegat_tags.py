"""Segments with formatting in OmegaT: exact matches of our TMX, with its tags and with its option Remove
Tags; OmegaT's own list of segments says what its tags are.
"""

from __future__ import annotations

import base64
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from aligner.model import Alignment, Bead, ReadOptions, Source
from aligner.workflows.aligning import open_document
from aligner.workflows.omegat_tags import tagged_units
from aligner.workflows.reading import read
from tests.client.omegat import project, translated
from tests.client.soffice import converted
from tests.conftest import require_program
from tests.unit.cli.run import run

TEXTS = {
    "en": (
        "The dog is **very** big. It *reads* and [writes](http://x.y) here.\n\nOne boat came.\n\n"
        "**All of it is bold.** Then comes a `code` and a note.[^1] The end.\n\n[^1]: A *note* here.\n"
    ),
    "es": (
        "El perro es **muy** grande. *Lee* y [escribe](http://x.y) aquí.\n\nVino un barco.\n\n"
        "**Todo es negrita.** Luego viene un `code` y una nota.[^1] El fin.\n\n[^1]: Una *nota* aquí.\n"
    ),
}
WHOLE = "El perro es muy grande. Lee y escribe aquí."
NAMES = ("en.docx", "office.docx", "en.odt", "en.html")
SEGMENTS = """
import org.omegat.core.Core
if (eventType.toString() == "LOAD") Core.project.allEntries.each {
  println("ENTRY\\t" + it.key.file + "\\t" + it.srcText.getBytes("UTF-8").encodeBase64())
}
"""
TAG = re.compile(r"</?[a-z]+\d+/?>")


def segments(made: Path) -> dict[str, set[str]]:
    """OmegaT's source segments of each file of a project."""
    out: dict[str, set[str]] = defaultdict(set)
    for line in translated(made, script=SEGMENTS).splitlines():
        if line.startswith("ENTRY\t"):
            _, name, text = line.split("\t")
            out[name].add(base64.b64decode(text).decode("utf-8"))
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two texts in three formats of two programs."""
    folder = tmp_path_factory.mktemp("tags")
    pandoc = require_program("pandoc", "pandoc")
    for lang, text in TEXTS.items():
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
        for suffix in ("docx", "odt", "html"):
            out = ["--metadata", "title=T", "-o", f"{lang}.{suffix}"]
            subprocess.run([pandoc, "-s", f"{lang}.md", *out], cwd=folder, check=True)
    (made,) = converted([folder / "en.odt"], folder / "office", "docx")
    made.rename(folder / "office.docx")
    return folder


def with_memory(folder: Path, tmp_path: Path, name: str, *options: str, without_tags: bool) -> Path:
    """A project with one of the files and its memory, written with `options`."""
    target = f"es{Path(name).suffix}"
    tmx = tmp_path / "m.tmx"
    texts = (folder / name, folder / target, "-s", "en", "-t", "es")
    done = run("align", *texts, "-o", tmx, "--flavour", "omegat", *options)
    assert done.code == 0, done.err
    assert "Remove Tags" in done.err
    made = project(tmp_path / "p", sentences=True, without_tags=without_tags)
    (made / "source" / name).write_bytes((folder / name).read_bytes())
    (made / "tm" / "auto" / "m.tmx").write_bytes(tmx.read_bytes())
    return made


@pytest.mark.parametrize("name", NAMES)
def test_segments_with_tags_are_exact_matches(folder: Path, tmp_path: Path, name: str) -> None:
    made = with_memory(folder, tmp_path, name, without_tags=False)
    there = segments(made)[name]
    tagged = {text for text in there if TAG.search(text)}
    assert len(tagged) >= 4
    saved = (made / "target" / name).read_bytes()
    document = read(Source(name, saved), ReadOptions(html_body="full"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert WHOLE in texts
    assert not [text for text in texts if "dog" in text or "bold" in text or "A note" in text]
    looks = {
        (paragraph.text[span.start : span.end].strip(), span.kind)
        for paragraph in document.paragraphs
        for span in paragraph.spans
    }
    assert {("muy", "bold"), ("Lee", "italic"), ("escribe", "link")} <= looks
    assert ("Todo es negrita.", "bold") in looks


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("without_tags", [True, False])
def test_remove_tags_needs_a_memory_without_them(
    folder: Path, tmp_path: Path, name: str, *, without_tags: bool
) -> None:
    made = with_memory(folder, tmp_path, name, "--no-inline", without_tags=without_tags)
    translated(made)
    saved = (made / "target" / name).read_bytes()
    document = read(Source(name, saved), ReadOptions(html_body="full"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Vino un barco." in texts
    assert (WHOLE in texts) == without_tags


# files that others wrote, among what Debian's packages bring: the share of OmegaT's segments with tags
# that a unit of ours equals when a file is aligned with itself
FOREIGN = (("/usr/share/doc/omegat/html/en", "*.html", 0.85),)


@pytest.mark.parametrize(("where", "pattern", "least"), FOREIGN)
def test_tags_of_files_that_others_wrote(
    tmp_path: Path, where: str, pattern: str, least: float
) -> None:
    files = sorted(Path(where).glob(pattern))[:12]
    if not files:
        pytest.skip(f"no files in {where}: apt-get install omegat")
    made = project(tmp_path / "p", sentences=True)
    for file in files:
        (made / "source" / file.name).write_bytes(file.read_bytes())
    there = have = 0
    for name, texts in segments(made).items():
        source = Source(name, (made / "source" / name).read_bytes())
        document = open_document(source, "en", read_options=ReadOptions(html_body="full"))
        beads = tuple(
            Bead(range(s.index, s.index + 1), range(s.index, s.index + 1))
            for s in document.segments
        )
        units = tagged_units(Alignment(document, document, beads), [source, source]).units
        ours = set()
        for unit in units:
            first, second = unit.variants
            assert [c.markup for c in first.codes] == [c.markup for c in second.codes]
            pieces, at = [], 0
            for code in first.codes:
                pieces += [first.text[at : code.place], code.markup]
                at = code.place
            ours.add("".join([*pieces, first.text[at:]]))
        tagged = {text for text in texts if TAG.search(text)}
        there += len(tagged)
        have += len(tagged & ours)
    assert there > 100
    assert have / there >= least, (have, there)
