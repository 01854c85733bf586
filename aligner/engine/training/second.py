"""Training of the second pass: the weights of `features.SECOND_FEATURES`.

    pieces -> likely beads with both passes' features -> scores of a first pass that never saw the
    piece -> weights, held-out figures, calibration

The second pass must learn how far to believe the first one on texts that it has not seen. So the
first pass is fitted again on the likely beads without each fold in turn, which takes seconds, and
its scores of that fold are what the second pass is trained on. The shipped first pass comes from
whole lattices (`fit`) and decides which beads are likely.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution import ATTRIBUTION_FEATURES, TokenEvidence, attribute
from aligner.engine.decoding import BEAD_COST
from aligner.engine.embedding import Encoder, background_of, tokens_of
from aligner.engine.evaluating import CaseScore, GoldBead, case_documents, score_case
from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES, SECOND_FEATURES, Weights
from aligner.engine.lattice import (
    ALL_TYPES,
    BEAD_SIZES,
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
    SparseLattice,
    bead_of,
    likely_beads,
)
from aligner.engine.rescoring import ALONE, LINKED, Held, by_type, windows_of
from aligner.engine.solving import score_pair, sees
from aligner.engine.training.data import TrainingPiece, fold_of
from aligner.engine.training.examples import allowed_beads
from aligner.engine.training.fit import scipy_minimize
from aligner.text.notation import escaped

__all__ = ["SecondExample", "SecondPass", "second_example", "train_second"]

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_NONE = -1e30
_F, _G = len(MATCH_FEATURES), len(NULL_FEATURES)
_ITERATIONS = 40
# the fitted weights count this much, the first pass as it is the rest: a second pass must not lose,
# and held-out figures are flat from .65 to .8 (docs/engine.md)
_TRUSTED = 0.7
# what the first pass held of the segments themselves is set by hand, and the other weights are fitted
# without it: fitted with it they lean on nulls and novels lose what they gained (docs/engine.md)
_HELD = {ALONE: -1.0, LINKED: -1.0}


@dataclass(frozen=True, slots=True)
class SecondExample:
    """The likely beads of one piece: end cells, types, and what both passes see of them.

    `first_EF` the first pass's features, those of matches before those of nulls; `words_EQ` token
    attribution, zeros for nulls; `extra_E` nats set by hand; `allowed_E` what the gold allows, and
    where it allows one path only (`fixed`) its beads are there, likely or not.
    """

    piece: TrainingPiece
    row_E: Ints
    column_E: Ints
    kind_E: Ints
    first_EF: Floats
    words_EQ: Floats
    extra_E: Floats
    allowed_E: Bools
    fixed: bool

    @property
    def source_count(self) -> int:
        """N."""
        return len(self.piece.case.source)

    @property
    def target_count(self) -> int:
        """M."""
        return len(self.piece.case.target)


@dataclass(frozen=True, slots=True)
class SecondPass:
    """`weights` of SECOND_FEATURES; scores of the pieces by passes that never saw their fold."""

    weights: Mapping[str, float]
    first_held_out: tuple[CaseScore, ...]
    held_out: tuple[CaseScore, ...]


def second_example(
    piece: TrainingPiece, encoder: Encoder, weights: Weights
) -> SecondExample | None:
    """The example of a piece, its likely beads chosen by these weights; None where the encoder has
    no vectors of tokens or does not know the languages.
    """
    documents = case_documents(piece.case)
    texts = [[segment.text for segment in side.segments] for side in documents]
    overlaps = encoder.overlaps(texts[0]), encoder.overlaps(texts[1])
    covers = encoder.covers(documents[0].lang), encoder.covers(documents[1].lang)
    tokens = tokens_of(encoder, overlaps)
    background = background_of(encoder, (len(texts[0]), len(texts[1])), covers)
    scored = score_pair(documents, overlaps, covers, weights, background=background)
    if tokens is None or scored.blocks.uneven or not sees(scored.trust):
        return None
    fixed = not any(region.free for region in piece.gold)
    likely = list(likely_beads(scored.potentials, nulls=True))
    windows = windows_of(likely, len(texts[0]), len(texts[1]))
    evidence = TokenEvidence(attribute(*tokens, windows))
    columns: list[tuple[npt.NDArray[np.generic], ...]] = []
    for block, scores, kept in zip(scored.blocks, scored.potentials, likely, strict=True):
        values = scores.values_RBT
        allowed = allowed_beads(block, piece.gold) & (values > _NONE / 2)
        place = kept.place_K
        if fixed:
            place = np.union1d(place, np.flatnonzero(allowed))
        row, column, kind = np.unravel_index(place, values.shape)
        match = kind >= NULL_TYPES
        first = np.zeros((len(place), _F + _G), np.float32)
        first[match, :_F] = block.match_TFRB[kind[match] - NULL_TYPES, :, row[match], column[match]]
        first[~match, _F:] = block.null_TGRB[kind[~match], :, row[~match], column[~match]]
        extra = values.reshape(-1)[place] - first @ np.concatenate(weights.mixed(scored.trust))
        columns.append(
            (
                row + block.first_row,
                column + block.first_column,
                kind,
                first,
                extra,
                allowed.reshape(-1)[place],
            )
        )
    row_E, column_E, kind_E, first_EF, extra_E, allowed_E = map(
        np.concatenate, zip(*columns, strict=True)
    )
    size = np.array([bead_of(kind) for kind in range(ALL_TYPES)])[kind_E]
    match = kind_E >= NULL_TYPES
    words = np.zeros((len(kind_E), len(ATTRIBUTION_FEATURES)), np.float32)
    words[match] = evidence.features(row_E[match], column_E[match], *size[match].T)
    return SecondExample(piece, row_E, column_E, kind_E, first_EF, words, extra_E, allowed_E, fixed)


def train_second(
    examples: Sequence[SecondExample],
    *,
    folds: int,
    decay: float,
    known: Collection[str] | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> SecondPass:
    """Weights of the second pass, and the held-out scores of both passes on likely beads.

    `known` names the cases (`text.notation.escaped`) that the first pass was trained on, None says all: what stands for it in
    a fold learns from these only, as it did. No random numbers: the same examples give the same weights. Raises MissingExtra without scipy.
    """
    fold_K = np.array([fold_of(one.piece.case.name, folds) for one in examples])
    taught = [
        known is None or all(escaped(name) in known for name in one.piece.made_of)
        for one in examples
    ]
    scores: list[Doubles] = [np.zeros(0) for _ in examples]
    first_scores: list[CaseScore] = []
    for fold in range(folds):
        inside = np.flatnonzero(fold_K == fold).tolist()
        if not inside:
            continue
        report(f"first pass without fold {fold + 1}")
        weights = _fit(
            _Problem.of(
                [
                    one
                    for one, k, ours in zip(examples, fold_K, taught, strict=True)
                    if ours and k != fold
                ],
                lambda one: (one.first_EF, one.extra_E),
            ),
            decay,
            report,
        )
        for k in inside:
            scores[k] = examples[k].first_EF @ weights + examples[k].extra_E
        first_scores += _held_out([(examples[k], scores[k]) for k in inside])
    features = [_second_features(one, score) for one, score in zip(examples, scores, strict=True)]
    by_hand = np.array([_HELD.get(name, 0.0) for name in SECOND_FEATURES])
    free = np.array([name not in _HELD for name in SECOND_FEATURES])
    seen = {id(one): matrix for one, matrix in zip(examples, features, strict=True)}

    def weights_of(chosen: Sequence[SecondExample]) -> Doubles:
        fitted = np.zeros(len(SECOND_FEATURES))
        fitted[free] = _fit(
            _Problem.of(chosen, lambda one: (seen[id(one)][:, free], np.zeros(len(one.kind_E)))),
            decay,
            report,
        )
        return np.where(free, _TRUSTED * fitted + (1 - _TRUSTED) * _as_it_is(), by_hand)

    held_out: list[CaseScore] = []
    for fold in range(folds):
        inside = np.flatnonzero(fold_K == fold).tolist()
        if not inside:
            continue
        report(f"second pass without fold {fold + 1}")
        weights = weights_of([examples[k] for k in range(len(examples)) if fold_K[k] != fold])
        held_out += _held_out([(examples[k], features[k] @ weights) for k in inside])
    report("second pass on all")
    final = weights_of(examples)
    return SecondPass(
        dict(zip(SECOND_FEATURES, final.tolist(), strict=True)),
        tuple(first_scores),
        tuple(held_out),
    )


def _as_it_is() -> Doubles:
    """The weights that leave the first pass's scores as they are."""
    first = ("first pass, match", "first pass, null")
    return np.array([float(name in first) for name in SECOND_FEATURES])


