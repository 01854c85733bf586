"""Translation units over any number of languages: beads composed over the shared source.

For two documents a unit is a bead. For more, sentences of the source that some translation joins
stay together in all: a unit is a connected component of the graph whose edges are the beads, and
since beads are ranges that tile the source, the components are the stretches between the cuts
that all alignments share. Segments without any counterpart are units of one language.

    es-en   [0]:[0]   [1]:[1]          units   ([0, 1], [0, 1], [0])
    es-fr   [0, 1]:[0]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.model.alignment import Alignment, AlignmentSet, Bead
from aligner.model.document import Segment

__all__ = ["Row", "as_set", "rows_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """Segments that translate each other: one tuple a document, empty where it has none."""

    sides: tuple[tuple[Segment, ...], ...]
    beads: tuple[Bead, ...]

    @property
    def is_null(self) -> bool:
        """True where fewer than two languages have something."""
        return sum(1 for side in self.sides if side) < 2

    @property
    def kind(self) -> str:
        """Numbers of segments, in the order of the documents: 1-1, 2-1, 1-1-2 ..."""
        return "-".join([str(len(side)) for side in self.sides])

    @property
    def confidence(self) -> float | None:
        """That of the weakest bead; None where one is not known."""
        if len(self.beads) == 1:
            return self.beads[0].confidence
        linking = [b for b in self.beads if not b.is_null] or list(self.beads)
        known = [b.confidence for b in linking if b.confidence is not None]
        return min(known) if len(known) == len(linking) else None

    @property
    def quality(self) -> float | None:
        """That of the worst bead with both sides; None where one is not known."""
        known = [b.quality for b in self.beads if not b.is_null]
        sure = [quality for quality in known if quality is not None]
        return min(sure) if sure and len(sure) == len(known) else None

    @property
    def approved(self) -> bool:
        """True where a person has seen every bead."""
        return "auto" not in [b.status for b in self.beads]

    @property
    def status(self) -> str:
        """That of its beads where they agree, else `auto`."""
        statuses = {b.status for b in self.beads}
        return statuses.pop() if len(statuses) == 1 else "auto"

    @property
    def comments(self) -> tuple[str, ...]:
        """What reviewers wrote."""
        return tuple([b.comment for b in self.beads if b.comment])

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of all beads, each once, in order."""
        if len(self.beads) == 1:
            return tuple(dict.fromkeys(self.beads[0].labels))
        return tuple(dict.fromkeys(label for b in self.beads for label in b.labels))


def as_set(alignment: Alignment | AlignmentSet) -> AlignmentSet:
    """The alignment as a set, of one if it is one."""
    return alignment if isinstance(alignment, AlignmentSet) else AlignmentSet((alignment,))


def rows_of(alignments: AlignmentSet) -> Iterator[Row]:
    """All units in the order of the source; each segment of each document is in exactly one."""
    if len(alignments.alignments) == 1:
        yield from _pairs(alignments.alignments[0])
        return
    segments = [document.segments for document in alignments.documents]
    tracks = [_Track(a.beads) for a in alignments.alignments]
    start, total = 0, len(segments[0])
    while True:
        for number, track in enumerate(tracks):
            for bead in track.target_nulls():
                yield _target_null(segments, number, bead)
        if start == total:
            return
        stop = start + 1
        while any(track.position < stop for track in tracks):
            for track in tracks:
                stop = max(stop, track.advance(stop))
        sides = [segments[0][start:stop]]
        inner: list[Row] = []
        beads: list[Bead] = []
        for number, track in enumerate(tracks):
            linked: list[Segment] = []
            for bead in track.taken:
                if bead.source:
                    beads.append(bead)
                    linked += segments[number + 1][bead.target.start : bead.target.stop]
                else:
                    inner.append(_target_null(segments, number, bead))
            sides.append(tuple(linked))
            track.taken.clear()
        yield Row(tuple(sides), tuple(beads))
        yield from inner
        start = stop


def _pairs(alignment: Alignment) -> Iterator[Row]:
    """Two texts: a bead is a unit, null runs are singles."""
    source, target = alignment.source.segments, alignment.target.segments
    for bead in _singles(alignment.beads):
        sides = (
            source[bead.source.start : bead.source.stop],
            target[bead.target.start : bead.target.stop],
        )
        yield Row(sides, (bead,))


def _target_null(segments: Sequence[tuple[Segment, ...]], number: int, bead: Bead) -> Row:
    sides: list[tuple[Segment, ...]] = [()] * len(segments)
    sides[number + 1] = segments[number + 1][bead.target.start : bead.target.stop]
    return Row(tuple(sides), (bead,))


class _Track:
    """The beads of one alignment, consumed along the source; null runs as singles."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self._beads = _singles(beads)
        self._next = next(self._beads, None)
        self.position = 0
        self.taken: list[Bead] = []

    def target_nulls(self) -> Iterator[Bead]:
        """Beads without a source side that stand at this position."""
        while self._next is not None and not self._next.source:
            yield self._next
            self._next = next(self._beads, None)

    def advance(self, stop: int) -> int:
        """Take beads until the source position reaches `stop`; returns where it came to."""
        while self.position < stop and self._next is not None:
            self.taken.append(self._next)
            if self._next.source:
                self.position = self._next.source.stop
            self._next = next(self._beads, None)
        return self.position


def _singles(beads: Sequence[Bead]) -> Iterator[Bead]:
    for bead in beads:
        if len(bead.source) + len(bead.target) < 2 or not bead.is_null:
            yield bead
            continue
        for i in bead.source:
            yield replace(bead, source=range(i, i + 1))
        for j in bead.target:
            yield replace(bead, target=range(j, j + 1))
