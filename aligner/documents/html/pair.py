"""Web pages of one article in several languages: the same parts of all must be kept.

A wrong judgement of what is article on one side looks to the aligner like text that nobody
translated. So pages made from one template are judged together (`template`), and what is left out of
one though its like is kept in the other is told. When two bodies disagree badly in size all the
same, all are read again with the gentler mode (`html_body="gentle"`: everything but the page's
boilerplate), and the reading that agrees better stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aligner.documents.html.read import JudgedPage, finish, page_of
from aligner.documents.html.template import Templates
from aligner.model import Document, ReadError, ReadOptions, Source
from aligner.text.rich import weight

__all__ = ["disagreement", "read_alike", "read_together"]

BADLY = 1.7  # ratio of sizes beyond what languages differ by (UD pairs: 0.75-1.35)

_Read = Callable[[Sequence[Source], Sequence[ReadOptions]], Sequence[Document]]
_SHOWN = 60  # characters of a paragraph that is left out


def disagreement(documents: Sequence[Document]) -> float:
    """How many times the largest text is larger than the smallest, in Latin-like characters."""
    sizes = [
        max(sum(weight(paragraph.text) for paragraph in document.paragraphs), 1)
        for document in documents
    ]
    return max(sizes) / min(sizes)


def read_together(sources: Sequence[Source], options: Sequence[ReadOptions]) -> list[Document]:
    """Web pages that translate each other, each of its options; where they are made from one
    template, evidence about its places counts for all. What one leaves out though another keeps its
    like is in the notices of that document. Raises as `documents.html.read`.
    """
    notices: list[list[str]] = [[] for _ in sources]
    pages = [page_of(*one) for one in zip(sources, options, notices, strict=True)]
    scored = [number for number, page in enumerate(pages) if page.score]
    if len(scored) > 1:
        _judge_together([pages[n] for n in scored], [sources[n].name for n in scored])
    return [finish(*one) for one in zip(sources, pages, notices, strict=True)]


def _judge_together(pages: Sequence[JudgedPage], names: Sequence[str]) -> None:
    templates = Templates([page.blocks for page in pages])
    scores = templates.agreed([page.score for page in pages])
    for page, score in zip(pages, scores, strict=True):
        if score != page.score:
            page.choose(score)
    for one, other, dropped in templates.untold([page.chosen for page in pages]):
        texts = [block.draft.text for block in dropped]
        pages[one].told.append(_left_out(names[one], names[other], texts))


def _left_out(name: str, other: str, texts: list[str]) -> str:
    count = "a paragraph is" if len(texts) == 1 else f"{len(texts)} paragraphs are"
    first = texts[0] if len(texts[0]) <= _SHOWN else f"{texts[0][:_SHOWN]}…"
    return (
        f"{name}: {count} left out though the like of {other} is kept, first {first!r}; see "
        "aligner read --dropped, or name the body with --html-body"
    )


def read_alike(
    sources: Sequence[Source], options: Sequence[ReadOptions], read: _Read
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Pages of which the article is asked for, and what the user should hear about a second reading.
    `read` reads them as `read_together` does.
    """
    documents = tuple(read(sources, options))
    before = disagreement(documents)
    if before <= BADLY:
        return documents, ()
    try:
        gentle = tuple(read(sources, [replace(o, html_body="gentle") for o in options]))
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
