"""Two documents and their overlaps -> potentials, in two passes.

Where the encoder sees (and beads are of ordinary size), the second pass looks up the words of likely beads (`rescoring`); where it
is blind, the second pass has a lexicon that the first one taught.

Aligning, reviewing and training score pairs: one way to do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner.engine.rescoring import Attributed, rescore
from aligner.model import Bead, Document, Reading

if TYPE_CHECKING:
    from aligner.engine.attribution import Tokens
    from aligner.engine.embedding import Overlaps
    from aligner.engine.features import Blocks, Entries, Part, Weights
    from aligner.engine.lattice import Potentials

__all__ = ["Scored", "as_bead", "score_pair", "sees"]

_BLIND = 0.5  # trust below which the texts' own lexicon is learned
_SURE = 0.9  # posterior of a bead that teaches it
_FEW = 20  # such beads below which there is nothing to learn from


@dataclass(frozen=True, slots=True)
class Scored:
    """Feature blocks, the trust in the vectors (0-1), and the potentials of all beads.

    `attributed`: where words found their partners, None where they were not looked up.
    """

    blocks: Blocks
    trust: float
    potentials: Potentials
    attributed: Attributed | None = None

    @property
    def curve(self) -> str:
        """Which posteriors these are, for `Weights.calibrated`: those of the second pass with token
        attribution, of texts with large beads, or ("") of the first pass.
        """
        from aligner.engine.features import UNEVEN

        if self.attributed is not None:
            return "second"
        return UNEVEN if self.blocks.uneven else ""

    def explain(
        self, weights: Weights, steps: Sequence[tuple[int, int, int]]
    ) -> Iterator[tuple[Part, ...]]:
        """For each bead of a path (end row, end column, type) the parts that sum to its score."""
        from aligner.engine import features

        for step, parts in zip(
            steps, features.explain(self.blocks, weights, self.trust, steps), strict=True
        ):
            if self.attributed is None:
                yield parts
            else:
                yield self.attributed.parts(parts, self.potentials, step)


def score_pair(
    documents: tuple[Document, Document],
    overlaps: tuple[Overlaps, Overlaps],
    covers: tuple[float, float],
    weights: Weights,
    through: tuple[tuple[int, int], ...] = (),
    progress: Callable[[int, int], None] = lambda *_: None,
    background: npt.NDArray[np.float32] | None = None,
    tokens: tuple[Tokens, Tokens] | None = None,
    dictionary: Entries = (),
) -> Scored:
    """Potentials of a pair. `covers`: how well the encoder knows each language; `through`: cells
    that every path must pass; `progress` hears rows done and rows in all; `background` and
    `tokens` see `embedding.Encoded`; `dictionary`: entries that count as evidence.

    Where the vectors deserve little trust, the confident beads of a first pass teach a lexicon and
    its words count as shared words in a second pass.
    """
    from aligner.engine import decoding, features

    source, target = map(features.evidence_of, documents)
    # weights for large beads were fitted where the encoder sees
    large = weights.knows_uneven and sees(features.trust(*covers))
    entries = features.found_entries(*documents, dictionary)
    blocks = features.Blocks(
        source, target, overlaps, through, background, large=large, entries=entries
    )
    trust = features.trust(*covers, blocks.separation)
    potentials = features.potentials(blocks, weights, trust, progress)
    if sees(trust):
        if tokens is None or not weights.second or blocks.uneven:
            return Scored(blocks, trust, potentials)
        made, attributed = rescore(potentials, tokens, weights.second, overwrite=True)
        return Scored(blocks, trust, made, attributed)
    first = decoding.decode_beads(potentials)
    sure = [
        sides
        for sides, posterior in zip(first.ranges(), first.posteriors, strict=True)
        if len(sides[0]) and len(sides[1]) and posterior >= _SURE
    ]
    lexicons = features.learn_lexicon(source, target, sure) if len(sure) >= _FEW else ({}, {})
    if not any(lexicons):
        return Scored(blocks, trust, potentials)
    blocks = features.Blocks(
        source,
        features.translated(target, lexicons),
        overlaps,
        through,
        background,
        large=large,
        entries=entries,
    )
    return Scored(blocks, trust, features.potentials(blocks, weights, trust, progress))


def sees(trust: float) -> bool:
    """Whether the encoder knows a pair well enough for its tokens to be compared."""
    return trust >= _BLIND


def as_bead(
    weights: Weights,
    source: range,
    target: range,
    score: float,
    posterior: float,
    *,
    pinned: bool,
    curve: str = "",
    other: Reading | None = None,
) -> Bead:
    """A bead as users see it: its score (nats) and its calibrated confidence; that of a pin is 1.

    `curve`: see `Scored.curve`.
    """
    null = not source or not target
    confidence = 1.0 if pinned else weights.calibrated(posterior, null=null, curve=curve)
    other = None if pinned else other
    return Bead(source, target, round(score, 4), round(confidence, 3), other=other)
