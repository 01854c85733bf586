"""`--include`: headers, footers, comments and properties of a file as text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from aligner.model import Document, ReadOptions, Source
from aligner.workflows.reading import read
from tests.client.soffice import converted
from tests.conftest import require_program
from tests.unit.cli.run import run
from tests.unit.documents.packages import docx, odt, word_p

ALL = frozenset(["headers", "footers", "comments", "properties"])
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>El título</dc:title>'
    "<dc:subject>El asunto</dc:subject><dc:creator>Ana</dc:creator></cp:coreProperties>"
)
WANTED = [
    ("para", "Texto."),
    ("box", "Informe anual"),
    ("box", "Página 3"),
    ("note", "¿Seguro?"),
    ("box", "El título"),
    ("box", "El asunto"),
]


def word(text: str = "Texto.") -> bytes:
    data = docx(
        word_p(text),
        header1=word_p("Informe anual"),
        header2=word_p("Informe anual"),
        footer1=word_p("Página 3"),
        comments=f"<w:comment w:id='0' w:author='Ana'>{word_p('¿Seguro?')}</w:comment>",
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("docProps/core.xml", CORE)
    return out.getvalue()


def opendocument() -> bytes:
    dc = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    data = odt(
        f"<text:p>Texto<office:annotation><dc:creator {dc}>Ana</dc:creator><text:p>¿Seguro?</text:p>"
        "</office:annotation>.</text:p>",
        "<style:master-page><style:header><text:p>Informe anual</text:p></style:header>"
        "<style:footer-first><text:p>Página 3</text:p></style:footer-first></style:master-page>",
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(
            "meta.xml",
            '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            f"{dc}><office:meta><dc:title>El título</dc:title><dc:subject>El asunto</dc:subject>"
            "</office:meta></office:document-meta>",
        )
    return out.getvalue()


def shown(document: Document) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs]


@pytest.mark.parametrize(("name", "data"), [("a.docx", word()), ("a.odt", opendocument())])
def test_what_is_asked_for_is_text_and_the_rest_is_listed(name: str, data: bytes) -> None:
    source = Source(name, data)
    assert shown(read(source)) == WANTED[:1]
    assert shown(read(source, ReadOptions(include=ALL))) == WANTED
    made = read(source, ReadOptions(include=frozenset(["footers"])))
    assert shown(made) == [WANTED[0], WANTED[2]]
    assert {"header", "comment"} <= {part.reason for part in made.dropped}


def test_rich_text() -> None:
    data = rb"{\rtf1\ansi{\info{\title Titulo}}{\header Arriba\par}{\footer Abajo\par}Texto.\par}"
    made = read(Source("a.rtf", data), ReadOptions(include=ALL))
    assert [text for _, text in shown(made)] == ["Texto.", "Arriba", "Abajo", "Titulo"]


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "es.docx").write_bytes(word())
    (tmp_path / "en.docx").write_bytes(word("Text."))
    done = run("segment", tmp_path / "es.docx", "--include", "headers,comments")
    assert done.out.decode().split("\n") == ["Texto.", "", "Informe anual", "", "¿Seguro?", ""]
    table = tmp_path / "out.tsv"
    both = (tmp_path / "es.docx", tmp_path / "en.docx", "-s", "es", "-t", "en", "-o", table)
    assert run("align", *both, "--include", "headers", "--include", "properties").code == 0
    assert table.read_text("utf-8").count("Informe anual") == 2
    done = run("read", tmp_path / "es.docx", "--include", "header")
    assert done.code == 2
    assert "known: headers, footers, comments, properties" in done.err


def test_a_header_that_libreoffice_wrote(tmp_path: Path) -> None:
    """A header and a footer of a web page printed into a Word document by LibreOffice."""
    require_program("soffice", "libreoffice-writer-nogui")
    (tmp_path / "a.fodt").write_text(
        '<?xml version="1.0"?><office:document '
        + " ".join(
            f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
            for p, n in (
                ("office", "office"),
                ("text", "text"),
                ("style", "style"),
                ("fo", "xsl-fo-compatible"),
            )
        )
        + ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:automatic-styles><style:page-layout style:name="pm"><style:header-style/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="pm"><style:header><text:p>The annual report</text:p></style:header>'
        "</style:master-page></office:master-styles><office:body><office:text><text:p>A text.</text:p>"
        "</office:text></office:body></office:document>"
    )
    (made,) = converted([tmp_path / "a.fodt"], tmp_path / "word", "docx")
    document = read(Source("a.docx", made.read_bytes()), ReadOptions(include=ALL))
    assert [text for _, text in shown(document)] == ["A text.", "The annual report"]
