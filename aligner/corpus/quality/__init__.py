"""Quality: how probable it is that the two sides of a unit translate each other fully.

The confidence of a link says whether it is the right one of those that the two texts offer; its
quality, whether what it links is a full translation. It falls for parts left out or added, words of
a third language, text that was not translated, wrongly decoded or repeated, words out of order.
Single wrong words, names or numbers are for `aligner check`.

Read `scoring` first; `measuring` has the features, `model` the trained models, `documents` the score
of a whole document.
"""

from __future__ import annotations

from aligner.corpus.quality.documents import DocumentQuality, document_quality
from aligner.corpus.quality.measuring import FEATURES, PARTS, Linked, SeenTexts
from aligner.corpus.quality.model import (
    FAR,
    expanded,
    quality_digest,
    quality_model,
    usual_length,
)
from aligner.corpus.quality.scoring import KNOWN, measure_texts, qualities
from aligner.corpus.quality.texts import letters

__all__ = [
    "FAR",
    "FEATURES",
    "KNOWN",
    "PARTS",
    "DocumentQuality",
    "Linked",
    "SeenTexts",
    "document_quality",
    "expanded",
    "letters",
    "measure_texts",
    "qualities",
    "quality_digest",
    "quality_model",
    "usual_length",
]
