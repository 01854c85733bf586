"""More records than memory holds: in files by their hash, so that each file fits and equals meet.

Records are rows of a numpy type, written as they come; `arrays` gives them back, a partition at a
time. What is equal (by the field that partitions go by) is in one partition.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Distinct", "Flags", "Partitions", "Records", "hash_of"]

Records: TypeAlias = "npt.NDArray[Any]"
_BUFFERED = 1 << 17  # records that wait in memory, of all partitions together
_COUNT = 256


def hash_of(text: str) -> bytes:
    """128 bits of a text: two that are not equal have the same with probability 10^-20 among 10^9."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Partitions:
    """Records of `kind` in files under `folder`; `name` tells them from others there.

    The first field of `kind` is an unsigned number: the partition is its remainder by `count`, or,
    with `span`, the number divided by it (so that partitions are ranges, in order).
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        kind: list[tuple[str, str]],
        count: int = _COUNT,
        span: int = 0,
    ) -> None:
        self._folder, self._name, self._count, self._span = folder, name, count, span
        self._kind = np.dtype(kind)
        self._first = kind[0][0]
        self._buffer = bytearray()

    def add(self, records: bytes) -> None:
        """Records packed as the kind says, little-endian."""
        self._buffer += records
        if len(self._buffer) >= _BUFFERED * self._kind.itemsize:
            self._flush()

    def _flush(self) -> None:
        records = np.frombuffer(bytes(self._buffer), self._kind)
        self._buffer.clear()
        first = records[self._first]
        if self._span:
            parts = np.minimum(first // self._span, self._count - 1)
        else:
            parts = first % self._count
        parts = parts.astype(np.int64)
        order = np.argsort(parts, kind="stable")
        ends = np.cumsum(np.bincount(parts, minlength=self._count))
        start = 0
        for part, end in enumerate(ends.tolist()):
            if end > start:
                with self._path(part).open("ab") as out:
                    out.write(records[order[start:end]].tobytes())
            start = end

    def _path(self, part: int) -> Path:
        return self._folder / f"{self._name}.{part}"

    def arrays(self) -> Iterator[Records]:
        """Every partition that has records, in order; in each they are in the order of `add`."""
        self._flush()
        for part in range(self._count):
            path = self._path(part)
            if path.exists():
                yield np.fromfile(path, self._kind)

    def remove(self) -> None:
        """Give the room on the disk back."""
        for part in range(self._count):
            self._path(part).unlink(missing_ok=True)


class Flags:
    """A byte for each of many numbered things, in a file; 0 until it is set."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b", buffering=0)

    def set(self, numbers: npt.NDArray[Any], value: int) -> None:
        """Give these numbers, in rising order, the value."""
        runs = np.split(numbers, np.flatnonzero(np.diff(numbers.astype(np.int64)) != 1) + 1)
        for run in runs:
            if len(run):
                self._file.seek(int(run[0]))
                self._file.write(bytes([value]) * len(run))

    def write(self, start: int, values: bytes) -> None:
        """Give the numbers from `start` on these values."""
        self._file.seek(start)
        self._file.write(values)

    def get(self, number: int) -> int:
        """The value of one number."""
        self._file.seek(number)
        data = self._file.read(1)
        return data[0] if data else 0

    def __iter__(self) -> Iterator[int]:
        """The values from the first on, without end."""
        place = 0
        while True:
            self._file.seek(place)
            data = self._file.read(_BUFFERED)
            if not data:
                break
            yield from data
            place += len(data)
        while True:
            yield 0

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Distinct:
    """How many distinct texts there are in each of several groups."""

    def __init__(self, folder: Path, name: str = "distinct") -> None:
        self._groups: dict[str, int] = {}
        self._last: tuple[str, str] | None = None
        self._parts = Partitions(folder, name, [("a", "<u8"), ("b", "<u8"), ("group", "<u8")])

    def add(self, group: str, text: str) -> None:
        """One more, seen before or not."""
        if (group, text) == self._last:  # the units of a document come one after the other
            return
        self._last = group, text
        number = self._groups.setdefault(group, len(self._groups))
        self._parts.add(hash_of(text) + number.to_bytes(8, "little"))

    def counts(self) -> Counter[str]:
        """By group."""
        names = list(self._groups)
        totals: Counter[str] = Counter()
        for records in self._parts.arrays():
            groups = np.unique(records)["group"].astype(np.int64)
            for number, count in enumerate(np.bincount(groups).tolist()):
                totals[names[number]] += count
        return +totals
