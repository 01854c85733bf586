"""The second pass: likely beads of the first one scored again, with token attribution.

    score(bead) = a x (score of the first pass) + w . (type, attribution)

Which beads are likely is read from the lattice (`lattice.pruning`), and where the words of a
segment find partners is looked up in the windows that these beads span. Beads that were not likely
get, for the words that nobody looked up, what an ordinary right bead gets, so that they keep their
order among themselves where a pin leaves nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution import ATTRIBUTION_FEATURES, TokenEvidence, Windows, attribute
from aligner.engine.features import Part
from aligner.engine.lattice import (
    NULL_TYPES,
    SOURCE_OPEN,
    TARGET_OPEN,
    Kept,
    Potentials,
    ScoreBlock,
    bead_of,
    likely_beads,
)

if TYPE_CHECKING:
    from aligner.engine.attribution import Tokens

__all__ = ["Attributed", "by_type", "rescore", "windows_of"]

Floats = npt.NDArray[np.float32]

_OPENS = (SOURCE_OPEN, TARGET_OPEN)
_NONE = np.float32(-1e30)
_NOT_LOOKED_UP = "words not looked up"


@dataclass(frozen=True, slots=True)
class Attributed:
    """Where the words found their partners, and what that was worth.

    `usual`: the worth of attribution in an ordinary right bead. `looked_up`: for each block of the
    potentials the flat places of the beads whose words were looked up, increasing.
    """

    evidence: TokenEvidence
    weights: Mapping[str, float]
    usual: float
    looked_up: tuple[npt.NDArray[np.int64], ...] = field(repr=False)

    def parts(
        self, first: Sequence[Part], potentials: Potentials, step: tuple[int, int, int]
    ) -> tuple[Part, ...]:
        """The parts of a bead's second score from those of its first, largest first."""
        row, column, kind = step
        a, b = bead_of(kind)
        match = kind >= NULL_TYPES
        share = self.weights["first pass, match" if match else "first pass, null"]
        parts = [Part(one.name, one.value, one.weight * share) for one in first]
        parts += [Part(name, value, self.weights[name]) for name, value in by_type(kind) if value]
        if match:
            number = potentials.block_number(row)
            block = potentials.blocks[number]
            place = np.ravel_multi_index(
                (row - block.first_row, column - block.first_column, kind), block.values_RBT.shape
            )
            known = self.looked_up[number]
            at = int(np.searchsorted(known, place))
            if at < len(known) and known[at] == place:
                values = self.evidence.features(*(np.array([k]) for k in (row, column, a, b)))[0]
                parts += [
                    Part(name, float(value), self.weights[name])
                    for name, value in zip(ATTRIBUTION_FEATURES, values, strict=True)
                    if value
                ]
            else:
                parts.append(Part(_NOT_LOOKED_UP, 1.0, self.usual))
        return tuple(sorted(parts, key=lambda part: -abs(part.nats)))


def rescore(
    potentials: Potentials, tokens: tuple[Tokens, Tokens], weights: Mapping[str, float]
) -> tuple[Potentials, Attributed]:
    """The potentials of the second pass and what they rest on; `weights` of SECOND_FEATURES.

    Deterministic; memory grows with the likely beads, by blocks of rows.
    """
    kept = list(likely_beads(potentials))
    windows = windows_of(kept, potentials.source_count, potentials.target_count)
    evidence = TokenEvidence(attribute(*tokens, windows))
    wanted = np.array([weights[name] for name in ATTRIBUTION_FEATURES], np.float32)
    worth = [
        evidence.features(one.row_K, one.column_K, one.source_K, one.target_K) @ wanted
        for one in kept
    ]
    usual = _usual(kept, worth)
    blocks = tuple(
        _rescored(block, one, values, weights, usual)
        for block, one, values in zip(potentials, kept, worth, strict=True)
    )
    return (
        Potentials(potentials.source_count, potentials.target_count, blocks),
        Attributed(evidence, weights, usual, tuple(one.place_K for one in kept)),
    )


def windows_of(kept: Sequence[Kept], source_count: int, target_count: int) -> Windows:
    """For each source segment the target segments of the beads that hold it, and one to each side."""
    low = np.full(source_count, target_count)
    high = np.zeros(source_count, np.int64)
    for one in kept:
        begin_K, left_K = one.row_K - one.source_K, one.column_K - one.target_K
        for step in range(int(one.source_K.max(initial=0))):
            inside = (begin_K + step < one.row_K) & (one.target_K > 0)
            row_K = begin_K[inside] + step
            np.minimum.at(low, row_K, left_K[inside])
            np.maximum.at(high, row_K, one.column_K[inside])
    return Windows.around(low - 1, high + 1, target_count)


def _usual(kept: Sequence[Kept], worth: Sequence[Floats]) -> float:
    """The mean worth of attribution, likely beads counting more; 0 where there is no bead."""
    weight = sum(float(one.posterior_K.sum(dtype=np.float64)) for one in kept)
    total = sum(
        float((one.posterior_K * values).sum(dtype=np.float64))
        for one, values in zip(kept, worth, strict=True)
    )
    return total / weight if weight else 0.0


def by_type(kind: int) -> tuple[tuple[str, float], ...]:
    """The features of the second pass that follow from a bead's type."""
    a, b = bead_of(kind)
    if kind < NULL_TYPES:
        return (("null", 1.0), ("opens a run of nulls", float(kind in _OPENS)))
    return (
        ("match", 1.0),
        ("1-1", float(a == b == 1)),
        ("segments beyond two", float(a + b - 2)),
    )


def _rescored(
    block: ScoreBlock, kept: Kept, worth: Floats, weights: Mapping[str, float], usual: float
) -> ScoreBlock:
    values = block.values_RBT
    kinds = range(values.shape[2])
    scale = np.array(
        [weights[f"first pass, {'match' if k >= NULL_TYPES else 'null'}"] for k in kinds],
        np.float32,
    )
    constant = np.array(
        [sum(weights[name] * value for name, value in by_type(k)) for k in kinds], np.float32
    )
    constant[NULL_TYPES:] += np.float32(usual)
    out = values * scale
    out += constant
    out.reshape(-1)[kept.place_K] += worth - np.float32(usual)
    out[values <= _NONE / 2] = _NONE
    return ScoreBlock(block.first_row, block.first_column, out)
