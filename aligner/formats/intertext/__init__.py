"""InterText: links between texts whose sentences are numbered in their paragraphs."""

from __future__ import annotations

from aligner.formats.base import Format, LinkReader, Losses, Writer

__all__ = ["INTERTEXT"]


def _read_links() -> LinkReader:
    from aligner.formats.intertext.read import read_alignment

    return read_alignment


def _write() -> Writer:
    from aligner.formats.intertext.write import write

    return write


def _losses() -> Losses:
    from aligner.formats.intertext.write import losses

    return losses


INTERTEXT = Format(
    name="intertext",
    title="links of InterText",
    suffixes=(".intertext.xml",),
    roots=("linkGrp",),
    holds=frozenset(["texts", "segments", "languages", "nulls", "status", "kinds"]),
    read_links=_read_links,
    write=_write,
    losses=_losses,
)
