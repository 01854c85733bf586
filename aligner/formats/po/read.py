"""Gettext catalogues as documents and alignments: the units of `stream`, in order.

Comments, the header and obsolete entries are no text (listed as dropped).
"""

from __future__ import annotations

from aligner.formats.common.bilingual import sides
from aligner.formats.common.sides import as_alignment, as_document
from aligner.formats.po.stream import SUFFIXES, contents
from aligner.model import Alignment, AlignmentSet, Document, ReadOptions, Source
from aligner.text.drafts import DEFAULTS

__all__ = ["SUFFIXES", "read", "read_alignment", "read_text"]


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of `source` as a document.

    Raises Declined for what is no catalogue, Malformed with its line for what is broken,
    UsageError for a side that is not in it, ReadError for one without text.
    """
    return as_document(source, sides(contents(source, options), source), options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    opened = contents(source, options, whatever=True)
    return as_document(source, sides(opened, source), options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """Source and target of `source`. Raises as `read`."""
    return as_alignment(source, sides(contents(source, options), source))
