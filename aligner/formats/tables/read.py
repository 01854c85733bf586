"""Tables as one text or as an alignment: the units of `stream`."""

from __future__ import annotations

import io
from collections.abc import Callable

from aligner.formats.common.from_units import alignment_of, sides_of
from aligner.formats.common.sides import Sides, as_document
from aligner.formats.tables.stream import TableReader, csv_table, tsv_table
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Dropped,
    ReadOptions,
    Source,
    Unit,
    UnitStream,
)
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = [
    "document_of_table",
    "read_csv",
    "read_csv_alignment",
    "read_csv_text",
    "read_tsv",
    "read_tsv_alignment",
    "read_tsv_text",
]


def read_tsv(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of a .tsv; raises Declined for another suffix, ReadError for a side without text,
    UsageError for a side that is not in it.
    """
    _decline(source, (".tsv", ".tab"))
    return read_tsv_text(source, options)


def read_tsv_text(source: Source, options: ReadOptions) -> Document:
    """As `read_tsv`, whatever the suffix."""
    return document_of_table(_open(tsv_table, source, options), source, options)


def read_csv(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of a .csv; raises as `read_tsv`, and Malformed for quotes that do not close."""
    _decline(source, (".csv",))
    return read_csv_text(source, options)


def read_csv_text(source: Source, options: ReadOptions) -> Document:
    """As `read_csv`, whatever the suffix."""
    return document_of_table(_open(csv_table, source, options), source, options)


def read_tsv_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides of a table of tabs. Raises as `read_tsv`."""
    table = _open(tsv_table, source, options)
    return alignment_of(table.stream(), source, order=table.columns.languages)


def read_csv_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides of a table of commas. Raises as `read_csv`."""
    table = _open(csv_table, source, options)
    return alignment_of(table.stream(), source, order=table.columns.languages)


def document_of_table(table: TableReader, source: Source, options: ReadOptions) -> Document:
    """One side; all other cells are listed as dropped, with their lines. Raises as `read_tsv`."""
    columns = table.columns
    units: list[Unit] = []
    cells_left: list[Dropped] = []
    if table.header is not None:
        line, names = table.header
        cells_left.append(Dropped("header", " ".join(filter(None, names)), line))
    for number, (line, cells) in enumerate(table.rows(), start=1):
        units.append(columns.unit(cells, number))
        cells_left += (
            Dropped(f"column {columns.names[n] or n + 1}", cell, line)
            for n, cell in enumerate(cells)
            if n not in columns.texts and cell.strip()
        )
    stream = UnitStream(units, columns.header())
    sides = sides_of(stream, source.name, order=columns.languages)
    sides.beside += [*cells_left, *(Dropped(*part) for part in table.dropped)]
    _name_by_columns(sides, table)
    return as_document(source, sides, options)


def _name_by_columns(sides: Sides, table: TableReader) -> None:
    """A user may name a side as its column is named."""
    columns = table.columns
    names = [columns.names[n] for n in columns.texts]
    if len(names) == len(sides.names) and all(names):
        sides.names = names


def _open(
    table: Callable[[io.BytesIO, str, ReadOptions], TableReader],
    source: Source,
    options: ReadOptions,
) -> TableReader:
    return table(io.BytesIO(source.data), source.name, options)


def _decline(source: Source, suffixes: tuple[str, ...]) -> None:
    suffix = suffix_of(source.name)
    if suffix not in suffixes:
        raise Declined(f"the suffix {suffix or '(none)'} is not one of {', '.join(suffixes)}")
