"""Train, dev and test: whole documents, chosen by a hash, and no text of dev or test in train.

A document goes where the hash of its name and the seed puts it, so adding documents moves no other.
Training units whose source or target is also a source or target of dev or test are leaks; they are
left out and counted. Dev and test share nothing either: of those, dev gives way.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from aligner.model import Unit, UsageError

__all__ = ["SplitFigures", "split_units"]

_PARTS = ("test", "dev", "train")


@dataclass(slots=True)
class SplitFigures:
    """Figures: units and documents of each part, and the leaks that were left out."""

    units: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    leaks: Counter[str] = field(default_factory=Counter)


def split_units(
    read: Callable[[], Iterable[Unit]], dev: float, test: float, seed: str, figures: SplitFigures
) -> Iterator[tuple[str, Unit]]:
    """(part, unit) of every unit that stays, test first, then dev, then train.

    `read` gives the units anew each time (three times); `dev` and `test` are shares of documents.
    Raises UsageError for shares that leave nothing to train on.
    """
    if not (dev >= 0 and test >= 0 and dev + test < 1):
        raise UsageError(f"dev {dev:g} and test {test:g} leave nothing for train")
    taken: set[bytes] = set()
    for part in _PARTS:
        mine: set[bytes] = set()
        seen: set[str] = set()
        for unit in read():
            if _part(unit, dev, test, seed) != part:
                continue
            marks = {_mark(unit.source_lang, unit.source), _mark(unit.target_lang, unit.target)}
            marks.discard(b"")
            if marks & taken:
                figures.leaks[part] += 1
                continue
            mine |= marks
            seen.add(unit.document)
            figures.units[part] += 1
            yield part, unit
        figures.documents[part] = len(seen)
        taken |= mine


def _part(unit: Unit, dev: float, test: float, seed: str) -> str:
    digest = hashlib.blake2b(
        f"{seed}\0{unit.document}".encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
    place = int.from_bytes(digest, "big") / 2**64
    return "test" if place < test else "dev" if place < test + dev else "train"


def _mark(lang: str, text: str) -> bytes:
    """A hash of the letters and digits of a text; b"" for one without."""
    bare = "".join(char for char in text.casefold() if char.isalnum())
    if not bare:
        return b""
    return hashlib.blake2b(
        f"{lang}\0{bare}".encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
