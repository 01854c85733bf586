"""One side's overlap vectors as the scorer wants them: centred, by rows, each made once.

Each language's mean vector is subtracted (the mean direction says "this language, this text", not
what a segment means) and rows are brought back to length 1. The mean is shrunk towards zero for
short texts, whose mean is mostly their content.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["OverlapSource", "SideVectors"]

Floats = npt.NDArray[np.float32]

_SLAB = 256  # segments whose overlaps are made together
_KEPT = 48  # slabs kept, all widths together
_SHRINK = 20.0  # segments of "no mean" that a text's own mean is weighed against


class OverlapSource(Protocol):
    """What features need of an encoder's overlaps (see `embedding.Overlaps`)."""

    @property
    def count(self) -> int:
        """N."""
        ...

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        """Unit vectors [stop - start, D], zero rows where the run leaves the text."""
        ...


class SideVectors:
    """`single_ND` for the coarse path; `rows(width, start, stop)` for beads."""

    def __init__(self, overlaps: OverlapSource, background: Floats | None = None) -> None:
        """`background` [K, D] stands in for the segments that a short text does not have: for K -
        N of them in its mean, and in the levels that likeness is compared with.
        """
        self._overlaps: OverlapSource | None = overlaps
        self.count = overlaps.count  # N
        raw = overlaps.vectors(1)
        missing = 0 if background is None else max(0, len(background) - self.count)
        total = raw.sum(axis=0)
        if background is not None and missing:
            total = total + missing * background.mean(axis=0)
        self._mean = total / np.float32(len(raw) + missing + _SHRINK)
        self.single_ND = self._centre(raw)
        self._length_N = np.linalg.norm(raw - self._mean, axis=1)
        self.background_KD = self.single_ND[:0]
        if background is not None and missing:
            self.background_KD = self._centre(background[:missing])
        self._slabs: OrderedDict[tuple[int, int], Floats] = OrderedDict()

    @property
    def can_be_copied(self) -> bool:
        """Whether overlaps can be made in a copy of this process (`runtime.forks`)."""
        return bool(getattr(self._overlaps, "can_be_copied", False))

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        """As `OverlapSource.vectors`: the unit vectors as they were before the mean was taken off.

        Those of single segments are brought back from `single_ND`, at no cost.
        """
        stop = self.count if stop is None else stop
        if width == 1:
            here = slice(start, stop)
            return np.asarray(self.single_ND[here] * self._length_N[here, None] + self._mean)
        if self._overlaps is None:
            raise RuntimeError("the overlaps were released")
        return self._overlaps.vectors(width, start, stop)

    def thin_out(self) -> None:
        """Forget the rows that were made; they can be made again."""
        self._slabs.clear()

    def release(self) -> None:
        """Forget the overlaps and keep the single segments: features can no longer be made."""
        self._overlaps = None
        self._slabs.clear()

    def rows(self, width: int, start: int, stop: int) -> Floats:
        """Vectors of the overlaps that begin at start .. stop - 1; zero rows outside the text."""
        out = np.zeros((stop - start, self.single_ND.shape[1]), np.float32)
        low, high = max(start, 0), min(stop, self.count)
        if width == 1:
            if low < high:
                out[low - start : high - start] = self.single_ND[low:high]
            return out
        for number in range(low // _SLAB, max(low, high - 1) // _SLAB + 1) if low < high else ():
            slab = self._slab(width, number)
            first = number * _SLAB
            a, b = max(low, first), min(high, first + len(slab))
            out[a - start : b - start] = slab[a - first : b - first]
        return out

    def _slab(self, width: int, number: int) -> Floats:
        key = (width, number)
        if key in self._slabs:
            self._slabs.move_to_end(key)
            return self._slabs[key]
        if self._overlaps is None:
            raise RuntimeError("the overlaps were released")
        first = number * _SLAB
        slab = self._centre(self._overlaps.vectors(width, first, min(first + _SLAB, self.count)))
        self._slabs[key] = slab
        if len(self._slabs) > _KEPT:
            self._slabs.popitem(last=False)
        return slab

    def _centre(self, rows: Floats) -> Floats:
        present = rows.any(axis=1)
        out: Floats = rows - self._mean
        norm = np.sqrt(np.einsum("ij,ij->i", out, out))
        out /= np.maximum(norm, 1e-6)[:, None]
        out[~present] = 0.0
        return out
