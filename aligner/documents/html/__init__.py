"""Web pages: tree to paragraphs (`walk`), which of them are the article (`body`), what the page says
of itself (`metadata`), and pages of one article in two languages (`pair`).
"""

from __future__ import annotations

from aligner.documents.html.pair import disagreement, read_alike, read_together
from aligner.model import Source

__all__ = ["disagreement", "is_page", "read_alike", "read_together"]


def is_page(source: Source) -> bool:
    """Whether the source is a web page by its name or its first bytes."""
    from aligner.documents.html import read

    return read.is_page(source)
