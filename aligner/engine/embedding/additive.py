"""Every overlap of every width from one pass over the document, exactly.

The vector of a text is head(sum of its token features), and a token's features depend on the
REACH = 4 tokens to each side. Lay the segments of a document end to end, with no start or end
token between them, and let f be the token features of that one long text. A run of segments whose
tokens are a .. b-1 (at least 8) then has the sum

    sum(a..b) = f(a) + ... + f(b-1)  +  left(a)  +  right(b)

    left(a)  = f'(start) + f'(a..a+3) - f(a..a+3)     f' with the start token before a
    right(b) = f'(b-4..b-1) + f'(end) - f(b-4..b-1)   f' with the end token behind b-1

With 8 tokens the two edges do not meet. Shorter runs are encoded as texts of their own. `left`
and `right` cost about 5 token passes a segment: only the windows that the start or end token
can reach are computed anew.

The projection behind the sum is linear, so per segment three projected rows (512 numbers) stay in
memory, never token features. The edges' rows are kept in half precision: they are sums of a few
tokens, bounded whatever the text, and a rounding of 2^-11 in them moves no cosine by more than 1e-6.

Invariant: cosine(vectors(w)[i], encode(" ".join(segments[i:i+w]))) > 0.99999.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.network import (
    BOS,
    BRANCH,
    DIM,
    EMBEDDING,
    EOS,
    FEATURES,
    ORDERS,
    REACH,
    UNK,
    Convolved,
    Network,
    batches,
    on_threads,
)
from aligner.engine.embedding.rows import Rows
from aligner.engine.embedding.tokens import token_weights

__all__ = ["AdditiveOverlaps", "ContextTokens", "overlaps"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_Parts = list[tuple[Ints, Floats]]  # segments, what is added to their rows

_SHORTEST = 2 * REACH  # tokens a run needs so that its two edges do not meet
_CHUNK = 1024  # tokens a pass: large enough for matrix products, small enough for the cache
_GROUP = 32 * _CHUNK  # tokens whose distinct ids share one projection
_HALO = 2 * REACH  # context tokens to each side of a chunk
_HEAD_ROWS = 2048  # runs a call of the dense head
_SHORT_TOKENS = 2048  # tokens a call for short runs


class AdditiveOverlaps:
    """Projected sums of one document; makes the vectors of any run on demand."""

    can_be_copied = True  # numpy alone: see `runtime.forks`

    def __init__(
        self,
        network: Network,
        flat: Ints,
        bounds: Ints,
        plain_ND: Floats,
        edges: tuple[Floats, ...],
        projected_TD: Rows | None = None,
    ) -> None:
        """`projected_TD`: the tokens' projected features, where they were kept."""
        self._network = network
        self._flat = flat.astype(np.int32)  # tokens; segment i has bounds[i] .. bounds[i + 1]
        self._bounds = bounds
        self._plain = plain_ND
        self._projected = projected_TD
        self._left, self._right = (edge.astype(np.float16) for edge in edges)

    @property
    def count(self) -> int:
        """N, the number of segments."""
        return len(self._bounds) - 1

    def tokens(self, log_probability: Callable[[Ints], Floats]) -> ContextTokens:
        """The document's tokens in their context; `log_probability` of token ids."""
        flat, bounds = self._flat.astype(np.int64), self._bounds
        mean = self._plain.sum(axis=0, dtype=np.float64) / max(1, len(flat))
        distinct, index = np.unique(flat, return_inverse=True)
        return ContextTokens(
            self._network,
            flat,
            bounds,
            token_weights(log_probability(distinct))[index],
            mean.astype(np.float32),
            self._projected,
        )

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        """Unit vectors [stop - start, D] of the runs of `width` segments that begin there.

        Rows whose run would pass the end of the document are zero.
        """
        stop = self.count if stop is None else stop
        out = np.zeros((stop - start, DIM), np.float32)
        last = min(stop, self.count - width + 1)  # one past the last run that fits
        if last <= start:
            return out
        tokens = self._bounds[start + width : last + width] - self._bounds[start:last]
        long = np.flatnonzero(tokens >= _SHORTEST)
        blocks = [long[k : k + _HEAD_ROWS] for k in range(0, len(long), _HEAD_ROWS)]

        def make(rows: Ints) -> Floats:
            begin = rows + start
            projected = self._plain[begin]
            for offset in range(1, width):
                projected += self._plain[begin + offset]
            projected += self._left[begin]
            projected += self._right[begin + width - 1]
            return self._network.head(projected, tokens[rows] + 2)

        for rows, vectors in zip(blocks, on_threads(make, blocks), strict=True):
            out[rows] = vectors
        self._short(np.flatnonzero(tokens < _SHORTEST), start, width, tokens, out)
        return out

    def _short(self, rows: Ints, start: int, width: int, tokens: Ints, out: Floats) -> None:
        passes = batches(rows.tolist(), tokens.tolist(), _SHORT_TOKENS)

        def make(batch: list[int]) -> Floats:
            return self._network.encode(
                [
                    self._flat[self._bounds[first] : self._bounds[first + width]].tolist()
                    for first in (start + row for row in batch)
                ]
            )

        for batch, vectors in zip(passes, on_threads(make, passes), strict=True):
            out[batch] = vectors


