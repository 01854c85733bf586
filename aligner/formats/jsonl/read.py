"""Lines of JSON as one text, or as an alignment: the units of `stream`."""

from __future__ import annotations

import io

from aligner.formats.common.from_units import alignment_of, document_of
from aligner.formats.jsonl.stream import stream
from aligner.model import Alignment, AlignmentSet, Declined, Document, ReadOptions, Source
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = ["read", "read_alignment", "read_text"]

_SUFFIXES = (".jsonl", ".ndjson", ".json")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side; raises Declined for another suffix, Malformed for a line that is none, ReadError for
    a side without text, UsageError for a side that is not in it.
    """
    suffix = suffix_of(source.name)
    if suffix not in _SUFFIXES:
        raise Declined(f"the suffix {suffix or '(none)'} is not one of {', '.join(_SUFFIXES)}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    units = stream(io.BytesIO(source.data), source.name, options)
    return document_of(units, source, options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides. Raises as `read`."""
    return alignment_of(stream(io.BytesIO(source.data), source.name, options), source)