def _second_features(one: SecondExample, first: Doubles) -> Floats:
    """[E, P] in the order of SECOND_FEATURES."""
    table = np.zeros((ALL_TYPES, len(SECOND_FEATURES)), np.float32)
    for kind in range(ALL_TYPES):
        for name, value in by_type(kind):
            table[kind, SECOND_FEATURES.index(name)] = value
    out = table[one.kind_E]
    match = one.kind_E >= NULL_TYPES
    held = _held(one, first)
    size = BEAD_SIZES[one.kind_E]
    alone = held.match(0, one.row_E, size[:, 0]) + held.match(1, one.column_E, size[:, 1])
    linked = np.where(one.kind_E < TARGET_OPEN, held.null(0, one.row_E), held.null(1, one.column_E))
    out[match, SECOND_FEATURES.index(ALONE)] = alone[match]
    out[~match, SECOND_FEATURES.index(LINKED)] = linked[~match]
    out[match, SECOND_FEATURES.index("first pass, match")] = first[match]
    out[~match, SECOND_FEATURES.index("first pass, null")] = first[~match]
    out[:, -len(ATTRIBUTION_FEATURES) :] = one.words_EQ
    return out


def _held(one: SecondExample, first: Doubles) -> Held:
    """What a first pass with these scores held of the segments."""
    lattice = SparseLattice([one])
    lattice.forward(first)
    posterior = lattice.posteriors(first)
    sides = []
    for kinds, end, count in (
        ((SOURCE_OPEN, SOURCE_EXTEND), one.row_E, one.source_count),
        ((TARGET_OPEN, TARGET_EXTEND), one.column_E, one.target_count),
    ):
        null = np.isin(one.kind_E, kinds)
        sides.append(np.bincount(end[null] - 1, posterior[null], count).astype(np.float64))
    return Held.of(sides[0], sides[1])


