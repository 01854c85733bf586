"""A user's dictionary as evidence: entries of which both sides stand in a pair of segments.

Words are compared as cognates are (`evidence`): without accents and case, the first five letters, so
that endings do not matter; phrases word by word; scripts without spaces letter by letter. An entry
that stands in several segments of the band is shared out among them, so that common words say little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features.coarse import Band
from aligner.engine.features.evidence import folded
from aligner.model import Document

__all__ = ["BONUS", "NAME", "Entries", "WeighedPairs", "found_entries", "in_band"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

BONUS = 1.0  # nats for an entry in a bead that has no rival in the band
NAME = "entries of the dictionary"
_MOST = 2.0  # entries' worth that a pair of segments gets at most
_OFTEN = 40  # segments that hold a word, above which it is not looked at
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0eff\U00020000-\U0003134f]"
)

Entries = Sequence[tuple[str, str]]  # (phrase of the source's language, of the target's)


@dataclass(frozen=True, slots=True)
class WeighedPairs:
    """Pairs of segments (row_K, column_K), rows increasing, and what each is worth; an `extras.Extra`."""

    row_K: Ints
    column_K: Ints
    weight_K: Floats
    name: str = NAME
    bonus: float = BONUS

    def shares(self, rows: range, columns: range, a: int, b: int) -> Floats:
        """See `extras.Extra`."""
        out = np.zeros((len(rows), len(columns)), np.float32)
        first = int(np.searchsorted(self.row_K, rows.start - a))
        last = int(np.searchsorted(self.row_K, rows.stop - 1))
        for i, j, weight in zip(
            self.row_K[first:last].tolist(),
            self.column_K[first:last].tolist(),
            self.weight_K[first:last].tolist(),
            strict=True,
        ):
            top, left = i + 1 - rows.start, j + 1 - columns.start
            out[max(0, top) : max(0, top + a), max(0, left) : max(0, left + b)] += weight
        return out


def found_entries(source: Document, target: Document, entries: Entries) -> list[tuple[Ints, Ints]]:
    """For each entry that stands on both sides the segments of the source and of the target."""
    if not entries:
        return []
    places = [
        _places([segment.text for segment in side.segments], [entry[k] for entry in entries])
        for k, side in enumerate((source, target))
    ]
    out = []
    for ours, theirs in dict.fromkeys((_key(one), _key(other)) for one, other in entries):
        i, j = places[0].get(ours), places[1].get(theirs)
        if i and j and max(len(i), len(j)) <= _OFTEN:
            out.append((np.array(i, np.int64), np.array(j, np.int64)))
    return out


def in_band(entries: Iterable[tuple[Ints, Ints]], band: Band) -> WeighedPairs | None:
    """What the entries are worth in each pair of segments inside the band; None where nothing is."""
    worth: dict[tuple[int, int], float] = defaultdict(float)
    for i, j in entries:
        inside = (j >= band.low_N1[i][:, None]) & (j < band.high_N1[i + 1][:, None])
        rivals = np.maximum(inside.sum(axis=1)[:, None], inside.sum(axis=0))
        for row, column in zip(*np.nonzero(inside), strict=True):
            worth[int(i[row]), int(j[column])] += 1.0 / float(rivals[row, column])
    if not worth:
        return None
    pairs = sorted(worth)
    return WeighedPairs(
        np.array([i for i, _ in pairs], np.int64),
        np.array([j for _, j in pairs], np.int64),
        np.array([min(_MOST, worth[pair]) for pair in pairs], np.float32),
    )


_Key = tuple[str, ...]


def _key(phrase: str) -> _Key:
    """A phrase as the folded words it is compared by; one text where words are not spaced."""
    if _UNSPACED.search(phrase):
        return ("".join(phrase.split()),)
    return tuple(folded(word) for word in _WORD.findall(phrase))


def _places(texts: Sequence[str], phrases: Sequence[str]) -> dict[_Key, list[int]]:
    """The segments that hold each phrase, increasing."""
    spaced: dict[str, set[_Key]] = defaultdict(set)  # first word -> phrases
    unspaced: set[str] = set()
    for phrase in phrases:
        if _UNSPACED.search(phrase):
            unspaced.add("".join(phrase.split()))
        elif key := _key(phrase):
            spaced[key[0]].add(key)
    out: dict[_Key, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        held: set[_Key] = set()
        words = tuple(folded(word) for word in _WORD.findall(text))
        for at, word in enumerate(words):
            held.update(key for key in spaced.get(word, ()) if words[at : at + len(key)] == key)
        if unspaced and _UNSPACED.search(text):
            bare = "".join(text.split())
            longest = max(map(len, unspaced))
            for at in range(len(bare)):
                for size in range(1, longest + 1):
                    if bare[at : at + size] in unspaced:
                        held.add((bare[at : at + size],))
        for key in held:
            out[key].append(number)
    return out
