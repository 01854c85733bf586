"""`aligner evaluate`: scores of one or many systems' beads against gold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.ui import say, tell
from aligner.model import UsageError

if TYPE_CHECKING:
    from aligner.engine.evaluating import Case
    from aligner.workflows.evaluating import Evaluation, System

__all__ = ["evaluate"]

_PAIR = 2


def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD SYSTEM [GOLD SYSTEM ...]",
            help="Gold: a case folder or a beads file. System: a beads file or .alignment.json. "
            "With --cases: case folders, or folders of them.",
            show_default=False,
        ),
    ],
    cases: Annotated[
        bool, typer.Option("--cases", help="Align the texts of these case folders, then score.")
    ] = False,
    by_text: Annotated[
        bool,
        typer.Option("--by-text", help="Compare by characters: the texts were split differently."),
    ] = False,
    versus: Annotated[
        Path | None,
        typer.Option("--versus", help="A second system for the one GOLD: paired bootstrap."),
    ] = None,
    bootstrap: Annotated[
        int, typer.Option("--bootstrap", min=0, help="Resamples for intervals; 0 for none.")
    ] = 1000,
    merged: Annotated[
        bool | None,
        typer.Option(
            "--merged/--no-merged",
            help="Merge system beads inside one gold bead (default: where the gold is coarse).",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
) -> None:
    """Score beads against gold: strict, lax and null F1, bead types, calibration."""
    from aligner.workflows import evaluating

    if versus is not None and (cases or by_text or len(paths) != _PAIR):
        raise UsageError("--versus compares two systems on one GOLD", hint="give GOLD SYSTEM")
    if cases and by_text:
        raise UsageError("--cases aligns the gold's own segments, so --by-text has nothing to do")
    if by_text and merged is not None:
        raise UsageError("--merged and --no-merged have no meaning with --by-text")
    pairs = evaluating.aligned_cases(paths) if cases else evaluating.given_pairs(paths)
    for case, _ in pairs:
        for remark in case.remarks():
            tell(f"{case.name}: {remark}")
    if by_text:
        _print_by_text(paths, pairs, as_json=as_json)
        return
    made = evaluating.evaluate_pairs(
        pairs, versus=versus, merged=merged, samples=bootstrap, tell=tell
    )
    _print_scores(made, as_json=as_json)


def _print_scores(made: Evaluation, *, as_json: bool) -> None:
    from aligner.engine.evaluating import comparison_lines, score_data, score_lines, summary_data

    if as_json:
        data: dict[str, Any] = {
            "documents": [score_data(s) for s in made.documents],
            "families": {f: summary_data(s) for f, s in made.families.items()},
            "all": summary_data(made.summary, made.intervals, made.comparison),
            "signature": made.signature,
        }
        if made.versus is not None:
            data["versus"] = [score_data(s) for s in made.versus]
        _print_json(data)
        return
    lines = score_lines(made.documents, made.summary, made.families, made.intervals)
    if made.comparison:
        lines += ["", *comparison_lines(made.comparison, several=len(made.documents) > 1)]
    say("\n".join(lines))
    print(f"\n{made.signature}")


def _print_by_text(
    paths: Sequence[Path], pairs: Sequence[tuple[Case, System]], *, as_json: bool
) -> None:
    from aligner.engine.evaluating import text_data, text_lines
    from aligner.workflows.evaluating import compared_by, evaluate_texts

    scores = evaluate_texts(pairs, paths[1::2])
    if as_json:
        documents = [text_data(s) for s in scores]
        _print_json({"documents": documents, "signature": compared_by(pairs)})
        return
    say("\n".join(text_lines(scores)))
    print(f"\n{compared_by(pairs)}")


def _print_json(data: dict[str, Any]) -> None:
    import json

    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
