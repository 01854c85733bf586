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


def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two texts as Word has them, each in the folder of its language."""
    made = tmp_path / "es" / "a.docx", tmp_path / "en" / "a.docx"
    for path, text in zip(made, ("Un texto muy corto.", "A very short text."), strict=True):
        path.parent.mkdir()
        path.write_bytes(word(text))
    return made


def words_of(folder: Path) -> str:
    """All that the alignments of a corpus say."""
    return "".join(file.read_text("utf-8") for file in sorted(folder.rglob("*.alignment.json")))


def test_a_corpus_is_built_with_what_is_asked_for(tmp_path: Path) -> None:
    folders(tmp_path)
    out = tmp_path / "corpus"
    build = ("corpus", "build", tmp_path, "-o", out, "-s", "es", "-t", "en", "--quiet")
    assert run(*build, "--source", "es/{}.docx", "--target", "en/{}.docx").code == 0
    assert "Informe" not in words_of(out)
    patterns = ("--source", "es/{}.docx", "--target", "en/{}.docx")
    other = tmp_path / "other"
    with_more = ["corpus", "build", tmp_path, "-o", other, *build[5:], *patterns, "--include"]
    done = run(*with_more, "headers,comments")
    assert done.code == 0, done.err
    assert "Informe anual" in words_of(other)
    assert "¿Seguro?" in words_of(other)
    assert "Página 3" not in words_of(other)
    done = run(*with_more, "nonsense")
    assert done.code == 2
    assert "known: headers, footers, comments, properties" in done.err


def test_a_manifest_says_it_for_one_pair(tmp_path: Path) -> None:
    folders(tmp_path)
    manifest = tmp_path / "pairs.tsv"
    rows = (
        "source\ttarget\tid\tinclude",
        "es/a.docx\ten/a.docx\tone\t",
        "es/a.docx\ten/a.docx\ttwo\t{}",
    )
    manifest.write_text("\n".join(rows).format("headers, footers"), encoding="utf-8")
    out = tmp_path / "corpus"
    build = ("corpus", "build", manifest, "-o", out, "-s", "es", "-t", "en", "--quiet")
    done = run(*build)
    assert done.code == 0, done.err
    assert "Informe" not in words_of(out / "pairs" / "one")
    assert "Informe anual" in words_of(out / "pairs" / "two")
    # what is asked for otherwise is another result
    manifest.write_text("\n".join(rows).format(""), encoding="utf-8")
    assert run(*build).code == 0
    assert "Informe" not in words_of(out / "pairs" / "two")
    manifest.write_text("\n".join(rows).format("nonsense"), encoding="utf-8")
    done = run(*build)
    assert (done.code, "include cannot be 'nonsense'" in done.err) == (2, True)


def test_a_recipe_says_it_for_its_corpus(tmp_path: Path) -> None:
    folders(tmp_path)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(
        'output = "corpus"\nsource_lang = "es"\ntarget_lang = "en"\nsource = "es"\ntarget = "en"\n'
        '[pair]\ninclude = ["headers"]\n[build]\nto = ["tsv"]\ninclude = ["headers"]\n',
        encoding="utf-8",
    )
    done = run("corpus", "run", recipe)
    assert done.code == 0, done.err
    assert "Informe anual" in words_of(tmp_path / "corpus")


@pytest.mark.parametrize(("name", "data"), [("a.docx", word()), ("a.odt", opendocument())])
def test_pretranslate_fills_in_what_is_asked_for(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "m.tsv").write_text(
        "es\ten\nTexto.\tText.\nInforme anual\tAnnual report\n¿Seguro?\tSure?\nPágina 3\tPage 3\n",
        encoding="utf-8",
    )
    memory, out = tmp_path / "m.db", tmp_path / f"out{Path(name).suffix}"
    done = run("memory", "import", tmp_path / "m.tsv", "-m", memory)
    assert done.code == 0, done.err
    fill = (
        "memory",
        "pretranslate",
        tmp_path / name,
        "-o",
        out,
        "-m",
        memory,
        "-s",
        "es",
        "-t",
        "en",
    )
    assert run(*fill).code == 0
    beside = ReadOptions(include=frozenset(["headers", "comments"]))
    assert shown(read(Source(name, out.read_bytes()), beside)) == [
        ("para", "Text."),
        ("box", "Informe anual"),
        ("note", "¿Seguro?"),
    ]
    done = run(*fill, "--include", "headers,comments")
    assert done.code == 0, done.err
    assert shown(read(Source(name, out.read_bytes()), beside)) == [
        ("para", "Text."),
        ("box", "Annual report"),
        ("note", "Sure?"),
    ]
    assert shown(read(Source(name, out.read_bytes()), ReadOptions(include=ALL)))[2] == WANTED[2]
    draft = tmp_path / "draft.tsv"
    assert run(*fill[:4], draft, *fill[5:], "--include", "headers").code == 0
    assert "Annual report" in draft.read_text(encoding="utf-8")
