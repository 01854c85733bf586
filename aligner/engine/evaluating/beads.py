"""Beads as evaluation sees them: pairs of index sets, read from text.

    [0, 1]:[0]          source segments 0 and 1 are target segment 0
    [2]:[]              source segment 2 has no counterpart (`[]:[3]`: a target one)
    [3]:[1, 2]:0.973    the same with a confidence

This is the format of vecalign (Thompson & Koehn 2019, "Vecalign: Improved Sentence Alignment in
Linear Time and Space"). Gold may be non-contiguous or out of order, so sides are index *sets*,
kept as increasing tuples; `#` comments and blank lines are skipped, and so is `[]:[]`, as
vecalign's scorer does.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.model import Alignment, InternalError, Malformed
from aligner.text.notation import whole_number
from aligner.text.wording import numbered

__all__ = [
    "GoldBead",
    "beads_digest",
    "beads_of",
    "distinct",
    "expand_nulls",
    "inspect_beads",
    "parse_beads",
]

_LINE = re.compile(r"\[([^\[\]]*)\]\s*:\s*\[([^\[\]]*)\](?:\s*:\s*(\S+))?")
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class GoldBead:
    """Two increasing tuples of segment indexes, one of them empty in a null bead."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float | None = None

    def __post_init__(self) -> None:
        for side in (self.source, self.target):
            if any(a >= b for a, b in itertools.pairwise(side)):
                raise InternalError(f"bead side {side} is not increasing")

    @property
    def key(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What makes two beads the same bead: the segments, not the confidence."""
        return (self.source, self.target)

    @property
    def is_null(self) -> bool:
        """True where one side is empty."""
        return not self.source or not self.target

    @property
    def kind(self) -> str:
        """Bead type: 1-1, 2-1, 0-1 ..."""
        return f"{len(self.source)}-{len(self.target)}"


def parse_beads(
    text: str,
    name: str = "beads",
    *,
    source_count: int | None = None,
    target_count: int | None = None,
) -> tuple[GoldBead, ...]:
    """The beads of a text in vecalign's format, in the order of its lines.

    Raises Malformed, naming file and line, for a line of another form, an index that is not a
    number or repeats inside its bead, a bead that repeats an earlier line, a confidence outside
    0-1, and an index that is out of range where the number of segments is known.
    """
    beads: list[GoldBead] = []
    seen: dict[object, int] = {}
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue

        def bad(message: str, hint: str = "", *, at: int = number, line: str = line) -> Malformed:
            return Malformed(message, context=name, line=at, excerpt=line[:_EXCERPT], hint=hint)

        match = _LINE.fullmatch(line)
        if match is None:
            raise bad("this is not a bead", "a bead is written [0, 1]:[0] or [0, 1]:[0]:0.973")
        sides: list[tuple[int, ...]] = []
        for body, count, side in (
            (match[1], source_count, "source"),
            (match[2], target_count, "target"),
        ):
            indexes = _indexes(body)
            if indexes is None:
                raise bad(f"the {side} side is not a list of segment numbers")
            if len(set(indexes)) != len(indexes):
                raise bad(f"a {side} segment is named twice in one bead")
            if count is not None and any(i >= count for i in indexes):
                raise bad(f"{side} segment {max(indexes)} does not exist: there are {count}")
            sides.append(tuple(sorted(indexes)))
        if not any(sides):
            continue
        confidence = _confidence(match[3])
        if confidence is not None and not 0.0 <= confidence <= 1.0:
            raise bad(
                "the third field is not a confidence between 0 and 1",
                "vecalign writes a cost there: cut it off",
            )
        bead = GoldBead(sides[0], sides[1], confidence)
        if bead.key in seen:
            raise bad(f"this bead repeats line {seen[bead.key]}")
        seen[bead.key] = number
        beads.append(bead)
    return tuple(beads)


def _indexes(body: str) -> list[int] | None:
    """The numbers between the brackets; None where something else is there."""
    if not body.strip():
        return []
    parts = [part.strip() for part in body.split(",")]
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    return numbers if len(numbers) == len(parts) else None


def _confidence(field: str | None) -> float | None:
    if field is None:
        return None
    try:
        return float(field)
    except ValueError:
        return -1.0  # outside 0-1, like every other field that is no confidence


def beads_of(alignment: Alignment) -> tuple[GoldBead, ...]:
    """The beads of an alignment as index sets, with their confidences."""
    return tuple(GoldBead(tuple(b.source), tuple(b.target), b.confidence) for b in alignment.beads)


def expand_nulls(beads: Iterable[GoldBead]) -> Iterator[GoldBead]:
    """The same beads with every run of nulls as 1-0 and 0-1 singles, as all scores want them."""
    for bead in beads:
        if bead.is_null:
            yield from (GoldBead((i,), (), bead.confidence) for i in bead.source)
            yield from (GoldBead((), (j,), bead.confidence) for j in bead.target)
        else:
            yield bead


def distinct(beads: Iterable[GoldBead]) -> tuple[GoldBead, ...]:
    """Each bead once, nulls as singles; where a bead comes twice its first confidence stays."""
    first: dict[object, GoldBead] = {}
    for bead in expand_nulls(beads):
        if bead.source or bead.target:
            first.setdefault(bead.key, bead)
    return tuple(first.values())


def inspect_beads(
    beads: Sequence[GoldBead], source_count: int | None = None, target_count: int | None = None
) -> tuple[str, ...]:
    """What is unusual and allowed, one sentence each: segments in two beads, or in none.

    Without counts the text is taken to end with the last segment that a bead names.
    """
    remarks: list[str] = []
    for side, count, lists in (
        ("source", source_count, [b.source for b in beads]),
        ("target", target_count, [b.target for b in beads]),
    ):
        named = [i for indexes in lists for i in indexes]
        total = count if count is not None else max(named, default=-1) + 1
        several = len(named) - len(set(named))
        missing = total - len(set(named))
        if several:
            remarks.append(f"{side}: {numbered(several, 'segment')} in more than one bead")
        if missing > 0:
            remarks.append(f"{side}: {numbered(missing, 'segment')} in no bead")
    return tuple(remarks)


def beads_digest(beads: Iterable[GoldBead]) -> str:
    """Twelve hexadecimal digits that name these beads whatever their order in the file."""
    lines = sorted(f"{b.source}:{b.target}" for b in expand_nulls(beads))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
