"""Units that were there before: the same texts, or nearly.

Exact: both sides are equal but for case, white space and signs that are no letters or digits.
Near: MinHash (Broder 1997) over the word pairs of both sides, 16 bands of 4 hashes; units that
share a band are compared by the Jaccard index of their word pairs, and one above `similarity` is a
copy. 128 bytes a unit are kept, and the word pairs as hashes where `near` is asked for.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np

from aligner.model import Unit

__all__ = ["Duplicates"]

_BANDS, _ROWS = 16, 4
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_PRIME = (1 << 31) - 1


class Duplicates:
    """`seen(unit)` says whether it, or nearly it, came before; the first of its kind never did."""

    def __init__(
        self, *, near: bool = False, similarity: float = 0.85, sides: str = "both"
    ) -> None:
        """`sides`: both, source or target: which texts must be alike."""
        self._near, self._similarity, self._sides = near, similarity, sides
        self._exact: set[bytes] = set()
        self._bands: list[dict[bytes, list[int]]] = [{} for _ in range(_BANDS)]
        self._kept: list[frozenset[int]] = []
        random = np.random.default_rng(0)
        self._a = random.integers(1, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)
        self._b = random.integers(0, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)

    def seen(self, unit: Unit) -> str:
        """Say `exact`, `near` or nothing for a unit that is new; a new one is remembered."""
        words = [
            _WORD.findall(text.casefold())
            for text, side in ((unit.source, "source"), (unit.target, "target"))
            if self._sides in ("both", side)
        ]
        languages = f"{unit.source_lang}\0{unit.target_lang}\0"
        text = languages + "\0".join(" ".join(side) for side in words)
        if not any(words):  # nothing but signs: these must be equal
            text = f"{languages}{unit.source}\0{unit.target}"
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()
        if digest in self._exact:
            return "exact"
        self._exact.add(digest)
        return "near" if self._near and self._is_near(words) else ""

    def _is_near(self, words: list[list[str]]) -> bool:
        shingles = np.array(
            sorted(
                {
                    _hash(f"{k} {one} {other}")
                    for k, side in enumerate(words)
                    for one, other in zip(["", *side], [*side, ""], strict=True)
                }
            ),
            np.uint64,
        )
        if len(shingles) < _ROWS:
            return False
        lowest = ((self._a * shingles + self._b) % np.uint64(_PRIME)).min(axis=1)
        keys = [lowest[k * _ROWS : (k + 1) * _ROWS].tobytes() for k in range(_BANDS)]
        mine = frozenset(shingles.tolist())
        candidates = {
            n for band, key in zip(self._bands, keys, strict=True) for n in band.get(key, ())
        }
        for number in sorted(candidates):
            other = self._kept[number]
            common = len(mine & other)
            if common >= self._similarity * (len(mine) + len(other) - common):
                return True
        for band, key in zip(self._bands, keys, strict=True):
            band.setdefault(key, []).append(len(self._kept))
        self._kept.append(mine)
        return False


def _hash(text: str) -> int:
    """31 bits, so that products fit in 64."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % _PRIME
