"""`both`: the embedded encoder and e5 side by side, for languages that both know.

    vector = [sqrt(share) embedded, sqrt(1 - share) e5],   cosine = share cos + (1 - share) cos

`share` is half where the embedded encoder knows both languages of the pair, less where it knows
one badly, and nothing where it is blind: then the vectors are those of e5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.e5 import E5Encoder
from aligner.engine.embedding.embedded import EmbeddedEncoder
from aligner.engine.embedding.encoders import Encoder, Overlaps

__all__ = ["BothEncoder", "share"]

Floats = npt.NDArray[np.float32]

_BLIND, _SEEING = 0.4, 0.9  # coverage that counts for nothing, and that counts in full


def share(coverage: float) -> float:
    """The embedded encoder's part of the cosine (0 - .5) for its coverage of a pair."""
    return 0.5 * min(1.0, max(0.0, (coverage - _BLIND) / (_SEEING - _BLIND)))


class _Overlaps:
    def __init__(self, parts: Sequence[tuple[np.float32, Overlaps]]) -> None:
        self._parts = parts

    @property
    def count(self) -> int:
        """N, the number of segments."""
        return self._parts[0][1].count

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        """Unit vectors [stop - start, D] of the runs of `width` segments that begin there."""
        rows = [scale * runs.vectors(width, start, stop) for scale, runs in self._parts]
        return np.concatenate(rows, axis=1)


class BothEncoder:
    """`langs`: the pair's languages; without them both encoders count the same."""

    def __init__(self, langs: Sequence[str] = ()) -> None:
        embedded, e5 = EmbeddedEncoder(), E5Encoder()
        self._parts: tuple[Encoder, Encoder] = (embedded, e5)
        part = share(min((embedded.covers(lang) for lang in langs), default=1.0))
        self._scales = (np.float32(part**0.5), np.float32((1 - part) ** 0.5))
        self.dim = sum(encoder.dim for encoder in self._parts)
        names = "+".join(encoder.signature for encoder in self._parts)
        self.signature = f"both-{part:.2f}-{names}"
        self.model = f"both-{embedded.signature}+{e5.model}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """[n] texts -> [n, 896] float32, rows of length 1."""
        rows = [
            scale * encoder.encode(texts)
            for scale, encoder in zip(self._scales, self._parts, strict=True)
        ]
        return np.concatenate(rows, axis=1)

    def overlaps(self, segments: Sequence[str]) -> _Overlaps:
        """All runs of neighbouring segments: the two encoders' own, side by side."""
        made = [encoder.overlaps(segments) for encoder in self._parts]
        return _Overlaps(list(zip(self._scales, made, strict=True)))

    def covers(self, lang: str) -> float:
        """What the better of the two knows."""
        return max(encoder.covers(lang) for encoder in self._parts)