@dataclass(frozen=True, slots=True)
class _Problem:
    """Many texts' likely beads: features [E, P], nats that no weight touches, what gold allows."""

    every: SparseLattice
    latent: SparseLattice | None
    matrix_EP: Floats
    base_E: Doubles
    allowed_E: Bools
    latent_E: Bools
    weight_K: Doubles

    @classmethod
    def of(
        cls,
        examples: Sequence[SecondExample],
        take: Callable[[SecondExample], tuple[Floats, npt.NDArray[np.floating]]],
    ) -> _Problem:
        """Texts whose gold no likely path agrees with are left out."""
        agreeing = [one for one in examples if _agrees(one)]
        taken = [take(one) for one in agreeing]
        latent = [one for one in agreeing if not one.fixed]
        return cls(
            SparseLattice(agreeing),
            SparseLattice(latent) if latent else None,
            np.concatenate([matrix for matrix, _ in taken]),
            np.concatenate([base for _, base in taken]).astype(np.float64),
            np.concatenate([one.allowed_E for one in agreeing]),
            np.concatenate([np.full(len(one.kind_E), not one.fixed) for one in agreeing]),
            np.array([one.piece.weight for one in agreeing]),
        )

    def __call__(self, point: Doubles, decay: float) -> tuple[float, Doubles, Doubles]:
        """Penalised log-likelihood (nats), its gradient [P], and the posteriors [E]."""
        values = (self.matrix_EP @ point.astype(np.float32)).astype(np.float64) + self.base_E
        total = self.every.forward(values)
        posterior = self.every.posteriors(values)
        text_E = self.every.text_E
        gold = np.bincount(
            text_E, np.where(self.allowed_E & ~self.latent_E, values, 0.0), len(total)
        )
        wanted = self.allowed_E.astype(np.float64)
        if self.latent is not None:
            inside = np.where(self.allowed_E, values, _NONE)[self.latent_E]
            agreeing = self.latent.forward(inside)
            gold[np.unique(text_E[self.latent_E])] = agreeing
            wanted[self.latent_E] = self.latent.posteriors(inside)
        value = float(self.weight_K @ (gold - total)) - 0.5 * decay * float(point @ point)
        difference = self.weight_K[text_E] * (wanted - posterior)
        slope = (difference.astype(np.float32) @ self.matrix_EP).astype(np.float64)
        return value, slope - decay * point, posterior

    def information(self, posterior: Doubles, decay: float) -> Doubles:
        """The beads' Fisher information [P, P] at these posteriors."""
        doubt = self.weight_K[self.every.text_E] * posterior * (1 - posterior)
        some = doubt > _DOUBTFUL
        rows = self.matrix_EP[some].astype(np.float64)
        return np.asarray(rows.T @ (rows * doubt[some, None]) + np.eye(rows.shape[1]) * decay)


