"""The data model: what travels between packages. Frozen, checked on
construction; imports nothing else of the project.

    Source      bytes with a name, so that readers touch no disk
    Document    one text of a pair: paragraphs, language, what is known about it
    Paragraph   typed run of text (heading, turn, caption, ...); NFC, no newline
    Segment     unit after splitting; the row of every array
    Bead        source range x target range with score and confidence
    Reading     another division of a bead's segments that is nearly as likely
    Crossing    two ranges that translate each other off the monotone path
    WordLink    two words that translate each other inside a bead
    Alignment   two documents tiled by beads
    AlignmentSet  n documents, each aligned to the first
    Unit        a text in two languages or more, without its documents: Variant, Code, UnitStream

Invariants: `paragraph.text[s.start:s.end] == s.text`; segment indexes count 0, 1, 2 ... over the
document; the beads of an alignment tile 0..N and 0..M in order, and in a run of null beads those
of the source side come first (see docs/engine.md).
"""

from __future__ import annotations

from aligner.model.addresses import address_of
from aligner.model.alignment import (
    STATUSES,
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Reading,
    Signature,
    WordLink,
)
from aligner.model.document import (
    INCLUDED,
    PARAGRAPH_KINDS,
    Document,
    Dropped,
    FileName,
    Paragraph,
    ReadOptions,
    Segment,
    Source,
    Span,
    text_key,
)
from aligner.model.errors import (
    AlignerError,
    AlignError,
    Declined,
    ExportError,
    InternalError,
    MachineError,
    Malformed,
    MissingExtra,
    ModelError,
    ReadError,
    SegmentError,
    StoreError,
    UnknownFormat,
    UsageError,
)
from aligner.model.limits import NO_LIMITS, Limits
from aligner.model.rows import (
    Row,
    as_set,
    rows_of,
)
from aligner.model.unit import (
    CODE_ROLES,
    SPAN_KINDS,
    Code,
    Header,
    Pairs,
    Unit,
    UnitStream,
    Variant,
)
from aligner.model.unit_json import (
    UNIT_KEYS,
    JsonValue,
    dump_unit,
    header_from_json,
    header_to_json,
    json_value,
    text_names,
    unit_from_json,
    unit_to_json,
)
from aligner.model.version import program_version

__all__ = [
    "CODE_ROLES",
    "INCLUDED",
    "NO_LIMITS",
    "PARAGRAPH_KINDS",
    "SPAN_KINDS",
    "STATUSES",
    "UNIT_KEYS",
    "AlignError",
    "AlignerError",
    "Alignment",
    "AlignmentSet",
    "Bead",
    "Code",
    "Crossing",
    "Declined",
    "Document",
    "Dropped",
    "ExportError",
    "FileName",
    "Header",
    "InternalError",
    "JsonValue",
    "Limits",
    "MachineError",
    "Malformed",
    "MissingExtra",
    "ModelError",
    "Pairs",
    "Paragraph",
    "ReadError",
    "ReadOptions",
    "Reading",
    "Row",
    "Segment",
    "SegmentError",
    "Signature",
    "Source",
    "Span",
    "StoreError",
    "Unit",
    "UnitStream",
    "UnknownFormat",
    "UsageError",
    "Variant",
    "WordLink",
    "address_of",
    "as_set",
    "dump_unit",
    "header_from_json",
    "header_to_json",
    "json_value",
    "program_version",
    "rows_of",
    "text_key",
    "text_names",
    "unit_from_json",
    "unit_to_json",
]
