"""Links between the words of two texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution import shares

__all__ = ["WordPair", "WordVectors", "chance_right", "link_words", "pooled"]

# Set on the dev sets of XL-WA en-es, en-pt and en-ru (300 sentences): flat around these values.
DISTANCE = 0.3  # cosine that a whole sentence of distance costs
NEIGHBOURS = 0.12  # part of its diagonal neighbours' scores that a pair gets
JOINS = 0.55  # part of the mean score of a link that a word needs to join one beside it
_ROUNDS = 3
# Log odds that a link is right, by encoder: a + b x log odds of its share, both directions' mean (geometric).
# Fitted on the links of the same sets (`scripts/bench words --curve`).
_CURVES = {"embedded": (1.284, 0.335), "e5": (0.478, 0.510)}
_EDGE = 1e-4  # shares nearer to 0 or 1 than this say no more
Floats = npt.NDArray[np.float32]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """`vectors` [W, D]: rows of length 1, a word each."""

    vectors: Floats


class WordPair(NamedTuple):
    """`source`, `target` places of words; `cosine` of their vectors; `share` (0-1) how much of each
    word's chances to have a partner falls to the other, see `engine.attribution`.
    """

    source: int
    target: int
    cosine: float
    share: float


def pooled(words: Sequence[Span], tokens: Sequence[Span], vectors: Floats) -> WordVectors:
    """Word vectors: the mean of the tokens that lie in each, (start, end) code points of one text.

    A word in which no token lies gets zeros, and is never linked.
    """
    rows = np.zeros((len(words), vectors.shape[1]), np.float32)
    first = 0
    for number, (start, end) in enumerate(words):
        while first < len(tokens) and tokens[first][1] <= start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last][0] < end:
            last += 1
        if last > first:
            rows[number] = vectors[first:last].mean(axis=0)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return WordVectors(np.asarray(rows / np.maximum(norms, 1e-9), np.float32))


def link_words(source: WordVectors, target: WordVectors) -> list[WordPair]:
    """Every link, ordered; words may have several.

    Symmetric: exchanging the sides gives the same links.
    """
    if not len(source.vectors) or not len(target.vectors):
        return []
    cosine = source.vectors @ target.vectors.T
    score = _weighed(cosine)
    linked = _mutual(score)
    linked &= np.outer(source.vectors.any(axis=1), target.vectors.any(axis=1))
    # encoders differ in how near words of like meaning lie: measured on this pair's own links
    least = np.float32(JOINS) * score[linked].mean() if linked.any() else np.float32(0)
    for _ in range(_ROUNDS):
        if not _join(score, linked, least):
            break
    share = np.sqrt(shares(score) * shares(np.ascontiguousarray(score.T)).T)
    return [
        WordPair(int(i), int(j), float(cosine[i, j]), float(share[i, j]))
        for i, j in zip(*np.nonzero(linked), strict=True)
    ]


def chance_right(encoder: str, share: float) -> float | None:
    """The chance (0-1, in thousandths) that a link with this share is right; None for an encoder that was not measured."""
    if encoder not in _CURVES:
        return None
    constant, slope = _CURVES[encoder]
    share = min(max(share, _EDGE), 1 - _EDGE)
    odds = constant + slope * math.log(share / (1 - share))
    return round(1 / (1 + math.exp(-odds)), 3)


def _weighed(cosine: Floats) -> Floats:
    """Cosines less the distance between the places in the sentence, plus what neighbours say."""
    n, m = cosine.shape
    rows, columns = (np.arange(k, dtype=np.float32) / max(k - 1, 1) for k in (n, m))
    score: Floats = cosine - np.float32(DISTANCE) * np.abs(rows[:, None] - columns)
    out: Floats = score.copy()
    out[1:, 1:] += np.float32(NEIGHBOURS) * score[:-1, :-1]
    out[:-1, :-1] += np.float32(NEIGHBOURS) * score[1:, 1:]
    return out


def _mutual(score: Floats) -> npt.NDArray[np.bool_]:
    """Pairs that are each other's best."""
    best_row, best_column = score.argmax(axis=1), score.argmax(axis=0)
    linked = np.zeros(score.shape, np.bool_)
    rows = np.flatnonzero(best_column[best_row] == np.arange(len(best_row)))
    linked[rows, best_row[rows]] = True
    return linked


def _join(score: Floats, linked: npt.NDArray[np.bool_], least: np.float32) -> bool:
    """Words without a link join one beside them, the likeliest first; False where none did."""
    n, m = linked.shape
    padded = np.zeros((n + 2, m + 2), np.bool_)
    padded[1:-1, 1:-1] = linked
    near = np.zeros_like(linked)
    for a in range(3):
        for b in range(3):
            near |= padded[a : a + n, b : b + m]
    alone = (linked.sum(axis=1) == 0)[:, None] | (linked.sum(axis=0) == 0)
    rows, columns = np.nonzero(near & alone & ~linked & (score > least))
    joined = False
    for k in np.argsort(-score[rows, columns], kind="stable").tolist():
        i, j = rows[k], columns[k]
        if not linked[i].any() or not linked[:, j].any():
            linked[i, j] = joined = True
    return joined
