"""TMX as an alignment, or one of its languages as a text: what `stream` reads, in documents.

The header's `srclang` is the source where it is a real language, else the first language of the
file. Codes that are formatting become spans; text inside a code (`sub`) is no part of the text and
listed as dropped.
"""

from __future__ import annotations

import io

from aligner.files.xml import root_of
from aligner.formats.common.from_units import alignment_of, document_of
from aligner.formats.tmx.stream import stream
from aligner.model import Alignment, AlignmentSet, Declined, Document, ReadOptions, Source
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = ["SUFFIXES", "read", "read_alignment", "read_text"]

SUFFIXES = (".tmx",)


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of `source` as a document.

    Raises Declined for what is no TMX, Malformed for broken XML, UsageError for a side that is not
    in it, ReadError for one without text.
    """
    root = root_of(source.data)
    if root != "tmx" and (root or suffix_of(source.name) not in SUFFIXES):
        raise Declined(f"the root element is {f'<{root}>' if root else 'missing'}, not <tmx>")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    units = stream(io.BytesIO(source.data), source.name, options)
    return document_of(units, source, options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All languages of `source`; a set where there are more than two. Raises as `read`."""
    return alignment_of(stream(io.BytesIO(source.data), source.name, options), source)
