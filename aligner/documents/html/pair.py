"""Web pages of one article in several languages: the same parts of all must be kept.

What is article is judged page by page, and a wrong judgement on one side looks to the aligner like
text that nobody translated. So when two bodies disagree badly in size, all are read again with
the gentler mode (`html_body="gentle"`: everything but the page's boilerplate), and the reading that
agrees better stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aligner.model import Document, ReadError, ReadOptions, Source
from aligner.text.rich import weight

__all__ = ["disagreement", "read_alike"]

BADLY = 1.7  # ratio of sizes beyond what languages differ by (UD pairs: 0.75-1.35)

_Read = Callable[[Source, ReadOptions, str | None], Document]


def disagreement(documents: Sequence[Document]) -> float:
    """How many times the largest text is larger than the smallest, in Latin-like characters."""
    sizes = [
        max(sum(weight(paragraph.text) for paragraph in document.paragraphs), 1)
        for document in documents
    ]
    return max(sizes) / min(sizes)


def read_alike(
    sources: Sequence[Source],
    options: Sequence[ReadOptions],
    form: str | None,
    read: _Read,
    is_page: Callable[[Source], bool],
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """All documents, and what the user should hear about a second reading."""
    documents = tuple(read(s, o, form) for s, o in zip(sources, options, strict=True))
    before = disagreement(documents)
    pages = all(
        is_page(source) and option.html_body == "article" and form in (None, "html")
        for source, option in zip(sources, options, strict=True)
    )
    if not pages or before <= BADLY:
        return documents, ()
    try:
        gentle = tuple(
            read(s, replace(o, html_body="gentle"), form)
            for s, o in zip(sources, options, strict=True)
        )
    except ReadError:
        return documents, ()
    after = disagreement(gentle)
    names = " and ".join(source.name for source in sources)
    sizes = f"{names}: the articles found in these pages differ {before:.1f} times in size"
    if after < before:
        remark = f"{sizes}; all were read again whole, without menus ({after:.1f} times)"
        return gentle, (remark,)
    remark = f"{sizes}: check them with aligner read, or name the body with --html-body"
    return documents, (remark,)
