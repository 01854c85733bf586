"""Scores by text: gold and system split the same texts differently, so numbers do not match.

Both segmentations are projected, side by side, on the characters that gold text and system text
have in common (white space ignored), found word by word; text that only one of them has (a
caption, a menu line) has no width there. Then

- a *cut* is a pair (source offset, target offset) between two neighbouring beads, the two ends
  of the texts left out. Crossing or interleaved beads have no cut between them: they are one
  block. Between two two-sided blocks a run of nulls is one source null, then one target null.
  Precision = cuts of the system that the gold has, recall = the reverse;
- a *block* is what lies between two neighbouring cuts. It is right if the other side has the
  same block. As in vecalign's strict score precision counts null blocks and recall does not;
- *null* is measured in characters: common characters that gold and system leave unaligned;
- `coverage` is the share of characters that the gold shares with the system, a side, and
  `lost` counts the cuts that fell together because the text between them is not in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from aligner.engine.evaluating.beads import GoldBead, beads_of
from aligner.engine.evaluating.counts import Rates, fractions
from aligner.engine.evaluating.textmatch import common_offsets
from aligner.model import Alignment, text_key

__all__ = ["BeadedText", "TextScore", "beaded_alignment", "cuts_of", "score_by_text"]

CutPoint: TypeAlias = tuple[int, int]
_Block: TypeAlias = tuple[CutPoint, CutPoint]


@dataclass(frozen=True, slots=True)
class BeadedText:
    """Two texts as segments, and the beads that number them."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[GoldBead, ...]


@dataclass(frozen=True, slots=True)
class TextScore:
    """Figures of one document by text; the module says what they count.

    `coverage`: shares of gold source, gold target, system source, system target that are common.
    `lost`: cuts of gold and of system that the missing text swallowed.
    """

    name: str
    cuts: Rates
    blocks: Rates
    null: Rates
    coverage: tuple[float, float, float, float]
    lost: tuple[int, int]


def beaded_alignment(alignment: Alignment) -> BeadedText:
    """Segments and beads of an alignment."""
    return BeadedText(
        tuple(s.text for s in alignment.source.segments),
        tuple(s.text for s in alignment.target.segments),
        beads_of(alignment),
    )


def score_by_text(gold: BeadedText, system: BeadedText, name: str = "") -> TextScore:
    """Compare two bead segmentations of (nearly) the same texts by their characters."""
    gold_source, system_source = common_offsets(gold.source, system.source)
    gold_target, system_target = common_offsets(gold.target, system.target)
    ends = (gold_source[-1], gold_target[-1])
    golds, gold_lost = _project(gold, gold_source, gold_target)
    systems, system_lost = _project(system, system_source, system_target)
    gold_blocks, system_blocks = _blocks(golds, ends), _blocks(systems, ends)
    return TextScore(
        name=name,
        cuts=_cut_rates(set(golds), set(systems)),
        blocks=_block_rates(gold_blocks, system_blocks),
        null=_null_rates(gold_blocks, system_blocks),
        coverage=(
            _share(ends[0], gold.source),
            _share(ends[1], gold.target),
            _share(ends[0], system.source),
            _share(ends[1], system.target),
        ),
        lost=(gold_lost, system_lost),
    )


def cuts_of(beads: Iterable[GoldBead], source_count: int, target_count: int) -> list[CutPoint]:
    """Segment numbers at which the ladder may be cut, from (0, 0) to the ends, nulls as runs.

    Segments in no two-sided bead are nulls, unless they lie inside a block of other beads.
    """
    linked = sorted((b for b in beads if not b.is_null), key=lambda b: b.key)
    # what still comes after bead k: no cut may leave a part of it behind
    source_rest, target_rest = source_count, target_count
    rests: list[CutPoint] = []
    for bead in reversed(linked):
        rests.append((source_rest, target_rest))
        source_rest = min(source_rest, bead.source[0])
        target_rest = min(target_rest, bead.target[0])
    rests.reverse()
    cuts = [(0, 0)]
    begin: CutPoint | None = None
    end = (0, 0)
    for bead, rest in zip(linked, rests, strict=True):
        first = (bead.source[0], bead.target[0])
        begin = first if begin is None else (min(begin[0], first[0]), min(begin[1], first[1]))
        end = (max(end[0], bead.source[-1] + 1), max(end[1], bead.target[-1] + 1))
        if end[0] <= rest[0] and end[1] <= rest[1]:
            cuts += [(begin[0], cuts[-1][1]), begin, end]
            begin = None
    cuts += [(source_count, cuts[-1][1]), (source_count, target_count)]
    return list(dict.fromkeys(cuts))


def _project(
    text: BeadedText, source_offsets: Sequence[int], target_offsets: Sequence[int]
) -> tuple[list[CutPoint], int]:
    """Inner cuts in common characters, null runs made canonical, and how many fell together."""
    numbers = cuts_of(text.beads, len(text.source), len(text.target))
    projected = [(source_offsets[i], target_offsets[j]) for i, j in numbers]
    ends = projected[-1]
    kept = list(dict.fromkeys(projected))
    lost = len(numbers) - len(kept)
    canonical: list[CutPoint] = []
    run_start = (0, 0)
    for before, after in pairwise(kept):
        if before[0] < after[0] and before[1] < after[1]:
            canonical += [(before[0], run_start[1]), before]
            canonical.append(after)
            run_start = after
    canonical.append((ends[0], run_start[1]))
    return [c for c in dict.fromkeys(canonical) if c not in ((0, 0), ends)], lost


def _blocks(cuts: Sequence[CutPoint], ends: CutPoint) -> list[_Block]:
    path = [(0, 0), *cuts, ends]
    return [(a, b) for a, b in pairwise(path) if a != b]


def _two_sided(block: _Block) -> bool:
    (source, target), (source_end, target_end) = block
    return source < source_end and target < target_end


def _cut_rates(gold: set[CutPoint], system: set[CutPoint]) -> Rates:
    return fractions(len(gold & system), len(system), len(gold & system), len(gold))


def _block_rates(gold: Sequence[_Block], system: Sequence[_Block]) -> Rates:
    two_sided = {b for b in gold if _two_sided(b)}
    hits = two_sided & set(system)
    return fractions(len(set(gold) & set(system)), len(system), len(hits), len(two_sided))


def _null_rates(gold: Sequence[_Block], system: Sequence[_Block]) -> Rates:
    right = total_gold = total_system = 0
    for side in (0, 1):
        golds, systems = (
            [(a[side], b[side]) for a, b in blocks if not _two_sided((a, b))]
            for blocks in (gold, system)
        )
        right += _overlap(golds, systems)
        total_gold += sum(b - a for a, b in golds)
        total_system += sum(b - a for a, b in systems)
    return fractions(right, total_system, right, total_gold)


def _overlap(one: Sequence[CutPoint], two: Sequence[CutPoint]) -> int:
    """Characters in both lists of intervals, each in order and without overlap."""
    i = j = total = 0
    while i < len(one) and j < len(two):
        total += max(0, min(one[i][1], two[j][1]) - max(one[i][0], two[j][0]))
        if one[i][1] <= two[j][1]:
            i += 1
        else:
            j += 1
    return total


def _share(common: int, segments: Sequence[str]) -> float:
    total = sum(len(text_key(s)) for s in segments)
    return common / total if total else 1.0
