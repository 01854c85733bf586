"""What the figures of `aligner train` mean, in words, and how the shipped weights do on the same pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.engine.embedding import Encoder
    from aligner.engine.evaluating import Case, CaseScore
    from aligner.engine.features import Weights

__all__ = ["compared", "meaning"]

_SURE = 0.05  # p from which on two systems are not told apart


def meaning(scores: Sequence[CaseScore]) -> Iterator[str]:
    """Sentences about held-out scores; about their absence where there are none."""
    from aligner.engine.evaluating import summarise_scores

    if not scores:
        yield (
            "No piece was held out (--folds): how good these weights are on texts that they have not "
            "seen, nobody knows."
        )
        return
    summary = summarise_scores(scores)
    rates = summary.macro
    of = numbered(summary.documents, "piece")
    yield (
        f"Each of the {of} was aligned by weights that had seen neither it nor another translation of "
        "the same text. Mean over pieces:"
    )
    strict, lax, null = (rates[measure] for measure in ("strict", "lax", "null"))
    if strict.precision is not None:
        yield (
            f"  of 100 beads made (links, and segments left without one), {100 * strict.precision:.0f} "
            "are exactly those of the gold (strict precision);"
        )
    if lax.f1 is not None:
        yield (
            f"  {100 * lax.f1:.0f} of 100 links meet one of the gold on both sides, though they may be "
            "larger or smaller (lax F1);"
        )
    if null.f1 is None:
        yield "  the gold has no segment without a counterpart, so that null F1 says nothing."
    else:
        yield f"  segments without a counterpart are recognised with an F1 of {null.f1:.2f} (null)."


def compared(
    scores: Sequence[CaseScore], pieces: Sequence[Case], encoder: Encoder, shipped: Weights
) -> Iterator[str]:
    """The shipped weights on the pieces that were held out: figures, difference, and what it says."""
    from aligner.engine.evaluating import paired_bootstrap, summarise_scores
    from aligner.engine.training import score_cases
    from aligner.text.notation import escaped

    by_name = {case.name: case for case in pieces}
    chosen = [score for score in scores if score.name in by_name]
    if not chosen:
        return
    theirs = score_cases([by_name[score.name] for score in chosen], encoder, shipped)
    rates = summarise_scores(theirs).macro
    cells = "".join(
        "     n/a" if rates[m].f1 is None else f"{rates[m].f1:8.3f}"
        for m in ("strict", "lax", "null")
    )
    yield f"{'shipped weights':16}{len(chosen):7}{cells}"
    one = paired_bootstrap(theirs, chosen)["macro"].get("strict")
    if one is None:
        return
    told = "no difference that these pieces can show"
    if one.p < _SURE:
        told = (
            "better than the shipped ones" if one.difference > 0 else "worse than the shipped ones"
        )
    yield (
        f"Strict F1 against the shipped weights: {one.difference:+.3f} "
        f"({one.interval.low:+.3f} .. {one.interval.high:+.3f}, p {one.p:.3f}): {told}."
    )
    known = set(map(str, shipped.about.get("cases", ())))
    seen = sum(1 for score in chosen if escaped(score.name.split("@")[0]) in known)
    if seen:
        yield (
            f"The shipped weights were trained on {seen} of these {len(chosen)} pieces: there their "
            "figures are better than on texts that they have not seen."
        )
