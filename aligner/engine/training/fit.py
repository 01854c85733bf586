"""Maximum likelihood with L2 by L-BFGS, in coordinates where the beads' features are white.

log p(gold) = log sum over the paths that agree with the gold - log sum over all paths; its
gradient is the difference of the two expectations of the features (Lafferty et al. 2001; the
semi-Markov form is Sarawagi & Cohen 2004). The features are strongly correlated (a distance, its
square, its product with a length), so the optimiser works in v with w = C^-T v, where C C^T is
the beads' Fisher information at the start; that saves most of its steps. No random numbers: the
same cases give the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.engine.features import (
    MATCH_FEATURES,
    NULL_FEATURES,
    PARTS,
    Weights,
    block_values,
)
from aligner.engine.lattice import NULL_TYPES, Lattice, Potentials, ScoreBlock
from aligner.engine.training.examples import Example
from aligner.model import AlignError, MissingExtra
from aligner.runtime.children import Crew

__all__ = ["Objective", "fit", "initial_weights", "log_likelihood", "scipy_minimize"]

Doubles = npt.NDArray[np.float64]

_IMPOSSIBLE = np.float32(-1e30)
_F, _G = len(MATCH_FEATURES), len(NULL_FEATURES)
_SIZE = 2 * (_F + _G)
# shares of the iterations before and after the information is measured again: at the crude start
# it says little about the neighbourhood of the end
_ROUNDS = (0.3, 0.7)


def initial_weights() -> Weights:
    """A crude aligner to start from: close pairs are good, nulls and large beads are rare."""
    match, null = np.zeros(_F), np.zeros(_G)
    for name, value in {
        "is 1-1": 2.0,
        "distance": -6.0,
        "segments beyond two": -1.5,
        "length": -0.3,
    }.items():
        match[MATCH_FEATURES.index(name)] = value
    for name, value in {"null": -4.0, "opens a run": -1.0, "best distance": 1.0}.items():
        null[NULL_FEATURES.index(name)] = value
    return Weights({part: match.copy() for part in PARTS}, {part: null.copy() for part in PARTS})


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Log-likelihood (nats) and gradients [F], [G] of one example; Fisher parts where asked."""

    value: float
    match: Doubles
    null: Doubles
    fisher_match: Doubles | None = None
    fisher_null: Doubles | None = None


def log_likelihood(item: Example, weights: Weights, *, fisher: bool = False) -> _Outcome:
    """Log-likelihood of the gold and its gradient.

    Raises AlignError where no path agrees with the gold: the band misses it.
    """
    mixed = weights.mixed(item.trust)
    values = [block_values(strip.features, *mixed) for strip in item.strips]
    every = Lattice(_potentials(item, values))
    total = every.total
    if item.fixed:
        gold = sum(
            float(value[strip.allowed].sum(dtype=np.float64))
            for strip, value in zip(item.strips, values, strict=True)
        )
        if gold < _IMPOSSIBLE / 2:
            raise AlignError("the band misses the gold", context=item.name)
        wanted = iter([strip.allowed.astype(np.float32) for strip in item.strips])
    else:
        agreeing = [
            np.where(strip.allowed, value, _IMPOSSIBLE)
            for strip, value in zip(item.strips, values, strict=True)
        ]
        constrained = Lattice(_potentials(item, agreeing))
        gold, wanted = constrained.total, constrained.marginals()
    match, null = np.zeros(_F), np.zeros(_G)
    spread = (np.zeros((_F, _F)), np.zeros((_G, _G)))
    for strip, plus, minus in zip(item.strips, wanted, every.marginals(), strict=True):
        features = (
            strip.features.match_TFRB.reshape(-1, _F, minus.shape[0] * minus.shape[1]),
            strip.features.null_TGRB.reshape(NULL_TYPES, _G, -1),
        )
        difference = _by_type(plus - minus)
        match += np.matmul(features[0], difference[NULL_TYPES:, :, None]).sum(axis=(0, 2))
        null += np.matmul(features[1], difference[:NULL_TYPES, :, None]).sum(axis=(0, 2))
        if fisher:
            doubt = _by_type(minus * (1 - minus))
            for total_of, rows, some in zip(
                spread, features, (doubt[NULL_TYPES:], doubt[:NULL_TYPES]), strict=True
            ):
                kind, cell = np.nonzero(some > 1e-3)
                chosen = rows[kind, :, cell].astype(np.float64)
                np.add(total_of, chosen.T @ (chosen * some[kind, cell][:, None]), out=total_of)
    return _Outcome(gold - total, match, null, *(spread if fisher else (None, None)))


