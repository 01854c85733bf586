"""The whole of training: examples, cross-validation, calibration, final weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aligner.engine.decoding import decode_beads
from aligner.engine.embedding import Encoder, model_of, tokens_of
from aligner.engine.evaluating import Case, CaseScore, GoldBead, case_documents, score_case
from aligner.engine.features import PARTS, UNEVEN, Weights, trust
from aligner.engine.solving import score_pair
from aligner.engine.training.calibrate import reliability_of
from aligner.engine.training.data import (
    TrainingPiece,
    abridged,
    example_of,
    excerpts,
    fold_of,
    pieces_of,
    uneven,
)
from aligner.engine.training.examples import Example
from aligner.engine.training.fit import fit
from aligner.engine.training.second import second_example, train_second
from aligner.model import UsageError
from aligner.runtime import cores
from aligner.text.notation import escaped
from aligner.text.wording import numbered

__all__ = ["Trained", "score_cases", "train"]

_BESIDE = 0.25  # what a bead of `whole` counts beside one of `cases`: see docs/engine.md
_UNEVEN_SHARE = 0.7  # how far weights fitted on made texts are trusted: see docs/engine.md
_Weighing = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trained:
    """Final weights (calibrated where there was cross-validation) and the held-out scores.

    `held_out` of the first pass where it was trained; `likely` and `second` of the first and the
    second pass on likely beads, the same pieces in both; `uneven` of texts with large beads.
    """

    weights: Weights
    held_out: tuple[CaseScore, ...]
    likely: tuple[CaseScore, ...] = ()
    uneven: tuple[CaseScore, ...] = ()
    second: tuple[CaseScore, ...] = ()


def train(
    cases: Sequence[Case],
    encoder: Encoder,
    *,
    whole: Sequence[Case] = (),
    folds: int = 5,
    decay: float = 0.01,
    iterations: int = 25,
    first: Weights | None = None,
    with_uneven: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Weights from gold cases; with `folds` > 1 every piece is also scored by weights that never
    saw its group, and the confidences are calibrated on those scores.

    With `first` its first pass is kept and the second pass alone is trained; `with_uneven` trains the
    part for texts whose segments are much longer on one side. A second pass needs an
    encoder with vectors of tokens, and folds. The cases in
    `whole` count a quarter and nothing is made of them (excerpts, abridged or uneven texts). The same cases, in any order, give the same weights. Raises UsageError where nothing is left
    to train or to train on, MissingExtra without scipy.
    """
    if first is not None and folds <= 1 and not with_uneven:
        raise UsageError(
            "nothing would be trained: the first pass is kept, and the second needs folds",
            hint="--folds 5",
        )
    seen = [case for case in _usable(cases) if _seen(case, encoder)]
    beside = {case.name for case in whole}
    cases = _usable([*cases, *whole])
    parts = [
        replace(piece, weight=_BESIDE * piece.weight) if case.name in beside else piece
        for case in cases
        for piece in pieces_of(case)
    ]
    parts += excerpts(seen)
    if not parts:
        raise UsageError("there is no gold with texts among the cases", hint="name case folders")
    if first is None:
        trained = _first_pass(cases, parts, encoder, folds, decay, iterations, report)
    else:
        trained = Trained(first, ())
    if with_uneven:
        large = list(uneven(seen))
        trained = _with_uneven(trained, large, cases, encoder, folds, decay, iterations, report)
    if folds <= 1:
        return trained
    parts += abridged(seen)
    examples = []
    for number, piece in enumerate(parts):
        report(f"likely beads {number + 1}/{len(parts)}: {piece.case.name}")
        made = second_example(piece, encoder, trained.weights)
        examples += [made] if made is not None else []
    if not examples:
        report("no second pass: the encoder has no vectors of tokens for these languages")
        return trained
    second = train_second(
        examples,
        folds=folds,
        decay=decay,
        known=_cases_of(trained.weights),
        report=report,
    )
    reliability = {
        **trained.weights.reliability,
        **{f"second {k}": v for k, v in reliability_of(second.held_out, cases).items()},
    }
    about = {
        **trained.weights.about,
        "second": {
            "cases": [escaped(case.name) for case in cases],
            "pieces": len(examples),
            "folds": folds,
            "decay": decay,
        },
    }
    weights = replace(trained.weights, about=about, reliability=reliability, second=second.weights)
    return replace(trained, weights=weights, likely=second.first_held_out, second=second.held_out)


