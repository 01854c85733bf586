"""Whether the evidence of a hit has a partner in the other text, word by word.

`lone` is the chance (0-1) that the evidence has none, `mass` how much is said by what has none (the
natural logarithm of 1 + the weights of its tokens, see `Sums.without_partner`). Evidence on both sides
counts as the side that is less alone: a name that became another one is alone on both, a title that is
translated word by word on neither.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.checks.common.hits import Hit, Spans
from aligner.checks.common.vectors import Floats, PairVectors, SideTokens

__all__ = ["with_partners"]


def with_partners(hits: Sequence[Hit], vectors: PairVectors) -> list[Hit]:
    """The hits of one pair with `lone` and `mass`, where the encoder can tell."""
    if not hits:
        return []
    sides = vectors.source, vectors.target
    told = sides[0].without_partner(sides[1]), sides[1].without_partner(sides[0])
    if told[0] is None or told[1] is None:
        return list(hits)
    made = []
    for hit in hits:
        sides_alone = [
            one
            for side, spans, (chance, weight) in zip(
                sides, (hit.source, hit.target), (told[0], told[1]), strict=True
            )
            if (one := _alone(side, spans, chance, weight)) is not None
        ]
        if sides_alone:
            lone, mass = min(one[0] for one in sides_alone), min(one[1] for one in sides_alone)
            made.append(replace(hit, lone=lone, mass=math.log1p(mass)))
        else:
            made.append(hit)
    return made


def _alone(
    side: SideTokens, spans: Spans, chance: Floats, weight: Floats
) -> tuple[float, float] | None:
    inside = np.zeros(len(chance), bool)
    for start, end in spans:
        first, last = side.cut(start, end)
        inside[first:last] = True
    total = float(weight[inside].sum())
    if not total:
        return None
    mass = float((weight * chance)[inside].sum())
    return mass / total, mass
