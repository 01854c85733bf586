"""Vectors of texts with a part taken out or put in: prefix sums over the tokens of each text.

The vector of a text is head(sum of its token features), so the text without the tokens a .. b-1
has the vector head(total - (P[b] - P[a])), P being the running sum: a removal is a subtraction.
The features of the tokens beside the cut keep the context they had, which is what an ablation
wants: it asks what the part gave to the whole, not how the remaining words would read.

Encoders without token sums are served by `EncodedSums`: the same questions, each answered by
encoding the shortened text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution import without_partner
from aligner.engine.embedding import Encoder
from aligner.engine.embedding.embedded import EmbeddedEncoder
from aligner.engine.embedding.network import DIM, batches, on_threads
from aligner.engine.embedding.tokens import token_weights

__all__ = ["EncodedSums", "TokenSums", "sums"]

Floats = npt.NDArray[np.float32]
Cut = tuple[int, int]  # tokens first .. last - 1 of a text

_BATCH = 2048  # tokens a pass


class TokenSums:
    """Running sums of projected token features of some texts."""

    def __init__(self, encoder: EmbeddedEncoder, texts: Sequence[str]) -> None:
        self._network = encoder.network
        pieces = encoder.pieces(texts)
        self.tokens = [tuple(span for span, _ in row) for row in pieces]
        self._encoder = encoder
        ids = self._ids = [[token for _, token in row] for row in pieces]
        passes = batches(range(len(ids)), [len(row) for row in ids], _BATCH)

        def make(batch: list[int]) -> list[Floats]:
            return self._network.projected([ids[row] for row in batch])

        self._running: list[Floats] = []
        self._whole: dict[int, Floats] = {}
        self._mean: Floats | None = None
        for projected in on_threads(make, passes):
            for features in projected:
                running = np.zeros((len(features) + 1, DIM), np.float32)
                np.cumsum(features, axis=0, out=running[1:])
                self._running.append(running)

    def vector(self, row: int) -> Floats:
        """[D], the whole text."""
        known = self._whole.get(row)
        if known is None:
            known = self._whole[row] = self.without(row, [(0, 0)])[0]
        return known

    def without(self, row: int, cuts: Sequence[Cut]) -> Floats:
        """[n, D]: the text without each of these runs of tokens, one at a time."""
        running = self._running[row]
        first, last = (np.array([cut[k] for cut in cuts], np.int64) + 1 for k in (0, 1))
        projected = running[-1] - (running[last] - running[first])
        return self._network.head(projected, len(running) - 1 - (last - first))

    def only(self, row: int, cuts: Sequence[Cut]) -> Floats:
        """[n, D]: each of these runs of tokens by itself, as it stands in its text."""
        running = self._running[row]
        first, last = (np.array([cut[k] for cut in cuts], np.int64) + 1 for k in (0, 1))
        ends = running[1] + (running[-1] - running[-2])
        projected = running[last] - running[first] + ends
        return self._network.head(projected, last - first + 2)

    def plus(self, row: int, other: TokenSums, others: Sequence[int]) -> Floats:
        """[n, D]: the text with the tokens of each of these texts of `other` added to it."""
        running = self._running[row]
        added = [other._running[k] for k in others]
        projected = np.array([running[-1] + (one[-2] - one[1]) for one in added], np.float32)
        tokens = np.array([len(running) - 1 + len(one) - 3 for one in added], np.int64)
        return self._network.head(projected, tokens)

    def without_partner(
        self, row: int, other: TokenSums, other_row: int
    ) -> tuple[Floats, Floats] | None:
        """For each token of a text the chance (0-1) that it has no partner in a text of `other`, and
        how much it says (0.05 - 1); see `engine.attribution`.
        """
        ids = np.array(self._ids[row], np.int64)
        chance = without_partner(self._directions(row), other._directions(other_row))
        return chance, token_weights(self._encoder.log_probability(ids))

    def _directions(self, row: int) -> Floats:
        """[T, D] unit vectors of a text's tokens, the mean of those of all texts taken off."""
        mean = self._mean
        if mean is None:
            total = np.sum([one[-2] - one[1] for one in self._running], axis=0, dtype=np.float64)
            count = sum(len(one) - 3 for one in self._running)
            mean = self._mean = np.asarray(total / max(1, count), np.float32)
        rows = np.diff(self._running[row][1:-1], axis=0) - mean
        return np.asarray(
            rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32
        )


class EncodedSums:
    """The same answers from any encoder; tokens are words."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self._encoder = encoder
        self._texts = list(texts)
        self.tokens = [_words(text) for text in texts]
        self._whole = encoder.encode(self._texts)

    def vector(self, row: int) -> Floats:
        """[D], the whole text."""
        whole: Floats = self._whole[row]
        return whole

    def without(self, row: int, cuts: Sequence[Cut]) -> Floats:
        """[n, D]: the text without each of these runs of tokens, one at a time."""
        spans = self.tokens[row]
        texts = []
        for first, last in cuts:
            kept = [*spans[:first], *spans[last:]]
            texts.append(" ".join(self._texts[row][a:b] for a, b in kept))
        return self._encoder.encode(texts)

    def only(self, row: int, cuts: Sequence[Cut]) -> Floats:
        """[n, D]: each of these runs of tokens by itself."""
        spans = self.tokens[row]
        return self._encoder.encode(
            [" ".join(self._texts[row][a:b] for a, b in spans[i:j]) for i, j in cuts]
        )

    def plus(self, row: int, other: EncodedSums, others: Sequence[int]) -> Floats:
        """[n, D]: the text with each of these texts of `other` behind it."""
        return self._encoder.encode([f"{self._texts[row]} {other._texts[k]}" for k in others])

    def without_partner(
        self,
        row: int,  # noqa: ARG002
        other: EncodedSums,  # noqa: ARG002
        other_row: int,  # noqa: ARG002
    ) -> tuple[Floats, Floats] | None:
        """None: there are no vectors of tokens."""
        return None


def sums(encoder: Encoder, texts: Sequence[str]) -> TokenSums | EncodedSums:
    """The texts ready for ablation; exact sums where the encoder has them."""
    if isinstance(encoder, EmbeddedEncoder):
        return TokenSums(encoder, texts)
    return EncodedSums(encoder, texts)


def _words(text: str) -> tuple[Cut, ...]:
    spans, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        spans.append((start, place))
    return tuple(spans)
