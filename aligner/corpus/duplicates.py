"""Units that were there before: the same texts, or nearly.

Exact: both sides are the same text, white space and the normal form (NFC) apart; what `ignore` names
(punctuation, case, digits) does not count either. Near: the word pairs of both sides have a Jaccard
index of `similarity` or more with those of a unit that stays (`near`).

The first of its kind stays. Units are read two or three times; what is kept of them between lies on
the disk, in partitions by hash, so that the memory in use does not grow with the corpus. A unit takes
24 bytes of disk, with `near` some 500.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np

from aligner.corpus.near import NearCopies
from aligner.corpus.partitions import Flags, Partitions, hash_of
from aligner.model import Unit, UsageError

__all__ = ["IGNORABLE", "SIDES", "DuplicateRules", "without_duplicates"]

IGNORABLE = ("punctuation", "case", "digits")
SIDES = ("both", "source", "target")
_NEW, _EXACT, _NEAR = 0, 1, 2
_NAMES = {_NEW: "", _EXACT: "exact", _NEAR: "near"}
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class DuplicateRules:
    """`sides`: which texts must be alike; `ignore`: what of IGNORABLE does not count; `similarity`:
    the least Jaccard index of near copies, 0 for exact ones only.

    Raises UsageError for words that are none of these.
    """

    sides: str = "both"
    ignore: frozenset[str] = frozenset()
    similarity: float = 0.0

    def __post_init__(self) -> None:
        if self.sides not in SIDES:
            raise UsageError(f"--sides cannot be {self.sides!r}", hint="both, source or target")
        for word in self.ignore:
            if word not in IGNORABLE:
                raise UsageError(
                    f"{word!r} cannot be ignored", hint=f"known: {', '.join(IGNORABLE)}"
                )

    def texts(self, unit: Unit) -> Iterator[str]:
        """The texts of a unit that must be alike."""
        if self.sides != "target":
            yield unit.source
        if self.sides != "source":
            yield unit.target

    def bare(self, text: str) -> str:
        """A text without what does not count; the text itself where nothing else is in it."""
        plain = " ".join(unicodedata.normalize("NFC", text).split())
        bare = plain
        if "case" in self.ignore:
            bare = unicodedata.normalize("NFC", bare.casefold())
        if "digits" in self.ignore:
            bare = _DIGITS.sub("0", bare)
        if "punctuation" in self.ignore:
            signs = (" " if unicodedata.category(c).startswith("P") else c for c in bare)
            bare = " ".join("".join(signs).split())
        return bare or plain


def without_duplicates(
    read: Callable[[], Iterable[Unit]], rules: DuplicateRules, folder: Path
) -> Iterator[tuple[Unit, str]]:
    """Every unit in order, with `exact`, `near`, or "" for one that stays.

    `read` gives the units anew each time; `folder` is an empty one for what is too large for memory.
    """
    flags = Flags(folder / "flags")
    try:
        total = _exact(read(), rules, folder, flags)
        if rules.similarity:
            _near(read(), rules, NearCopies(folder, total, rules.similarity), flags)
        for unit, flag in zip(read(), flags, strict=False):
            yield unit, _NAMES[flag]
    finally:
        flags.close()


def _near(units: Iterable[Unit], rules: DuplicateRules, near: NearCopies, flags: Flags) -> None:
    """Set the flags of near copies among those that have none yet."""
    try:
        for number, unit, flag in zip(count(), units, flags, strict=False):
            if flag == _NEW:
                texts = [rules.bare(text) for text in rules.texts(unit)]
                near.add(number, _languages(unit), texts)
        for numbers in near.copies(flags.get):
            flags.set(numbers, _NEAR)
    finally:
        near.close()


def _languages(unit: Unit) -> str:
    return f"{unit.source_lang}\0{unit.target_lang}"


def _exact(units: Iterable[Unit], rules: DuplicateRules, folder: Path, flags: Flags) -> int:
    """Set the flags of exact copies; returns how many units there are."""
    parts = Partitions(folder, "exact", [("a", "<u8"), ("b", "<u8"), ("number", "<u8")])
    total = 0
    for unit in units:
        texts = [rules.bare(text) for text in rules.texts(unit)]
        key = "\0".join([_languages(unit), *(f"{len(text)}\0{text}" for text in texts)])
        parts.add(hash_of(key) + total.to_bytes(8, "little"))
        total += 1
    for records in parts.arrays():
        order = np.lexsort((records["number"], records["b"], records["a"]))
        ranked = records[order]
        same = (ranked["a"][1:] == ranked["a"][:-1]) & (ranked["b"][1:] == ranked["b"][:-1])
        flags.set(np.sort(ranked["number"][1:][same]), _EXACT)
    parts.remove()
    return total
