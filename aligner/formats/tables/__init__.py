"""Tables: TSV and CSV, a row a unit."""

from __future__ import annotations

from aligner.formats.base import (
    AlignmentReader,
    Format,
    Losses,
    UnitReader,
    UnitWriter,
    Writer,
)
from aligner.text.readers import Reader

__all__ = ["CSV", "HELD", "TSV"]

# what a table has a column for
HELD = frozenset(
    [
        *(
            "texts",
            "segments",
            "languages",
            "nulls",
            "confidences",
            "qualities",
            "digits",
            "joins",
            "speakers",
            "kinds",
        ),
        *(
            "status",
            "labels",
            "comments",
            "ids",
            "context",
            "neighbours",
            "documents",
            "properties",
        ),
    ]
)


def _tsv_read() -> Reader:
    from aligner.formats.tables.read import read_tsv, read_tsv_text

    return Reader(read_tsv, read_tsv_text)


def _tsv_read_alignment() -> AlignmentReader:
    from aligner.formats.tables.read import read_tsv_alignment

    return read_tsv_alignment


def _tsv_write() -> Writer:
    from aligner.formats.tables.write_tsv import write

    return write


def _tsv_stream() -> UnitReader:
    from aligner.formats.tables.stream import stream_tsv

    return stream_tsv


def _tsv_write_units() -> UnitWriter:
    from aligner.formats.tables.write_units import write_tsv_units

    return write_tsv_units


def _losses() -> Losses:
    from aligner.formats.tables.write_tsv import losses

    return losses


def _csv_read() -> Reader:
    from aligner.formats.tables.read import read_csv, read_csv_text

    return Reader(read_csv, read_csv_text)


def _csv_read_alignment() -> AlignmentReader:
    from aligner.formats.tables.read import read_csv_alignment

    return read_csv_alignment


def _csv_write() -> Writer:
    from aligner.formats.tables.write_csv import write

    return write


def _csv_stream() -> UnitReader:
    from aligner.formats.tables.stream import stream_csv

    return stream_csv


def _csv_write_units() -> UnitWriter:
    from aligner.formats.tables.write_units import write_csv_units

    return write_csv_units


TSV = Format(
    name="tsv",
    title="table, tab-separated",
    suffixes=(".tsv",),
    reads=(".tsv", ".tab"),
    holds=HELD | {"controls"},
    form="table",
    stream=_tsv_stream,
    write_units=_tsv_write_units,
    read=_tsv_read,
    read_alignment=_tsv_read_alignment,
    write=_tsv_write,
    losses=_losses,
)


CSV = Format(
    name="csv",
    title="table, comma-separated (RFC 4180)",
    suffixes=(".csv",),
    reads=(".csv",),
    holds=HELD | {"controls"},
    form="table",
    stream=_csv_stream,
    write_units=_csv_write_units,
    read=_csv_read,
    read_alignment=_csv_read_alignment,
    write=_csv_write,
    losses=_losses,
)
