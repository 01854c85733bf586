"""Vectors of tokens in their context, for word links and for token attribution.

An encoder that can give them has the method `tokens(texts) -> [TokenVectors]`. Tokens are pieces of
words; whoever wants words takes the mean of the pieces that lie in each. One that can give those
of a whole document has `segment_tokens(overlaps) -> SegmentTokens`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = [
    "SegmentTokens",
    "TokenVectors",
    "centred",
    "piece_spans",
    "shared_out",
    "token_weights",
]

Floats = npt.NDArray[np.float32]

# -log p of the piece that says nothing, nats until one counts in full, weight of the commonest
_COMMON, _RANGE, _LEAST = 3.0, 8.0, 0.05


class SegmentTokens(Protocol):
    """The tokens of one document, segment by segment.

    `bounds` [N + 1]: segment i has the tokens bounds[i] .. bounds[i + 1] - 1; `weight_T` how much
    each says (0.05 - 1): a rare piece more than a common one.
    """

    @property
    def bounds(self) -> npt.NDArray[np.int64]:
        """[N + 1]."""
        ...

    @property
    def weight_T(self) -> Floats:
        """[T]."""
        ...

    def vectors(self, start: int, stop: int) -> Floats:
        """Unit vectors [tokens, D] of the segments start .. stop - 1."""
        ...


def token_weights(log_probability: Floats) -> Floats:
    """Weights (0.05 - 1) of tokens of such probabilities (natural logarithms)."""
    weight = (-log_probability - _COMMON) / _RANGE
    return np.asarray(np.clip(weight, _LEAST, 1.0), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """`spans` [T]: (start, end) code points in the text; `vectors` [T, D]."""

    spans: tuple[tuple[int, int], ...]
    vectors: Floats


def piece_spans(
    texts: Sequence[str], offsets: Callable[[str], list[tuple[int, int, int]]]
) -> list[list[tuple[tuple[int, int], int]]]:
    """Each text's tokens as ((start, end), id), word by word; `offsets` takes one word apart."""
    out = []
    made: dict[str, list[tuple[int, int, int]]] = {}
    for text in texts:
        row: list[tuple[tuple[int, int], int]] = []
        place = 0
        for word in text.split():
            start = text.index(word, place)
            place = start + len(word)
            if word not in made:
                made[word] = offsets(word)
            row += [((start + a, start + b), token) for a, b, token in made[word]]
        out.append(row)
    return out


def shared_out(word: str, pieces: Sequence[tuple[str, int]]) -> list[tuple[int, int, int]]:
    """Pieces (text, id) of a word with the code points that they cover.

    Where normalisation changed the length, they share the word's code points in proportion.
    """
    lengths = [len(text.replace("\u2581", "")) for text, _ in pieces]
    total = max(1, sum(lengths))
    out, done = [], 0
    for (_, token), length in zip(pieces, lengths, strict=True):
        a, b = done * len(word) // total, (done + length) * len(word) // total
        out.append((a, b, token))
        done += length
    return out


def centred(rows: list[TokenVectors]) -> list[TokenVectors]:
    """Less the mean vector of all texts."""
    total = sum(len(row.vectors) for row in rows)
    if not total:
        return rows
    centre = np.sum([row.vectors.sum(axis=0) for row in rows], axis=0) / np.float32(total)
    return [TokenVectors(row.spans, row.vectors - centre) for row in rows]
