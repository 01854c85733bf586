"""Maximum likelihood with L2, by Adam over shuffled documents, the last epochs averaged.

log p(gold) = log sum over the paths that agree with the gold - log sum over all paths; its
gradient is the difference of the two expectations of the features (Lafferty et al. 2001; the
semi-Markov form is Sarawagi & Cohen 2004). Seeded: the same cases give the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from aligner.aligning import Lattice
from aligner.errors import AlignError
from aligner.potentials import MATCH_TYPES, NULL_TYPES, TYPES, Block, Potentials
from aligner.scoring import matches, nulls
from aligner.scoring.model import PARTS, Weights, block_values
from aligner.training.examples import Example

__all__ = ["Fit", "fit", "initial_weights", "log_likelihood"]

Doubles = npt.NDArray[np.float64]

_IMPOSSIBLE = np.float32(-1e30)
_F, _G = len(matches.NAMES), len(nulls.NAMES)


def initial_weights() -> Weights:
    """A crude aligner to start from: close pairs are good, nulls and large beads are rare."""
    match, null = np.zeros(_F), np.zeros(_G)
    for name, value in {
        "is 1-1": 2.0,
        "distance": -6.0,
        "segments beyond two": -1.5,
        "length": -0.3,
    }.items():
        match[matches.NAMES.index(name)] = value
    for name, value in {"null": -4.0, "opens a run": -1.0, "best distance": 1.0}.items():
        null[nulls.NAMES.index(name)] = value
    return Weights({part: match.copy() for part in PARTS}, {part: null.copy() for part in PARTS})


def log_likelihood(item: Example, weights: Weights) -> tuple[float, Doubles, Doubles]:
    """Log-likelihood of the gold (nats) and its gradient for the match [F] and null [G] weights."""
    mixed = weights.mixed(item.trust)
    values = [block_values(strip.features, *mixed) for strip in item.strips]
    every = Lattice(_potentials(item, values))
    total, expected = every.total, every.marginals()
    agreeing = [
        np.where(strip.allowed, value, _IMPOSSIBLE)
        for strip, value in zip(item.strips, values, strict=True)
    ]
    if item.fixed:
        gold = sum(
            float(value[strip.allowed].sum(dtype=np.float64))
            for strip, value in zip(item.strips, values, strict=True)
        )
        wanted = iter([strip.allowed.astype(np.float32) for strip in item.strips])
    else:
        constrained = Lattice(_potentials(item, agreeing))
        gold, wanted = constrained.total, constrained.marginals()
    match, null = np.zeros(_F), np.zeros(_G)
    for strip, plus, minus in zip(item.strips, wanted, expected, strict=True):
        difference = plus - minus
        for kind in range(len(MATCH_TYPES)):
            part = difference[:, :, NULL_TYPES + kind]
            if part.any():
                match += np.tensordot(strip.features.match[kind], part, axes=2)
        for kind in range(NULL_TYPES):
            null += np.tensordot(strip.features.null[kind], difference[:, :, kind], axes=2)
    return gold - total, match, null


def _potentials(item: Example, values: Sequence[npt.NDArray[np.float32]]) -> Potentials:
    return Potentials(
        item.source_count,
        item.target_count,
        tuple(
            Block(strip.features.first_row, strip.features.first_column, value)
            for strip, value in zip(item.strips, values, strict=True)
        ),
    )


class Fit:
    """Adam over the four weight vectors laid end to end."""

    def __init__(self, start: Weights) -> None:
        self.point = np.concatenate(
            [table[part] for table in (start.match, start.null) for part in PARTS]
        )
        self.mean = np.zeros_like(self.point)
        self.square = np.zeros_like(self.point)
        self.steps = 0

    def weights(self, point: Doubles | None = None) -> Weights:
        """The point as weights."""
        cut = np.split(self.point if point is None else point, [_F, 2 * _F, 2 * _F + _G])
        return Weights(
            dict(zip(PARTS, cut[:2], strict=True)), dict(zip(PARTS, cut[2:], strict=True))
        )

    def step(self, gradient: Doubles, rate: float) -> None:
        """One step uphill."""
        self.steps += 1
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.01 * (gradient**2 - self.square)
        mean = self.mean / (1 - 0.9**self.steps)
        square = self.square / (1 - 0.99**self.steps)
        self.point += rate * mean / (np.sqrt(square) + 1e-8)


def fit(
    examples: Sequence[Example],
    *,
    epochs: int = 14,
    rate: float = 0.12,
    decay: float = 0.3,
    batch: int = 4,
    seed: int = 7,
    start: Weights | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Weights:
    """Weights that make the gold of the examples likely.

    `decay` is the L2 penalty (divided among the documents); the result is the mean of the last
    third of the epochs' iterates. Raises AlignError where no path agrees with an example's gold.
    """
    random = np.random.default_rng(seed)
    state = Fit(start or initial_weights())
    scale = sum(item.weight for item in examples)
    averaged, count = np.zeros_like(state.point), 0
    skipped: set[str] = set()
    for epoch in range(epochs):
        order = random.permutation(len(examples))
        total = 0.0
        speed = rate * 0.5 * (1 + np.cos(np.pi * epoch / epochs)) + 0.02 * rate
        for first in range(0, len(order), batch):
            chosen = [examples[k] for k in order[first : first + batch].tolist()]
            gradient = -decay * state.point / scale * sum(item.weight for item in chosen)
            for item in chosen:
                if item.name in skipped:
                    continue
                try:
                    value, match, null = log_likelihood(item, state.weights())
                except AlignError:
                    report(f"{item.name}: the band misses its gold; left out")
                    skipped.add(item.name)
                    continue
                share = item.weight
                total += share * value
                mix = (item.trust, 1 - item.trust)
                gradient += share * np.concatenate(
                    [part * vector for vector in (match, null) for part in mix]
                )
            state.step(gradient / max(1, len(chosen)), float(speed))
            if epoch >= epochs * 2 / 3:
                averaged += state.point
                count += 1
        report(f"epoch {epoch + 1}: log-likelihood {total / scale:.4f} a unit of weight")
    return state.weights(averaged / count if count else state.point)


assert NULL_TYPES + len(MATCH_TYPES) == TYPES
