"""Gold and systems to compare: aligned now, or read from files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.engine.evaluating import (
    SCORING,
    BeadedText,
    Case,
    CaseScore,
    GoldBead,
    ScoreSummary,
    TextScore,
    beaded_alignment,
    beads_of,
    bootstrap,
    case_documents,
    families,
    find_cases,
    inspect_beads,
    load_cases,
    load_gold,
    paired_bootstrap,
    parse_beads,
    read_utf8,
    score_by_text,
    score_case,
    summarise_scores,
)
from aligner.files import reading
from aligner.model import Alignment, AlignmentSet, FileName, Source, UsageError
from aligner.workflows.aligning import align_documents
from aligner.workflows.reading import read_alignment

__all__ = [
    "Evaluation",
    "System",
    "aligned_cases",
    "checked",
    "compared_by",
    "evaluate_pairs",
    "evaluate_texts",
    "given_pairs",
    "load_system",
    "system_of",
]

_PAIR = 2


@dataclass(frozen=True, slots=True)
class System:
    """Beads of a system, what made them, and the alignment where there is one."""

    beads: tuple[GoldBead, ...]
    signature: str
    alignment: Alignment | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of every document, of all (`summary`) and of families of gold; `intervals` by bootstrap;
    `versus` the scores of a second system and `comparison` the paired bootstrap against it.
    `signature` says which gold, which system, which program.
    """

    documents: tuple[CaseScore, ...]
    summary: ScoreSummary
    families: Mapping[str, ScoreSummary]
    signature: str
    intervals: Mapping[str, Any] = field(default_factory=dict)
    versus: tuple[CaseScore, ...] | None = None
    comparison: Mapping[str, Any] = field(default_factory=dict)


def evaluate_pairs(
    pairs: Sequence[tuple[Case, System]],
    *,
    versus: Path | None = None,
    merged: bool | None = None,
    samples: int = 0,
    tell: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """The scores of all pairs; `versus`: a second system for the only gold. `samples`: resamples of the
    intervals, 0 for none. `tell` hears of what is strange in gold and systems.

    Raises UsageError where a system numbers other segments than its gold.
    """
    for case, system in pairs:
        for remark in checked(case, system):
            tell(remark)
    scores = [score_case(case, system.beads, merged) for case, system in pairs]
    signature = compared_by(pairs)
    rival = None
    if versus is not None:
        second = load_system(versus)
        for remark in checked(pairs[0][0], second):
            tell(remark)
        rival = [score_case(pairs[0][0], second.beads, merged)]
        signature += f"|versus:{second.signature or 'unknown'}"
    return Evaluation(
        tuple(scores),
        summarise_scores(scores),
        families(scores),
        signature,
        bootstrap(scores, samples) if samples else {},
        None if rival is None else tuple(rival),
        {} if rival is None else paired_bootstrap(scores, rival, samples or 1000),
    )


def evaluate_texts(pairs: Sequence[tuple[Case, System]], paths: Sequence[Path]) -> list[TextScore]:
    """Scores by characters, for texts that were split differently; `paths`: those of the systems.

    Raises UsageError where the texts of a gold or of a system are not there.
    """
    scores = []
    for (case, system), path in zip(pairs, paths, strict=True):
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
    return scores


def aligned_cases(paths: Sequence[Path]) -> list[tuple[Case, System]]:
    """Case folders, or folders of them, with their texts aligned now. Raises as `load_cases`."""
    pairs = []
    for path in paths:
        for folder in find_cases(path):
            for case in load_cases(folder):
                alignment = align_documents(*case_documents(case))
                signature = str(alignment.signature)
                pairs.append((case, System(beads_of(alignment), signature, alignment)))
    return pairs


def given_pairs(paths: Sequence[Path]) -> list[tuple[Case, System]]:
    """GOLD SYSTEM GOLD SYSTEM ... as files. Raises UsageError for an odd number of them."""
    if len(paths) % _PAIR:
        raise UsageError("every GOLD needs its SYSTEM", hint="or --cases to align case folders")
    return [
        (load_gold(gold), load_system(system))
        for gold, system in zip(paths[::2], paths[1::2], strict=True)
    ]


def system_of(system: Alignment | FileName) -> System:
    """A system from an alignment, or from a file; raises as `load_system`."""
    if isinstance(system, Alignment):
        return System(beads_of(system), str(system.signature), system)
    return load_system(Path(system))


def load_system(path: Path) -> System:
    """A system from .alignment.json, a beads file, or the gold of a case folder."""
    if path.is_dir():
        case = load_gold(path)
        return System(case.gold, f"gold:{case.digest}")
    if path.suffix != ".json":
        text = read_utf8(path)
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        return System(parse_beads(text, str(path)), f"beads:{digest}")
    with reading(path):
        data = path.read_bytes()
    alignment = read_alignment(Source(str(path), data), "json")
    if isinstance(alignment, AlignmentSet):
        if len(alignment.alignments) > 1:
            raise UsageError(f"{path} aligns more than two texts", hint="score one pair at a time")
        alignment = alignment.alignments[0]
    return System(beads_of(alignment), str(alignment.signature), alignment)


def checked(case: Case, system: System) -> Iterator[str]:
    """What a system leaves out of the gold's segments, a sentence each. Raises UsageError where it
    numbers other segments than the gold does.
    """
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
        yield f"{case.name}, system: {remark}"


def compared_by(pairs: Sequence[tuple[Case, System]]) -> str:
    """One line that says which gold, which system, which program."""
    golds = sorted({case.digest for case, _ in pairs})
    systems = sorted({system.signature for _, system in pairs if system.signature})
    gold = golds[0] if len(golds) == 1 else _digest(golds)
    beads_only = len(systems) > 1 and all(s.startswith("beads:") for s in systems)
    shown = f"beads:{_digest(systems)}" if beads_only else " + ".join(systems) or "unknown"
    return f"gold:{gold}|documents:{len(pairs)}|scoring:{SCORING}|system:{shown}"


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
