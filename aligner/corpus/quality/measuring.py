"""Units -> the table of their features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.corpus.quality.covering import COVER_FEATURES, cover_features
from aligner.corpus.quality.texts import TEXT_FEATURES, languages_seen, text_features
from aligner.corpus.quality.vectors import VECTOR_FEATURES, run_vectors, vector_features
from aligner.engine.embedding import Overlaps, SegmentTokens

__all__ = ["FEATURES", "PARTS", "Linked", "SeenTexts", "measure"]

FEATURES: tuple[str, ...] = (*TEXT_FEATURES, *VECTOR_FEATURES, *COVER_FEATURES)
# which features a model has, by what the encoder gives: vectors of tokens, vectors of texts alone
# (of any encoder, so compared with chance and not as they are), or nothing that can be believed
PARTS: dict[str, tuple[str, ...]] = {
    "tokens": FEATURES,
    "vectors": (*TEXT_FEATURES, "likeness above chance"),
    "texts": TEXT_FEATURES,
}


_BLOCK = 64  # segments whose tokens are made together


@dataclass(frozen=True, slots=True)
class SeenTexts:
    """What an encoder made of both texts, segment by segment."""

    overlaps: tuple[Overlaps, Overlaps]
    tokens: tuple[SegmentTokens, SegmentTokens] | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A unit with both sides: its texts, and the segments that they are."""

    source: str
    target: str
    segments: tuple[range, range]


def measure(
    units: Sequence[Linked], langs: tuple[str, str], usual: float, seen: SeenTexts | None
) -> npt.NDArray[np.float64]:
    """[n, F] features of units in the order of `FEATURES`; 0 where nothing was seen.

    `usual`: log of target by source letters in ordinary translations of these languages.
    """
    out = np.zeros((len(units), len(FEATURES)))
    if not units:
        return out
    spoken = [
        languages_seen([unit.source for unit in units]),
        languages_seen([unit.target for unit in units]),
    ]
    for row, unit, *seen_in in zip(out, units, *spoken, strict=True):
        values = text_features(unit.source, unit.target, langs, usual, seen_in)
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
        left, right = map(_TokenReader, seen.tokens)
        for row, unit in zip(out, units, strict=True):
            (source, ours), (target, theirs) = (
                side.of(place) for side, place in zip((left, right), unit.segments, strict=True)
            )
            covered = cover_features(source, target, ours, theirs)
            row[vectors.stop :] = [covered[name] for name in COVER_FEATURES]
    return out


class _TokenReader:
    """The tokens of runs of segments that come in order, made in blocks."""

    def __init__(self, tokens: SegmentTokens) -> None:
        self._tokens = tokens
        self._block = range(0)
        self._vectors = np.empty((0, 1), np.float32)

    def of(self, place: range) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """The vectors and the weights of the tokens of these segments."""
        bounds = self._tokens.bounds
        if place.start < self._block.start or place.stop > self._block.stop:
            stop = min(max(place.start + _BLOCK, place.stop), len(bounds) - 1)
            self._block = range(place.start, stop)
            self._vectors = self._tokens.vectors(place.start, stop)
        origin = bounds[self._block.start]
        first, last = bounds[place.start], bounds[place.stop]
        return self._vectors[first - origin : last - origin], self._tokens.weight_T[first:last]
