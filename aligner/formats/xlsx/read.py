"""Workbooks (.xlsx): the first sheet as a table, further sheets where they have the same header.

The columns are those of `tables`. Formulas are read as the value the program stored. Needs openpyxl
(extra `[xlsx]`, MIT); what the package unpacks to is bounded as everywhere (`files.workbooks`).
"""

from __future__ import annotations

from typing import BinaryIO

from aligner.files.archives import Package
from aligner.files.workbooks import sheets_of
from aligner.formats.common.from_units import alignment_of
from aligner.formats.tables.read import document_of_table
from aligner.formats.tables.stream import TableReader
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Malformed,
    ReadOptions,
    Source,
    UnitStream,
)
from aligner.text.decoding import is_zip
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = ["SUFFIXES", "read", "read_alignment", "read_text", "stream"]

SUFFIXES = (".xlsx", ".xlsm")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of the table; raises Declined for another suffix, else as `read_alignment`, and
    UsageError for a side that is not in it.
    """
    if suffix_of(source.name) not in SUFFIXES:
        raise Declined(f"the suffix is not one of {', '.join(SUFFIXES)}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return document_of_table(_table(source), source, options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides of the table.

    Raises Declined for what is no workbook, MissingExtra without the library, Malformed for a
    damaged one or one too large, ReadError for a table without text.
    """
    del options
    table = _table(source)
    return alignment_of(table.stream(), source, order=table.columns.languages)


def stream(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of the table. Raises as `read_alignment`."""
    del options
    return _table(Source(name, file.read())).stream()


def _table(source: Source) -> TableReader:
    if not is_zip(source.data):
        raise Declined("this is no workbook")
    if "xl/workbook.xml" not in Package(source.data, source.name):
        raise Declined("there is no xl/workbook.xml in it")
    sheets = [sheet for sheet in sheets_of(source.data, source.name) if sheet.rows]
    if not sheets:
        raise Malformed("the workbook is empty", context=source.name)
    first = sheets[0][1]
    others = []
    for title, rows in sheets[1:]:
        if rows[0][1] == first[0][1]:
            first += rows[1:]
        else:
            others.append((f"sheet {title!r}", "\n".join("\t".join(c) for _, c in rows)))
    table = TableReader(iter(first), source.name)
    table.dropped += others
    return table
