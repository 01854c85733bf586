"""A bead with its texts: what checks of a whole article go through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.checks.common.findings import Place
from aligner.checks.common.hits import Spans
from aligner.model import Alignment, Bead, Segment

__all__ = ["BeadTexts", "bead_texts"]


@dataclass(frozen=True, slots=True)
class BeadTexts:
    """A bead with its texts; `source_text` joins its segments with a space."""

    number: int
    bead: Bead
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    source_text: str
    target_text: str

    def place(self, source: Spans = (), target: Spans = ()) -> Place:
        """The whole bead as the place of a finding."""
        return Place(
            tuple(self.bead.source),
            tuple(self.bead.target),
            self.source_text,
            self.target_text,
            source,
            target,
            bead=self.number,
        )


def bead_texts(alignment: Alignment) -> list[BeadTexts]:
    """The beads in order, with their texts."""
    return [
        BeadTexts(number, bead, source, target, _joined(source), _joined(target))
        for number, (bead, source, target) in enumerate(alignment.pairs())
    ]


def _joined(segments: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in segments)
