"""XCES alignments, as OPUS publishes them."""

from __future__ import annotations

from aligner.formats.base import Format, LinkReader, Writer

__all__ = ["XCES"]


def _read_links() -> LinkReader:
    from aligner.formats.xces.read import read_alignment

    return read_alignment


def _write() -> Writer:
    from aligner.formats.xces.write import write

    return write


XCES = Format(
    name="xces",
    title="links between sentence numbers, XCES as OPUS publishes it",
    suffixes=(".xces.xml",),
    roots=("cesAlign",),
    holds=frozenset(["texts", "segments", "languages", "nulls", "confidences", "kinds"]),
    read_links=_read_links,
    write=_write,
)
