"""Lines of JSON, one object a unit."""

from __future__ import annotations

from aligner.formats.base import AlignmentReader, Format, Losses, Writer
from aligner.text.readers import Reader

__all__ = ["JSONL"]


def _read() -> Reader:
    from aligner.formats.tables.read import read_jsonl, read_jsonl_text

    return Reader(read_jsonl, read_jsonl_text)


def _read_alignment() -> AlignmentReader:
    from aligner.formats.tables.read import read_jsonl_alignment

    return read_jsonl_alignment


def _write() -> Writer:
    from aligner.formats.jsonl.write import write

    return write


def _losses() -> Losses:
    from aligner.formats.jsonl.write import losses

    return losses


JSONL = Format(
    name="jsonl",
    title="lines of JSON, one object a unit",
    suffixes=(".jsonl",),
    reads=(".jsonl", ".ndjson"),
    holds=frozenset(
        [
            "texts",
            "segments",
            "languages",
            "nulls",
            "confidences",
            "status",
            "comments",
            "labels",
            "speakers",
            "kinds",
            "controls",
        ]
    ),
    read=_read,
    read_alignment=_read_alignment,
    write=_write,
    losses=_losses,
)
