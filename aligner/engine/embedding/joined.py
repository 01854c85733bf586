"""Overlaps of an encoder that knows nothing but texts: joined strings, encoded once.

One encoder call a run and width is what vecalign (Thompson & Koehn 2019) pays, so the vectors of
a document are kept in the user's cache folder, a file for each width, named by the encoder's
signature and the segments: aligning the same text again (other pins, another translation) costs
nothing. Files appear whole or not at all; where the folder cannot be written they are not kept.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.store import cache_folder
from aligner.files import atomic
from aligner.model import AlignerError

__all__ = ["JoinedOverlaps"]

Floats = npt.NDArray[np.float32]


class JoinedOverlaps:
    """Vectors of the runs of `segments`; `encode` gives unit vectors [n, dim] of texts."""

    def __init__(
        self,
        encode: Callable[[Sequence[str]], Floats],
        segments: Sequence[str],
        signature: str,
        dim: int,
    ) -> None:
        self._encode = encode
        self._segments = tuple(segments)
        self._dim = dim
        key = hashlib.sha256(repr((signature, self._segments)).encode("utf-8", "surrogatepass"))
        self._key = key.hexdigest()[:24]
        self._made: dict[int, Floats] = {}

    @property
    def count(self) -> int:
        """N, the number of segments."""
        return len(self._segments)

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        """Unit vectors [stop - start, D] of the runs of `width` segments that begin there.

        Rows whose run would pass the end of the document are zero.
        """
        stop = self.count if stop is None else stop
        if width not in self._made:
            self._made[width] = self._whole(width)
        whole = self._made[width]
        out = np.zeros((stop - start, self._dim), np.float32)
        last = min(stop, len(whole))
        if last > start:
            out[: last - start] = whole[start:last]
        return out

    def _whole(self, width: int) -> Floats:
        """All runs of one width [N - width + 1, D]."""
        fitting = max(0, self.count - width + 1)
        path = cache_folder() / "overlaps" / f"{self._key}-{width}.npy"
        with contextlib.suppress(OSError, ValueError, EOFError):
            kept: Floats = np.load(path, mmap_mode="r", allow_pickle=False)
            if kept.shape == (fitting, self._dim) and kept.dtype == np.float32:
                return kept
        texts = [" ".join(self._segments[i : i + width]) for i in range(fitting)]
        made = self._encode(texts)
        with contextlib.suppress(OSError, AlignerError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic(path) as out:
                np.save(out, made)
        return made
