"""The quality of a pair of documents, from that of its units and from what else is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.languages.detection import detect_language, is_detectable
from aligner.languages.lookalikes import are_close
from aligner.model import Alignment, Document

__all__ = ["DocumentQuality", "document_quality"]

_SURE = 0.8  # probability from which on a detected language counts


@dataclass(frozen=True, slots=True)
class DocumentQuality:
    """`quality` (0-1): the share of both texts that units with full translations are expected to
    hold; None where no unit has a quality. `null_share`: of segments, without a partner.
    `other_languages`: for source and target the language that the text is in, where it is for
    certain another than it should be, else "".
    """

    quality: float | None
    null_share: float
    other_languages: tuple[str, str]


def document_quality(alignment: Alignment) -> DocumentQuality:
    """The score of a document: characters of each unit by its quality, of nulls by nothing, of all
    characters; no more than the share of segments that are rightly linked
    (`Alignment.translated`), which is small where the texts are said not to look like translations;
    0 where a text is in another language.
    """
    sides = (alignment.source, alignment.target)
    null = sum(len(b.source) + len(b.target) for b in alignment.beads if b.is_null)
    count = sum(len(side.segments) for side in sides)
    others = _other_language(sides[0]), _other_language(sides[1])
    expected, total = 0.0, 0
    known = False
    for bead, source, target in alignment.pairs():
        size = sum(len(segment.text) for segment in (*source, *target))
        total += size
        if bead.quality is not None:
            known = True
            expected += bead.quality * size
    nulls_only = bool(alignment.beads) and all(bead.is_null for bead in alignment.beads)
    quality = None
    if known or nulls_only:
        quality = 0.0 if any(others) else min(expected / max(total, 1), alignment.translated)
    return DocumentQuality(
        None if quality is None else round(quality, 3), round(null / max(count, 1), 3), others
    )


def _other_language(document: Document) -> str:
    if not document.lang or not is_detectable(document.lang):
        return ""
    lang, sure = detect_language("\n".join(segment.text for segment in document.segments))
    return lang if lang and sure >= _SURE and not are_close(lang, document.lang) else ""