class ContextTokens:
    """The tokens of one document, their vectors made on demand; see `tokens.SegmentTokens`.

    Tokens see their neighbours across the segments' ends, as in the sums of `AdditiveOverlaps`.
    """

    def __init__(
        self,
        network: Network,
        flat: Ints,
        bounds: Ints,
        weight_T: Floats,
        mean_D: Floats,
        projected_TD: Rows | None = None,
    ) -> None:
        self._projected = projected_TD
        self._network = network
        self._flat = flat
        self._mean = mean_D
        self.bounds = bounds
        self.weight_T = weight_T

    def vectors(self, start: int, stop: int) -> Floats:
        """Unit vectors [tokens, D] of the segments start .. stop - 1, the document's mean taken off."""
        begin, end = int(self.bounds[start]), int(self.bounds[stop])
        if begin == end:
            return np.zeros((0, DIM), np.float32)
        if self._projected is not None:
            return self._finish(self._projected.read(begin, end).astype(np.float32))
        group = _Group.of(self._network, self._flat, begin, end)
        chunks = [(k, min(k + _CHUNK, end)) for k in range(begin, end, _CHUNK)]

        def make(chunk: tuple[int, int]) -> Floats:
            origin = max(group.origin, chunk[0] - _HALO)
            last = min(len(self._flat), chunk[1] + _HALO)
            rows = group.index[origin - group.origin : last - group.origin]
            run = self._network.convolve(group.embedding[rows], group.x[rows])
            inside = slice(chunk[0] - origin, chunk[1] - origin)
            features = self._network.normalise(run.features()[inside].copy())
            return self._finish(features @ self._network.cnn)

        return np.concatenate(list(on_threads(make, chunks)))

    def _finish(self, rows: Floats) -> Floats:
        """The mean taken off, rows of length 1; in place."""
        rows -= self._mean
        norm = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        rows /= np.maximum(norm, 1e-6)[:, None]
        return rows


