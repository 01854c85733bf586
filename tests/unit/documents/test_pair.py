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


OPENING = {"es": "En la orilla del río", "en": "On the river bank"}


def themed(lang: str, blocks: int, extra: str = "") -> Source:
    """A page of a template: a body, and statements in blocks whose class speaks against them."""
    body = "".join(f"<p>{SENTENCES[lang].format(n)}</p>" for n in range(6))
    words = {
        "es": "La alcaldía sostuvo en un comunicado que había avisado a los vecinos con tiempo.",
        "en": "The council held in a statement that it had warned the neighbours in good time.",
    }[lang]
    statement = "".join(f"<p>{n}. {words}</p>" for n in range(blocks))
    menu = "".join(f"<li><a href='/{n}'>{OPENING[lang]} {n}</a></li>" for n in range(8))
    return Source(
        f"{lang}.html",
        f"<html lang='{lang}'><head><title>T</title></head><body class='post-{blocks}'><nav><ul>{menu}"
        f"</ul></nav><main><h1>T</h1><div class='entry-content'>{body}</div>"
        f"<div class='{extra or 'quoted-statement'}'>{statement}</div></main></body></html>".encode(),
    )


def test_pages_of_one_template_are_judged_together() -> None:
    """What one page alone would drop stays where the other page keeps the same place."""
    from aligner.documents.html.evidence import ENOUGH
    from aligner.documents.html.read import page_of
    from aligner.documents.html.template import Templates, places_of

    pages = [page_of(themed(lang, 3), ReadOptions(), []) for lang in ("es", "en")]
    assert places_of(pages[0].blocks) == places_of(pages[1].blocks)
    places = [i for i, p in enumerate(places_of(pages[0].blocks)) if "quoted-statement" in p]
    scores = [list(page.score) for page in pages]
    for i in places:
        scores[0][i], scores[1][i] = ENOUGH - 2, ENOUGH + 4
    made = Templates([page.blocks for page in pages]).agreed(scores)
    assert all(made[side][i] > ENOUGH for side in (0, 1) for i in places)
    for i in places:
        scores[0][i], scores[1][i] = ENOUGH - 4, ENOUGH + 2
    made = Templates([page.blocks for page in pages]).agreed(scores)
    assert all(made[side][i] < ENOUGH for side in (0, 1) for i in places)
    others = [i for i in range(len(scores[0])) if i not in places]
    assert [made[0][i] for i in others] == [scores[0][i] for i in others]


def test_pages_of_other_templates_are_judged_alone() -> None:
    from aligner.documents.html.read import page_of
    from aligner.documents.html.template import Templates

    pages = [
        page_of(themed("es", 3), ReadOptions(), []),
        page_of(page("en", split=True), ReadOptions(), []),
    ]
    scores = [list(page.score) for page in pages]
    assert Templates([page.blocks for page in pages]).agreed(scores) == scores


def test_what_one_page_leaves_out_and_the_other_keeps_is_told() -> None:
    from aligner.documents.html.read import page_of
    from aligner.documents.html.template import Templates

    pages = [page_of(themed(lang, 3), ReadOptions(), []) for lang in ("es", "en")]
    kept = [
        [block for block in page.blocks if "comunicado" not in block.draft.text] for page in pages
    ]
    ((one, other, blocks),) = Templates([page.blocks for page in pages]).untold(kept)
    assert (one, other) == (0, 1)
    assert [block.draft.text[:2] for block in blocks] == ["0.", "1.", "2."]


def test_pages_that_are_judged_together_stay_gentle() -> None:
    """The gentler mode is no article, also where the other page changes its scores."""
    from aligner.documents.html.read import page_of

    page = page_of(themed("es", 3), ReadOptions(html_body="gentle"), [])
    before = [block.draft.text for block in page.chosen]
    page.choose(list(page.score))
    assert [block.draft.text for block in page.chosen] == before
    page.choose([-10.0] * len(page.score))
    assert page.whole
    assert page.chosen == page.blocks
