"""A bilingual book (EPUB 3): paragraph under paragraph, each in its language, chapters by headings."""

from __future__ import annotations

from aligner.formats.base import Format, Losses, Writer

__all__ = ["EPUB"]


def _write() -> Writer:
    from aligner.formats.epub.write import write

    return write


def _losses() -> Losses:
    from aligner.formats.epub.write import losses

    return losses


EPUB = Format(
    name="epub",
    title="electronic book, the texts paragraph under paragraph",
    suffixes=(".epub",),
    holds=frozenset(
        ["texts", "languages", "nulls", "paragraphs", "kinds", "speakers", "formatting"]
    ),
    write=_write,
    losses=_losses,
)
