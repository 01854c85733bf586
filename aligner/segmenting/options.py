"""What a user may choose about segmentation."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.model import NO_LIMITS, FileName, Limits

__all__ = ["DEFAULTS", "SegmentOptions"]


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """How paragraphs become segments.

    `segmenter`: a name of the table SEGMENTERS. `srx`: an SRX 2.0 file that replaces our rules, so
    that the segments are those of the user's own CAT tool. `abbreviations`: a text file, one
    abbreviation a line, after which no segment ends; `#` starts a comment. `paragraphs`: every
    paragraph is one segment, but for a printed speaker label. `limits`: of the work
    with a user's rules, whose patterns may not end.
    """

    segmenter: str = "srx"
    srx: FileName | None = None
    abbreviations: FileName | None = None
    limits: Limits = NO_LIMITS
    paragraphs: bool = False


DEFAULTS = SegmentOptions()
