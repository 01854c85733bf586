"""Where texts came from, as files may say it that go to others.

No absolute path enters a file: it tells who worked where, and is wrong on every other machine. Our
own format keeps paths as seen from the file itself, so that a folder with texts and alignments can
be moved; all others keep the file name of what was absolute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from aligner.model import Alignment, AlignmentSet, Document
from aligner.runtime import places

__all__ = ["placed"]


def placed(
    alignment: Alignment | AlignmentSet, folder: Path | None, *, seen_from_file: bool
) -> Alignment | AlignmentSet:
    """The alignment with the origins of its texts as a file in `folder` may name them; None where
    nobody knows where the file will lie.
    """

    def name(origin: str) -> str:
        if seen_from_file and folder is not None:
            return places.seen_from(origin, str(folder))
        return places.shown(origin)

    pairs = alignment.alignments if isinstance(alignment, AlignmentSet) else (alignment,)
    known: dict[int, Document] = {}
    made = tuple(_pair(pair, name, known) for pair in pairs)
    if all(new is old for new, old in zip(made, pairs, strict=True)):
        return alignment
    return AlignmentSet(made) if isinstance(alignment, AlignmentSet) else made[0]


def _pair(pair: Alignment, name: Callable[[str], str], known: dict[int, Document]) -> Alignment:
    sides = []
    for side in (pair.source, pair.target):
        if id(side) not in known:  # the first text of a set is one and the same object in all pairs
            origin = name(side.origin)
            known[id(side)] = side if origin == side.origin else replace(side, origin=origin)
        sides.append(known[id(side)])
    if sides[0] is pair.source and sides[1] is pair.target:
        return pair
    return replace(pair, source=sides[0], target=sides[1])
