"""Documents that pandoc, LibreOffice and Chromium write, read with every sentence in order and the
notes apart.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from aligner import open_document
from aligner.model import Document
from aligner.workflows.reading import open_source
from tests.conftest import load_script, require_program

PANDOC = [
    "text.md",
    "pandoc.docx",
    "pandoc.odt",
    "pandoc.epub",
    "pandoc.rtf",
    "pandoc.html",
    "pandoc.tei",
]
LIBREOFFICE = [
    f"libreoffice.{s}" for s in ("odt", "docx", "rtf", "fodt", "html", "txt", "epub", "pdf", "doc")
]
HEAD = ("Mes", "Noches sin luna")


MADE = load_script("make_documents")


@pytest.fixture(scope="module")
def by_pandoc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    names = [path.name for path in MADE.pandoc(folder, require_program("pandoc", "pandoc"))]
    assert set(names) == {*PANDOC, "tracked.docx"}
    return folder


@pytest.fixture(scope="module")
def by_libreoffice(by_pandoc: Path) -> Path:
    program = require_program("soffice", "libreoffice-writer-nogui")
    names = [path.name for path in MADE.libreoffice(by_pandoc, program)]
    assert set(names) == {*LIBREOFFICE, "tracked.odt"}
    return by_pandoc


@pytest.fixture(scope="module")
def by_chromium(by_pandoc: Path) -> Path:
    (printed,) = MADE.chromium(by_pandoc, require_program("chromium", "chromium"))
    return Path(printed)


def _opened(path: Path) -> tuple[Document, list[str], list[str]]:
    """(the document, its sentences without title and author, its notes); pandoc writes a no-break
    space after an abbreviation.
    """
    document = open_document(open_source(str(path)), "es")
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    texts = [(kinds[s.paragraph], s.text.replace("\u00a0", " ")) for s in document.segments]
    body = [text for kind, text in texts if kind != "note"]
    front = [text for text in body if text in (MADE.TITLE, "Autora de Prueba")]
    assert body[: len(front)] == front
    return document, body[len(front) :], [text for kind, text in texts if kind == "note"]


def _marks(document: Document) -> set[str]:
    return {span.kind for paragraph in document.paragraphs for span in paragraph.spans}


@pytest.mark.parametrize("name", PANDOC)
def test_pandoc(by_pandoc: Path, name: str) -> None:
    document, body, notes = _opened(by_pandoc / name)
    assert body == list(MADE.SENTENCES)
    assert notes == list(MADE.NOTES)
    assert {"bold", "italic"} <= _marks(document)
    kinds = {paragraph.kind for paragraph in document.paragraphs}
    # pandoc's rtf knows no styles, only how things look
    assert {"item", "cell", "note"} <= kinds
    assert "quote" in kinds or name == "pandoc.rtf"


@pytest.mark.parametrize("name", LIBREOFFICE)
def test_libreoffice(by_libreoffice: Path, name: str) -> None:
    document, body, notes = _opened(by_libreoffice / name)
    expected = list(MADE.SENTENCES)
    if name.endswith("epub"):  # LibreOffice leaves the head of a table out of its books
        expected = [text for text in expected if text not in HEAD]
    elif name.endswith("txt"):  # it writes the numbers of notes and no notes
        body = [text.removeprefix("• ") for text in body]
        expected = [
            text.replace("21 metros", "21 metros1").replace("breve.", "breve2.")
            for text in expected
        ]
    assert body == expected
    assert notes == ([] if name.endswith("txt") else list(MADE.NOTES))
    assert {"bold", "italic"} <= _marks(document) or name.endswith(("pdf", "txt"))


@pytest.mark.parametrize("name", ["tracked.docx", "tracked.odt"])
def test_tracked_changes(by_libreoffice: Path, name: str) -> None:
    """What was added is text, what was deleted is not, and is listed."""
    document, body, notes = _opened(by_libreoffice / name)
    assert body == list(MADE.TRACKED_SENTENCES)
    assert notes == list(MADE.TRACKED_NOTES)
    assert "gatas" in {part.text for part in document.dropped}


def test_print_to_pdf(by_chromium: Path) -> None:
    document, body, notes = _opened(by_chromium)
    assert body == list(MADE.SENTENCES)
    assert notes == list(MADE.NOTES)
    assert _cells(document) == list(MADE.CELLS)


def _cells(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs if p.kind == "cell"]


def test_cells_of_a_pdf_by_libreoffice(by_libreoffice: Path) -> None:
    document, _, _ = _opened(by_libreoffice / "libreoffice.pdf")
    assert _cells(document) == list(MADE.CELLS)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with tables, columns, hyphens and raised numbers, printed by Chromium."""
    folder = tmp_path_factory.mktemp("page")
    return Path(MADE.printed(folder, require_program("chromium", "chromium")))


@pytest.fixture(scope="module")
def office_page(page: Path) -> Path:
    """The same through LibreOffice, which has no columns for it."""
    pandoc = require_program("pandoc", "pandoc")
    soffice = require_program("soffice", "libreoffice-writer-nogui")
    return Path(MADE.printed_by_office(page.parent, pandoc, soffice))


def test_a_printed_page(page: Path) -> None:
    """Cells of wrapped, right-aligned and centred columns; prose in two columns is no table."""
    document, body, _ = _opened(page)
    assert _cells(document) == list(MADE.PAGE_CELLS)
    assert [text for text in body if text not in MADE.PAGE_CELLS] == list(MADE.PAGE_SENTENCES)


def test_a_page_printed_by_libreoffice(office_page: Path) -> None:
    document, body, _ = _opened(office_page)
    assert _cells(document) == list(MADE.PAGE_CELLS)
    assert [text for text in body if text not in MADE.PAGE_CELLS] == list(MADE.PAGE_SENTENCES)


def test_two_formats_of_one_text_have_the_same_segments(by_libreoffice: Path) -> None:
    """So that a docx aligns with the web page of its translation cell by cell."""
    texts = [
        [s.text for s in open_document(open_source(str(by_libreoffice / name)), "es").segments]
        for name in ("pandoc.docx", "pandoc.odt", "libreoffice.docx", "libreoffice.odt")
    ]
    assert all(text == texts[0] for text in texts)


WORDS = re.compile(r"[^\W_]+")
# what pandoc prints besides the words of a file: numbers of notes and of list items
MADE_BY_PANDOC = {"1", "2"}


def _words(text: str) -> Counter[str]:
    plain = re.sub("[⁰¹²³⁴-⁹]", " ", text)  # numbers of notes
    return Counter(word.casefold() for word in WORDS.findall(plain))


@pytest.mark.parametrize(
    "name",
    # not rtf: pandoc's reader loses letters behind its own \\u
    [f"pandoc.{s}" for s in ("docx", "odt", "epub", "html")]
    + [f"libreoffice.{s}" for s in ("docx", "odt", "html")],
)
def test_no_word_that_pandoc_finds_is_lost(by_libreoffice: Path, name: str) -> None:
    """Words of the file = words of the document and of `--dropped`, by a reader that is not ours."""
    path = by_libreoffice / name
    command = [require_program("pandoc", "pandoc"), "-t", "plain", "--wrap=none", str(path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    document = open_document(open_source(str(path)), "es")
    told = [p.text for p in document.paragraphs] + [part.text for part in document.dropped]
    lost = _words(printed) - _words("\n".join(told))
    assert set(lost) <= MADE_BY_PANDOC
