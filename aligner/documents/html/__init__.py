"""Web pages: tree to paragraphs (`walk`), which of them are the article (`body`), what the page says
of itself (`metadata`), and pages of one article in two languages (`pair`).
"""

from __future__ import annotations

from aligner.documents.html.pair import disagreement, read_alike, read_together
from aligner.model import Source

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
            phrases.POINTER,
            phrases.POINTER_HEADING,
            phrases.PROMPT,
            phrases.DATE_LINE,
        )
    )
