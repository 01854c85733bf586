"""Strict, lax and null scores of one document, as counts a gold bead.

Definitions of vecalign's `score.py` (Thompson & Koehn 2019). A system bead is a *strict* hit if
the gold holds the same bead; a *lax* hit if it is a strict hit or if some source segment of it is
linked in the gold to some target segment of it. Precision = hits / all distinct system beads,
nulls included; recall = the same with the roles swapped and all null beads removed from both
sides. *Null* scores are over segments: unaligned in the system against unaligned in the gold,
both sides together. A segment that the gold never names is not judged for the null score.

Three rules come first, in this order:

- runs of nulls become 1-0 and 0-1 singles, in gold and system;
- coarse gold (several sentences a bead): system beads that lie inside one two-sided gold bead
  are merged. Nulls inside it join only where some two-sided bead is there to join, so that an
  alignment of nothing but nulls never becomes right by merging;
- crossing pairs: where the gold knows that source segments S and target segments T translate
  each other against the order, both ways of saying it are right: the bead (S, T), or nulls on
  all of them. The gold takes the way that the system took; S and T count as linked for lax.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from aligner.engine.evaluating.beads import GoldBead, distinct
from aligner.engine.evaluating.counts import (
    COLUMNS,
    GOLD,
    LAX_GOLD,
    LAX_SYSTEM,
    NULL_GOLD,
    NULL_RIGHT,
    NULL_SYSTEM,
    STRICT_GOLD,
    STRICT_SYSTEM,
    SYSTEM,
    FloatArray,
    IntArray,
    Rates,
    rates,
)

__all__ = ["CaseScore", "CrossingPair", "TypeCount", "merge_inside", "score_beads"]

CrossingPair: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
_Segment: TypeAlias = tuple[str, int]  # ("source" | "target", index)


@dataclass(frozen=True, slots=True)
class TypeCount:
    """Beads of one type: in the gold, in the system, and in both."""

    gold: int = 0
    system: int = 0
    hits: int = 0


@dataclass(frozen=True, slots=True)
class CaseScore:
    """What one document contributes to every figure.

    `units` [U, COLUMNS]: a row of counts a gold bead, each system bead counted at the gold bead
    of its first source segment (or first target segment). `confidences` and `right` [K]: the
    system beads that carry a confidence, and whether the gold says so.
    """

    name: str
    units: IntArray
    types: dict[str, TypeCount]
    confidences: FloatArray
    right: FloatArray
    merged: bool = False
    gold_digest: str = ""
    families: tuple[str, ...] = field(default=())

    @property
    def totals(self) -> IntArray:
        """One row: the sums of the document."""
        sums: IntArray = self.units.sum(axis=0)
        return sums

    def rates(self, measure: str) -> Rates:
        """Precision, recall and F1 of `strict`, `lax` or `null`."""
        return rates(self.totals, measure)


def score_beads(
    gold: Iterable[GoldBead],
    system: Iterable[GoldBead],
    *,
    name: str = "",
    merged: bool = False,
    crossing_pairs: Sequence[CrossingPair] = (),
) -> CaseScore:
    """Score the beads of a system against gold beads (vecalign's definitions, see the module).

    `merged` merges system beads inside one gold bead first; `crossing_pairs` are pairs of which
    both the crossing and the nulls are right.
    """
    published = distinct(gold)
    stated = distinct(system)
    truth = _resolve_crossings(published, stated, crossing_pairs)
    scored = merge_inside(stated, truth) if merged else stated
    links_truth = _links(truth, crossing_pairs)
    links_scored = _links(scored)
    keys_truth = {b.key for b in truth}
    keys_scored = {b.key for b in scored}

    owner = _owners(published)
    units = np.zeros((len(published) + 1, COLUMNS), dtype=np.int64)
    elsewhere = len(published)  # beads on segments that the gold never names

    def unit(bead: GoldBead) -> int:
        first = ("source", bead.source[0]) if bead.source else ("target", bead.target[0])
        return owner.get(first, elsewhere)

    for bead in scored:
        row = units[unit(bead)]
        row[SYSTEM] += 1
        row[STRICT_SYSTEM] += bead.key in keys_truth
        row[LAX_SYSTEM] += bead.key in keys_truth or _meets(bead, links_truth)
    for bead in truth:
        if not bead.is_null:
            row = units[unit(bead)]
            row[GOLD] += 1
            row[STRICT_GOLD] += bead.key in keys_scored
            row[LAX_GOLD] += bead.key in keys_scored or _meets(bead, links_scored)
    in_gold, in_system = _linked(truth), _linked(scored)
    for segment, index in owner.items():
        units[index, NULL_GOLD] += segment not in in_gold
        units[index, NULL_SYSTEM] += segment not in in_system
        units[index, NULL_RIGHT] += segment not in in_gold and segment not in in_system

    confidences, right = _judged(stated, truth, merged=merged)
    return CaseScore(
        name=name,
        units=units if units[elsewhere].any() else units[:elsewhere],
        types=_types(truth, scored),
        confidences=confidences,
        right=right,
        merged=merged,
    )


def merge_inside(system: Sequence[GoldBead], gold: Sequence[GoldBead]) -> tuple[GoldBead, ...]:
    """System beads with all that lie inside one two-sided gold bead merged into one.

    Nulls of `system` must be singles. A group without a two-sided bead stays as it is.
    """
    owner = _owners(gold)
    groups: dict[int, list[GoldBead]] = defaultdict(list)
    merged: list[GoldBead] = []
    for bead in system:
        home = _home(bead, owner)
        if home is None or gold[home].is_null:
            merged.append(bead)
        else:
            groups[home].append(bead)
    for group in groups.values():
        if len(group) == 1 or all(b.is_null for b in group):
            merged.extend(group)
        else:
            source = sorted({i for b in group for i in b.source})
            target = sorted({j for b in group for j in b.target})
            merged.append(GoldBead(tuple(source), tuple(target)))
    return tuple(merged)


def _segments(bead: GoldBead) -> list[_Segment]:
    return [("source", i) for i in bead.source] + [("target", j) for j in bead.target]


def _owners(beads: Sequence[GoldBead]) -> dict[_Segment, int]:
    """Segment -> the first bead that names it."""
    owner: dict[_Segment, int] = {}
    for index, bead in enumerate(beads):
        for segment in _segments(bead):
            owner.setdefault(segment, index)
    return owner


def _home(bead: GoldBead, owner: dict[_Segment, int]) -> int | None:
    """The gold bead that all segments of `bead` belong to, if it is one."""
    homes = {owner.get(segment) for segment in _segments(bead)}
    return homes.pop() if len(homes) == 1 else None


def _links(beads: Iterable[GoldBead], pairs: Sequence[CrossingPair] = ()) -> dict[int, set[int]]:
    """Source segment -> the target segments that share a bead with it."""
    links: dict[int, set[int]] = defaultdict(set)
    for source, target in (*(b.key for b in beads), *pairs):
        for i in source:
            links[i].update(target)
    return links


def _meets(bead: GoldBead, links: dict[int, set[int]]) -> bool:
    return any(not links.get(i, set()).isdisjoint(bead.target) for i in bead.source)


def _linked(beads: Iterable[GoldBead]) -> set[_Segment]:
    return {segment for b in beads if not b.is_null for segment in _segments(b)}


def _resolve_crossings(
    gold: tuple[GoldBead, ...], system: Sequence[GoldBead], pairs: Sequence[CrossingPair]
) -> tuple[GoldBead, ...]:
    """The gold with each crossing pair written as the system writes it.

    A pair is left as published unless the gold has it as the bead or as nulls on all of it.
    """
    if not pairs:
        return gold
    keys = {b.key: b for b in gold}
    in_system = {b.key for b in system}
    for source, target in pairs:
        bead = GoldBead(tuple(sorted(source)), tuple(sorted(target)))
        nulls = distinct([GoldBead(bead.source, ()), GoldBead((), bead.target)])
        if bead.key in in_system and all(n.key in keys for n in nulls):
            for null in nulls:
                del keys[null.key]
            keys[bead.key] = bead
        elif (
            bead.key not in in_system
            and bead.key in keys
            and any(n.key in in_system for n in nulls)
        ):
            del keys[bead.key]
            keys.update({n.key: n for n in nulls})
    return tuple(keys.values())


def _types(gold: Iterable[GoldBead], system: Iterable[GoldBead]) -> dict[str, TypeCount]:
    """Bead type -> counts, small types first."""
    golds = Counter(b.kind for b in gold)
    systems = Counter(b.kind for b in system)
    keys = {b.key for b in gold}
    hits = Counter(b.kind for b in system if b.key in keys)
    names = sorted(golds.keys() | systems.keys(), key=_type_order)
    return {n: TypeCount(golds[n], systems[n], hits[n]) for n in names}


def _type_order(kind: str) -> tuple[int, int, int]:
    source, _, target = kind.partition("-")
    return (int(source) + int(target), int(source), int(target))


def _judged(
    system: Sequence[GoldBead], gold: Sequence[GoldBead], *, merged: bool
) -> tuple[FloatArray, FloatArray]:
    """Confidence and rightness of the system beads that carry a confidence.

    Against coarse gold a bead that lies inside one gold bead is right as far as the gold can
    tell; a null inside a gold bead that the system linked elsewhere cannot be judged and is left
    out.
    """
    keys = {b.key for b in gold}
    owner = _owners(gold) if merged else {}
    linked_homes = {_home(b, owner) for b in system if not b.is_null} if merged else set()
    confidences: list[float] = []
    right: list[bool] = []
    for bead in system:
        if bead.confidence is None:
            continue
        home = _home(bead, owner) if merged else None
        inside = home is not None and not gold[home].is_null
        if inside and bead.is_null and home in linked_homes:
            continue
        confidences.append(bead.confidence)
        right.append(bead.key in keys or (inside and not bead.is_null))
    return np.array(confidences, dtype=np.float64), np.array(right, dtype=np.float64)
