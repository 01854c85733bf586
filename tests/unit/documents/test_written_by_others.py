r"""What word processors, sites and printers write that the specifications hardly name: each text is kept
as what it is, or listed.
"""

from __future__ import annotations

import pytest

from aligner.documents.pdf.extract import extracted
from aligner.model import Document, Malformed, ReadOptions, Source, UsageError
from aligner.workflows.reading import read
from tests.unit.documents.test_pdf import pdf


def opened(name: str, data: str | bytes, **options: bool) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return read(Source(name, data), ReadOptions(**options))  # type: ignore[arg-type]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs]


def gone(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.text) for one in document.dropped]


RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}
{\f3 Cou{\*\falt x}rier;}}{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Titl{\*\x y}e;}}
{\info{\title Doc title}{\author An author}}
\pard\s2 Doc title\par
\pard\s1 Part one\par
\pard\outlinelevel1 Sub\par
\pard\ls1 An item\par
\pard Text {\f1 \'cf\'f0\'e8} {\b bold\b0 plain} {\ul under\ulnone not} {\super a\nosupersub b} {\i both\plain none}\
second \u55357?\u56832? \u55357? x \emdash\~nb\-soft\par
\pard {\f2 \'61\'ff} {\field{\*\fldinst SYMBOL 9999 \\f Symbol}{\fldrslt x}}\par
\uc1 hal\u233\'e9f \par
}} tail"""


def test_rich_text() -> None:
    document = opened("a.rtf", RTF)
    assert kinds(document) == [
        ("title", "Doc title"),
        ("heading", "Part one"),
        ("heading", "Sub"),
        ("item", "An item"),
        ("para", "Text При boldplain undernot ab bothnone"),
        ("para", "second 😀 \ufffd x —\xa0nbsoft"),
        ("para", "α"),
        ("para", "haléf"),
        ("para", "tail"),  # behind a brace too many
    ]
    assert [paragraph.level for paragraph in document.paragraphs[:3]] == [0, 1, 2]
    text = document.paragraphs[4]
    assert [(span.kind, text.text[span.start : span.end]) for span in text.spans] == [
        ("bold", "bold"),
        ("underline", "under"),
        ("sup", "a"),
        ("italic", "both"),
    ]
    assert gone(document) == [
        ("character of a symbol font", "Symbol U+F0FF"),
        ("character of a symbol font", r"SYMBOL 9999 \f Symbol"),
    ]
    assert document.metadata["author"] == ("An author",)


def test_rich_text_of_an_old_mac() -> None:
    assert kinds(opened("a.rtf", r"{\rtf1\mac caf\'8e\par}")) == [("para", "café")]


def test_rich_text_nested_without_end() -> None:
    with pytest.raises(Malformed, match="groups nested more than 1000 deep"):
        opened("a.rtf", "{\\rtf1 " + "{" * 1200 + "x")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rtf", r"{\rtf1 x}", "rich text is not segmented text"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nx\n", "subtitles are not segmented text"),
        ("a.ass", "[Script Info]\n\n[Events]\nFormat: Start, End, Text\n", "subtitles are not"),
        ("a.ttml", '<tt xmlns="http://www.w3.org/ns/ttml"/>', "subtitles are not segmented text"),
        ("a.pdf", pdf("").data, "a PDF is not segmented text"),
    ],
)
def test_what_is_no_segmented_text(name: str, data: str | bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        opened(name, data, segmented=True)
    assert caught.value.hint


SITE = """---
title: X
---

# T

/// note | Aviso
Dentro.
///

/ not a box

{/* a comment
over lines */}

{/* not ended

<Card
  title="Tarjeta"
  href="x">
En la tarjeta.
</Card>

<Card
and no end

import A from "x"
import B from "y"

Text {/* inside */} end, {term}`palabra` here[link]{.cls}.

- item
  {/* c */}
  text
- ::: note
  in item
  :::

para
!!! tip
    not before a blank
