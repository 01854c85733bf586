"""How good beads are, and weights made from gold: `aligner evaluate`, `train`, `languages`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import Alignment, FileName, UsageError
from aligner.workflows.aligning import Notices

if TYPE_CHECKING:
    from aligner.engine.evaluating import ScoreSummary, TextScore
    from aligner.engine.training import Trained
    from aligner.workflows.evaluating import Evaluation

__all__ = ["evaluate", "evaluate_all", "evaluate_by_text", "known_languages", "train"]


def evaluate(
    gold: FileName,
    system: Alignment | FileName,
    *,
    merged: bool | None = None,
    notices: Notices | None = None,
) -> ScoreSummary:
    """Beads against gold (a folder with META.json, a file of beads), as `aligner evaluate` scores them:
    strict, lax and null precision, recall and F1, bead types, calibration.

    `merged`: system beads inside one gold bead count as one; None asks the gold. What is strange in
    gold or system is a notice. Raises ReadError, Malformed, and UsageError where both number other
    segments.

    >>> import aligner
    >>> made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    >>> score = aligner.evaluate("corpora/interview/gold.beads", made)
    >>> score.macro["strict"].f1 > 0.9
    True
    """
    return evaluate_all([(gold, system)], merged=merged, bootstrap=0, notices=notices).summary


def evaluate_all(
    pairs: Sequence[tuple[FileName, Alignment | FileName]] = (),
    *,
    cases: Sequence[FileName] = (),
    versus: FileName | None = None,
    bootstrap: int = 1000,
    merged: bool | None = None,
    notices: Notices | None = None,
) -> Evaluation:
    """Many systems against their gold: scores of each, of families, of all, with intervals.

    `pairs` are gold and system, `cases` folders whose texts are aligned now; `versus` is a second
    system for the only gold; `bootstrap`: resamples for the intervals, 0 for none. Raises as `evaluate`.

    >>> import aligner
    >>> gold = "corpora/interview/gold.beads"
    >>> made = aligner.evaluate_all([(gold, gold)], bootstrap=0)
    >>> made.summary.macro["strict"].f1, made.signature.startswith("gold:")
    (1.0, True)
    """
    from aligner.engine.evaluating import load_gold
    from aligner.workflows import evaluating

    if versus is not None and (cases or len(pairs) != 1):
        raise UsageError("--versus compares two systems on one GOLD", hint="give GOLD SYSTEM")
    told = notices or Notices()
    loaded = [(load_gold(Path(gold)), evaluating.system_of(system)) for gold, system in pairs]
    loaded += evaluating.aligned_cases([Path(case) for case in cases])
    if not loaded:
        raise UsageError("there is nothing to score", hint="give gold and system, or cases")
    for case, _ in loaded:
        for remark in case.remarks():
            told.add(f"{case.name}: {remark}")
    return evaluating.evaluate_pairs(
        loaded,
        versus=None if versus is None else Path(versus),
        merged=merged,
        samples=bootstrap,
        tell=told.add,
    )


def evaluate_by_text(
    gold: FileName, system: Alignment | FileName, *, notices: Notices | None = None
) -> TextScore:
    """Beads against gold by characters, where the texts were split differently.

    Both need their texts: a case folder, and an alignment or an `.alignment.json`. Raises UsageError.
    """
    from aligner.engine.evaluating import load_gold
    from aligner.workflows import evaluating

    case = load_gold(Path(gold))
    for remark in case.remarks():
        (notices or Notices()).add(f"{case.name}: {remark}")
    path = Path() if isinstance(system, Alignment) else Path(system)
    return evaluating.evaluate_texts([(case, evaluating.system_of(system))], [path])[0]


def train(
    gold: Sequence[FileName],
    output: FileName,
    *,
    skip: Sequence[str] = (),
    whole: Sequence[FileName] = (),
    folds: int = 5,
    decay: float = 0.01,
    iterations: int = 25,
    encoder: str = "embedded",
    first: FileName | None = None,
    uneven: bool = False,
    report: FileName | None = None,
    tell: Callable[[str], None] | None = None,
) -> Trained:
    """Train the weights of the scorer on gold alignments, and write them to `output`.

    Returns the weights and the scores of pieces that were held out; `report` takes these as JSON.
    `whole`: more gold, that counts a quarter and of which no excerpts and abridged texts are made; `first`: a file of weights whose first pass is kept; `tell` hears how far it is. Options as those
    of `aligner train`. Raises UsageError, MissingExtra, ModelError.
    """
    from aligner.workflows.training import train_weights

    trained, _, _ = train_weights(
        [Path(one) for one in gold],
        Path(output),
        skip=skip,
        whole=[Path(path) for path in whole],
        folds=folds,
        decay=decay,
        iterations=iterations,
        encoder=encoder,
        first=None if first is None else Path(first),
        uneven=uneven,
        report=None if report is None else Path(report),
        tell=tell or (lambda _: None),
    )
    return trained


def known_languages() -> dict[str, dict[str, float]]:
    """How well each encoder knows each language: the share of sentences whose translation it finds.

    >>> import aligner
    >>> aligner.known_languages()["embedded"]["es"] > 0.9
    True
    """
    from aligner.engine.embedding import coverage_tables

    return coverage_tables()
