"""`aligner train`: weights from gold, with cross-validated figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.common.weights import compared, meaning
from aligner.cli.ui import say, tell, translated

if TYPE_CHECKING:
    from aligner.engine.evaluating import CaseScore

__all__ = ["train"]


def train(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...", help="Case folders (src.* tgt.* gold.txt), or folders of them."
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The weights file to write.")],
    skip: Annotated[
        list[str] | None,
        typer.Option("--skip", help="Leave out cases whose name fits this pattern (repeatable)."),
    ] = None,
    whole: Annotated[
        list[Path] | None,
        typer.Option(
            "--whole",
            help="More gold, that counts a quarter; no excerpts or abridged texts are made of it (repeatable).",
        ),
    ] = None,
    folds: Annotated[
        int, typer.Option("--folds", min=0, help="Folds of the cross-validation; 0 for none.")
    ] = 5,
    decay: Annotated[float, typer.Option("--decay", min=0.0, help="L2 penalty.")] = 0.01,
    iterations: Annotated[
        int, typer.Option("--iterations", min=1, help="Iterations of the optimiser.")
    ] = 25,
    encoder: Annotated[
        str, typer.Option("--encoder", help="The encoder to train for.")
    ] = "embedded",
    first: Annotated[
        Path | None,
        typer.Option(
            "--first", help="Keep the first pass of this weights file; train the second pass alone."
        ),
    ] = None,
    uneven: Annotated[
        bool,
        typer.Option(
            "--uneven",
            help="Train also for texts whose segments are much longer on one side (large beads).",
        ),
    ] = False,
    report_file: Annotated[
        Path | None,
        typer.Option("--report", help="Write the held-out figures of every piece to this JSON."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
) -> None:
    """Train the scorer's weights on gold alignments, and say how good they are on unseen gold.

    Every case is scored by weights that never saw it (nor another translation of the same text),
    and by the shipped weights beside them. The confidences are calibrated on these scores. No random numbers: the same cases give the
    same weights.
    """
    from aligner.engine import features, training
    from aligner.engine.evaluating import families, summarise_scores
    from aligner.runtime.threads import one_blas_thread
    from aligner.workflows.training import train_weights

    def report(line: str) -> None:
        if not quiet:
            tell(line, prefix="")

    trained, cases, model = train_weights(
        gold,
        output,
        skip=skip or (),
        whole=whole or (),
        folds=folds,
        decay=decay,
        iterations=iterations,
        encoder=encoder,
        first=first,
        uneven=uneven,
        report=report_file,
        tell=report,
    )
    for title, scores in (
        ("held out", trained.held_out),
        ("likely beads", trained.likely),
        ("second pass", trained.second),
        ("uneven texts", trained.uneven),
    ):
        if not scores:
            continue
        print(f"{translated(title):16}{translated('pieces'):>7}{'strict':>8}{'lax':>8}{'null':>8}")
        rows = {**families(scores), "all": summarise_scores(scores)}
        for name, summary in rows.items():
            figures = [summary.macro[measure].f1 for measure in ("strict", "lax", "null")]
            cells = "".join("     n/a" if f is None else f"{f:8.3f}" for f in figures)
            print(f"{name:16}{summary.documents:7}{cells}")
    pieces = [piece.case for case in cases for piece in training.pieces_of(case)]
    with one_blas_thread():
        for line in compared(trained.held_out, pieces, model, features.shipped_weights()):
            say(line)
    if trained.second:
        _print_difference(trained.likely, trained.second)
    if first is None:
        say("\n".join(meaning(trained.held_out)))
    say(f"weights {trained.weights.digest} -> {output}")


def _print_difference(first: Sequence[CaseScore], second: Sequence[CaseScore]) -> None:
    """Strict F1 of every family without and with the second pass: paired bootstrap over beads."""
    from aligner.engine.evaluating import families, paired_bootstrap

    print(f"{translated('second - first'):16}{'strict':>8}{translated('  95 % interval      p')}")
    for name in (*families(second), "all"):
        chosen = [n for n, s in enumerate(second) if name == "all" or name in s.families]
        compared = paired_bootstrap([first[n] for n in chosen], [second[n] for n in chosen])
        one = compared["macro"].get("strict")
        if one is not None:
            interval = f"{one.interval.low:+.4f} .. {one.interval.high:+.4f}"
            print(f"{name:16}{one.difference:+8.4f}  {interval}  {one.p:.3f}")
