"""Units as Parquet, in the columns of `schema`."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from pyarrow import parquet

from aligner.files import Sink
from aligner.formats.common.to_units import units_of
from aligner.formats.options import WriteOptions
from aligner.formats.parquet.schema import SCHEMA, row_of
from aligner.model import Alignment, AlignmentSet, UnitStream

__all__ = ["write", "write_units"]

_ROWS = 10_000  # of a row group


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the units of an alignment. Raises ExportError where the sink cannot be written."""
    write_units(UnitStream(units_of(alignment)), sink, options)


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write the units; returns how many. Raises ExportError where the sink cannot be written."""
    del options
    count = 0
    waiting: list[dict[str, Any]] = []
    with sink.open() as out, parquet.ParquetWriter(out, SCHEMA) as writer:
        for unit in stream:
            waiting.append(row_of(unit))
            count += 1
            if len(waiting) == _ROWS:
                writer.write_table(pa.Table.from_pylist(waiting, SCHEMA))
                waiting = []
        writer.write_table(pa.Table.from_pylist(waiting, SCHEMA))
    return count
