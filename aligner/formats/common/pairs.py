"""Formats that hold two texts: of a set with several targets each alignment becomes a sibling file.

`out.xlf` of a pair is the sink's own file; of a set it becomes `out.es-en.xlf`, `out.es-fr.xlf`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aligner.formats.common.ids import prefixes
from aligner.model import Alignment, AlignmentSet

__all__ = ["Pair", "pairs"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One alignment of a set, the prefixes of its texts, and `.es-en` where it needs a sibling."""

    alignment: Alignment
    source: str
    target: str
    stem: str

    def suffix(self, suffix: str, form: str = "") -> str:
        """What `sink.open` is given: the sibling with this suffix, or the sink's own file. `form`:
        what tells it from the files of other formats with this suffix (`.intertext`).
        """
        return f"{form}{self.stem}{suffix}" if self.stem else ""


def pairs(alignment: Alignment | AlignmentSet) -> Iterator[Pair]:
    """Every alignment with its names."""
    if isinstance(alignment, Alignment):
        source, target = prefixes((alignment.source, alignment.target))
        yield Pair(alignment, source, target, "")
        return
    source, *targets = prefixes(alignment.documents)
    several = len(alignment.alignments) > 1
    for one, target in zip(alignment.alignments, targets, strict=True):
        yield Pair(one, source, target, f".{source}-{target}" if several else "")
