"""Small documents with vectors made by hand, so that what resembles what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features import (
    MATCH_FEATURES,
    NULL_FEATURES,
    PARTS,
    Blocks,
    Weights,
    evidence_of,
)
from aligner.model import Document, Paragraph, Segment

Floats = npt.NDArray[np.float32]

DIM = 64


@dataclass(frozen=True)
class SummedOverlaps:
    """An overlap is the sum of its segments' vectors, brought to length 1."""

    rows: Floats

    @property
    def count(self) -> int:
        return len(self.rows)

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        stop = self.count if stop is None else stop
        out = np.zeros((stop - start, self.rows.shape[1]), np.float32)
        for k, i in enumerate(range(start, stop)):
            if i + width <= self.count:
                total = self.rows[i : i + width].sum(axis=0)
                out[k] = total / np.linalg.norm(total)
        return out


def meanings(count: int, seed: int) -> Floats:
    """Unrelated unit vectors [count, DIM]."""
    rows = np.random.default_rng(seed).normal(size=(count, DIM)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def blurred(rows: Floats, seed: int, amount: float = 0.4) -> Floats:
    """The same meanings as another language would say them."""
    noise = meanings(len(rows), seed) * np.float32(amount)
    out = rows + noise
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), np.float32)


def document(
    lang: str, count: int, seed: int, per_paragraph: int = 3, words_each: int = 6
) -> Document:
    """Sentences of made-up words, a number here and there, three to a paragraph."""
    rng = np.random.default_rng(seed)
    texts = []
    for i in range(count):
        words = [
            "".join(rng.choice(list("aeiorstlnm"), int(rng.integers(3, 9))))
            for _ in range(words_each)
        ]
        figure = f" {int(rng.integers(10, 99))}" if rng.random() < 0.3 else ""
        texts.append(f"{' '.join(words).capitalize()}{figure}{'.?!:'[i % 4]}")
    paragraphs = []
    for index, first in enumerate(range(0, count, per_paragraph)):
        offset, segments = 0, []
        for number in range(first, min(first + per_paragraph, count)):
            stop = offset + len(texts[number])
            segments.append(Segment(number, index, offset, stop, texts[number]))
            offset = stop + 1
        text = " ".join(segment.text for segment in segments)
        paragraphs.append(Paragraph(index, "para", text, tuple(segments)))
    return Document(lang, lang, lang, "", lang, tuple(paragraphs))


def blocks(
    source: Floats,
    target: Floats,
    seed: int = 0,
    *,
    large: bool = False,
    longer: int = 1,
    background: Floats | None = None,
) -> Blocks:
    """Feature blocks of two texts with these single-segment vectors; the rest as in `Blocks`. The
    segments of the source are `longer` times as long as those of the target.
    """
    documents = (
        document("es", len(source), seed, words_each=6 * longer),
        document("en", len(target), seed + 1),
    )
    return Blocks(
        evidence_of(documents[0]),
        evidence_of(documents[1]),
        (SummedOverlaps(source), SummedOverlaps(target)),
        background=background,
        large=large,
    )


def random_weights(seed: int, size: float = 0.3) -> Weights:
    rng = np.random.default_rng(seed)
    return Weights(
        {part: rng.normal(0, size, len(MATCH_FEATURES)) for part in PARTS},
        {part: rng.normal(0, size, len(NULL_FEATURES)) for part in PARTS},
    )


def ranges(*beads: tuple[Sequence[int], Sequence[int]]) -> list[tuple[range, range]]:
    """([1, 2], [3]) -> (range(1, 3), range(3, 4))."""

    def plain(side: Sequence[int]) -> range:
        return range(side[0], side[-1] + 1) if side else range(0)

    return [(plain(source), plain(target)) for source, target in beads]
