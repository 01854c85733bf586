"""Word processors: what stands in odd places is read, what is left out is listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aligner.documents.office.symbols import in_unicode, symbol
from aligner.model import Document, Source
from aligner.workflows.reading import read
from tests.unit.documents.packages import docx, epub, odt, pack, word_p

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, **parts: str) -> Document:
    return read(Source("a.docx", docx(body, **parts)))


def opened(body: str, styles: str = "") -> Document:
    return read(Source("a.odt", odt(body, styles)))


def rich(text: str) -> Document:
    return read(Source("a.rtf", text.encode("ascii")))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def left(document: Document, reason: str) -> list[str]:
    return [part.text for part in document.dropped if part.reason == reason]


def sdt(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def custom(content: str) -> str:
    return f'<w:customXml w:element="e"><w:customXmlPr/>{content}</w:customXml>'


def cell(text: str) -> str:
    return f"<w:tc>{word_p(text)}</w:tc>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize("around", [sdt, custom, lambda c: sdt(custom(sdt(c)))])
def test_controls_are_looked_through_at_every_level(around: Callable[[str], str]) -> None:
    row = f"<w:tr>{cell('dos')}</w:tr>"
    table = f"<w:tbl><w:tr>{cell('uno')}{around(cell('en control'))}</w:tr>{around(row)}</w:tbl>"
    body = (
        around(word_p("párrafo"))
        + f"<w:p>{run('antes ')}{around(run('dentro'))}{run(' después')}</w:p>"
        + table
        + around(table)
    )
    cells = ["uno", "en control", "dos"]
    assert texts(word(body)) == ["párrafo", "antes dentro después", *cells, *cells]


def test_deleted_rows_and_cells_are_listed_wherever_they_stand() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('fila')}</w:tr>"
    tc = f"<w:tc><w:tcPr><w:cellDel w:id='2'/></w:tcPr>{word_p('celda')}</w:tc>"
    document = word(f"<w:tbl>{sdt(gone)}<w:tr>{cell('queda')}{tc}</w:tr></w:tbl>")
    assert texts(document) == ["queda"]
    assert left(document, "deleted in the file's tracked changes") == ["fila", "celda"]


def test_a_drop_cap_begins_its_paragraph() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    body = f"<w:p><w:pPr>{frame}</w:pPr>{run('E')}</w:p>" + word_p("l faro no duerme.")
    assert texts(word(body + word_p("Nadie sí."))) == ["El faro no duerme.", "Nadie sí."]
    document = rich(
        r"{\rtf1\ansi\pard\dropcapli3\dropcapt1 E\par\pard l faro no duerme.\par Nadie.\par}"
    )
    assert texts(document) == ["El faro no duerme.", "Nadie."]


def test_a_frame_that_is_no_drop_cap_is_a_paragraph() -> None:
    body = "<w:p><w:pPr><w:framePr w:w='200'/></w:pPr><w:r><w:t>Al margen</w:t></w:r></w:p>"
    assert texts(word(body + word_p("Texto."))) == ["Al margen", "Texto."]


def test_symbols_are_unicode_where_they_are_known() -> None:
    sym = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    private, font = "\uf061", '<w:rFonts w:ascii="Symbol"/>'
    body = (
        f"<w:p>{run('Ángulo ')}{sym.format('Symbol', 'F062')}{run(', paso ')}"
        f"<w:ins w:id='1'>{sym.format('Wingdings', 'F0E0')}</w:ins>{run(' y ')}"
        f"{sym.format('Wingdings', 'F0C4')}{run('fin')}"
        f"<w:del w:id='2'>{sym.format('Symbol', 'F067')}</w:del></w:p>"
        f"<w:p>{run(private + ' recto', font)}{run(' ' + private)}</w:p>"
    )
    document = word(body)
    assert texts(document) == ["Ángulo β, paso → y fin", "α recto \uf061"]
    assert left(document, "character of a symbol font") == ["Wingdings U+F0C4"]
    assert left(document, "deleted in the file's tracked changes") == ["γ"]


def test_the_same_in_odt_and_rtf() -> None:
    style = (
        '<style:style style:name="S" style:family="text"><style:text-properties '
        'style:font-name="Symbol"/></style:style>'
    )
    document = opened(
        '<text:p>Ángulo <text:span text:style-name="S">\uf062\uf0f0</text:span>.</text:p>', style
    )
    assert texts(document) == ["Ángulo β."]
    assert left(document, "character of a symbol font") == ["Symbol U+F0F0"]
    fonts = r"{\fonttbl{\f0\fnil Times;}{\f3\fnil\fcharset2 Symbol;}{\f4\fcharset2 Wingdings;}}"
    document = rich(
        rf"{{\rtf1\ansi{fonts}\pard Paso {{\f4 \'e0}} con {{\f3 b}} y "
        r'{\field{\*\fldinst SYMBOL 103 \\f "Symbol" \\s 12}{\fldrslt\f3 g}}, \f3\u-3999?\f0  fin\par}'
    )
    assert texts(document) == ["Paso → con β y γ, α fin"]


def test_symbol_fonts() -> None:
    assert [symbol("Symbol", code) for code in (0x61, 0xF0A3, 0xF0FE, 0xF0F0)] == [
        "α",
        "≤",
        "⎭",
        "",
    ]
    assert symbol("Arial", 0xE9) == "é"
    assert symbol("Arial", 0xF0E9) == ""
    assert in_unicode("a\uf0fc", "Wingdings") == ("a✓", [])
    assert in_unicode("a\uf0fc", "Arial") == ("a\uf0fc", [])


def test_emoji_with_an_older_form_is_one_character() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f"<w:p>{run('Hola ')}<w:r><mc:AlternateContent xmlns:mc='{mc}'><mc:Choice Requires='x'>"
        "<w:t/></mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(word(body)) == ["Hola 😊"]


def test_hidden_by_a_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Oculto"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Nadie"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    styled, shown = '<w:rStyle w:val="Oculto"/>', '<w:vanish w:val="0"/>'
    body = (
        f"<w:p>{run('Se ve.')}{run(' No se ve.', styled)}</w:p>"
        f"<w:p><w:pPr><w:pStyle w:val='Nadie'/></w:pPr>{run('Nada')}"
        f"{run('Esto sí.', shown)}</w:p>"
    )
    document = word(body, styles=styles)
    assert texts(document) == ["Se ve.", "Esto sí."]
    assert left(document, "hidden text") == ["No se ve.", "Nada"]


def test_hidden_text_of_odt() -> None:
    hidden = '<style:text-properties text:display="none"/></style:style>'
    styles = (
        f'<style:style style:name="H" style:family="text">{hidden}'
        '<style:style style:name="HH" style:family="text" style:parent-style-name="H"/>'
        f'<style:style style:name="HP" style:family="paragraph">{hidden}'
        '<style:style style:name="V" style:family="text"><style:text-properties '
        'text:display="true"/></style:style>'
    )
    document = opened(
        '<text:p>Se ve.<text:span text:style-name="HH"> No se ve.</text:span></text:p>'
        '<text:p text:style-name="HP">Nada <text:span text:style-name="V">Esto sí.</text:span></text:p>'
        '<text:section text:display="none"><text:p>Toda una sección.</text:p></text:section>',
        styles,
    )
    assert texts(document) == ["Se ve.", "Esto sí."]
    assert left(document, "hidden text") == ["No se ve.", "Nada", "Toda una sección."]


def test_headers_footers_comments_are_listed() -> None:
    body = f"<w:p>{run('Texto.')}<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    parts = {
        "header1": word_p("Informe anual"),
        "header2": word_p("Informe anual"),
        "footer1": word_p("Página 3"),
        "comments": f"<w:comment w:id='0' w:author='Ana'>{word_p('¿Seguro?')}</w:comment>",
    }
    document = word(body, **parts)
    assert texts(document) == ["Texto."]
    assert left(document, "header") == ["Informe anual"]
    assert left(document, "footer") == ["Página 3"]
    assert left(document, "comment") == ["¿Seguro?"]


def test_headers_footers_comments_of_odt() -> None:
    master = (
        "<style:master-page><style:header><text:p>Informe anual</text:p></style:header>"
        "<style:footer-first><text:p>Página 3</text:p></style:footer-first></style:master-page>"
    )
    document = opened(
        "<text:p>Texto<office:annotation><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "Ana</dc:creator><text:p>¿Seguro?</text:p></office:annotation>.</text:p>",
        master,
    )
    assert texts(document) == ["Texto."]
    assert left(document, "header") == ["Informe anual"]
    assert left(document, "footer") == ["Página 3"]
    assert left(document, "comment") == ["¿Seguro?"]


def test_headers_footers_comments_of_rtf() -> None:
    document = rich(
        r"{\rtf1\ansi{\headerr\pard\b Informe\b0  anual\par}{\footer P\'e1gina 3\par}\pard Tex"
        r"{\*\atnid AB}{\*\atnauthor Ana}{\*\annotation{\*\atndate 1}\pard\plain \'bfSeguro?}to.\par"
        r"\pard Queda {\v ocul}{\v to}{\deleted quitado} fin.\par}"
    )
    assert texts(document) == ["Texto.", "Queda fin."]
    assert left(document, "header") == ["Informe anual"]
    assert left(document, "footer") == ["Página 3"]
    assert left(document, "comment") == ["¿Seguro?"]
    assert left(document, "hidden text") == ["oculto"]
    assert left(document, "deleted in the file's tracked changes") == ["quitado"]


def test_notes_without_a_reference_and_descriptions_are_listed() -> None:
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    image = f"<w:r><w:drawing><wp:docPr xmlns:wp='{wp}' descr='Un faro'/></w:drawing></w:r>"
    document = word(
        f"<w:p>{run('Texto.')}{image}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>",
        footnotes=f"<w:footnote w:id='2'>{word_p('Nota.')}</w:footnote>"
        f"<w:footnote w:id='3'>{word_p('Perdida.')}</w:footnote>",
    )
    assert texts(document) == ["Texto.", "Nota."]
    assert left(document, "description of an image") == ["Un faro"]
    assert left(document, "footnote that the text does not refer to") == ["Perdida."]


def test_every_part_of_a_formula_is_read() -> None:
    m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    body = (
        f"<w:p>{run('Sea ')}<m:oMath xmlns:m='{m}'><m:rad><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e>"
        "</m:rad><m:r><m:t>=2</m:t></m:r></m:oMath></w:p>"
    )
    assert texts(word(body)) == ["Sea x=2"]


SPANISH = "La guarda del faro contaba las barcas cada tarde y las apuntaba en un libro."


def with_language(lang: str, text: str, runs: str = "", styles: str = "") -> Document:
    core = f"<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:language>{lang}</dc:language></c>"
    language = f'<w:lang w:val="{runs}"/>' if runs else ""
    default = f"<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='{styles}'/></w:rPr></w:rPrDefault></w:docDefaults>"
    members = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p>{run(text, language)}</w:p>'
        "</w:body></w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{default if styles else ""}</w:styles>',
    }
    if lang:
        members["docProps/core.xml"] = core
    return read(Source("a.docx", pack(members)))


@pytest.mark.parametrize(
    ("lang", "text", "runs", "styles", "wanted"),
    [
        ("en-US", SPANISH, "", "", "es"),
        ("", SPANISH, "", "en-US", "es"),
        ("", SPANISH, "fr-FR", "en-US", "es"),
        ("es-MX", SPANISH, "", "", "es"),
        ("en-US", "Barcas: 12", "", "", "en-US"),
        ("", "Barcas: 12", "es-MX", "en-US", "es-MX"),
        ("", "Barcas: 12", "", "pt-BR", "pt-BR"),
        ("und", SPANISH, "", "", ""),
    ],
)
def test_a_default_decides_only_where_the_text_does_not(
    lang: str, text: str, runs: str, styles: str, wanted: str
) -> None:
    document = with_language(lang, text, runs, styles)
    assert document.lang == wanted
    contradicted = wanted == "es" and (runs or lang or styles)[:2] != "es"
    assert [("only its file's default" in line) for line in document.notices] == (
        [True] if contradicted else []
    )


def test_the_default_of_an_odt() -> None:
    style = (
        '<style:default-style style:family="paragraph"><style:text-properties '
        'fo:language="en" fo:country="US"/></style:default-style>'
    )
    assert opened(f"<text:p>{SPANISH}</text:p>", style).lang == "es"
    assert opened("<text:p>Barcas: 12</text:p>", style).lang == "en-US"


def test_code_and_what_is_hidden_in_a_book_are_listed() -> None:
    page = "<p>Texto.</p><pre><code>print(1)</code></pre><p hidden='hidden'>Nada.</p>"
    document = read(Source("a.epub", epub(page)))
    assert texts(document) == ["Texto."]
    assert {part.text for part in document.dropped} == {"print(1)", "Nada.", "Índice"}