def overlaps(
    network: Network, ids: list[list[int]], *, keep_tokens: bool = False
) -> AdditiveOverlaps:
    """One pass over the segments' token ids [N][tokens] (no start or end tokens in them).

    With `keep_tokens` the projected features of the tokens are kept (half precision, 1 kB a token; of
    long texts in a temporary file), so that `tokens` needs no other pass.
    """
    count = len(ids)
    bounds = np.concatenate(([0], np.cumsum([len(row) for row in ids], dtype=np.int64)))
    total = int(bounds[-1])
    flat = np.fromiter((token for row in ids for token in row), np.int64, total)
    kept = Rows(total, DIM) if keep_tokens else None
    plain, left, right = (np.zeros((count, DIM), np.float32) for _ in range(3))
    for begin in range(0, total, _GROUP):
        end = min(begin + _GROUP, total)
        group = _Group.of(network, flat, begin, end)
        chunks = [(k, min(k + _CHUNK, end)) for k in range(begin, end, _CHUNK)]

        def run(chunk: tuple[int, int], group: _Group = group) -> _Parts:
            return _chunk(network, group, bounds, chunk, total, kept)

        # chunks end where they end, inside segments too: sums of parts are added up in order
        for parts in on_threads(run, chunks):
            for whole, (rows, values) in zip((plain, left, right), parts, strict=True):
                whole[rows] += values
    return AdditiveOverlaps(network, flat, bounds, plain, (left, right), kept)


@dataclass(frozen=True, slots=True)
class _Group:
    """Distinct tokens of some neighbouring chunks: `x` [U, 768], `embedding` [U, 512]."""

    origin: int  # token position of index[0]
    index: Ints  # token position - origin -> row
    embedding: Floats
    x: Floats
    start_row: int
    end_row: int

    @classmethod
    def of(cls, network: Network, flat: Ints, begin: int, end: int) -> _Group:
        origin = max(0, begin - _HALO)
        ids = np.concatenate((flat[origin : end + _HALO], [BOS, EOS, UNK]))
        distinct, index = np.unique(ids, return_inverse=True)
        blocks = [distinct[k : k + _CHUNK] for k in range(0, len(distinct), _CHUNK)]

        def make(block: Ints) -> tuple[Floats, Floats]:
            embedding = network.embed(block)
            return embedding, network.project(embedding)

        parts = list(on_threads(make, blocks))
        embedding, x = (np.concatenate(column) for column in zip(*parts, strict=True))
        return cls(origin, index[:-3], embedding, x, int(index[-3]), int(index[-2]))


def _chunk(
    network: Network,
    group: _Group,
    bounds: Ints,
    chunk: tuple[int, int],
    total: int,
    kept: Rows | None = None,
) -> _Parts:
    """What the tokens begin .. end - 1 of a chunk give to plain, left and right of which segments.

    A segment's start belongs to the chunk of its first token, its end to that of its last.
    """
    begin, end = chunk
    origin, stop = max(0, begin - _HALO), min(total, end + _HALO)
    rows = group.index[origin - group.origin : stop - group.origin]
    run = network.convolve(group.embedding[rows], group.x[rows])
    raw = run.features()
    features = network.normalise(raw.copy())
    if kept is not None:
        kept.write(begin, features[begin - origin : end - origin] @ network.cnn)
    # segments that end behind the chunk's begin and start before its end, and where they do
    first, behind = np.searchsorted(bounds[1:], begin), np.searchsorted(bounds[:-1], end, "right")
    starts, ends = bounds[first:behind], bounds[first + 1 : behind + 1]
    low, high = np.clip(starts, begin, end), np.clip(ends, begin, end)
    inside = np.flatnonzero(high > low)
    sums = np.empty((len(inside), FEATURES), np.float32)
    # a call for each segment: `reduceat` takes fifteen times as long
    for number, (one, other) in enumerate(zip(low[inside], high[inside], strict=True)):
        np.add.reduce(features[one - origin : other - origin], axis=0, out=sums[number])
    parts = [(inside + first, sums @ network.cnn)]
    last = end == total
    for places, end_side, mine in (
        (starts, False, (starts >= begin) & ((starts < end) | last)),
        (ends, True, (ends <= end) & ((ends > begin) | (begin == 0))),
    ):
        segments = np.flatnonzero(mine)
        if not len(segments):
            parts.append((segments, np.zeros((0, DIM), np.float32)))
            continue
        index = _edge_index(places[segments] - origin, len(rows), end_side=end_side)
        new = _edge_sum(network, group, run, raw, index, end_side=end_side)
        parts.append((segments + first, (new - _rows(features, index).sum(axis=1)) @ network.cnn))
    return parts