def _by_type(values_RBT: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """[R, B, T] -> [T, R * B]."""
    return np.ascontiguousarray(values_RBT.reshape(-1, values_RBT.shape[2]).T)


def _potentials(item: Example, values: Sequence[npt.NDArray[np.float32]]) -> Potentials:
    return Potentials(
        item.source_count,
        item.target_count,
        tuple(
            ScoreBlock(strip.features.first_row, strip.features.first_column, value)
            for strip, value in zip(item.strips, values, strict=True)
        ),
    )


def _pack(weights: Weights) -> Doubles:
    return np.concatenate(
        [table[part] for table in (weights.match, weights.null) for part in PARTS]
    )


def _unpack(point: Doubles) -> Weights:
    cut = np.split(point, [_F, 2 * _F, 2 * _F + _G])
    return Weights(dict(zip(PARTS, cut[:2], strict=True)), dict(zip(PARTS, cut[2:], strict=True)))


def outcomes(examples: Sequence[Example], task: tuple[Doubles, bool]) -> list[_Outcome | None]:
    """The log-likelihood of each example at a point, None where its gold lies outside the band."""
    point, fisher = task
    weights = _unpack(point)
    made: list[_Outcome | None] = []
    for item in examples:
        try:
            made.append(log_likelihood(item, weights, fisher=fisher))
        except AlignError:
            made.append(None)
    return made


def _shares(examples: Sequence[Example], count: int) -> list[list[int]]:
    """Indexes of the examples in parts of equal work: the longest first, to who has least."""
    shares: list[list[int]] = [[] for _ in range(count)]
    work = [0] * count
    for k in sorted(range(len(examples)), key=lambda k: -examples[k].source_count):
        least = work.index(min(work))
        shares[least].append(k)
        work[least] += examples[k].source_count
    return [share for share in shares if share]


class Objective:
    """Penalised log-likelihood of many examples, of which each of `processes` has a share."""

    def __init__(self, examples: Sequence[Example], decay: float, processes: int) -> None:
        self.examples = list(examples)
        self.decay = decay
        self.missed: set[str] = set()
        self.evaluations = 0
        self._shares = _shares(self.examples, processes)
        self._crew: Crew | None = None
        if len(self._shares) > 1:
            self._crew = Crew(
                "aligner.engine.training.fit:outcomes",
                [[self.examples[k] for k in share] for share in self._shares],
            )

    def close(self) -> None:
        """End the workers."""
        if self._crew is not None:
            self._crew.close()

    def __call__(self, point: Doubles, *, fisher: bool = False) -> tuple[float, Doubles, Doubles]:
        """Value, gradient [P] and (with `fisher`) the beads' information [P, P]; to be maximised."""
        if self._crew is not None:
            answers = self._crew.ask((point, fisher))
        else:
            answers = [
                outcomes([self.examples[k] for k in share], (point, fisher))
                for share in self._shares
            ]
        by_example = {
            k: outcome
            for share, answer in zip(self._shares, answers, strict=True)
            for k, outcome in zip(share, answer, strict=True)
        }
        value = -0.5 * self.decay * float(point @ point)
        gradient = -self.decay * point
        information = np.eye(_SIZE) * self.decay
        self.evaluations += 1
        # always in one order, so that the sum has the same bytes whatever the number of processes
        for k, item in enumerate(self.examples):
            outcome = by_example[k]
            if outcome is None:
                self.missed.add(item.name)
                continue
            mix = np.array((item.trust, 1 - item.trust))
            value += item.weight * outcome.value
            gradient += item.weight * np.concatenate(
                [np.kron(mix, outcome.match), np.kron(mix, outcome.null)]
            )
            if outcome.fisher_match is not None and outcome.fisher_null is not None:
                outer = np.outer(mix, mix) * item.weight
                information[: 2 * _F, : 2 * _F] += np.kron(outer, outcome.fisher_match)
                information[2 * _F :, 2 * _F :] += np.kron(outer, outcome.fisher_null)
        return value, gradient, information


def scipy_minimize() -> Callable[..., Any]:
    """The function `minimize` of scipy. Raises MissingExtra without scipy."""
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingExtra(
            "training needs the optional part [train] (scipy is missing)",
            hint="pip install 'aligner[train]'",
        ) from error
    made: Callable[..., Any] = minimize
    return made


def fit(
    examples: Sequence[Example],
    *,
    decay: float = 0.01,
    iterations: int = 40,
    processes: int = 1,
    start: Weights | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Weights:
    """Weights that make the gold of the examples likely.

    `decay` is the L2 penalty. Examples whose gold lies outside the band are named to `report` and
    left out. Raises MissingExtra without scipy.
    """
    minimize = scipy_minimize()
    objective = Objective(examples, decay, processes)
    try:
        point = _pack(start or initial_weights())
        scale = 1.0
        for number, share in enumerate(_ROUNDS):
            _, _, information = objective(point, fisher=True)
            if not number:
                for name in sorted(objective.missed):
                    report(f"{name}: the band misses its gold; left out")
                kept = [item for item in examples if item.name not in objective.missed]
                scale = sum(item.weight for item in kept)
            root: Doubles = np.linalg.cholesky(information).astype(np.float64)

            def negative(
                v: Doubles, root: Doubles = root, scale: float = scale
            ) -> tuple[float, Doubles]:
                at: Doubles = np.linalg.solve(root.T, v).astype(np.float64)
                value, gradient, _ = objective(at)
                report(f"evaluation {objective.evaluations}: {value / scale:.5f} a unit of weight")
                slope = np.linalg.solve(root, gradient).astype(np.float64)
                return -value / scale, -slope / scale

            best = minimize(
                negative,
                root.T @ point,
                jac=True,
                method="L-BFGS-B",
                options={"maxiter": max(1, round(share * iterations)), "maxcor": 20, "ftol": 1e-6},
            )
            point = np.linalg.solve(root.T, best.x).astype(np.float64)
    finally:
        objective.close()
    return _unpack(point)
