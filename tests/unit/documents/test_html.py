"""Web pages: each page in pages/ with what a reader of it would call the article."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aligner.documents.html import read as html
from aligner.model import Declined, Document, ReadError, ReadOptions, Source, UsageError
from aligner.workflows.reading import read

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.expect"))
SENTENCE = "Una frase con sentido y con su punto final, que ocupa lo suyo en la página."


def page(name: str) -> Source:
    return Source(f"{name}.html", (PAGES / f"{name}.html").read_bytes())


def body(markup: str, html_body: str = "article") -> Document:
    return read(
        Source("p.html", f"<html><body>{markup}</body></html>".encode()),
        ReadOptions(html_body=html_body),
    )


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", NAMES)
def test_article_body(name: str) -> None:
    document = read(page(name))
    seen = [f"{p.kind}|{p.speaker or ''}|{p.text}" for p in document.paragraphs]
    assert seen == (PAGES / f"{name}.expect").read_text(encoding="utf-8").splitlines()


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == {*NAMES, "home"}


def test_a_page_without_article_is_read_whole_and_told() -> None:
    document = read(page("home"))
    full = read(page("home"), ReadOptions(html_body="full"))
    assert [p.text for p in document.paragraphs] == [p.text for p in full.paragraphs]
    (line,) = document.notices
    assert "home.html: nothing in the page looks like an article" in line
    assert "--html-body" in line


def test_metadata_of_the_page() -> None:
    document = read(page("es_bold"))
    assert document.lang == "es"
    assert document.title == "«Un faro no se apaga por decreto»"
    assert dict(document.metadata) == {
        "author": ("Berta Oliván",),
        "date": ("2023-03-04",),
        "outlet": ("El Litoral Abierto",),
        "url": ("https://litoral.example.org/cultura/un-faro-no-se-apaga",),
    }


def test_translator_comes_from_the_byline() -> None:
    assert read(page("fr_breaks")).metadata["translator"] == ("Inès Calvo",)
    assert read(page("en_soup")).metadata["translator"] == ("Ana Ruiz",)


def test_declared_encoding_of_the_page() -> None:
    assert "“Bees Do Not Read Contracts”" in read(page("en_soup")).title


def test_labels_lie_inside_the_text() -> None:
    for paragraph in read(page("zh_labels")).paragraphs:
        if paragraph.label:
            start, end = paragraph.label
            assert paragraph.text[start:end] == f"{paragraph.speaker}："


def test_page_with_nothing_around_its_text_needs_no_trafilatura() -> None:
    bare = f"<html lang='es'><body><h1>Uno</h1><p>{SENTENCE}</p></body></html>"
    code = (
        "import sys; from aligner.workflows.reading import read; from aligner.model import Source;"
        f"read(Source('a.html', {bare!r}.encode()));"
        # numpy is there: the page's claim of a language is held against its words
        "assert 'trafilatura' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_selector() -> None:
    document = read(page("es_bold"), ReadOptions(html_body="blockquote, h1"))
    assert [p.text for p in document.paragraphs] == [
        "«Un faro no se apaga por decreto»",
        "La luz de un faro no es de quien la enciende, sino de quien la ve.",
    ]


def test_nested_matches_are_read_once() -> None:
    assert len(body(f"<div><div><p>{SENTENCE}</p></div></div>", html_body="div").paragraphs) == 1


def test_bad_selectors() -> None:
    with pytest.raises(UsageError, match="not a CSS selector"):
        read(page("es_bold"), ReadOptions(html_body="p["))
    with pytest.raises(ReadError, match="nothing in the page matches"):
        read(page("es_bold"), ReadOptions(html_body="p.nowhere"))


def test_full_keeps_the_menu() -> None:
    texts = [p.text for p in read(page("es_bold"), ReadOptions(html_body="full")).paragraphs]
    assert "Política" in texts
    assert "2 comentarios" in texts
    assert not any("console.log" in text for text in texts)


def test_inline_spans() -> None:
    markup = (
        "Es <b>muy</b> <a href='/x'>claro: <i>sí</i></a>, H<sub>2</sub>O a 10<sup>3</sup> grados."
    )
    paragraph = body(f"<p>{markup}</p><p>{SENTENCE * 3}</p>").paragraphs[0]
    assert paragraph.text == "Es muy claro: sí, H2O a 103 grados."
    found = {(s.kind, paragraph.text[s.start : s.end], s.value) for s in paragraph.spans}
    assert found == {
        ("bold", "muy", ""),
        ("link", "claro: sí", "/x"),
        ("italic", "sí", ""),
        ("sub", "2", ""),
        ("sup", "3", ""),
    }


def test_note_anchor_is_a_span_and_no_text() -> None:
    document = read(page("es_bold"))
    anchor = next(p for p in document.paragraphs if p.text.startswith("Mañana mismo."))
    note = document.paragraphs[-1]
    assert [(s.start, s.end, s.value) for s in anchor.spans if s.kind == "note"] == [
        (13, 13, "fn1")
    ]
    assert [(s.start, s.end, s.value) for s in note.spans if s.kind == "note"] == [
        (0, len(note.text), "fn1")
    ]


def test_line_break_inside_a_paragraph_is_a_span() -> None:
    paragraph = body(f"<p>Uno<br>dos.</p><p>{SENTENCE * 3}</p>").paragraphs[0]
    assert paragraph.text == "Uno dos."
    assert [(s.kind, s.start) for s in paragraph.spans] == [("break", 3)]


def test_two_line_breaks_end_a_paragraph() -> None:
    texts = [p.text for p in body(f"<div>{SENTENCE}<br><br>{SENTENCE}</div>").paragraphs]
    assert texts == [SENTENCE, SENTENCE]


def test_accent_typed_apart_from_its_letter() -> None:
    paragraph = body(f"<p>cafe<b>\u0301 solo</b></p><p>{SENTENCE * 3}</p>").paragraphs[0]
    assert paragraph.text == "café solo"


def test_a_theme_that_names_the_body_sidebar_loses_nothing() -> None:
    markup = f"<div class='has sidebar comments'><p>{SENTENCE * 2}</p><p>{SENTENCE}</p></div>"
    assert len(body(markup).paragraphs) == 2


def test_prose_link_inside_a_paragraph_stays() -> None:
    line = f"{SENTENCE} Véase <a href='/donar'>la lista de donaciones</a> y el informe."
    assert (
        "lista de donaciones"
        in body(f"<div><p>{line}</p><p>{SENTENCE * 2}</p></div>").paragraphs[0].text
    )


def test_box_and_pull_quote() -> None:
    markup = (
        f"<article><h1>Título</h1><p>{SENTENCE * 2}</p>"
        "<aside class='despiece'><h3>Cronología</h3><p>En 1992 se quemó el archivo.</p></aside>"
        f"<p>{SENTENCE}</p></article>"
    )
    assert ("box", "En 1992 se quemó el archivo.") in kinds(body(markup))
    assert ("heading", "Cronología") in kinds(body(markup))


def test_xhtml_declaration() -> None:
    data = f'<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="es"><body><p>{SENTENCE * 3}</p></body></html>'
    document = read(Source("a.xhtml", data.encode("latin-1")))
    assert document.lang == "es"
    assert document.paragraphs[0].text.startswith(SENTENCE)


def test_content_decides_where_the_suffix_is_strange() -> None:
    source = Source("page.php", (PAGES / "es_bold.html").read_bytes())
    assert read(source).paragraphs[0].kind == "title"
    with pytest.raises(Declined, match=r"suffix \.php"):
        html.read(Source("page.php", b"Hola."))


def test_segmented_is_for_plain_text() -> None:
    with pytest.raises(UsageError, match="not segmented"):
        read(page("es_bold"), ReadOptions(segmented=True))


def test_nested_too_deep_is_an_error() -> None:
    with pytest.raises(ReadError, match="nested"):
        body("<div>" * 5000 + SENTENCE)


def test_layout_table_without_its_menu() -> None:
    row = f"<td><a href='/'>Portada</a></td><td><p>{SENTENCE * 2}</p><p>{SENTENCE}</p></td>"
    assert kinds(body(f"<table><tr>{row}</tr></table>")) == [
        ("para", SENTENCE * 2),
        ("para", SENTENCE),
    ]


def test_body_in_two_marked_parts() -> None:
    part = f"<div class='article-body'><p>{SENTENCE * 2}</p></div>"
    ad = "<div class='ad'><a href='/x'>Compre hoy mismo.</a></div>"
    assert kinds(body(f"<h1>Uno</h1>{part}{ad}{part}")) == [
        ("title", "Uno"),
        ("para", SENTENCE * 2),
        ("para", SENTENCE * 2),
    ]


def test_teaser_article_beside_the_real_one() -> None:
    teaser = f"<article><h2>Otra</h2><p>{SENTENCE}</p></article>"
    found = kinds(
        body(f"<main><article><h1>Uno</h1><p>{SENTENCE * 4}</p></article>{teaser}</main>")
    )
    assert found == [("title", "Uno"), ("para", SENTENCE * 4)]


def test_style_sheets_say_what_is_bold() -> None:
    data = b"""<html><head><style>.c1{color:red} span.c3 , .c4{font-weight:700} .c5{font-style:italic;
    vertical-align:super}</style></head><body><p>Uno <span class="c1">dos</span> <span
    class="C3">tres</span> <span class="c4 c5">cuatro</span>.</p></body></html>"""
    (paragraph,) = read(Source("a.html", data), ReadOptions(html_body="full")).paragraphs
    marked = {(paragraph.text[s.start : s.end], s.kind) for s in paragraph.spans}
    assert marked == {
        ("tres", "bold"),
        ("cuatro", "bold"),
        ("cuatro", "italic"),
        ("cuatro", "sup"),
    }
