"""What `--explain` would print of a run, for tests of the parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aligner.workflows import aligning

__all__ = ["Explained"]


@dataclass
class Explained:
    """`names` of all parts, and `scored`: the score of each bead beside the sum of its parts."""

    names: list[str] = field(default_factory=list)
    scored: list[tuple[float, float]] = field(default_factory=list)

    def settings(self) -> aligning.Settings:
        """Settings of a run that is listened to."""
        return aligning.Settings(explain=self._hear)

    def _hear(self, beads: Sequence[aligning.ExplainedBead]) -> None:
        for bead in beads:
            self.scored.append((bead.score, sum(term.nats for term in bead.parts)))
            self.names.extend(term.name for term in bead.parts)
