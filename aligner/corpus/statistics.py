"""Figures of a corpus, gathered unit by unit."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from aligner.corpus.partitions import Distinct
from aligner.model import Unit
from aligner.text.notation import whole_number
from aligner.text.words import words

__all__ = ["Statistics"]

_BINS = 10  # of the confidence histogram
_RATIO_BINS = 30  # of the histogram of length ratios, .1 wide


class Statistics:
    """Call `add` for every unit, then `figures`.

    `folder` is an empty one, for the names of documents: how many there are of them is all that
    grows with the corpus.
    """

    def __init__(self, folder: Path) -> None:
        self._pairs: dict[str, Counter[str]] = {}
        self._types: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._confidence = [0] * _BINS
        self._ratios = [0] * _RATIO_BINS
        self._known = 0
        self._sum = 0.0
        self._quality = [0] * _BINS
        self._rated = 0
        self._quality_sum = 0.0
        self._documents = Distinct(folder)

    def add(self, unit: Unit) -> None:
        """Count one unit."""
        name = f"{unit.source_lang}-{unit.target_lang}"
        counts = self._pairs.setdefault(name, Counter())
        left, _, right = unit.kind.partition("-")
        counts["units"] += 1
        counts["source_segments"] += _count(left, unit.source)
        counts["target_segments"] += _count(right, unit.target)
        counts["source_words"] += len(words(unit.source))
        counts["target_words"] += len(words(unit.target))
        if not unit.target:
            counts["source_nulls"] += 1
        elif not unit.source:
            counts["target_nulls"] += 1
        else:
            counts["source_characters"] += len(unit.source)
            counts["target_characters"] += len(unit.target)
            place = int(10 * len(unit.target) / len(unit.source))
            self._ratios[min(place, _RATIO_BINS - 1)] += 1
        self._documents.add(name, unit.document)
        self._types[unit.kind] += 1
        self._statuses[unit.status] += 1
        if unit.quality is not None:
            self._rated += 1
            self._quality_sum += unit.quality
            self._quality[min(int(unit.quality * _BINS), _BINS - 1)] += 1
        if unit.confidence is not None and not unit.is_null:
            self._known += 1
            self._sum += unit.confidence
            self._confidence[min(int(unit.confidence * _BINS), _BINS - 1)] += 1

    def figures(self) -> dict[str, Any]:
        """Everything, as JSON values.

        `expansion`: characters of targets for one of sources, over units with both sides;
        `null_share`: of units; `ratios`: units by target / source characters, bins of .1, the last
        open; `confidence` and `quality`: units with both sides by theirs, bins of .1.
        """
        pairs = {}
        documents = self._documents.counts()
        for name, c in sorted(self._pairs.items()):
            nulls = c["source_nulls"] + c["target_nulls"]
            pairs[name] = {
                "documents": documents[name],
                "units": c["units"],
                "segments": [c["source_segments"], c["target_segments"]],
                "words": [c["source_words"], c["target_words"]],
                "expansion": _share(c["target_characters"], c["source_characters"]),
                "null_share": _share(nulls, c["units"]),
                "nulls": [c["source_nulls"], c["target_nulls"]],
            }
        return {
            "languages": pairs,
            "types": dict(sorted(self._types.items(), key=lambda item: (-item[1], item[0]))),
            "statuses": dict(sorted(self._statuses.items())),
            "mean_confidence": round(self._sum / self._known, 3) if self._known else None,
            "confidence": self._confidence,
            "mean_quality": round(self._quality_sum / self._rated, 3) if self._rated else None,
            "quality": self._quality,
            "ratios": self._ratios,
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _count(kind: str, text: str) -> int:
    """Segments of one side, by the kind of the unit, which others may have written."""
    number = whole_number(kind)
    return bool(text) if number is None else number
