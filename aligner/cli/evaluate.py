"""`aligner evaluate`: scores of one or many systems' beads against gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.ui import say, tell
from aligner.model import UsageError

if TYPE_CHECKING:
    from aligner.engine.evaluating import Case, CaseScore
    from aligner.workflows.evaluating import System

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
    from aligner.engine.evaluating import score_case
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
    for case, system in pairs:
        _tell(evaluating.checked(case, system))
    scores = [score_case(case, system.beads, merged) for case, system in pairs]
    rival = None
    signature = evaluating.compared_by(pairs)
    if versus is not None:
        second = evaluating.load_system(versus)
        _tell(evaluating.checked(pairs[0][0], second))
        rival = [score_case(pairs[0][0], second.beads, merged)]
        signature += f"|versus:{second.signature or 'unknown'}"
    _print_scores(scores, rival, bootstrap, signature, as_json=as_json)


def _tell(remarks: Iterable[str]) -> None:
    for remark in remarks:
        tell(remark)


def _print_scores(
    scores: Sequence[CaseScore],
    rival: Sequence[CaseScore] | None,
    samples: int,
    signature: str,
    *,
    as_json: bool,
) -> None:
    from aligner.engine.evaluating import (
        bootstrap,
        comparison_lines,
        families,
        paired_bootstrap,
        score_data,
        score_lines,
        summarise_scores,
        summary_data,
    )

    summary, by_family = summarise_scores(scores), families(scores)
    intervals = bootstrap(scores, samples) if samples else {}
    compared = paired_bootstrap(scores, rival, samples or 1000) if rival is not None else {}
    if as_json:
        data: dict[str, Any] = {
            "documents": [score_data(s) for s in scores],
            "families": {f: summary_data(s) for f, s in by_family.items()},
            "all": summary_data(summary, intervals, compared),
            "signature": signature,
        }
        if rival is not None:
            data["versus"] = [score_data(s) for s in rival]
        _print_json(data)
        return
    lines = score_lines(scores, summary, by_family, intervals)
    if compared:
        lines += ["", *comparison_lines(compared, several=len(scores) > 1)]
    say("\n".join(lines))
    print(f"\n{signature}")


def _print_by_text(
    paths: Sequence[Path], pairs: Sequence[tuple[Case, System]], *, as_json: bool
) -> None:
    from aligner.engine.evaluating import (
        BeadedText,
        beaded_alignment,
        load_gold,
        score_by_text,
        text_data,
        text_lines,
    )
    from aligner.workflows.evaluating import compared_by

    scores = []
    for (case, system), path in zip(pairs, paths[1::2], strict=True):
        if not case.has_texts:
            raise UsageError("--by-text needs the texts of the gold", hint="give a case folder")
        gold = BeadedText(case.source, case.target, case.gold)
        if system.alignment is not None:
            other = beaded_alignment(system.alignment)
        elif path.is_dir():
            second = load_gold(path)
            other = BeadedText(second.source, second.target, second.gold)
        else:
            raise UsageError(f"--by-text needs the texts of {path}", hint="give .alignment.json")
        scores.append(score_by_text(gold, other, case.name))
    if as_json:
        documents = [text_data(s) for s in scores]
        _print_json({"documents": documents, "signature": compared_by(pairs)})
        return
    say("\n".join(text_lines(scores)))
    print(f"\n{compared_by(pairs)}")


def _print_json(data: dict[str, Any]) -> None:
    import json

    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
