"""Units that are nearly alike, more of them than memory holds.

MinHash (Broder 1997) over the word pairs of a unit's texts, 16 bands of 4 hashes: two units with a
Jaccard index of .85 share a band with probability .9999, of .7 with .99, of .3 with .12. Records
(band, unit) lie on the disk in partitions by the band's hash, and so do the units' word pairs.

1. In each partition, units of one band are candidates of each other: (later, earlier).
2. Candidates lie in ranges of the later unit's number. In their order, a unit is a copy where it is
   `similarity` or more like a candidate that stays.

That is what comparing each unit with all that stay before it gives, for pairs that share a band. Of
bands with more than 16 units (lists, boilerplate) each unit is compared, in step 1, with those that
were like none before, and with 64 of them at most.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from aligner.corpus.partitions import Partitions
from aligner.text.words import words

__all__ = ["NearCopies"]

Numbers: TypeAlias = "npt.NDArray[np.int64]"
_BANDS, _ROWS = 16, 4
_PRIME = (1 << 31) - 1
_PART_BYTES = 32 << 20  # of a partition of bands
_RECORD = 16  # bytes of a record
_RANGES = 256
_SMALL = 16  # units of a band whose pairs are all compared
_REPRESENTATIVES = 64
_HELD = 10_000  # sets of word pairs in memory


class NearCopies:
    """`add` units in the order of their numbers, then take the numbers of `copies`."""

    def __init__(self, folder: Path, total: int, similarity: float) -> None:
        """`total`: numbers are below it."""
        self._similarity = similarity
        parts = 1 + total * _BANDS * _RECORD // _PART_BYTES
        self._bands = Partitions(
            folder, "bands", [("key", "<u8"), ("number", "<u8")], max(16, min(4096, parts))
        )
        self._candidates = Partitions(
            folder,
            "candidates",
            [("later", "<u8"), ("earlier", "<u8")],
            _RANGES,
            span=1 + total // _RANGES,
        )
        self._pairs = _WordPairs(folder)
        random = np.random.default_rng(0)
        self._a = random.integers(1, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)
        self._b = random.integers(0, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)
        self._salt = random.integers(1, 1 << 62, size=_BANDS, dtype=np.uint64) | np.uint64(1)

    def add(self, number: int, languages: str, texts: Sequence[str]) -> None:
        """A unit; one of fewer than four word pairs is like no other."""
        pairs = _word_pairs(languages, texts)
        self._pairs.add(number, pairs)
        if len(pairs) < _ROWS:
            return
        lowest = ((self._a * pairs.astype(np.uint64) + self._b) % np.uint64(_PRIME)).min(axis=1)
        rows = lowest.reshape(_BANDS, _ROWS)
        keys = self._salt.copy()
        for row in range(_ROWS):  # wrapping around is what a hash does
            keys = (keys ^ rows[:, row]) * np.uint64(0x9E3779B97F4A7C15)
            keys ^= keys >> np.uint64(29)
        records = np.empty(_BANDS, [("key", "<u8"), ("number", "<u8")])
        records["key"], records["number"] = keys, number
        self._bands.add(records.tobytes())

    def copies(self, is_gone: Callable[[int], object]) -> Iterator[Numbers]:
        """Numbers of copies, rising. `is_gone` says of a number that came whether it did."""
        for records in self._bands.arrays():
            order = np.lexsort((records["number"], records["key"]))
            keys, numbers = records["key"][order], records["number"][order].astype(np.int64)
            starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
            ends = np.append(starts[1:], len(keys))
            many = ends - starts > 1
            for start, end in zip(starts[many].tolist(), ends[many].tolist(), strict=True):
                self._band(numbers[start:end].tolist())
        self._bands.remove()
        yield from self._judged(is_gone)
        self._candidates.remove()

    def close(self) -> None:
        """Let go of the files."""
        self._pairs.close()

    def _band(self, members: list[int]) -> None:
        """Candidates among the units of one band, in rising order."""
        out = self._candidates
        if len(members) <= _SMALL:
            for place, later in enumerate(members):
                for earlier in members[:place]:
                    out.add(_pair(later, earlier))
            return
        unlike: list[int] = []
        for member in members:
            like = next((one for one in unlike if self._alike(member, one)), None)
            if like is not None:
                out.add(_pair(member, like))
            elif len(unlike) < _REPRESENTATIVES:
                unlike.append(member)

    def _judged(self, is_gone: Callable[[int], object]) -> Iterator[Numbers]:
        copies: set[int] = set()  # of the range at hand
        for records in self._candidates.arrays():
            pairs = np.unique(records)
            copies.clear()
            for later, earlier in zip(
                pairs["later"].tolist(), pairs["earlier"].tolist(), strict=True
            ):
                if later in copies or earlier in copies or is_gone(earlier):
                    continue
                if self._alike(later, earlier):
                    copies.add(later)
            yield np.array(sorted(copies), np.int64)

    def _alike(self, one: int, other: int) -> bool:
        mine, theirs = self._pairs.get(one), self._pairs.get(other)
        common = len(mine & theirs)
        return common >= self._similarity * (len(mine) + len(theirs) - common)


class _WordPairs:
    """The word pairs of units, as hashes in a file; those asked for last stay in memory."""

    def __init__(self, folder: Path) -> None:
        self._hashes = (folder / "pairs").open("w+b")
        self._places = (folder / "places").open("w+b")
        self._end = self._next = 0
        self._held: OrderedDict[int, frozenset[int]] = OrderedDict()

    def close(self) -> None:
        for file in (self._hashes, self._places):
            file.close()

    def add(self, number: int, pairs: npt.NDArray[np.uint32]) -> None:
        data = pairs.astype("<u4").tobytes()
        # numbers between are copies, which nobody asks for
        self._places.write(self._end.to_bytes(8, "little") * (number - self._next + 1))
        self._hashes.write(data)
        self._next = number + 1
        self._end += len(data)

    def get(self, number: int) -> frozenset[int]:
        known = self._held.get(number)
        if known is not None:
            self._held.move_to_end(number)
            return known
        self._places.seek(8 * number)
        places = self._places.read(16)
        start = int.from_bytes(places[:8], "little")
        end = int.from_bytes(places[8:], "little") if len(places) > 8 else self._end
        self._hashes.seek(start)
        hashes = np.frombuffer(self._hashes.read(end - start), "<u4")
        known = self._held[number] = frozenset(hashes.tolist())
        if len(self._held) > _HELD:
            self._held.popitem(last=False)
        return known


def _word_pairs(languages: str, texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Hashes of 31 bits of the neighbouring words of each text, its ends included, each once."""
    hashes = set()
    for side, text in enumerate(texts):
        side_words = words(text.casefold())
        for one, other in zip(["", *side_words], [*side_words, ""], strict=True):
            pair = f"{languages}\0{side}\0{one}\0{other}"
            hashes.add(zlib.crc32(pair.encode("utf-8", "surrogatepass")) & _PRIME)
    return np.array(sorted(hashes), np.uint32)


def _pair(later: int, earlier: int) -> bytes:
    return later.to_bytes(8, "little") + earlier.to_bytes(8, "little")
