"""Class names of web pages are evidence, never a verdict."""

from __future__ import annotations

import pytest

from aligner.documents.html.read import read
from aligner.model import ReadOptions, Source

STORY = "".join(
    f"<p>The keeper of the lamp wrote down what happened in the harbour on day {n}, and why.</p>"
    for n in range(3)
)
LATEST = "".join(
    f"<div><p>In the town, news number {n} was that the council met and spoke about the bridge"
    " and about the school, which needs a new roof before the winter comes.</p></div>"
    for n in range(6)
)


def text(classes: str, tag: str = "article") -> str:
    page = (
        f'<html lang="en"><body><main><{tag} class="{classes}"><h1>The lamp</h1><div>{STORY}</div>'
        f'</{tag}><section id="latest"><h2>From the town</h2>{LATEST}</section></main></body></html>'
    )
    return "\n".join(p.text for p in read(Source("a.html", page.encode())).paragraphs)


@pytest.mark.parametrize(
    "classes",
    [
        "post tag-share",
        "hentry category-related tag-newsletter",
        "has-sidebar",
        "is-paywalled paywall",
        "type-post format-video tag-ads",
        "print-full",
        "popular",
        "single author-banner",
        "related",
    ],
)
@pytest.mark.parametrize("tag", ["article", "div"])
def test_an_article_under_its_headline_stays(classes: str, tag: str) -> None:
    assert "on day 2" in text(classes, tag)


def test_boxes_beside_an_article_still_go() -> None:
    page = (
        f"<html lang='en'><body><article><h1>The lamp</h1>{STORY}"
        "<div class='newsletter-box'><p>Get our letter every week, free.</p></div>"
        "<div class='related-posts'><p>Read about the bridge as well.</p></div></article></body></html>"
    )
    kept = "\n".join(p.text for p in read(Source("a.html", page.encode())).paragraphs)
    assert "every week" not in kept
    assert "bridge as well" not in kept


def test_code_and_hidden_words_are_listed() -> None:
    page = (
        "<html lang='en'><body><article><h1>A</h1><p>One long enough sentence to be an article of"
        " its own, which this page says about the lamp and about nothing else at all.</p>"
        "<pre><code>print(1)</code></pre><p hidden>Secret words.</p></article></body></html>"
    )
    made = read(Source("a.html", page.encode()), ReadOptions(html_body="full"))
    assert {(d.reason, d.text) for d in made.dropped} == {
        ("code", "print(1)"),
        ("not shown (p)", "Secret words."),
    }
