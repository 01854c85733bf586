"""Two web pages of one article: the same parts of both must be kept.

What is article is judged page by page, and a wrong judgement on one side looks to the aligner like
text that nobody translated. So when the two bodies disagree badly in size, both are read again with
the gentler mode (`html_body="gentle"`: everything but the page's furniture), and the pair that
agrees better stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aligner.errors import ReadError
from aligner.model import Document, ReadOptions, Source
from aligner.reading._text import weight

__all__ = ["disagreement", "read_both"]

BADLY = 1.7  # ratio of sizes beyond what languages differ by (UD pairs: 0.75-1.35)

Reader = Callable[[Source, ReadOptions, str | None], Document]


def disagreement(one: Document, other: Document) -> float:
    """How many times one text is larger than the other, in Latin-like characters; 1 is equal."""
    sizes = [
        max(sum(weight(paragraph.text) for paragraph in document.paragraphs), 1)
        for document in (one, other)
    ]
    return max(sizes) / min(sizes)


def read_both(
    sources: tuple[Source, Source],
    options: tuple[ReadOptions, ReadOptions],
    formats: tuple[str | None, str | None],
    read: Reader,
    is_page: Callable[[Source], bool],
) -> tuple[Document, Document, tuple[str, ...]]:
    """Both documents, and what the user should hear about a second reading."""
    one, other = (read(s, o, f) for s, o, f in zip(sources, options, formats, strict=True))
    before = disagreement(one, other)
    pages = all(
        is_page(source) and option.html_body == "article" and form in (None, "html")
        for source, option, form in zip(sources, options, formats, strict=True)
    )
    if not pages or before <= BADLY:
        return one, other, ()
    try:
        gentle = [
            read(s, replace(o, html_body="gentle"), f)
            for s, o, f in zip(sources, options, formats, strict=True)
        ]
    except ReadError:
        return one, other, ()
    after = disagreement(gentle[0], gentle[1])
    sizes = f"the articles found in the two pages differ {before:.1f} times in size"
    if after < before:
        said = f"{sizes}; both were read again whole, without menus ({after:.1f} times)"
        return gentle[0], gentle[1], (said,)
    said = f"{sizes}: check them with aligner read, or name the body with --html-body"
    return one, other, (said,)
