"""OmegaT's own tags where a memory has none: how many segments they stand in.

OmegaT numbers the tags of a segment by how the file is built (`<f0>`, `<t0/>` for every run of Word), so
that a text with formatting is no exact match of the same text without it. `documents.omegat` knows them
while the file is there. Its project option "Remove Tags" takes them out of the segments; of web pages it
makes the same tags of inline codes (level 2).
"""

from __future__ import annotations

from aligner.model import Alignment, AlignmentSet, as_set

__all__ = ["tagged_segments"]

_KINDS = (
    "bold",
    "italic",
    "underline",
    "link",
    "sup",
    "sub",
    "code",
    "break",
    "image",
    "note",
    "tab",
)


def tagged_segments(alignment: Alignment | AlignmentSet) -> int:
    """Segments of the source that formatting, a note or a break parts."""
    document = as_set(alignment).documents[0]
    count = 0
    for paragraph in document.paragraphs:
        borders = {
            place
            for span in paragraph.spans
            if span.kind in _KINDS
            for place in (span.start, span.end)
        }
        count += sum(
            any(segment.start < place < segment.end for place in borders)
            for segment in paragraph.segments
        )
    return count
