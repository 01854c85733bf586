"""Gettext catalogues."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format
from aligner.text.readers import Reader

__all__ = ["PO"]


def _read() -> Reader:
    from aligner.formats.po.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.po.read import read_alignment

    return read_alignment


PO = Format(
    name="po",
    title="gettext catalogue",
    reads=(".po", ".pot"),
    read=_read,
    read_alignment=_read_alignment,
)
