"""Profiles of two collections -> partners with confidences."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.corpus.pairing.assignment import assign
from aligner.corpus.pairing.nearest import candidates
from aligner.corpus.pairing.profile import Profile
from aligner.corpus.pairing.referee import background, log_odds, score

__all__ = ["Partner", "pair_documents"]


@dataclass(frozen=True, slots=True)
class Partner:
    """What became of a source document: its target, or None; `confidence` is the probability of
    just that (0-1). `score` is the referee's for the pair, or for the best rival of none.
    """

    source: int
    target: int | None
    confidence: float
    score: float


def pair_documents(
    source: Sequence[Profile],
    target: Sequence[Profile],
    nearest: int = 5,
    progress: Callable[[int, int], None] | None = None,
) -> list[Partner]:
    """A line for every source document, in order; each target is the partner of one at most.

    The confidence comes from the log odds L of all candidates: a document has one partner or none,
    so that p(i, j) = exp L(i, j) / (1 + sum over its candidates), the smaller of both sides' view.
    A pair that is less likely than none (its target has a far better source) is none.
    """
    if not source or not target:
        return [Partner(i, None, 1.0, 0.0) for i in range(len(source))]
    unrelated = background(source, target)
    pairs = candidates(source, target, nearest)
    scores: dict[tuple[int, int], float] = {}
    for done, (i, j) in enumerate(pairs, start=1):
        scores[i, j] = score(source[i].blocks, target[j].blocks, unrelated)
        if progress:
            progress(done, len(pairs))
    odds = {key: log_odds(value) for key, value in scores.items()}
    rows: dict[int, float] = defaultdict(float)
    columns: dict[int, float] = defaultdict(float)
    best: dict[int, float] = defaultdict(float)
    near: dict[int, list[int]] = defaultdict(list)
    for (i, j), value in odds.items():
        rows[i] += math.exp(value)
        columns[j] += math.exp(value)
        best[i] = max(best[i], scores[i, j])
        near[i].append(j)
    chosen = assign((i, j, value) for (i, j), value in odds.items())
    taken = set(chosen.values())
    out = []
    for i in range(len(source)):
        partner = chosen.get(i)
        share = 0.0
        if partner is not None:
            claim = math.exp(odds[i, partner])
            share = claim / (1.0 + max(rows[i], columns[partner]))
        if partner is None or share < 1.0 / (1.0 + rows[i]):
            # candidates that are the partners of others, who have the better claim, do not count
            free = sum(math.exp(odds[i, k]) for k in near[i] if k not in taken)
            out.append(Partner(i, None, 1.0 / (1.0 + free), best[i]))
        else:
            out.append(Partner(i, partner, share, scores[i, partner]))
    return out