def _rows(rows: Floats, index: Ints) -> Floats:
    """The rows of an index, zeros for one past the last."""
    out = rows.take(index, axis=0, mode="clip")
    out[index == len(rows)] = 0
    return out


def _edge_index(places: Ints, count: int, *, end_side: bool) -> Ints:
    """Rows of the 4 tokens next to each boundary, nearest first; `count` where there is none."""
    step = np.arange(REACH)
    index = places[:, None] - 1 - step if end_side else places[:, None] + step
    index[(index < 0) | (index >= count)] = count
    return index


def _edge_sum(
    network: Network, group: _Group, run: Convolved, raw: Floats, index: Ints, *, end_side: bool
) -> Floats:
    """Sum of the new features [E, 1280] of the marker and the 4 tokens next to it.

    Positions r = 0 (the marker), 1 .. 4 count away from the edge. The marker changes h at
    r <= reach and c at r <= 2 * reach, where reach is how far a window looks towards it.
    """
    count, edges = len(raw), len(index)
    marker = group.end_row if end_side else group.start_row
    # far enough that every window over the changed positions finds its tokens
    far = index[:, :1] + (-1 if end_side else 1) * np.arange(_HALO)
    far[(far < 0) | (far >= count) | (index[:, :1] == count)] = count
    features = np.empty((edges, REACH + 1, FEATURES), np.float32)
    features[:, 1:] = _rows(raw, index)
    features[:, 0, :EMBEDDING] = group.embedding[marker]
    for number, (order, left) in enumerate(ORDERS):
        reach = order - 1 - left if end_side else left
        column = slice(EMBEDDING + number * BRANCH, EMBEDDING + (number + 1) * BRANCH)
        x_marker = group.x[marker, number * BRANCH : (number + 1) * BRANCH]
        x_rows = np.concatenate((run.x[number], np.zeros((1, BRANCH), np.float32), x_marker[None]))
        # positions r -> rows of x: the marker, then tokens going away from the edge
        x_index = np.concatenate((np.full((edges, 1), count + 1), far), axis=1)
        offsets = np.arange(-left, order - left)
        offsets = -offsets if end_side else offsets
        changed_h = np.arange(reach + 1)[:, None] + offsets  # [r, order] positions
        h_windows = _take(x_index, changed_h, count)
        residual = x_rows[x_index[:, : reach + 1]].reshape(-1, BRANCH)
        h_new = network.window(number, x_rows, h_windows.reshape(-1, order), residual, second=False)
        h_rows = np.concatenate((run.h[number], np.zeros((1, BRANCH), np.float32), h_new))
        h_index = np.concatenate((np.zeros((edges, 1), np.int64), far), axis=1)
        fresh = count + 1 + np.arange(len(h_new)).reshape(edges, reach + 1)
        h_index[:, : reach + 1] = fresh
        changed_c = np.arange(2 * reach + 1)[:, None] + offsets
        c_windows = _take(h_index, changed_c, count)
        residual = h_rows[h_index[:, : 2 * reach + 1]].reshape(-1, BRANCH)
        c_new = network.window(number, h_rows, c_windows.reshape(-1, order), residual, second=True)
        features[:, : 2 * reach + 1, column] = c_new.reshape(edges, -1, BRANCH)
    flat = network.normalise(features.reshape(-1, FEATURES)).reshape(features.shape)
    present = np.ones((edges, REACH + 1, 1), np.float32)
    present[:, 1:, 0] = index < count
    return np.asarray((flat * present).sum(axis=1), np.float32)


def _take(index: Ints, positions: Ints, nothing: int) -> Ints:
    """index[:, positions], with `nothing` for positions before the marker: [E, R, order]."""
    inside = positions >= 0
    taken = index[:, np.where(inside, positions, 0)]
    taken[:, ~inside] = nothing
    return np.asarray(taken, np.int64)
