"""XLIFF 1.0-1.2 and 2.0-2.2 as documents and alignments: the units of `stream`, in order.

The segments of one unit are a paragraph. `translate="no"` units are read like others: they are part
of the text. Proposals (`alt-trans`, matches), notes, tracked deletions and the header of a catalogue
are no text (listed as dropped).
"""

from __future__ import annotations

from aligner.formats.common.bilingual import sides
from aligner.formats.common.sides import as_alignment, as_document
from aligner.formats.xliff.outside import TOLD_BY_READER, outside
from aligner.formats.xliff.stream import SUFFIXES, contents
from aligner.model import Alignment, AlignmentSet, Document, ReadOptions, Source
from aligner.text.drafts import DEFAULTS

__all__ = ["SUFFIXES", "read", "read_alignment", "read_text"]


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of `source` as a document.

    Raises Declined for what is no XLIFF, Malformed for broken XML, UsageError for a side that is
    not in it, ReadError for one without text.
    """
    return _document(source, options, whatever=False)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return _document(source, options, whatever=True)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """Source and target of `source`. Raises as `read`."""
    return as_alignment(source, sides(contents(source, options), source))


def _document(source: Source, options: ReadOptions, *, whatever: bool) -> Document:
    opened = contents(source, options, whatever=whatever)
    units = list(opened.units)
    opened.units = iter(units)
    made = sides(opened, source)
    made.beside = list(outside(opened.root, units))
    made.dropped = [part for part in made.dropped if part.reason in TOLD_BY_READER]
    return as_document(source, made, options)
