"""Books of several files: order, chapters, notes elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from aligner.model import AlignerError, Document, ReadOptions, Source
from aligner.workflows.reading import read
from tests.unit.documents.packages import pack

LONG = "Una frase del capítulo, bastante larga para que sea texto y no portada. " * 4


def book(
    pages: Mapping[str, str], nav: str = "", ncx: str = "", *, aside: tuple[str, ...] = ()
) -> Document:
    """A book of these pages in this order; those in `aside` are not linear, `notes...` not in the spine."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in pages
    )
    spine = "".join(
        f"""<itemref idref="{name}"{' linear="no"' if name in aside else ""}/>"""
        for name in pages
        if not name.startswith("notes")
    )
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        f'{items}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f'</manifest><spine toc="ncx"><itemref idref="nav"/>{spine}</spine></package>'
    )
    members = {
        "META-INF/container.xml": '<c><rootfile full-path="OPS/b.opf"/></c>',
        "OPS/b.opf": opf,
    }
    members |= {
        f"OPS/{name}.xhtml": f"<html xmlns:epub='http://www.idpf.org/2007/ops'><body>{page}</body></html>"
        for name, page in pages.items()
    }
    if nav:
        members["OPS/nav.xhtml"] = (
            f"<html><body><nav epub:type='toc'><ol>{nav}</ol></nav></body></html>"
        )
    if ncx:
        members["OPS/toc.ncx"] = f"<ncx><navMap>{ncx}</navMap></ncx>"
    return read(Source("a.epub", pack(members, "application/epub+zip")))


def entry(href: str, label: str, inner: str = "") -> str:
    return f"<li><a href='{href}'>{label}</a>{f'<ol>{inner}</ol>' if inner else ''}</li>"


def shown(document: Document) -> list[tuple[str, int, str]]:
    return [(p.kind, p.level, p.text[:20].strip()) for p in document.paragraphs]


TEXT = ("para", 0, LONG[:20].strip())


def test_chapters_without_a_heading_have_that_of_the_contents() -> None:
    document = book(
        {"c1": f"<p>{LONG}</p>", "c2": f"<h1>Dos</h1><p>{LONG}</p>", "c3": f"<p>{LONG}</p>"},
        entry("c1.xhtml", "Uno") + entry("c2.xhtml", "El dos", entry("c3.xhtml", "Tres")),
    )
    assert shown(document) == [
        *(("heading", 1, "Uno"), TEXT, ("heading", 1, "Dos"), TEXT, ("heading", 2, "Tres"), TEXT)
    ]
    assert document.notices == (
        "a.epub: 2 headings of chapters are taken from the table of contents",
    )
    assert [d.text for d in document.dropped] == ["Uno", "El dos", "Tres"]


def test_the_ncx_of_older_books() -> None:
    point = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>"
    inner = point.format("Uno.1", "c1.xhtml#b", "")
    pages = {"c1": f"<p>{LONG}</p><p id='b'>{LONG}</p>", "c2": f"<p>{LONG}</p>"}
    ncx = point.format("Uno", "c1.xhtml", inner) + point.format("Dos", "c2.xhtml", "")
    assert shown(book(pages, ncx=ncx)) == [
        *(("heading", 1, "Uno"), TEXT, ("heading", 2, "Uno.1"), TEXT, ("heading", 1, "Dos"), TEXT)
    ]


@pytest.mark.parametrize(
    "start",
    [
        "<p><a id='c'/>{}</p>",
        "<div><a id='c'></a><p>{}</p></div>",
        "<section id='c'><p>{}</p></section>",
        "<a name='c'></a><p>{}</p>",
    ],
)
def test_several_chapters_in_one_file(start: str) -> None:
    page = f"<p>{LONG}</p><p>{LONG}</p>{start.format(LONG)}"
    document = book({"c": page}, entry("c.xhtml", "Uno") + entry("c.xhtml#c", "Dos"))
    assert shown(document) == [("heading", 1, "Uno"), TEXT, TEXT, ("heading", 1, "Dos"), TEXT]


def test_a_paragraph_that_is_a_heading_becomes_one() -> None:
    pages = {
        "c1": f"<p>Capítulo 1</p><p>El barco</p><p>{LONG}</p>",
        "c2": f"<p>Capítulo 2: La isla</p><p>{LONG}</p>",
        "c3": f"<p>Otro texto.</p><h2>3. El viaje</h2><p>{LONG}</p>",
    }
    nav = (
        entry("c1.xhtml", "Capítulo 1. El barco")
        + entry("c2.xhtml", "Capítulo 2: la isla")
        + entry("c3.xhtml", "El viaje")
    )
    document = book(pages, nav)
    kinds = [p.kind for p in document.paragraphs]
    assert kinds == ["heading", "heading", "para", "heading", "para", "para", "heading", "para"]
    assert document.notices == ()


def test_title_pages_get_no_heading() -> None:
    document = book(
        {"t": "<p>La isla</p><p>Ana Ruiz</p>", "c": f"<h1>Uno</h1><p>{LONG}</p>"},
        entry("t.xhtml", "Portada") + entry("c.xhtml", "Uno") + entry("gone.xhtml", "Nada"),
    )
    assert "Portada" not in [p.text for p in document.paragraphs]


def test_what_is_not_linear_comes_last() -> None:
    pages = {"x": "<p>Respuestas.</p>", "c1": "<p>Uno.</p>", "c2": "<p>Dos.</p>"}
    document = book(pages, aside=("x",))
    assert [p.text for p in document.paragraphs] == ["Uno.", "Dos.", "Respuestas."]


