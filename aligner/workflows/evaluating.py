"""Gold and systems to compare: aligned now, or read from files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.engine.evaluating import (
    SCORING,
    Case,
    GoldBead,
    beads_of,
    case_documents,
    find_cases,
    inspect_beads,
    load_cases,
    load_gold,
    parse_beads,
    read_utf8,
)
from aligner.files import reading
from aligner.model import Alignment, AlignmentSet, Source, UsageError
from aligner.workflows.aligning import align_documents
from aligner.workflows.reading import read_alignment

__all__ = [
    "System",
    "aligned_cases",
    "checked",
    "compared_by",
    "given_pairs",
    "load_system",
]

_PAIR = 2


@dataclass(frozen=True, slots=True)
class System:
    """Beads of a system, what made them, and the alignment where there is one."""

    beads: tuple[GoldBead, ...]
    signature: str
    alignment: Alignment | None = None


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
