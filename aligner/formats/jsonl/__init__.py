"""Lines of JSON, one object a unit."""

from __future__ import annotations

from aligner.formats.base import (
    WORDS,
    AlignmentReader,
    Format,
    Losses,
    UnitReader,
    UnitWriter,
    Writer,
)
from aligner.text.readers import Reader

__all__ = ["JSONL"]

# what an alignment knows of whole texts; a line knows of a unit
_OF_TEXTS = frozenset(
    [
        *("scores", "crossings", "pins", "words", "warnings", "signature", "paragraphs"),
        *("times", "keys", "metadata", "originals", "header"),
    ]
)


def _read() -> Reader:
    from aligner.formats.jsonl.read import read, read_text

    return Reader(read, read_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.jsonl.read import read_alignment

    return read_alignment


def _stream() -> UnitReader:
    from aligner.formats.jsonl.stream import stream

    return stream


def _write() -> Writer:
    from aligner.formats.jsonl.write import write

    return write


def _write_units() -> UnitWriter:
    from aligner.formats.jsonl.write import write_units

    return write_units


def _losses() -> Losses:
    from aligner.formats.jsonl.write import paragraph_losses

    return paragraph_losses


JSONL = Format(
    name="jsonl",
    title="lines of JSON, one object a unit",
    suffixes=(".jsonl",),
    reads=(".jsonl", ".ndjson"),
    holds=frozenset(WORDS) - _OF_TEXTS,
    form="jsonl",
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
    stream=_stream,
    write_units=_write_units,
    losses=_losses,
)
