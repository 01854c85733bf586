"""Two texts side by side in a table of a word processor: DOCX and ODT, a row a unit, as LF Aligner and
translators keep them. Each text in its language, what is a heading or a quotation looks like one.

Start reading from `docx`.
"""

from __future__ import annotations

from aligner.formats.base import Format, Losses, Writer

__all__ = ["DOCX", "ODT"]

_HELD = frozenset(["texts", "languages", "nulls", "kinds", "speakers", "formatting"])


def _write_docx() -> Writer:
    from aligner.formats.office.docx import write

    return write


def _write_odt() -> Writer:
    from aligner.formats.office.odt import write

    return write


def _losses() -> Losses:
    from aligner.formats.office.docx import losses

    return losses


DOCX = Format(
    name="docx",
    title="Word, texts side by side in a table",
    suffixes=(".docx",),
    holds=_HELD,
    write=_write_docx,
    losses=_losses,
)
ODT = Format(
    name="odt",
    title="OpenDocument text, texts side by side in a table",
    suffixes=(".odt",),
    holds=_HELD,
    write=_write_odt,
    losses=_losses,
)
