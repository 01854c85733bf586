"""Pages that translate each other are read so that the same parts of both are kept."""

from __future__ import annotations

from aligner import Notices
from aligner.model import ReadOptions, Source
from aligner.workflows.aligning import open_documents
from aligner.workflows.reading import disagreement, read, read_alike

SENTENCES = {
    "es": "El puente se cayó de noche y nadie lo vio caer, dijo la vecina número {}.",
    "en": "The bridge fell at night and nobody saw it fall, said neighbour number {}.",
}


def page(lang: str, *, split: bool) -> Source:
    """An article of 20 paragraphs; where `split`, nine of them stand under a name of other things."""
    paragraphs = [f"<p>{SENTENCES[lang].format(n)}</p>" for n in range(20)]
    inside, outside = (paragraphs[:11], paragraphs[11:]) if split else (paragraphs, [])
    marked = f"<div class='article-body'>{''.join(inside)}</div>"
    aside = f"<div class='related'>{''.join(outside)}</div>"
    body = f"<h1>T {lang}</h1>{marked}{aside}"
    menu = "<nav><a href='/'>Inicio</a><a href='/b'>Buscar</a></nav>"
    return Source(f"{lang}.html", f"<html lang='{lang}'><body>{menu}{body}</body></html>".encode())


def test_bodies_that_disagree_are_read_again_with_the_gentler_mode() -> None:
    sources = [page("es", split=True), page("en", split=False)]
    alone = [read(source) for source in sources]
    assert disagreement(alone) > 1.7  # the judgement that the second reading is for
    documents, said = read_alike(sources, [ReadOptions()] * 2)
    assert [len(document.paragraphs) for document in documents] == [21, 21]
    assert disagreement(documents) < 1.1
    (line,) = said
    assert "es.html and en.html" in line
    assert "read again whole, without menus" in line
    assert not any("Buscar" in p.text for document in documents for p in document.paragraphs)


def test_the_user_hears_of_it() -> None:
    notices = Notices()
    open_documents([page("es", split=True), page("en", split=False)], ["es", "en"], notices=notices)
    assert [line for line in notices.lines if "differ" in line]


def test_bodies_that_agree_and_choices_of_the_user_stay() -> None:
    same = [page("es", split=True), page("en", split=True)]
    documents, said = read_alike(same, [ReadOptions()] * 2)
    assert said == ()
    assert documents == tuple(read(source) for source in same)
    chosen = [page("es", split=True), page("en", split=False)]
    documents, said = read_alike(chosen, [ReadOptions(html_body="article")] * 2, "html")
    assert said
    documents, said = read_alike(chosen, [ReadOptions(html_body="h1, p")] * 2)
    assert said == ()
    assert [len(document.paragraphs) for document in documents] == [21, 21]
