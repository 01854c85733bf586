"""Links inside a page: marks of notes without names that say so, ways back, places that are named."""

from __future__ import annotations

import pytest

from aligner.model import Document, ReadOptions, Source, Span
from aligner.workflows.reading import read


def page(body: str) -> Document:
    html = f"<html><body><article><h1>The well</h1>{body}</article></body></html>"
    return read(Source("page.html", html.encode()), ReadOptions(html_body="full"))


def notes(document: Document) -> list[tuple[str, str]]:
    """(name, text) of every note."""
    return [(p.spans[0].value, p.text) for p in document.paragraphs if p.kind == "note" and p.spans]


def marks(document: Document) -> list[str]:
    """The notes that marks in the text name."""
    return [
        s.value
        for p in document.paragraphs
        for s in p.spans
        if s.kind == "note" and s.start == s.end
    ]


TEXT = "<p>The well is dry since May.{}</p><p>Nobody goes there any more.</p>"
NOTE = "It was dug in 1870."


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<sup><a href="#n1" id="r1">1</a></sup>',
            f'<div class="footnotes"><p id="n1"><a href="#r1">1</a> {NOTE}</p></div>',
        ),
        (
            '<sup><a href="#n1" id="r1">1</a></sup>',
            f'<h2>Notas</h2><ol><li id="n1">{NOTE} <a href="#r1">back</a></li></ol>',
        ),
        ('<a href="#x">1</a>', f'<h3>Anmerkungen</h3><ol><li id="x">{NOTE}</li></ol>'),
        ('<sup><a href="#n1">1</a></sup>', f'<p id="n1">{NOTE}</p>'),
        (' <a href="#n1">[a]</a>', f'<p><a name="n1"></a>{NOTE}</p>'),
        ('<a href="#n1">*</a>', f'<hr><div id="n1"><p>{NOTE}</p></div>'),
        (
            '<sup id="r9"><a href="#cn"><span>[</span>1<span>]</span></a></sup>',
            f'<ol><li id="cn"><a href="#r9">↑</a> {NOTE}</li></ol>',
        ),
        (
            '<sup><a href="#n1" id="r1">1</a></sup>',
            f'<div class="notes"><p id="n1"><a href="#r1">1</a>. {NOTE}</p></div>',
        ),
        (
            '<sup><a href="#n1" id="r1">1</a></sup>',
            f'<dl><dt id="n1"><a href="#r1">1</a></dt><dd>{NOTE}</dd></dl>',
        ),
        (
            '<sup><a href="#n1">1</a></sup>',
            f'<table><tr><td><a name="n1">1.</a></td><td>{NOTE}</td></tr></table>',
        ),
        ('<a id="r" href="#n%C3%B1">1</a>', f'<p id="nñ">{NOTE} <a href="#r">1</a></p>'),
    ],
)
def test_marks_of_notes(mark: str, note: str) -> None:
    read = page(TEXT.format(mark) + note)
    ((name, text),) = notes(read)
    assert text == NOTE
    assert marks(read) == [name]
    assert read.paragraphs[1].text == "The well is dry since May."


def test_a_note_named_twice_and_a_way_back_in_words() -> None:
    read = page(
        '<p>One.<sup><a href="#n" id="a">1</a></sup></p><p>Two.<sup><a href="#n" id="b">1</a></sup>'
        f'</p><p id="n">{NOTE} <a href="#a">to the first</a> <a href="#b">to the second</a></p>'
    )
    assert marks(read) == ["n", "n"]
    assert notes(read) == [("n", NOTE)]
    told = [(d.reason, d.text) for d in read.dropped]
    assert ("link from a note to its mark", "to the first") in told
    assert ("link from a note to its mark", "to the second") in told


@pytest.mark.parametrize(
    "body",
    [
        # a list of chapters, a link up, a number that is the whole line
        '<p><a href="#c1">1</a></p><p>Words of the page.</p><p id="c1">The first chapter.</p>',
        '<p>See <a href="#c1">1</a> below.</p><p>Words.</p><h2 id="c1">The first</h2><p>Text.</p>',
        '<p id="c1">The first chapter.</p><p>Go up to<sup><a href="#c1">1</a></sup></p>',
        '<p>Words<sup><a href="#all">1</a></sup></p><div id="all"><h2>Part</h2><p>Text.</p></div>',
    ],
)
def test_links_that_are_no_marks(body: str) -> None:
    read = page(body)
    assert notes(read) == []
    assert marks(read) == []
    links = [s for p in read.paragraphs for s in p.spans if s.kind == "link"]
    assert len(links) == 1


def test_places_that_links_name() -> None:
    read = page(
        '<p>More on <a href="#cheese">cheese</a>, <a href="#part">wine</a> and '
        '<a href="#gone">bread</a>.</p><h2 id="cheese">Cheese</h2><p id="unnamed">Hard.</p>'
        '<section id="part"><h2>Wine</h2><p>Red.</p></section>'
    )
    assert {p.key: p.text for p in read.paragraphs if p.key} == {
        "cheese": "Cheese",
        "part": "Wine",
    }
    assert Span(8, 14, "link", "#cheese") in read.paragraphs[1].spans


def test_headings_that_links_of_a_markdown_file_name() -> None:
    text = (
        "# The island\n\nOn [cheese](#hard--cheese), [wine](#red), [more cheese](#hard--cheese-1), "
        "[water](#agua-fría) and [bread](#bread).\n\n## Hard & cheese\n\nA.\n\n## Wine {#red}\n\nB.\n\n"
        "## Hard & cheese\n\nC.\n\n## Agua fría\n\nD.\n\n## Unnamed\n\nE.\n"
    )
    made = read(Source("page.md", text.encode()))
    assert [(p.key, p.text) for p in made.paragraphs if p.key] == [
        ("hard--cheese", "Hard & cheese"),
        ("red", "Wine"),
        ("hard--cheese-1", "Hard & cheese"),
        ("agua-fría", "Agua fría"),
    ]


def test_a_place_that_only_a_link_beside_the_article_names_is_none() -> None:
    words = "The well is dry since May, and nobody goes there any more. " * 5
    html = (
        '<html><body><nav><a href="#main">Skip</a> <a href="/a">A</a> <a href="/b">B</a></nav>'
        f'<main id="main"><h1>The well</h1><p>{words}</p><p>{words}</p></main>'
        '<footer><a href="/c">C</a></footer></body></html>'
    )
    made = read(Source("page.html", html.encode()))
    assert [p.text for p in made.paragraphs] == ["The well", words.strip(), words.strip()]
    assert {p.key for p in made.paragraphs} == {""}