NOTE = "<p id='n1'><a href='c.xhtml#r1'>1</a>. La nota.</p>"


@pytest.mark.parametrize("where", ["n", "notes"])
def test_notes_of_another_file(where: str) -> None:
    """In the spine, or left out of it; known by what the mark says, or by the links between both."""
    mark = f"<a id='r1' href='{where}.xhtml#n1' epub:type='noteref'>1</a>"
    document = book(
        {"c": f"<p>Una frase{mark} y otra.</p><p>Más.</p>", where: f"<h2>Notas</h2>{NOTE}"}
    )
    assert [(p.kind, p.text) for p in document.paragraphs] == [
        ("para", "Una frase y otra."),
        ("para", "Más."),
        ("heading", "Notas"),
        ("note", "La nota."),
    ]
    assert [(s.kind, s.value) for s in document.paragraphs[0].spans] == [("note", "n1")]


def test_notes_known_by_the_links_between_both_files() -> None:
    mark = "<sup><a id='r1' href='n.xhtml#n1'>1</a></sup>"
    document = book({"c": f"<p>Una frase{mark} y otra.</p>", "n": NOTE})
    assert [p.kind for p in document.paragraphs] == ["para", "note"]
    assert document.paragraphs[0].text == "Una frase y otra."


def test_links_to_chapters_are_no_notes() -> None:
    page = f"<p>Véase <a href='c2.xhtml#a'>2</a>.</p><p>{LONG}</p>"
    document = book({"c1": page, "c2": "<p id='a'>Otro capítulo.</p>"})
    assert document.paragraphs[0].text == "Véase 2."
    assert document.paragraphs[-1].kind == "para"


def test_contents_that_cannot_be_read_cost_nothing() -> None:
    document = book({"c": f"<p>{LONG}</p>"}, ncx="<navPoint>")
    assert shown(document) == [TEXT]


def test_a_long_table_of_contents_takes_no_time() -> None:
    count = 4000
    page = "".join(f"<p id='i{n}'>{LONG}</p>" for n in range(count))
    nav = "".join(entry(f"c.xhtml#i{n}", f"C {n}") for n in range(count))
    document = book({"c": page}, nav)
    assert sum(p.kind == "heading" for p in document.paragraphs) == count


OPF = '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</package>'
PAGE = f"<html><body><p>{LONG}</p></body></html>"
ITEM = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'


def raw(members: dict[str, str]) -> Document:
    return read(Source("a.epub", pack(members, "application/epub+zip")))


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"META-INF/container.xml": "<c/>"}, "the book holds no package document"),
        ({"a.txt": "x"}, "the book holds no package document"),
        (
            {
                "b.opf": OPF.format(
                    f'<manifest>{ITEM}</manifest><spine><itemref idref="a"/></spine>'
                )
            },
            "the book's spine names no page that is in it",
        ),
        (
            {
                "b.opf": OPF.format('<manifest/><spine><itemref idref="a"/></spine>'),
                "a.xhtml": PAGE,
            },
            "the book's spine names no page that is in it",
        ),
    ],
)
def test_a_book_without_its_parts(members: dict[str, str], said: str) -> None:
    with pytest.raises(AlignerError, match=said):
        raw(members)


def test_a_book_whose_container_names_what_is_not_there() -> None:
    """The package document is looked for by its suffix; an empty page is passed over."""
    document = raw(
        {
            "META-INF/container.xml": '<c><rootfile full-path="gone.opf"/></c>',
            "x/b.opf": OPF.format(
                "<metadata><dc:contributor>Somebody</dc:contributor><dc:title> </dc:title></metadata>"
                f'<manifest>{ITEM}<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
                '</manifest><spine><itemref idref="b"/><itemref idref="a"/><itemref idref="a"/></spine>'
            ),
            "x/a.xhtml": PAGE,
            "x/b.xhtml": " ",
        }
    )
    assert [p.text for p in document.paragraphs] == [LONG.strip()]
    assert document.metadata == {}


def test_a_book_is_no_segmented_text_and_a_page_no_book() -> None:
    source = Source("a.epub", pack({"b.opf": "<x/>"}, "application/epub+zip"))
    with pytest.raises(AlignerError, match="a book is not segmented text"):
        read(source, ReadOptions(segmented=True))
    with pytest.raises(AlignerError, match="not a zip package, as EPUB books are"):
        read(Source("a.epub", b"<html/>"), ReadOptions(), "epub")


def test_notes_and_places_of_two_pages_with_one_name() -> None:
    page = (
        "<h2>{0}</h2><p>{1}<sup><a href='#n1'>1</a></sup> See <a href='#more'>more</a>.</p>"
        "<h3 id='more'>More of {0}</h3><p>{1}</p><div class='footnotes'><p id='n1'>Note of {0}.</p></div>"
    )
    made = book({name: page.format(name, LONG) for name in ("one", "two")})
    marks = [s.value for p in made.paragraphs for s in p.spans if s.kind == "note" and s.start]
    notes = {p.spans[0].value: p.text for p in made.paragraphs if p.kind == "note"}
    assert [notes[mark] for mark in marks] == ["Note of one.", "Note of two."]
    links = [s.value for p in made.paragraphs for s in p.spans if s.kind == "link"]
    places = {f"#{p.key}": p.text for p in made.paragraphs if p.key}
    assert [places[link] for link in links] == ["More of one", "More of two"]
