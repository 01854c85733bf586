"""Parquet of ours, and that of others: columns by their names, as in lines of JSON (`formats.jsonl`):
`en` and `es`, `source` and `target`, a struct `translation`; other columns are properties.
"""

from __future__ import annotations

import datetime as dt
import decimal
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet

from aligner.formats.common.from_units import alignment_of
from aligner.formats.jsonl.stream import units_of_rows
from aligner.formats.parquet.schema import COLUMNS, unit_of
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Header,
    Malformed,
    ReadOptions,
    Source,
    Unit,
    UnitStream,
)
from aligner.text.drafts import DEFAULTS

__all__ = ["read_alignment", "stream"]

_FORM = "parquet"
_BATCH = 1000  # rows in memory at a time
_LOOKED_AT = 1000


def stream(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of the rows. Raises Declined for what is no Parquet, Malformed for a damaged file
    and for rows without a text.
    """
    del options
    if file.read(4) != b"PAR1":
        raise Declined("this is no Parquet")
    file.seek(0)
    try:
        table = parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(error, name) from None
    dropped: Counter[str] = Counter()
    rows = _rows(table, name, dropped)
    if COLUMNS.issubset(table.schema_arrow.names):
        return UnitStream(_ours(rows, name), Header(_FORM), dropped)
    head = list(islice(rows, _LOOKED_AT))
    return UnitStream(units_of_rows(head, rows, name, _FORM), Header(_FORM), dropped)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All texts. Raises as `stream`, ReadError where there is no text."""
    return alignment_of(stream(io.BytesIO(source.data), source.name, options), source)


def _damaged(error: Exception, name: str) -> Malformed:
    return Malformed(f"damaged Parquet ({' '.join(str(error).split())[:200]})", context=name)


def _rows(
    table: parquet.ParquetFile, name: str, dropped: Counter[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        batches = chain.from_iterable(
            batch.to_pylist() for batch in table.iter_batches(batch_size=_BATCH)
        )
        for number, row in enumerate(batches, start=1):
            plain = {key: _plain(value) for key, value in row.items()}
            for key in [key for key, value in plain.items() if isinstance(value, bytes)]:
                dropped[f"column {key} (bytes)"] += 1
                del plain[key]
            yield number, plain
    except (pa.ArrowException, OSError) as error:
        raise _damaged(error, name) from None


def _plain(value: Any) -> Any:
    """The value as JSON has it; bytes stay bytes."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | dt.timedelta):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _inner(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_inner(one) for one in value]
    return value


def _inner(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else _plain(value)


def _ours(rows: Iterator[tuple[int, dict[str, Any]]], name: str) -> Iterator[Unit]:
    for number, row in rows:
        try:
            yield unit_of(row, number)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Malformed(
                f"not a unit ({' '.join(str(error).split())[:200]})", context=name, line=number
            ) from None