_DOUBTFUL = 1e-5
_ROUNDS = (0.3, 0.7)  # as in `fit`


def _agrees(one: SecondExample) -> bool:
    values = np.where(one.allowed_E, 0.0, _NONE)
    return bool(SparseLattice([one]).forward(values)[0] > _NONE / 2)


def _fit(problem: _Problem, decay: float, report: Callable[[str], None]) -> Doubles:
    """The weights of largest likelihood, by L-BFGS in coordinates where the features are white."""
    minimize = scipy_minimize()
    scale = float(problem.weight_K.sum())
    point = np.zeros(problem.matrix_EP.shape[1])
    for share in _ROUNDS:
        _, _, posterior = problem(point, decay)
        root = np.asarray(np.linalg.cholesky(problem.information(posterior, decay)), np.float64)

        def negative(v: Doubles, root: Doubles = root) -> tuple[float, Doubles]:
            value, slope, _ = problem(np.asarray(np.linalg.solve(root.T, v), np.float64), decay)
            turned = np.asarray(np.linalg.solve(root, slope), np.float64)
            return -value / scale, -turned / scale

        best = minimize(
            negative,
            root.T @ point,
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": round(share * _ITERATIONS), "maxcor": 20, "ftol": 1e-7},
        )
        point = np.asarray(np.linalg.solve(root.T, best.x), np.float64)
    report(f"  {-best.fun:.5f} a unit of weight")
    return point


def _held_out(scored: Sequence[tuple[SecondExample, Doubles]]) -> list[CaseScore]:
    """The scores of pieces (excerpts left out) that are aligned with these scores of their beads."""
    chosen = [(one, values) for one, values in scored if not one.piece.is_excerpt]
    if not chosen:
        return []
    lattice = SparseLattice([one for one, _ in chosen])
    paths, posterior = lattice.decode(
        np.concatenate([values for _, values in chosen]).astype(np.float64), BEAD_COST
    )
    out, first = [], 0
    for (one, _), path in zip(chosen, paths, strict=True):
        beads = []
        for edge in path:
            row, column, kind = (
                int(part[edge - first]) for part in (one.row_E, one.column_E, one.kind_E)
            )
            a, b = bead_of(kind)
            beads.append(
                GoldBead(
                    tuple(range(row - a, row)),
                    tuple(range(column - b, column)),
                    float(posterior[edge]),
                )
            )
        out.append(score_case(one.piece.case, beads))
        first += len(one.kind_E)
    return out
