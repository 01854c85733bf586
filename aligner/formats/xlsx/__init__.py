"""Workbooks."""

from __future__ import annotations

from aligner.formats.base import (
    AlignmentReader,
    Format,
    Losses,
    UnitReader,
    UnitWriter,
    Writer,
)
from aligner.formats.tables import HELD
from aligner.text.readers import Reader

__all__ = ["XLSX"]


def _read() -> Reader:
    from aligner.formats.xlsx.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.xlsx.read import read_alignment

    return read_alignment


def _write() -> Writer:
    from aligner.formats.xlsx.write import write

    return write


def _stream() -> UnitReader:
    from aligner.formats.xlsx.read import stream

    return stream


def _write_units() -> UnitWriter:
    from aligner.formats.xlsx.write import write_units

    return write_units


def _losses() -> Losses:
    from aligner.formats.tables.write_tsv import losses

    return losses


def _left_out() -> Losses:
    from aligner.formats.xlsx.write import left_out

    return left_out


XLSX = Format(
    name="xlsx",
    title="workbook",
    suffixes=(".xlsx",),
    reads=(".xlsx", ".xlsm"),
    holds=HELD,
    form="table",
    extra="xlsx",
    stream=_stream,
    write_units=_write_units,
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
    losses=_losses,
    left_out=_left_out,
)
