"""Gettext catalogues."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, Losses, UnitReader, UnitWriter, Writer
from aligner.formats.common.filling import Filled, Finder
from aligner.model import Source
from aligner.text.readers import Reader

__all__ = ["PO", "fill_catalogue"]


def fill_catalogue(source: Source, finder: Finder) -> tuple[bytes, Filled]:
    """A catalogue with what a memory knows, and what was filled. Raises as its reader does."""
    from aligner.formats.po.fill import fill

    return fill(source, finder)


def _read() -> Reader:
    from aligner.formats.po.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.po.read import read_alignment

    return read_alignment


def _stream() -> UnitReader:
    from aligner.formats.po.stream import stream

    return stream


def _write() -> Writer:
    from aligner.formats.po.write import write

    return write


def _write_units() -> UnitWriter:
    from aligner.formats.po.write_units import write_units

    return write_units


def _left_out() -> Losses:
    from aligner.formats.po.write import left_out

    return left_out


PO = Format(
    name="po",
    title="gettext catalogue",
    suffixes=(".po",),
    reads=(".po", ".pot"),
    holds=frozenset(["texts", "languages", "nulls", "comments", "notes", "context"]),
    form="po",
    labels=frozenset(["fuzzy"]),
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
    stream=_stream,
    write_units=_write_units,
    left_out=_left_out,
)
