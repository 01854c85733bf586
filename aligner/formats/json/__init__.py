"""`.alignment.json`: everything an alignment holds, so that reading it back gives an equal object."""

from __future__ import annotations

from aligner.formats.base import WORDS, AlignmentReader, Format, Writer
from aligner.text.readers import Reader

__all__ = ["JSON"]


def _read() -> Reader:
    from aligner.formats.json.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.json.read import read_alignment

    return read_alignment


def _write() -> Writer:
    from aligner.formats.json.write import write

    return write


JSON = Format(
    name="json",
    title="our own lossless format",
    suffixes=(".alignment.json",),
    holds=frozenset(WORDS),
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
)
