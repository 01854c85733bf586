"""Subtitles, catalogues, memories and tables that pysubs2, gettext, translate-toolkit, OmegaT and
LibreOffice write: every unit in order, both sides, times of cues, notes apart.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import open_alignment, open_document
from aligner.model import Alignment, ReadOptions
from aligner.workflows.reading import open_source
from tests.client.test_formats import python_program
from tests.client.test_memories import OMEGAT
from tests.conftest import load_script, missing_client, require_program

MADE = load_script("make_interchange")
PAIRS = [(source, target) for _, source, target in MADE.MESSAGES]
CONTEXTS = [context for context, _, _ in MADE.MESSAGES]
ROWS = [tuple(" ".join(text.split()) for text in row) for row in MADE.ROWS[1:]]


def _opened(path: Path) -> Alignment:
    alignment = open_alignment(str(path))
    assert isinstance(alignment, Alignment)
    return alignment


def _pairs(alignment: Alignment) -> list[tuple[str, str]]:
    """Texts of each bead; a unit is one segment a side."""
    found = [(list(source), list(target)) for _, source, target in alignment.pairs()]
    assert all(len(source) <= 1 and len(target) <= 1 for source, target in found)
    return [
        (source[0].text if source else "", target[0].text if target else "")
        for source, target in found
    ]


@pytest.fixture(scope="module")
def by_pysubs2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("subtitles")
    names = [path.name for path in MADE.subtitles(folder)]
    assert names == ["pysubs2.ass", "pysubs2.srt", "pysubs2.vtt"]
    return folder


@pytest.fixture(scope="module")
def by_gettext(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = Path(require_program("xgettext", "gettext"))
    folder = tmp_path_factory.mktemp("catalogue")
    names = [path.name for path in MADE.gettext(folder, program.parent)]
    assert names == ["gettext.po", "new.pot"]
    return folder


@pytest.fixture(scope="module")
def by_toolkit(by_gettext: Path) -> Path:
    program = Path(python_program("po2xliff", "translate-toolkit"))
    names = {path.name for path in MADE.toolkit(by_gettext, program.parent)}
    assert names == {"toolkit.xlf", "toolkit.tmx", "toolkit.csv", "toolkit2.xlf"}
    return by_gettext


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = require_program("soffice", "libreoffice-calc-nogui")
    folder = tmp_path_factory.mktemp("tables")
    names = {path.name for path in MADE.tables(folder, program)}
    assert names == {"comma.csv", "semicolon.csv", "tab.tsv", "libreoffice.xlsx"}
    return folder


@pytest.mark.parametrize("name", ["pysubs2.ass", "pysubs2.srt", "pysubs2.vtt"])
def test_subtitles(by_pysubs2: Path, name: str) -> None:
    """Every cue in order with its times, turns apart, remarks apart, codes no text."""
    document = open_document(open_source(str(by_pysubs2 / name)), "es")
    found = [
        (paragraph.kind, paragraph.times, " ".join(s.text for s in paragraph.segments))
        for paragraph in document.paragraphs
    ]
    assert found == list(MADE.CUES)
    marks = {span.kind for paragraph in document.paragraphs for span in paragraph.spans}
    assert {"italic", "break"} <= marks
    if name.endswith("ass"):
        assert document.title == "El faro"
        assert document.paragraphs[0].speaker == "Ana"
        assert "bold" in marks
        assert any("revisar la música" in part.text for part in document.dropped)
    else:
        assert [paragraph.key for paragraph in document.paragraphs] == list("1233456")


def test_catalogue(by_gettext: Path) -> None:
    """Contexts, plurals, fuzzy entries and comments; what is obsolete is listed as dropped."""
    alignment = _opened(by_gettext / "gettext.po")
    assert _pairs(alignment) == PAIRS
    assert alignment.target.lang == "es"
    assert [paragraph.key for paragraph in alignment.source.paragraphs] == CONTEXTS
    labelled = [source[0].text for bead, source, _ in alignment.pairs() if bead.labels]
    assert labelled == [MADE.FUZZY]
    assert alignment.beads[0].comment == "hay otra puerta en el puerto"
    dropped = "\n".join(part.text for part in alignment.source.dropped)
    assert "The old harbour is closed." in dropped
    notes = [note for bead in alignment.beads if bead.unit for note in bead.unit.notes]
    assert any("TRANSLATORS: on the door of the tower" in note for note in notes)


def test_template(by_gettext: Path) -> None:
    """A .pot has one side, and an encoding that it leaves open."""
    assert _pairs(_opened(by_gettext / "new.pot")) == [(source, "") for source, _ in PAIRS]


def test_xliff_1(by_toolkit: Path) -> None:
    """Nothing in this file says what was obsolete in the catalogue: it comes last."""
    alignment = _opened(by_toolkit / "toolkit.xlf")
    *found, last = _pairs(alignment)
    assert found == PAIRS
    assert last == ("The old harbour is closed.", "El puerto viejo está cerrado.")
    assert (alignment.source.lang, alignment.target.lang) == ("en-US", "es")
    assert "hay otra puerta en el puerto" in alignment.beads[0].comment
    accepted = [bead.status == "accepted" for bead in alignment.beads]
    assert accepted == [bool(target) and source != MADE.FUZZY for source, target in [*found, last]]


def test_xliff_2(by_toolkit: Path) -> None:
    alignment = _opened(by_toolkit / "toolkit2.xlf")
    expected = [(s, "" if s == MADE.FUZZY else t) for s, t in PAIRS]
    assert _pairs(alignment) == expected
    assert (alignment.source.lang, alignment.target.lang) == ("en", "es")
    assert alignment.beads[0].comment == "hay otra puerta en el puerto"


def test_memory_of_translate_toolkit(by_toolkit: Path) -> None:
    """po2tmx leaves out what is fuzzy and what has no translation."""
    alignment = _opened(by_toolkit / "toolkit.tmx")
    assert _pairs(alignment) == [(s, t) for s, t in PAIRS if t and s != MADE.FUZZY]
    assert (alignment.source.lang, alignment.target.lang) == ("en", "es")
    assert alignment.beads[0].comment == "hay otra puerta en el puerto"


def test_csv_of_translate_toolkit(by_toolkit: Path) -> None:
    """Three columns, line ends inside quotes; `location` is no text."""
    *found, last = _pairs(_opened(by_toolkit / "toolkit.csv"))
    assert found == PAIRS
    assert last[0] == "The old harbour is closed."


def test_memories_of_omegat(tmp_path: Path) -> None:
    """Its own, whose tags are text there, and those for others on both levels."""
    java = require_program("java", "default-jre-headless")
    if not OMEGAT.exists():
        missing_client("OmegaT is not installed: apt-get install omegat")
    paths = list(MADE.omegat(tmp_path, java, OMEGAT))
    assert len(paths) == 3
    for path in paths:
        alignment = _opened(path)
        assert _pairs(alignment) == list(MADE.SENTENCES)
        assert (alignment.source.lang, alignment.target.lang) == ("en-US", "es")


@pytest.mark.parametrize("name", ["comma.csv", "semicolon.csv", "tab.tsv", "libreoffice.xlsx"])
def test_tables_of_libreoffice(by_libreoffice: Path, name: str) -> None:
    """Quotes, delimiters and line ends inside cells; an empty cell is a null bead."""
    alignment = _opened(by_libreoffice / name)
    assert _pairs(alignment) == ROWS
    assert (alignment.source.lang, alignment.target.lang) == ("en", "es")


def test_lines_of_json(tmp_path: Path) -> None:
    for path in MADE.json_lines(tmp_path):
        alignment = _opened(path)
        assert _pairs(alignment) == ROWS
        assert (alignment.source.lang, alignment.target.lang) == ("en", "es")


def test_one_side_of_each(by_toolkit: Path) -> None:
    """`aligner read --side`: the same texts as one document."""
    for name in ("gettext.po", "toolkit.xlf", "toolkit2.xlf", "toolkit.tmx", "toolkit.csv"):
        path = str(by_toolkit / name)
        both = _opened(by_toolkit / name)
        for side, document in (("source", both.source), ("target", both.target)):
            alone = open_document(open_source(path), "es", read_options=ReadOptions(side=side))
            expected = [paragraph.text for paragraph in document.paragraphs]
            assert [paragraph.text for paragraph in alone.paragraphs] == expected
