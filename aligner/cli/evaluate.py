"""`aligner evaluate`: scores of one or many systems' beads against gold."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.files import reading
from aligner.model import Alignment, AlignmentSet, Source, UsageError

if TYPE_CHECKING:
    from aligner.engine.evaluating import Case, CaseScore, GoldBead

__all__ = ["evaluate"]

_PAIR = 2


@dataclass(frozen=True, slots=True)
class _System:
    """Beads of a system, what made them, and the alignment where there is one."""

    beads: tuple[GoldBead, ...]
    signature: str
    alignment: Alignment | None = None


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
    if versus is not None and (cases or by_text or len(paths) != _PAIR):
        raise UsageError("--versus compares two systems on one GOLD", hint="give GOLD SYSTEM")
    if cases and by_text:
        raise UsageError("--cases aligns the gold's own segments, so --by-text has nothing to do")
    if by_text and merged is not None:
        raise UsageError("--merged and --no-merged have no meaning with --by-text")
    pairs = _aligned_cases(paths) if cases else _given_pairs(paths)
    for case, _ in pairs:
        for remark in case.remarks():
            print(f"aligner: {case.name}: {remark}", file=sys.stderr)
    if by_text:
        _print_by_text(paths, pairs, as_json=as_json)
        return
    for case, system in pairs:
        _check_counts(case, system)
    scores = [_score(case, system, merged) for case, system in pairs]
    rival = None
    signature = _signature(pairs)
    if versus is not None:
        second = _load_system(versus)
        _check_counts(pairs[0][0], second)
        rival = [_score(pairs[0][0], second, merged)]
        signature += f"|versus:{second.signature or 'unknown'}"
    _print_scores(scores, rival, bootstrap, signature, as_json=as_json)


def _align(case: Case) -> Alignment:
    from aligner.engine.evaluating import case_documents
    from aligner.workflows.aligning import align_documents

    return align_documents(*case_documents(case))


def _aligned_cases(paths: Sequence[Path]) -> list[tuple[Case, _System]]:
    from aligner.engine.evaluating import beads_of, find_cases, load_cases

    pairs = []
    for path in paths:
        for folder in find_cases(path):
            for case in load_cases(folder):
                alignment = _align(case)
                signature = str(alignment.signature)
                pairs.append((case, _System(beads_of(alignment), signature, alignment)))
    return pairs


def _given_pairs(paths: Sequence[Path]) -> list[tuple[Case, _System]]:
    from aligner.engine.evaluating import load_gold

    if len(paths) % _PAIR:
        raise UsageError("every GOLD needs its SYSTEM", hint="or --cases to align case folders")
    return [
        (load_gold(gold), _load_system(system))
        for gold, system in zip(paths[::2], paths[1::2], strict=True)
    ]


def _load_system(path: Path) -> _System:
    """A system from .alignment.json, a beads file, or the gold of a case folder."""
    from aligner.engine.evaluating import beads_of, load_gold, parse_beads, read_utf8
    from aligner.workflows.reading import read_alignment

    if path.is_dir():
        case = load_gold(path)
        return _System(case.gold, f"gold:{case.digest}")
    if path.suffix != ".json":
        text = read_utf8(path)
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        return _System(parse_beads(text, str(path)), f"beads:{digest}")
    with reading(path):
        data = path.read_bytes()
    alignment = read_alignment(Source(str(path), data), "json")
    if isinstance(alignment, AlignmentSet):
        if len(alignment.alignments) > 1:
            raise UsageError(f"{path} aligns more than two texts", hint="score one pair at a time")
        alignment = alignment.alignments[0]
    return _System(beads_of(alignment), str(alignment.signature), alignment)


def _check_counts(case: Case, system: _System) -> None:
    """Refuse systems that number other segments than the gold does; tell what they leave out."""
    from aligner.engine.evaluating import inspect_beads

    if not case.has_texts:
        return
    if system.alignment is not None:
        counts = (
            len(system.alignment.source.segments),
            len(system.alignment.target.segments),
        )
        wrong = counts != (len(case.source), len(case.target))
    else:
        counts = (
            1 + max((i for b in system.beads for i in b.source), default=-1),
            1 + max((j for b in system.beads for j in b.target), default=-1),
        )
        wrong = counts[0] > len(case.source) or counts[1] > len(case.target)
    if wrong:
        raise UsageError(
            f"{case.name}: the system numbers {counts[0]} x {counts[1]} segments, "
            f"the gold {len(case.source)} x {len(case.target)}",
            hint="--by-text compares texts that were split differently",
        )
    for remark in inspect_beads(system.beads, len(case.source), len(case.target)):
        print(f"aligner: {case.name}, system: {remark}", file=sys.stderr)


def _score(case: Case, system: _System, merged: bool | None) -> CaseScore:
    from aligner.engine.evaluating import score_case

    return score_case(case, system.beads, merged)


def _signature(pairs: Sequence[tuple[Case, _System]]) -> str:
    """One line that says which gold, which system, which program."""
    from aligner.engine.evaluating import SCORING

    golds = sorted({case.digest for case, _ in pairs})
    systems = sorted({system.signature for _, system in pairs if system.signature})
    gold = golds[0] if len(golds) == 1 else _digest(golds)
    beads_only = len(systems) > 1 and all(s.startswith("beads:") for s in systems)
    shown = f"beads:{_digest(systems)}" if beads_only else " + ".join(systems) or "unknown"
    return f"gold:{gold}|documents:{len(pairs)}|scoring:{SCORING}|system:{shown}"


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


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
    print("\n".join([*lines, "", signature]))


def _print_by_text(
    paths: Sequence[Path], pairs: Sequence[tuple[Case, _System]], *, as_json: bool
) -> None:
    from aligner.engine.evaluating import (
        BeadedText,
        beaded_alignment,
        load_gold,
        score_by_text,
        text_data,
        text_lines,
    )

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
        _print_json({"documents": documents, "signature": _signature(pairs)})
        return
    print("\n".join([*text_lines(scores), "", _signature(pairs)]))


def _print_json(data: dict[str, Any]) -> None:
    import json

    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
