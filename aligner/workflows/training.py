"""Gold -> a file of weights (`aligner train`), with the scores of pieces that were held out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import atomic
from aligner.files.output_places import check_places
from aligner.model import UsageError
from aligner.workflows.weighing import load_weights, refuse_other_encoder

if TYPE_CHECKING:
    from aligner.engine.embedding import Encoder
    from aligner.engine.evaluating import Case
    from aligner.engine.training import Trained

__all__ = ["gold_cases", "train_weights"]


def gold_cases(gold: Sequence[Path], skip: Sequence[str] = ()) -> list[Case]:
    """Cases of the folders, without those whose names fit a pattern of `skip`. Raises UsageError for
    none.
    """
    from aligner.engine.evaluating import find_cases, load_gold

    folders = [folder for path in gold for folder in find_cases(path)]
    cases = [
        load_gold(folder)
        for folder in folders
        if not any(fnmatch(folder.name, pattern) for pattern in skip)
    ]
    if not cases:
        raise UsageError(
            "no case is left to train on", hint="name folders with src.* tgt.* gold.txt"
        )
    return cases


def train_weights(
    gold: Sequence[Path],
    output: Path,
    *,
    skip: Sequence[str] = (),
    whole: Sequence[Path] = (),
    folds: int = 5,
    decay: float = 0.01,
    iterations: int = 25,
    encoder: str = "embedded",
    first: Path | None = None,
    uneven: bool = False,
    report: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Trained, list[Case], Encoder]:
    """Weights from gold, written to `output`; held-out figures of every piece as JSON to `report`.
    `whole`: folders of gold of which nothing is made (`engine.training.train`);
    `first`: a file of weights whose first pass is kept. Returns what came of it, with the cases and
    the encoder. `tell` hears how far it is.

    Raises UsageError, MissingExtra, ModelError or ReadError.
    """
    from aligner.engine import embedding, training
    from aligner.runtime.threads import one_blas_thread

    check_places([output, report], [*gold, *whole])
    kept = None if first is None else load_weights(first)
    cases = gold_cases(gold, skip)
    more = gold_cases(whole) if whole else []
    model = embedding.load_encoder(encoder)
    if kept is not None:
        refuse_other_encoder(kept, model, encoder, str(first))
    with one_blas_thread():
        trained = training.train(
            cases,
            model,
            whole=more,
            folds=folds,
            decay=decay,
            iterations=iterations,
            first=kept,
            with_uneven=uneven,
            report=tell,
        )
    with atomic(output) as out:
        out.write((trained.weights.dumps() + "\n").encode())
    if report is not None:
        with atomic(report) as out:
            out.write(json.dumps(_figures(trained)).encode())
    return trained, [*cases, *more], model


def _figures(trained: Trained) -> list[dict[str, object]]:
    return [
        {
            "name": score.name,
            **{m: score.rates(m).f1 for m in ("strict", "lax", "null")},
            "confidences": [round(float(value), 4) for value in score.confidences],
            "right": [bool(value) for value in score.right],
        }
        for score in trained.second or trained.held_out
    ]
