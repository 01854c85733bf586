"""What a user may choose about segmentation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["DEFAULTS", "SegmentOptions"]


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """How paragraphs become segments.

    `segmenter`: a name of the table SEGMENTERS. `srx`: an SRX 2.0 file that replaces our rules, so
    that the segments are those of the user's own CAT tool. `abbreviations`: a text file, one
    abbreviation a line, after which no segment ends; `#` starts a comment.
    """

    segmenter: str = "srx"
    srx: Path | None = None
    abbreviations: Path | None = None


DEFAULTS = SegmentOptions()
