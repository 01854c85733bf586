"""The second pass: likely beads of the first one scored again, with token attribution.

    score(bead) = a x (score of the first pass) + w . (type, partners in the first pass, attribution)

What has no partner at all the first pass knows better: it looks at the document as a whole, while
words find partners in every line that both sides share, wanted or not ("Sign in to comment"). So
its log odds that a segment is null count once more: against match beads that hold one that it left
alone, against nulls of one that it linked.

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
    match_types,
    null_posteriors,
)

if TYPE_CHECKING:
    from aligner.engine.attribution import Tokens

__all__ = ["ALONE", "LINKED", "Attributed", "Held", "by_type", "rescore", "windows_of"]

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ALONE, LINKED = "segments without a partner in the first pass", "partner in the first pass"
_OPENS = (SOURCE_OPEN, TARGET_OPEN)
_NONE = np.float32(-1e30)
_NOT_LOOKED_UP = "words not looked up"
_CERTAIN = 6.0  # log odds beyond which one is no surer: .9975


@dataclass(frozen=True, slots=True)
class Held:
    """What the first pass held of each segment: running sums of its log odds, in nats, of having no
    partner (`alone`: those above nothing) and of having one (`linked`); [N + 1] and [M + 1].
    """

    alone: tuple[Doubles, Doubles]
    linked: tuple[Doubles, Doubles]

    @classmethod
    def of(cls, source_N: Doubles, target_M: Doubles) -> Held:
        """From the posteriors of nulls (0-1)."""
        odds = []
        for posterior in (source_N, target_M):
            inside = np.clip(posterior, 1e-9, 1 - 1e-9)
            odds.append(np.clip(np.log(inside) - np.log1p(-inside), -_CERTAIN, _CERTAIN))

        def running(values: Doubles) -> Doubles:
            return np.concatenate(([0.0], np.cumsum(np.maximum(values, 0.0))))

        return cls((running(odds[0]), running(odds[1])), (running(-odds[0]), running(-odds[1])))

    def match(self, side: int, end: Ints, size: Ints | int) -> Doubles:
        """Of match beads that end with segment end - 1 of a side and hold `size` of them."""
        sums = self.alone[side]
        return np.asarray(sums[end] - sums[np.maximum(end - size, 0)])

    def null(self, side: int, end: Ints) -> Doubles:
        """Of null beads of segment end - 1 of a side."""
        sums = self.linked[side]
        return np.asarray(sums[end] - sums[np.maximum(end - 1, 0)])


@dataclass(frozen=True, slots=True)
class Attributed:
    """Where the words found their partners, and what that was worth.

    `usual`: the worth of attribution in an ordinary right bead. `looked_up`: for each block of the
    potentials the flat places of the beads whose words were looked up, increasing.
    """

    evidence: TokenEvidence
    weights: Mapping[str, float]
    usual: float
    held: Held = field(repr=False)
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
        end = np.array([row]), np.array([column])
        if match:
            alone = self.held.match(0, end[0], a) + self.held.match(1, end[1], b)
            parts += _named(ALONE, float(alone[0]), self.weights)
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
        else:
            side = 0 if a else 1
            parts += _named(LINKED, float(self.held.null(side, end[side])[0]), self.weights)
        return tuple(sorted(parts, key=lambda part: -abs(part.nats)))


def _named(name: str, value: float, weights: Mapping[str, float]) -> list[Part]:
    return [Part(name, value, weights[name])] if value else []


def rescore(
    potentials: Potentials,
    tokens: tuple[Tokens, Tokens],
    weights: Mapping[str, float],
    *,
    overwrite: bool = False,
) -> tuple[Potentials, Attributed]:
    """The potentials of the second pass and what they rest on; `weights` of SECOND_FEATURES.
    `overwrite`: in the place of those of the first pass, of which nothing is left.

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
    held = Held.of(*null_posteriors(potentials))
    blocks = tuple(
        _rescored(block, one, values, weights, usual, held, overwrite=overwrite)
        for block, one, values in zip(potentials, kept, worth, strict=True)
    )
    return (
        Potentials(potentials.source_count, potentials.target_count, blocks),
        Attributed(evidence, weights, usual, held, tuple(one.place_K for one in kept)),
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
    block: ScoreBlock,
    kept: Kept,
    worth: Floats,
    weights: Mapping[str, float],
    usual: float,
    held: Held,
    *,
    overwrite: bool,
) -> ScoreBlock:
    values = block.values_RBT
    impossible = values <= _NONE / 2
    kinds = range(values.shape[2])
    scale = np.array(
        [weights[f"first pass, {'match' if k >= NULL_TYPES else 'null'}"] for k in kinds],
        np.float32,
    )
    constant = np.array(
        [sum(weights[name] * value for name, value in by_type(k)) for k in kinds], np.float32
    )
    constant[NULL_TYPES:] += np.float32(usual)
    out = np.multiply(values, scale, out=values if overwrite else None)
    out += constant
    row = np.arange(block.first_row, block.first_row + block.rows)
    column = np.arange(block.first_column, block.first_column + block.columns)
    for kind, (a, b) in enumerate(match_types(values.shape[2]), start=NULL_TYPES):
        alone = held.match(0, row, a)[:, None] + held.match(1, column, b)
        out[:, :, kind] += np.float32(weights[ALONE]) * alone.astype(np.float32)
    linked = np.float32(weights[LINKED])
    out[:, :, :TARGET_OPEN] += linked * held.null(0, row).astype(np.float32)[:, None, None]
    out[:, :, TARGET_OPEN:NULL_TYPES] += linked * held.null(1, column).astype(np.float32)[:, None]
    out.reshape(-1)[kept.place_K] += worth - np.float32(usual)
    out[impossible] = _NONE
    return ScoreBlock(block.first_row, block.first_column, out)
