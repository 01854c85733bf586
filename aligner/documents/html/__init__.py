"""Web pages: tree to paragraphs (`walk`), which of them are the article (`body`), what the page says
of itself (`metadata`), and pages of one article in two languages (`pair`).

What these modules look for takes long to load, and most texts are no pages: they are loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aligner.model import Document, ReadOptions, Source

__all__ = [
    "beside_article",
    "declared_encoding",
    "disagreement",
    "is_page",
    "read_alike",
    "read_together",
]

_LINE = 160  # characters of a line that may be one of a page


def declared_encoding(data: bytes) -> str:
    """The encoding that a page names in its head, "" for none."""
    from aligner.documents.html import read

    return read.declared_encoding(data)


def is_page(source: Source) -> bool:
    """Whether the source is a web page by its name or its first bytes."""
    from aligner.documents.html import read

    return read.is_page(source)


def disagreement(documents: Sequence[Document]) -> float:
    """How many times the largest text is larger than the smallest, in Latin-like characters."""
    from aligner.documents.html import pair

    return pair.disagreement(documents)


def read_together(sources: Sequence[Source], options: Sequence[ReadOptions]) -> list[Document]:
    """Web pages that translate each other, judged together: see `pair.read_together`."""
    from aligner.documents.html import pair

    return pair.read_together(sources, options)


def read_alike(
    sources: Sequence[Source],
    options: Sequence[ReadOptions],
    read_all: Callable[[Sequence[Source], Sequence[ReadOptions]], Sequence[Document]],
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Web pages, read again whole where their articles differ badly in size: see `pair.read_alike`."""
    from aligner.documents.html import pair

    return pair.read_alike(sources, options, read_all)


def beside_article(line: str) -> bool:
    """Whether a line is one that pages put beside their articles: a share line, a pointer to other
    pages, a prompt, a date, a question to the readers.
    """
    from aligner.documents.html import phrases

    line = " ".join(line.split())
    return len(line) <= _LINE and any(
        shape.search(line)
        for shape in (
            phrases.SHARE_LINE,
            phrases.FEEDBACK,
            phrases.LISTEN,
            phrases.TOPICS,
            phrases.POINTER,
            phrases.POINTER_HEADING,
            phrases.PROMPT,
            phrases.DATE_LINE,
        )
    )
