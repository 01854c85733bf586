"""What readers leave out is listed, each kind with its reason; and what was lost once is read."""

from __future__ import annotations

import pytest

from aligner.model import Document, ReadOptions, Source
from aligner.workflows.reading import read
from tests.unit.documents.packages import W, docx, epub, odt, pack, word_p

_ALTERNATE = "<AlternateContent><Choice>{}</Choice><Fallback>{}</Fallback></AlternateContent>"


def _docx(body: str, **parts: str) -> Document:
    return read(Source("a.docx", docx(word_p("Uno.") + body, **parts)))


def _rtf(body: str) -> Document:
    return read(Source("a.rtf", f"{{\\rtf1\\ansi\\uc1 Uno.\\par {body}\\par}}".encode("ascii")))


def _told(document: Document) -> list[tuple[str, str]]:
    kept = [(p.kind, p.text) for p in document.paragraphs if p.text != "Uno."]
    return [*kept, *((part.reason, part.text) for part in document.dropped)]


def _t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


WORD = {
    "an unknown element around a paragraph": (f"<w:x>{word_p('Dos.')}</w:x>", ("para", "Dos.")),
    "a run in no paragraph": (_t("Dos."), ("para", "Dos.")),
    "a formula in no paragraph": ("<oMathPara><oMath><r><t>x</t></r></oMath></oMathPara>", ("para", "x")),
    "unknown elements around rows": (
        f"<w:tbl><w:x><w:tr><w:x><w:tc>{word_p('celda')}</w:tc></w:x></w:tr></w:x></w:tbl>",
        ("cell", "celda"),
    ),
    "a code": ("<w:p><w:r><w:instrText>QUOTE dos</w:instrText></w:r></w:p>", ("code of a field", "QUOTE dos")),
    "lettering": (
        "<w:p><w:r><w:pict><textpath string='Arte'/></w:pict></w:r></w:p>",
        ("lettering (WordArt)", "Arte"),
    ),
    "a shape with text": (
        "<w:p><w:r><w:drawing><txBody><p><r><t>dentro</t></r></p></txBody></w:drawing></w:r></w:p>",
        ("box", "dentro"),
    ),
    "text inside formatting": (
        f"<w:p><w:pPr>{word_p('Dos.')}</w:pPr>{_t('Tres.')}</w:p>",
        ("where the standard has no text", "Dos."),
    ),
    "another form": (
        f"<w:p><w:r>{_ALTERNATE.format('<w:t>nueva</w:t>', '<w:t>vieja</w:t>')}</w:r></w:p>",
        ("another form of what is read", "nueva"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WORD)
def test_of_word(kind: str) -> None:
    body, expected = WORD[kind]
    assert expected in _told(_docx(body))


def test_notes_that_nobody_refers_to() -> None:
    notes = f"<w:footnote w:id='7'>{word_p('Suelta.')}</w:footnote>"
    reason = "footnote that the text does not refer to"
    assert (reason, "Suelta.") in _told(_docx("", footnotes=notes))


def test_a_joined_paragraph_is_no_part_of_a_note() -> None:
    gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    body = f"<w:p>{gone}{_t('Dos')}{note}</w:p>{word_p('tres.')}"
    notes = f"<w:footnote w:id='2'>{word_p('La nota.')}</w:footnote>"
    assert _told(_docx(body, footnotes=notes)) == [("para", "Dos tres."), ("note", "La nota.")]


def test_charts_and_diagrams_of_word() -> None:
    main = f'<w:document xmlns:w="{W}"><w:body>{word_p("Uno.")}</w:body></w:document>'
    chart = "<c><title><p><r><t>Ventas</t></r></p></title><cat><pt><v>enero</v></pt></cat></c>"
    package = pack({"word/document.xml": main, "word/charts/chart1.xml": chart})
    told = _told(read(Source("a.docx", package)))
    assert told == [("chart or diagram", "Ventas"), ("chart or diagram", "enero")]


def test_of_opendocument() -> None:
    body = "<text:p>Uno.</text:p><draw:frame><draw:object><mi>x</mi></draw:object></draw:frame>"
    assert ("box", "x") in _told(read(Source("a.odt", odt(body))))
    nested = "<text:p>Uno.<text:list><text:list-item><text:p>Dos.</text:p></text:list-item></text:list></text:p>"
    assert ("box", "Dos.") in _told(read(Source("a.odt", odt(nested))))
    styled = odt("<text:p>Uno.</text:p>", "<text:p>Dos.</text:p>")
    assert _told(read(Source("a.odt", styled))) == [("outside the text", "Dos.")]


def test_a_text_beside_the_body_of_word() -> None:
    main = (
        f'<w:document xmlns:w="{W}"><w:t>Dos.</w:t><w:body>{word_p("Uno.")}</w:body></w:document>'
    )
    told = _told(read(Source("a.docx", pack({"word/document.xml": main}))))
    assert told == [("outside the body", "Dos.")]


RTF = {
    "{\\upr{Ga?o}{\\*\\ud{Ga\\u241?o}}}": ("para", "Gaño"),
    "{\\uc2 Ga\\u241\\'c3\\'b1o}{\\uc0 \\u241}": ("para", "Gañoñ"),
    "{\\*\\unheard Dos.}": ("part of unknown meaning (unheard)", "Dos."),
    "{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv Una gata}}}89504e}": (
        "property of a drawing",
        "Una gata",
    ),
    "{\\field{\\*\\fldinst QUOTE x}{\\fldrslt Dos.}}": ("code of a field", "QUOTE x"),
    "{\\listtext IV.\\tab}Dos.": ("number of a list item", "IV."),
    "{\\object{\\*\\objdata 0105}{\\result Dos.}}": ("para", "Dos."),
    "{\\*\\do{\\dptxbxtext Dos.}}": ("para", "Dos."),
}


@pytest.mark.parametrize("body", RTF)
def test_of_rich_text(body: str) -> None:
    assert RTF[body] in _told(_rtf(body))


PAGE = (
    "<p>Uno.</p><img alt='Una gata' src='a.png'/><form><input type='submit' value='Enviar'/></form>"
    "<svg><title>Plano</title><text>Salida</text></svg><noscript><p>Sin guiones</p></noscript>"
    "<details><summary>Más</summary><p>Plegado.</p></details>"
)
BESIDE = [
    ("description of an image", "Una gata"),
    ("not shown (svg)", "Plano Salida"),
    ("not shown (noscript)", "Sin guiones"),
]


def test_of_web_pages_and_books() -> None:
    page = f"<html><body>{PAGE}</body></html>".encode()
    for document in (
        read(Source("a.html", page), ReadOptions(html_body="full")),
        read(Source("a.epub", epub(PAGE))),
    ):
        told = _told(document)
        assert {("para", "Más"), ("para", "Plegado."), *BESIDE} <= set(told)
        assert ("button of a form", "Enviar") in told


def test_of_tei() -> None:
    data = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>Corpus</p></teiHeader>
    <TEI><teiHeader><p>Uno</p></teiHeader><sourceDoc><line>línea</line></sourceDoc>
    <text xml:lang="es"><body><p>Hola <pb>7</pb> a todos.</p><pb>8</pb></body></text></TEI>
    <TEI><text xml:lang="en"><body><p>Hello.</p></body></text></TEI></teiCorpus>"""
    assert _told(read(Source("a.xml", data.encode()))) == [
        ("para", "Hola a todos."),
        ("words in an element that holds none (pb)", "7"),
        ("words in an element that holds none (pb)", "8"),
        ("header of a TEI file", "Corpus"),
        ("header of a TEI file", "Uno"),
        ("transcription of the source (sourceDoc)", "línea"),
        ("another text (--side reads it)", "Hello."),
    ]


def test_of_units() -> None:
    tmx = """<tmx version="1.4"><header srclang="es"><note>nota</note></header><body><tu><prop type="d">mar</prop>
    <tuv xml:lang="es"><seg>Uno <bpt i="1">{b}</bpt>dos<ept i="1">{/b}</ept>.</seg></tuv></tu></body></tmx>"""
    assert _told(read(Source("a.tmx", tmx.encode()))) == [
        ("para", "Uno dos."),
        ("note of the header", "nota"),
        ("property of the unit (d)", "mar"),
        ("inline code", "{b}"),
        ("inline code", "{/b}"),
    ]
    xliff = """<xliff version="1.2"><file source-language="es" target-language="en"><header><note>nota</note>
    </header><body><trans-unit id="1"><source>Uno dos.</source><context-group><context>menú</context>
    </context-group></trans-unit></body></file></xliff>"""
    told = _told(read(Source("a.xlf", xliff.encode())))
    assert told == [("para", "Uno dos."), ("note", "nota"), ("context-group", "menú")]


def test_the_line_of_a_row_of_several() -> None:
    table = 'es,nota\nuno,a\n"dos\ntres",b\ncuatro,"c\nd"\n'
    document = read(Source("a.csv", table.encode()))
    assert [(part.text, part.line) for part in document.dropped][1:] == [
        ("a", 2),
        ("b", 3),
        ("c\nd", 5),
    ]


def test_who_speaks_in_a_table() -> None:
    document = read(Source("a.csv", b"es,speaker\nHola a todos.,Ana\n"))
    assert document.paragraphs[0].speaker == "Ana"
