"""The quality of the links of an alignment, from what the engine has made of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner.model import Bead, Document

if TYPE_CHECKING:
    from aligner.engine.embedding import SegmentTokens
    from aligner.engine.features import Blocks

__all__ = ["rated"]


def rated(
    pair: tuple[Document, Document],
    beads: Sequence[Bead],
    blocks: Blocks,
    tokens: tuple[SegmentTokens, SegmentTokens] | None,
    *,
    believed: bool,
) -> list[Bead]:
    """The beads with the quality of those that have both sides; `believed`: whether the encoder
    knows both languages.
    """
    from aligner.corpus import quality

    sides = [document.segments for document in pair]
    linked = [bead for bead in beads if not bead.is_null]
    units = [
        quality.Linked(
            " ".join(segment.text for segment in sides[0][bead.source.start : bead.source.stop]),
            " ".join(segment.text for segment in sides[1][bead.target.start : bead.target.stop]),
            (bead.source, bead.target),
        )
        for bead in linked
    ]
    langs = (pair[0].lang, pair[1].lang)
    seen = quality.SeenTexts(blocks.sides, tokens)
    values = iter(quality.qualities(units, langs, seen, believed=believed))
    return [bead if bead.is_null else replace(bead, quality=next(values)) for bead in beads]
