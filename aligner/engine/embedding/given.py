"""`--vectors FILE`: vectors that the user made, one for every segment of both texts.

    .npz   source [N, D] and target [M, D]; rows are the segments in order. Optional overlaps
           source_2 ... source_8 and target_2 ... : row i is the run of that many segments that
           begins at segment i, N - width + 1 rows
    .npy   one array [N + M, D]: the source's segments, then the target's

Any floating type; lengths of rows are kept for composing and taken off at the end: an overlap
that is not given is the sum of its segments' vectors (so vectors that were not normalised, a mean
times the number of tokens, compose best).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.composed import ComposedOverlaps, unit
from aligner.files.archives import Package
from aligner.files.opening import open_stream
from aligner.model import AlignerError, AlignError, ReadError
from aligner.text.decoding import is_zip
from aligner.text.wording import numbered

__all__ = ["GivenOverlaps", "GivenVectors", "read_vectors"]

Floats = npt.NDArray[np.float32]

_SIDES = ("source", "target")
_WIDEST = 8
_LAYOUT = "an .npz with source [N, D] and target [M, D], or an .npy with [N + M, D]"


class GivenOverlaps(ComposedOverlaps):
    """The rows that the file gives, and sums of single rows for the widths it leaves out."""

    def __init__(self, single_ND: Floats, wider: dict[int, Floats]) -> None:
        super().__init__(single_ND)
        self._wider = {width: unit(rows) for width, rows in wider.items()}

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        """Unit vectors [stop - start, D] of the runs of `width` segments that begin there."""
        rows = self._wider.get(width)
        if rows is None:
            return super().vectors(width, start, stop)
        stop = self.count if stop is None else stop
        out = np.zeros((stop - start, rows.shape[1]), np.float32)
        last = min(stop, len(rows))
        if last > start:
            out[: last - start] = rows[start:last]
        return out


@dataclass(frozen=True, slots=True)
class GivenVectors:
    """Both sides' overlaps; `signature` names the numbers."""

    source: GivenOverlaps
    target: GivenOverlaps
    signature: str


def read_vectors(path: Path, source: int, target: int) -> GivenVectors:
    """The file's vectors for texts of that many segments.

    Raises ReadError where the file is not such a file, AlignError where shapes do not fit the
    texts or each other, or where a number is not finite or a row is zero.
    """
    arrays = _load(path, source, target)
    digest = hashlib.sha256()
    made = []
    for side, count in zip(_SIDES, (source, target), strict=True):
        rows_of = {}
        for width in range(1, _WIDEST + 1):
            name = side if width == 1 else f"{side}_{width}"
            if name in arrays:
                rows_of[width] = _checked(arrays[name], name, max(0, count - width + 1), path)
                digest.update(rows_of[width].tobytes())
        made.append(GivenOverlaps(rows_of.pop(1), rows_of))
    unlike = {name: rows.shape[1] for name, rows in arrays.items()}
    if len(set(unlike.values())) > 1:
        shapes = ", ".join(f"{name} {dim}" for name, dim in unlike.items())
        raise AlignError(
            f"the vectors have different dimensions ({shapes})",
            context=str(path),
            hint="all come from one encoder",
        )
    return GivenVectors(made[0], made[1], f"vectors-{digest.hexdigest()[:12]}")


def _load(path: Path, source: int, target: int) -> dict[str, npt.NDArray[np.generic]]:
    try:
        with open_stream(path, again=True, archives=False) as file:
            if not is_zip(file.peek(4)):
                return _halves(_array(file), source, target, path)
            package = Package(file, str(path), 0)
            arrays = {}
            for member in package.names:
                with package.open(member) as stream:
                    arrays[member.removesuffix(".npy")] = _array(stream)
    except AlignerError:
        raise
    except Exception as error:  # damaged headers raise whatever numpy stumbles over
        raise ReadError(
            "this is not a file of vectors that numpy can read",
            context=str(path),
            hint=f"make {_LAYOUT} with numpy.savez or numpy.save",
        ) from error
    known = {*_SIDES, *(f"{side}_{w}" for side in _SIDES for w in range(2, _WIDEST + 1))}
    odd = sorted(set(arrays) - known)
    lacking = [side for side in _SIDES if side not in arrays]
    if lacking or odd:
        what = f"lacks {lacking[0]!r}" if lacking else f"holds {odd[0]!r}"
        raise ReadError(
            f"the file {what}",
            context=str(path),
            hint=f"{_LAYOUT}; overlaps are source_2 ... source_{_WIDEST}",
        )
    return arrays


def _array(stream: BinaryIO) -> npt.NDArray[np.generic]:
    """One array of numpy's format; what its header announces takes no memory before it is read."""
    # numpy would read a real file by its number, past our stream
    only_reads: Any = SimpleNamespace(read=stream.read)
    rows: npt.NDArray[np.generic] = np.lib.format.read_array(only_reads, allow_pickle=False)
    return rows


def _halves(
    rows: npt.NDArray[np.generic], source: int, target: int, path: Path
) -> dict[str, npt.NDArray[np.generic]]:
    if rows.ndim != 2 or len(rows) != source + target:
        raise AlignError(
            f"the array is {_shape(rows)}, the texts have {source} and {target} segments",
            context=str(path),
            hint=f"give [{source + target}, D]: the source's segments, then the target's",
        )
    return {"source": rows[:source], "target": rows[source:]}


def _checked(rows: npt.NDArray[np.generic], name: str, count: int, path: Path) -> Floats:
    if rows.ndim != 2 or not rows.shape[1] or rows.dtype.kind != "f":
        raise AlignError(
            f"{name} is {_shape(rows)} of {rows.dtype}, not rows of floating-point numbers",
            context=str(path),
            hint=f"give [{count}, D] float32",
        )
    if len(rows) != count:
        raise AlignError(
            f"{name} has {numbered(len(rows), 'row')}, not one for each segment or run of segments ({count})",
            context=str(path),
            hint="one row each, in order; `aligner segment` shows the segments",
        )
    with np.errstate(over="ignore"):
        out = np.ascontiguousarray(rows, np.float32)
    bad = ~np.isfinite(out).all(axis=1) | ~out.any(axis=1)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        what = "zero" if np.isfinite(out[row]).all() else "not finite"
        raise AlignError(
            f"row {row} of {name} is {what}",
            context=str(path),
            hint="every segment needs a vector; rows count from 0",
        )
    return out


def _shape(rows: npt.NDArray[np.generic]) -> str:
    return "[" + ", ".join(map(str, rows.shape)) + "]"
