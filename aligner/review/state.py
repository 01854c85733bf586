"""What is under review: texts, and for each pair of texts its beads without numbers.

A bead is an `Item`, two sizes; which segments it holds follows from the sizes before it. So an
edit touches the beads it is about and no others, and a patch (see `changes`) stays small in a
text of ten thousand beads. Everything is frozen: an edit makes a new state.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    InternalError,
    Reading,
    Signature,
    UsageError,
)
from aligner.review.texts import ReviewText
from aligner.text.notation import whole_number

__all__ = ["Item", "PairBeads", "State", "pin_text"]

_LARGEST_BEAD = 100_000  # segments of a side: a pin that names more is a mistake
_PIN = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]")
_CUT = re.compile(r"cut\s+(\d+)\s*:\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Item:
    """A bead without its place: `sizes` are its numbers of source and target segments.

    `score` (nats), `confidence` (0-1 or None), `status`, `labels` and `comment` as in
    `model.Bead`; `pinned` beads hold when the rest is aligned again. `other` is the machine's second
    reading; it and the `quality` say nothing once a person has changed the bead, which has no
    confidence then.
    """

    sizes: tuple[int, int]
    score: float = 0.0
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""
    pinned: bool = False
    other: Reading | None = None
    quality: float | None = None

    @property
    def is_null(self) -> bool:
        """True where one side is empty."""
        return not self.sizes[0] or not self.sizes[1]


@dataclass(frozen=True)
class PairBeads:
    """The beads between text 0 and text `target`, its crossings and cuts.

    A cut (i, j) is a place no bead crosses, before source segment i and target segment j.
    """

    target: int
    items: tuple[Item, ...]
    crossings: tuple[Crossing, ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()
    signature: Signature = field(default_factory=Signature)
    warnings: tuple[str, ...] = ()

    @cached_property
    def starts(self) -> tuple[list[int], list[int]]:
        """For each side the first segment of each item, and behind the last one their number."""
        return (
            list(itertools.accumulate((item.sizes[0] for item in self.items), initial=0)),
            list(itertools.accumulate((item.sizes[1] for item in self.items), initial=0)),
        )

    def item(self, number: int) -> Item:
        """One item. Raises UsageError where there is none."""
        if not 0 <= number < len(self.items):
            raise UsageError(f"there is no bead {number + 1}: there are {len(self.items)}")
        return self.items[number]

    def ranges(self, number: int) -> tuple[range, range]:
        """Segments of an item."""
        source, target = self.starts
        return (
            range(source[number], source[number + 1]),
            range(target[number], target[number + 1]),
        )

    def holding(self, side: int, segment: int) -> int:
        """The item that holds a segment of one side (0 source, 1 target)."""
        # of the items that start there the last is the one with the segment: the others are empty
        return bisect.bisect_right(self.starts[side], segment) - 1


@dataclass(frozen=True, slots=True)
class State:
    """All texts and pairs; `is_set` where the file holds an AlignmentSet."""

    texts: tuple[ReviewText, ...]
    pairs: tuple[PairBeads, ...]
    is_set: bool = False

    @classmethod
    def of(cls, alignment: Alignment | AlignmentSet) -> tuple[State, tuple[str, ...]]:
        """The state, and sentences about what could not be taken over (pins that name no bead)."""
        whole = alignment if isinstance(alignment, AlignmentSet) else AlignmentSet((alignment,))
        notices: list[str] = []
        pairs = tuple(_pair(one, number, notices) for number, one in enumerate(whole.alignments, 1))
        texts = tuple(ReviewText.of(document) for document in whole.documents)
        return cls(texts, pairs, isinstance(alignment, AlignmentSet)), tuple(notices)

    def pair(self, number: int) -> PairBeads:
        """One pair. Raises UsageError where there is none."""
        if not 0 <= number < len(self.pairs):
            raise UsageError(f"there is no pair {number + 1} of texts")
        return self.pairs[number]

    def alignments(self) -> tuple[Alignment, ...]:
        """Every pair as an alignment; the model checks all promises."""
        documents = [text.document() for text in self.texts]
        return tuple(
            Alignment(
                documents[0],
                documents[pair.target],
                tuple(_beads(pair)),
                pair.signature,
                pair.crossings,
                _pins(pair),
                pair.warnings,
            )
            for pair in self.pairs
        )

    def alignment(self) -> Alignment | AlignmentSet:
        """What goes to the file."""
        made = self.alignments()
        return AlignmentSet(made) if self.is_set else made[0]

    def check(self) -> State:
        """The state itself. Raises InternalError where a promise is broken."""
        for pair in self.pairs:
            held = (pair.starts[0][-1], pair.starts[1][-1])
            wanted = (self.texts[0].count, self.texts[pair.target].count)
            if held != wanted:
                raise InternalError(f"the beads hold {held} of {wanted} segments")
            before = True
            for item in pair.items:
                if item.sizes == (0, 0):
                    raise InternalError("a bead is empty on both sides")
                if not item.sizes[1] and not before:
                    raise InternalError("in a run of nulls the source side comes first")
                before = bool(item.sizes[0])
        return self


def pin_text(source: range, target: range) -> str:
    """A pinned bead as pin files write it: `[3, 4]:[5]`."""
    return f"{list(source)}:{list(target)}"


def _pair(alignment: Alignment, number: int, notices: list[str]) -> PairBeads:
    pinned, cuts = set(), []
    for pin in alignment.pins:
        bead, cut = _PIN.fullmatch(pin.strip()), _CUT.fullmatch(pin.strip())
        sides = [_range(side) for side in bead.groups()] if bead else []
        places = [whole_number(place) for place in cut.groups()] if cut else []
        if len(sides) == 2 and sides[0] is not None and sides[1] is not None:
            pinned.add(pin_text(sides[0], sides[1]))
        elif len(places) == 2 and places[0] is not None and places[1] is not None:
            cuts.append((places[0], places[1]))
        else:
            notices.append(f"the pin {pin!r} cannot be read and is left out")
    items = []
    for bead_ in alignment.beads:
        name = _pin_name(bead_)
        items.append(
            Item(
                (len(bead_.source), len(bead_.target)),
                bead_.score,
                bead_.confidence,
                bead_.status,
                bead_.labels,
                bead_.comment,
                name in pinned,
                bead_.other,
                bead_.quality,
            )
        )
        pinned.discard(name)
    notices += [f"the pin {pin!r} names no bead and is left out" for pin in sorted(pinned)]
    return PairBeads(
        number,
        tuple(items),
        alignment.crossings,
        tuple(cuts),
        alignment.signature,
        alignment.warnings,
    )


def _pin_name(bead: Bead) -> str:
    return pin_text(bead.source, bead.target)


def _range(body: str) -> range | None:
    """The segments that the numbers of one side span; None for what no bead can be."""
    parts = body.replace(",", " ").split()
    numbers = sorted(n for part in parts if (n := whole_number(part)) is not None)
    if len(numbers) < len(parts):
        return None
    whole = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
    return whole if len(whole) <= _LARGEST_BEAD else None


def _beads(pair: PairBeads) -> list[Bead]:
    made = []
    for number, item in enumerate(pair.items):
        source, target = pair.ranges(number)
        made.append(
            Bead(
                source,
                target,
                item.score,
                item.confidence,
                item.status,
                item.labels,
                item.comment,
                other=None if item.confidence is None else item.other,
                quality=None if item.confidence is None else item.quality,
            )
        )
    return made


def _pins(pair: PairBeads) -> tuple[str, ...]:
    pins: Sequence[str] = [
        pin_text(*pair.ranges(number)) for number, item in enumerate(pair.items) if item.pinned
    ]
    return (*pins, *(f"cut {i}:{j}" for i, j in pair.cuts))
