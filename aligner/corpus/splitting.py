"""Train, dev and test: whole documents, chosen by a hash, and no text of dev or test in train.

A document goes where the hash of its name and the seed puts it, so adding documents moves no other.
Training units whose source or target is also a source or target of dev or test are leaks; they are
left out and counted. Dev and test share nothing either: of those, dev gives way.

Units are read twice; what is kept of them between (25 bytes a text) lies on the disk, in partitions
by hash, so that the memory in use does not grow with the corpus.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aligner.corpus.partitions import Distinct, Flags, Partitions, Records
from aligner.model import Unit, UsageError

__all__ = ["SplitFigures", "split_units"]

_PARTS = ("test", "dev", "train")
_TEST, _DEV, _TRAIN = range(3)
_LEAK = 4  # added to the part of a unit that is left out


@dataclass(slots=True)
class SplitFigures:
    """Figures: units and documents of each part, and the leaks that were left out."""

    units: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    leaks: Counter[str] = field(default_factory=Counter)


def split_units(
    read: Callable[[], Iterable[Unit]],
    dev: float,
    test: float,
    seed: str,
    figures: SplitFigures,
    folder: Path,
) -> Iterator[tuple[str, Unit]]:
    """(part, unit) of every unit that stays, in order.

    `read` gives the units anew each time; `dev` and `test` are shares of documents; `folder` is an
    empty one for what is too large for memory. Raises UsageError for shares that leave nothing to
    train on.
    """
    if not (dev >= 0 and test >= 0 and dev + test < 1):
        raise UsageError(f"dev {dev:g} and test {test:g} leave nothing for train")
    flags = Flags(folder / "flags")
    documents = Distinct(folder, "documents")
    try:
        _find_leaks(read(), (dev, test, seed), folder, flags)
        for unit, flag in zip(read(), flags, strict=False):
            part = _PARTS[flag & 3]
            if flag & _LEAK:
                figures.leaks[part] += 1
                continue
            figures.units[part] += 1
            documents.add(part, unit.document)
            yield part, unit
        figures.documents += documents.counts()
    finally:
        flags.close()


def _find_leaks(
    units: Iterable[Unit], shares: tuple[float, float, str], folder: Path, flags: Flags
) -> None:
    """Set the flag of each unit: its part, and whether it is a leak."""
    kind = [("mark", "<u8"), ("number", "<u8"), ("part", "u1")]
    parts = Partitions(folder, "marks", kind)
    run: list[int] = []  # flags of units one after the other
    start = 0
    for number, unit in enumerate(units):
        part = _part(unit, *shares)
        run.append(part)
        if len(run) == 1 << 16:
            flags.write(start, bytes(run))
            start, run = number + 1, []
        marks = {_mark(unit.source_lang, unit.source), _mark(unit.target_lang, unit.target)}
        for mark in sorted(marks - {b""}):
            parts.add(mark + number.to_bytes(8, "little") + bytes([part]))
    flags.write(start, bytes(run))
    for records in parts.arrays():
        held = records["mark"][records["part"] == _TEST]
        flags.set(_leaking(records, _DEV, held), _DEV | _LEAK)
    # a mark of dev holds only where its unit stays, and another mark of it may be in any partition
    for records in parts.arrays():
        mine = records[records["part"] == _DEV]
        stays = np.array([flags.get(n) == _DEV for n in mine["number"].tolist()], bool)
        tested = records["mark"][records["part"] == _TEST]
        held = np.concatenate((tested, mine["mark"][stays]))
        flags.set(_leaking(records, _TRAIN, held), _TRAIN | _LEAK)
    parts.remove()


def _leaking(records: Records, part: int, held: Records) -> Records:
    """Numbers of the units of a part that have one of the marks, rising."""
    mine = records[records["part"] == part]
    leaking: Records = np.unique(mine["number"][np.isin(mine["mark"], held)])
    return leaking


def _part(unit: Unit, dev: float, test: float, seed: str) -> int:
    digest = hashlib.blake2b(
        f"{seed}\0{unit.document}".encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
    place = int.from_bytes(digest, "big") / 2**64
    return _TEST if place < test else _DEV if place < test + dev else _TRAIN


def _mark(lang: str, text: str) -> bytes:
    """A hash of the letters and digits of a text; b"" for one without."""
    bare = "".join(char for char in text.casefold() if char.isalnum())
    if not bare:
        return b""
    return hashlib.blake2b(
        f"{lang}\0{bare}".encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
