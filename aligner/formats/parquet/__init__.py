"""Parquet, a row a unit."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, UnitReader, UnitWriter, Writer
from aligner.formats.jsonl import JSONL

__all__ = ["PARQUET"]


def _read_alignment() -> AlignmentReader:
    from aligner.formats.parquet.read import read_alignment

    return read_alignment


def _stream() -> UnitReader:
    from aligner.formats.parquet.read import stream

    return stream


def _write() -> Writer:
    from aligner.formats.parquet.write import write

    return write


def _write_units() -> UnitWriter:
    from aligner.formats.parquet.write import write_units

    return write_units


PARQUET = Format(
    name="parquet",
    title="Parquet, a row a unit",
    suffixes=(".parquet",),
    reads=(".parquet",),
    holds=JSONL.holds - {"controls"},
    form="parquet",
    extra="parquet",
    read_alignment=_read_alignment,
    stream=_stream,
    write=_write,
    write_units=_write_units,
)
