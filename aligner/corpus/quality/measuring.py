"""Units -> the table of their features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.corpus.quality.covering import COVER_FEATURES, cover_features
from aligner.corpus.quality.texts import TEXT_FEATURES, text_features
from aligner.corpus.quality.vectors import VECTOR_FEATURES, Runs, run_vectors, vector_features
from aligner.engine.embedding import SegmentTokens

__all__ = ["FEATURES", "PARTS", "Linked", "Seen", "measure"]

FEATURES: tuple[str, ...] = (*TEXT_FEATURES, *VECTOR_FEATURES, *COVER_FEATURES)
# which features a model has, by what the encoder gives: vectors of tokens, vectors of texts alone
# (of any encoder, so compared with chance and not as they are), or nothing that can be believed
PARTS: dict[str, tuple[str, ...]] = {
    "tokens": FEATURES,
    "vectors": (*TEXT_FEATURES, "likeness above chance"),
    "texts": TEXT_FEATURES,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What an encoder made of both texts, segment by segment."""

    overlaps: tuple[Runs, Runs]
    tokens: tuple[SegmentTokens, SegmentTokens] | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A unit with both sides: its texts, and the segments that they are."""

    source: str
    target: str
    segments: tuple[range, range]


def measure(
    units: Sequence[Linked], langs: tuple[str, str], usual: float, seen: Seen | None
) -> npt.NDArray[np.float64]:
    """[n, F] features of units in the order of `FEATURES`; 0 where nothing was seen.

    `usual`: log of target by source letters in ordinary translations of these languages.
    """
    out = np.zeros((len(units), len(FEATURES)))
    if not units:
        return out
    for row, unit in zip(out, units, strict=True):
        values = text_features(unit.source, unit.target, langs, usual)
        row[: len(TEXT_FEATURES)] = [values[name] for name in TEXT_FEATURES]
    if seen is None:
        return out
    sides = [
        run_vectors(overlaps, [unit.segments[side] for unit in units])
        for side, overlaps in enumerate(seen.overlaps)
    ]
    vectors = slice(len(TEXT_FEATURES), len(TEXT_FEATURES) + len(VECTOR_FEATURES))
    out[:, vectors] = vector_features(sides[0], sides[1])
    if seen.tokens is not None:
        for row, unit in zip(out, units, strict=True):
            (left, right), (a, b) = seen.tokens, unit.segments
            covered = cover_features(
                left.vectors(a.start, a.stop),
                right.vectors(b.start, b.stop),
                left.weight_T[left.bounds[a.start] : left.bounds[a.stop]],
                right.weight_T[right.bounds[b.start] : right.bounds[b.stop]],
            )
            row[vectors.stop :] = [covered[name] for name in COVER_FEATURES]
    return out