def _with_uneven(
    trained: Trained,
    parts: Sequence[TrainingPiece],
    cases: Sequence[Case],
    encoder: Encoder,
    folds: int,
    decay: float,
    iterations: int,
    report: Callable[[str], None],
) -> Trained:
    """The weights with a part for texts whose segments are much longer on one side, and its held-out
    scores; as it was where no case can be made into such texts.
    """
    if not parts:
        report("no weights for uneven texts: the cases are too short")
        return trained
    examples = []
    for number, piece in enumerate(parts):
        report(f"uneven {number + 1}/{len(parts)}: {piece.case.name}")
        examples.append(replace(example_of(piece, encoder, large=True), trust=1.0))

    def fitted(chosen: Sequence[Example]) -> Weights:
        made = fit(
            chosen, decay=decay, iterations=iterations, processes=cores.count(), report=report
        )
        known = trained.weights
        return replace(
            known,
            match={**known.match, UNEVEN: _shrunk(made.match[PARTS[0]], known.match[PARTS[0]])},
            null={**known.null, UNEVEN: _shrunk(made.null[PARTS[0]], known.null[PARTS[0]])},
        )

    held_out: list[CaseScore] = []
    for fold in range(folds if folds > 1 else 0):
        inside = [part.case for part in parts if fold_of(part.case.name, folds) == fold]
        kept = [item for item in examples if fold_of(item.name, folds) != fold]
        if inside and kept:
            report(f"fitting uneven texts without fold {fold + 1}")
            held_out += score_cases(inside, encoder, fitted(kept))
    report("fitting uneven texts")
    weights = fitted(examples)
    curve = {f"{UNEVEN} {kind}": table for kind, table in reliability_of(held_out, cases).items()}
    about = {"pieces": len(parts), "folds": folds, "iterations": iterations}
    weights = replace(
        weights,
        about={**weights.about, UNEVEN: about},
        reliability={**weights.reliability, **curve},
    )
    return replace(trained, weights=weights, uneven=tuple(held_out))


def _shrunk(fitted: _Weighing, first: _Weighing) -> _Weighing:
    """What was fitted on made texts, drawn towards what the first pass knows of real ones."""
    return _UNEVEN_SHARE * fitted + (1 - _UNEVEN_SHARE) * first


def _first_pass(
    cases: Sequence[Case],
    parts: Sequence[TrainingPiece],
    encoder: Encoder,
    folds: int,
    decay: float,
    iterations: int,
    report: Callable[[str], None],
) -> Trained:
    """Weights of the first pass from whole lattices, its held-out scores and calibration."""
    examples = []
    for number, piece in enumerate(parts):
        report(f"features {number + 1}/{len(parts)}: {piece.case.name}")
        examples.append(example_of(piece, encoder))
    processes = cores.count()

    def fitted(chosen: Sequence[Example], label: str) -> Weights:
        report(f"fitting {label} on {numbered(len(chosen), 'piece')}")
        return fit(chosen, decay=decay, iterations=iterations, processes=processes, report=report)

    held_out: list[CaseScore] = []
    for fold in range(folds if folds > 1 else 0):
        inside = [
            part for part in parts if fold_of(part.case.name, folds) == fold and not part.is_excerpt
        ]
        if not inside:
            continue
        kept = [item for item in examples if fold_of(item.name, folds) != fold]
        if not kept:
            raise UsageError(
                "the cases are all of one work: nothing is left to learn from when it is held out",
                hint="name cases of several works, or fit without held-out scores: --folds 1",
            )
        weights = fitted(kept, f"fold {fold + 1}")
        held_out += score_cases([part.case for part in inside], encoder, weights)
    weights = fitted(examples, "all")
    about = {
        "cases": [escaped(case.name) for case in cases],
        "pieces": len(parts),
        "encoder": model_of(encoder),
        "decay": decay,
        "iterations": iterations,
    }
    return Trained(
        replace(weights, about=about, reliability=reliability_of(held_out, cases)), tuple(held_out)
    )


def _usable(cases: Sequence[Case]) -> list[Case]:
    return sorted((case for case in cases if case.gold and case.has_texts), key=lambda c: c.name)


def _cases_of(weights: Weights) -> frozenset[str] | None:
    """The cases that a first pass was trained on, None where its file does not say so."""
    names = weights.about.get("cases")
    return frozenset(map(str, names)) if isinstance(names, list) and names else None


def _seen(case: Case, encoder: Encoder) -> bool:
    """Whether unrelated texts can be told from translations: not by a blind encoder."""
    return trust(encoder.covers(case.langs[0]), encoder.covers(case.langs[1])) >= 1


def score_cases(cases: Sequence[Case], encoder: Encoder, weights: Weights) -> list[CaseScore]:
    """Align each case with these weights and score it; confidences are raw posteriors."""
    out = []
    for case in cases:
        documents = case_documents(case)
        source, target = (
            encoder.overlaps([segment.text for segment in side.segments]) for side in documents
        )
        covers = (encoder.covers(documents[0].lang), encoder.covers(documents[1].lang))
        scored = score_pair(
            documents,
            (source, target),
            covers,
            weights,
            tokens=tokens_of(encoder, (source, target)),
        )
        decoded = decode_beads(scored.potentials)
        beads = [
            GoldBead(tuple(source), tuple(target), posterior)
            for (source, target), posterior in zip(
                decoded.ranges(), decoded.posteriors, strict=True
            )
        ]
        out.append(score_case(case, beads))
    return out