para
::: tip
x
:::
"""


def test_marks_of_a_site() -> None:
    document = opened("a.md", SITE)
    assert document.title == "X"
    assert kinds(document) == [
        ("heading", "T"),
        ("box", "Aviso"),
        ("box", "Dentro."),
        ("para", "/ not a box"),
        ("para", "{/* not ended"),
        ("para", "Tarjeta"),
        ("para", "En la tarjeta."),
        ("para", "<Card and no end"),
        ("para", "Text end, palabra here[link]."),
        ("item", "item"),
        ("item", "text"),
        ("box", "in item"),
        ("para", "para"),
        ("box", "not before a blank"),
        ("para", "para"),
        ("box", "x"),
    ]
    assert [text for reason, text in gone(document) if reason == "mark of the site"] == [
        "{/* a comment\nover lines */}",
        '<Card\ntitle=""\nhref="x">',
        "</Card>",
        'import A from "x"\nimport B from "y"',
        "{/* inside */}",
        "{term}",
        "{.cls}",
        "{/* c */}",
    ]


def test_what_only_looks_like_a_mark_is_code() -> None:
    document = opened(
        "a.md", "T\n\n    {/* code */}\n\n    <Card/>\n\n    ::: note\n\n    !!! tip\n"
    )
    assert kinds(document) == [("para", "T")]
    assert gone(document) == [("code", "{/* code */}\n\n<Card/>\n\n::: note\n\n!!! tip")]


def test_a_directive_with_options_of_both_kinds() -> None:
    document = opened("a.md", "```{note} Title\n---\nclass: x\n---\n:name: y\nWords in it.\n```\n")
    assert kinds(document) == [("box", "Title"), ("box", "Words in it.")]
    assert ("options of a directive", "---\nclass: x\n---\n:name: y") in gone(document)


def test_a_page_with_comments_styles_and_running_heads() -> None:
    document = opened(
        "a.html",
        "<html lang=es><head><title>T</title></head><body><!-- c --><main><h1>T</h1><p>Uno <!-- x -->dos "
        '<span style="font-weight:bold">tres</span>.</p><div title="header">Running</div></main></body></html>',
    )
    assert kinds(document) == [("title", "T"), ("para", "Uno dos tres.")]
    (bold,) = document.paragraphs[1].spans
    assert (bold.kind, document.paragraphs[1].text[bold.start : bold.end]) == ("bold", "tres")
    assert gone(document) == [("not shown (div)", "Running")]


def at(size: int, x: int, y: int, words: str) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n"


WORDS = "A line of words that goes on and on and on"


def test_a_printed_page() -> None:
    """A heading, the raised number of a note that parts a line, two columns, and the note."""
    page = (
        at(20, 20, 270, "The heading")
        + at(10, 20, 240, WORDS)
        + at(6, 210, 244, "1")
        + at(10, 216, 240, "more.")
        + "".join(at(10, 20, 228 - 12 * n, f"{WORDS} again.") for n in range(4))
        + at(10, 20, 140, "left cell")
        + at(10, 200, 140, "right cell")
        + at(5, 20, 43, "1")
        + at(7, 26, 40, "A note at the foot of the page.")
    )
    source = pdf(page, at(10, 20, 250, WORDS))
    lines = extracted(source.data, "a.pdf", 2).lines
    assert [line.text for line in lines[:2]] == ["The heading", f"{WORDS} more."]
    assert [piece.strip() for _, _, piece in lines[6].pieces] == ["left cell", "right cell"]
    assert (lines[7].text, lines[7].raised) == ("1 A note at the foot of the page.", 1)
    document = read(source)
    assert document.title == "The heading"
    assert kinds(document) == [
        ("title", "The heading"),
        ("para", " ".join([f"{WORDS} more.", *[f"{WORDS} again."] * 4])),
        ("para", "left cell right cell"),
        ("para", WORDS),
        ("note", "A note at the foot of the page."),
    ]


@pytest.mark.parametrize("data", [b"%PDF-1.4\nbroken", pdf(WORDS).data[:200]])
def test_a_damaged_pdf(data: bytes) -> None:
    with pytest.raises(Malformed, match="a damaged PDF: ") as caught:
        extracted(data, "a.pdf", 9)
    assert "print it to a new PDF" in caught.value.hint


def test_pictures_are_told_in_this_process_too() -> None:
    image = "q 280 0 0 280 10 10 cm /I Do Q"
    got = extracted(pdf(at(10, 20, 250, WORDS), image, "").data, "a.pdf", 9)
    assert (got.pages, got.pictures) == (3, [2])


ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("style", "style"), ("table", "table")),
        ("fo", "xsl-fo-compatible"),
    )
)
FLAT = f"""<office:document {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"
office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:title>Doc title</dc:title></office:meta>
<office:styles><style:default-style style:family="graphic"><style:text-properties fo:language="en"/></style:default-style>
<style:default-style style:family="paragraph"><style:paragraph-properties/><style:text-properties fo:language="es"
fo:country="SV"/></style:default-style><style:style style:name="Title"/><style:style style:name="Heading_20_1"
style:display-name="Heading 1"/><style:style style:name="U"><style:text-properties style:text-underline-style="solid"/>
</style:style></office:styles><office:body><office:spreadsheet>lost<text:p>outside</text:p></office:spreadsheet>
<office:text><text:sequence-decls/><text:p text:style-name="Title">Doc title</text:p>
<text:h text:outline-level="2">Head</text:h><text:p text:style-name="Heading_20_1">No heading</text:p>
<text:p>A <text:span text:style-name="U">b</text:span><text:bookmark/> c <text:unknown>d</text:unknown>.</text:p>
<text:section><text:p>in</text:p></text:section></office:text></office:body></office:document>"""


def test_an_open_document_in_one_file() -> None:
    document = opened("a.fodt", FLAT)
    assert (document.lang, document.title) == ("es-SV", "Doc title")
    assert kinds(document) == [
        ("title", "Doc title"),
        ("heading", "Head"),
        ("para", "No heading"),  # a paragraph in the style of one
        ("para", "A b c d."),
        ("para", "in"),
    ]
    assert [span.kind for span in document.paragraphs[3].spans] == ["underline"]
    assert gone(document) == [("outside the text", "lost"), ("outside the text", "outside")]


def test_a_page_that_looks_like_no_article_is_read_whole() -> None:
    document = opened(
        "a.html",
        '<html lang=es><body><main><h1>T</h1><div class=box><figure><img alt="x"><figcaption>Pie <!-- c -->'
        "de foto</figcaption></figure></div><p>Uno<?pi x?> dos</p>tail<!-- y --> words<aside><p>Al lado</p>"
        '</aside><ol><li id=fn1><a href="#r1">1</a> Nota</li></ol></main></body></html>',
    )
    assert kinds(document) == [
        ("title", "T"),
        ("caption", "Pie de foto"),
        ("para", "Uno dos"),
        ("para", "tail words"),
        ("box", "Al lado"),
        ("item", "1 Nota"),
    ]
    assert gone(document) == [("description of an image", "x")]
    (notice,) = document.notices
    assert notice.startswith("a.html: nothing in the page looks like an article: it is read whole")


@pytest.mark.parametrize(
    ("body", "text", "notice"),
    [
        (
            "<body><noscript><p>Un texto que se lee sin guiones.</p></noscript></body>",
            "Un texto que se lee sin guiones.",
            "the page shows its text only where scripts do not run",
        ),
        (
            (
                '<head><script type="application/ld+json">{"articleBody":"El cuerpo está en los datos."}'
                '</script></head><body><div style="display:none">x</div></body>'
            ),
            "El cuerpo está en los datos.",
            "the page shows no text; read is what its JSON-LD holds",
        ),
    ],
)
def test_pages_that_show_no_text(body: str, text: str, notice: str) -> None:
    document = opened("a.html", f"<html>{body}</html>")
    assert kinds(document) == [("para", text)]
    assert document.notices == (f"a.html: {notice}",)
