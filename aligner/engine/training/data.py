"""Cases -> training examples: which parts of long texts, how much each counts.

- a text of more than `LONG` segments gives pieces of `PIECE` segments, evenly spaced, one for
  each `EVERY` segments and one more, at most `MOST`; pieces begin and end between gold beads
- a bead counts `UNIT`; a piece never more than `CAP` beads' worth; gold that was read off ids
  (verses, message keys, line numbers) counts half of gold that somebody made by hand
- excerpts of a few segments, and the like of them from two texts that have nothing to do with each
  other, teach what a short text looks like: background and document figures are rough there
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.engine.embedding import Encoder
from aligner.engine.evaluating import Case, GoldBead, case_documents
from aligner.engine.features import Blocks, evidence_of, trust
from aligner.engine.lattice import TYPES, types_for
from aligner.engine.training.examples import Example, example
from aligner.engine.training.gold import Region, regions

__all__ = [
    "TrainingPiece",
    "abridged",
    "blocks_of",
    "example_of",
    "excerpts",
    "fold_of",
    "is_rough",
    "pieces_of",
    "uneven",
]

LONG, PIECE, EVERY, MOST = 500, 150, 700, 6
SHORT = (3, 5, 8, 12, 20, 35)
UNIT, CAP = 0.01, 300
_WORKS = frozenset(("ntrex", "udhr", "debinst"))  # families that translate one text
_TITLED = frozenset(("ros", "osg", "lit", "bible"))  # family-title-languages
_CHAPTERS = 4  # neighbouring chapters of a novel that stay together
_LONGEST_RUN, _FINEST, _LEFT_OUT = 12, 16, 9  # see `uneven`
_BEGINNINGS = (20, 30, 45, 65)  # beads
_ABRIDGED = 40  # beads of a case from which an abridged one is made


@dataclass(frozen=True, slots=True)
class TrainingPiece:
    """A case, or a part of one, with its regions, what one bead of it counts, and the names of the
    cases whose texts are in it.
    """

    case: Case
    gold: tuple[Region, ...]
    weight: float
    made_of: tuple[str, ...]
    is_excerpt: bool = False


def pieces_of(case: Case) -> Iterator[TrainingPiece]:
    """The parts of a case that training looks at."""
    count = len(case.source)
    if count <= LONG:
        yield _piece(case, case)
        return
    number = min(MOST, count // EVERY + 1)
    for start in np.linspace(0, count - PIECE, number + 2)[1:-1].astype(int).tolist():
        yield _piece(_part(case, start), case)


def excerpts(cases: Sequence[Case], every: int = 2) -> Iterator[TrainingPiece]:
    """For each second case a short excerpt with its translation, and the same source with a part
    of another text in the other language; sizes take turns.
    """
    usable = [case for case in cases if len(case.source) > SHORT[-1] + 5 and not case.is_coarse]
    for number, case in enumerate(usable[::every]):
        size = SHORT[number % len(SHORT)]
        keys = [bead.key for bead in case.gold]
        whole = regions(keys, len(case.source), len(case.target), coarse=False)
        begins = [region.source.start for region in whole if region.source]
        mine = _part(case, begins[(number * 7) % max(1, len(begins) - size)], size)
        if not mine.target:
            continue
        yield replace(_piece(mine, case), is_excerpt=True)
        other = _stranger(case, usable, number)
        if other is not None:
            strange = _piece(_unrelated(mine, other, size), case, other)
            yield replace(strange, is_excerpt=True)


def _whole_pieces(
    cases: Sequence[Case], every: int
) -> Iterator[tuple[int, Case, Case, Sequence[Region]]]:
    """Of every so manieth long case with fine gold: its number, the case, its first piece, and the
    regions of that, where none of them is free.
    """
    usable = [case for case in cases if len(case.gold) >= _ABRIDGED and not case.is_coarse]
    for number, case in enumerate(usable[::every]):
        piece = _part(case, 0) if len(case.source) > PIECE else case
        whole = regions(
            [bead.key for bead in piece.gold], len(piece.source), len(piece.target), coarse=False
        )
        if not any(region.free for region in whole):
            yield number, case, piece, whole


def abridged(cases: Sequence[Case], every: int = 3) -> Iterator[TrainingPiece]:
    """Of each third case a piece of which one side is abridged: passages of one to five beads are
    left out, about half of them, of the target and of the source by turns.

    Which ones follows from the names: no random numbers. Translators abridge whole sentences; what
    they retell in other words is not in here.
    """
    for number, case, piece, whole in _whole_pieces(cases, every):
        shorter = _without(piece, _left_out(piece.name, whole), number % 2)
        yield replace(_piece(shorter, case), is_excerpt=True)


def uneven(cases: Sequence[Case], every: int = 2) -> Iterator[TrainingPiece]:
    """Of each second case a piece of which one side has long segments: one to twelve beads' worth
    are joined, of the source and of the target by turns; of one in nine the other side is left out.
    Of each also its beginning, three to ten long segments: an article of a statute, a letter.

    Which ones follows from the names: no random numbers.
    """
    for number, case, piece, whole in _whole_pieces(cases, every):
        short = _BEGINNINGS[number % len(_BEGINNINGS)]
        for chosen, side in ((whole, number % 2), (whole[:short], (number + 1) % 2)):
            made = _joined(piece, chosen, side)
            sides = tuple(map(evidence_of, case_documents(made)))
            types = types_for((sides[0].count, sides[1].count), (sides[0].length, sides[1].length))
            if types > TYPES:
                keys = [bead.key for bead in made.gold]
                gold = regions(keys, len(made.source), len(made.target), coarse=False, types=types)
                yield TrainingPiece(made, gold, UNIT, (case.name,))


def _joined(case: Case, whole: Sequence[Region], side: int) -> Case:
    """The case with runs of one side's segments (0 source, 1 target) as one segment each."""
    fine = 1 - side
    sides = [(region.source, region.target) for region in whole]
    texts = (case.source, case.target)
    coarse: list[str] = []
    kept: list[str] = []
    gold: list[GoldBead] = []
    at = 0
    while at < len(sides):
        key = zlib.crc32(f"{case.name}:{at}".encode("utf-8", "surrogatepass"))
        group = sides[at : at + 1 + key % _LONGEST_RUN]
        while sum(len(pair[fine]) for pair in group) > _FINEST and len(group) > 1:
            group = group[:-1]
        at += len(group)
        long = [texts[side][k] for pair in group for k in pair[side]]
        short = [texts[fine][k] for pair in group for k in pair[fine]]
        if key % _LEFT_OUT == 0:
            (long if key % 2 else short).clear()
        numbers = tuple(range(len(kept), len(kept) + len(short)))
        kept += short
        if long:
            coarse.append(" ".join(long))
            gold.append(_two_sided((len(coarse) - 1,), numbers, side))
        else:
            gold += [_two_sided((), (k,), side) for k in numbers]
    made = (tuple(coarse), tuple(kept))
    return replace(
        case,
        name=f"{case.name}@uneven",
        source=made[side],
        target=made[fine],
        source_starts=(0,),
        target_starts=(0,),
        gold=tuple(gold),
    )


def _two_sided(coarse: tuple[int, ...], fine: tuple[int, ...], side: int) -> GoldBead:
    return GoldBead(coarse, fine) if side == 0 else GoldBead(fine, coarse)


def _left_out(name: str, whole: Sequence[Region]) -> set[int]:
    """Numbers of the regions that are left out: runs of one to five, kept and left out by turns."""
    out: set[int] = set()
    at, drop = 0, False
    while at < len(whole):
        length = 1 + zlib.crc32(f"{name}:{at}".encode("utf-8", "surrogatepass")) % 5
        if drop:
            out.update(range(at, min(at + length, len(whole))))
        at, drop = at + length, not drop
    return out


def _without(case: Case, numbers: set[int], side: int) -> Case:
    """The case with one side (0 source, 1 target) of these regions taken out."""
    whole = regions(
        [bead.key for bead in case.gold], len(case.source), len(case.target), coarse=False
    )
    gone = {
        index
        for number in numbers
        for index in (whole[number].source, whole[number].target)[side]
        if whole[number].source and whole[number].target
    }
    texts = [case.source, case.target]
    starts = [case.source_starts, case.target_starts]
    kept = [index for index in range(len(texts[side])) if index not in gone]
    place = {index: number for number, index in enumerate(kept)}
    # a paragraph whose first segment is gone begins with the next that is left
    begins = {0}
    for start in starts[side]:
        begins.add(next((place[index] for index in kept if index >= start), 0))
    texts[side] = tuple(texts[side][index] for index in kept)
    starts[side] = tuple(sorted(begins))
    gold = []
    for bead in case.gold:
        sides = [bead.source, bead.target]
        sides[side] = tuple(place[index] for index in sides[side] if index in place)
        if sides[0] and sides[1]:
            gold.append(GoldBead(sides[0], sides[1]))
        else:
            gold += [GoldBead((i,), ()) for i in sides[0]] + [GoldBead((), (j,)) for j in sides[1]]
    return replace(
        case,
        name=f"{case.name}@abridged",
        source=texts[0],
        target=texts[1],
        source_starts=starts[0],
        target_starts=starts[1],
        gold=tuple(gold),
    )


def _stranger(case: Case, cases: Sequence[Case], number: int) -> Case | None:
    """A case of another family and the same target language."""
    family = case.name.split("-", maxsplit=1)[0]
    others = [
        other
        for other in cases
        if other.langs[1] == case.langs[1] and other.name.split("-", maxsplit=1)[0] != family
    ]
    return others[number % len(others)] if others else None


def _unrelated(mine: Case, other: Case, size: int) -> Case:
    target = other.target[3 : 3 + size]
    nulls = [GoldBead((i,), ()) for i in range(len(mine.source))]
    nulls += [GoldBead((), (j,)) for j in range(len(target))]
    return replace(
        mine,
        name=f"{mine.name}x{other.name}",
        target=target,
        target_starts=_starts(other.target_starts, range(3, 3 + size)),
        gold=tuple(nulls),
    )


def is_rough(case: Case) -> bool:
    """Whether nobody decided on each bead: coarse gold, and gold that was read off ids."""
    made = str(case.meta.get("gold_made", ""))
    return case.is_coarse or made.startswith("ID-derived")


def _piece(case: Case, *made_of: Case) -> TrainingPiece:
    rough = is_rough(case)
    gold = regions(
        [bead.key for bead in case.gold], len(case.source), len(case.target), coarse=rough
    )
    share = 0.5 if rough else 1.0
    weight = UNIT * share * min(1.0, CAP / max(1, len(case.gold)))
    return TrainingPiece(case, gold, weight, tuple(one.name for one in made_of))


def _part(case: Case, start: int, size: int = PIECE) -> Case:
    """About `size` source segments from `start` on, between two gold regions."""
    whole = regions(
        [bead.key for bead in case.gold], len(case.source), len(case.target), coarse=False
    )
    inside = [r for r in whole if start <= r.source.start < start + size]
    rows = range(inside[0].source.start, inside[-1].source.stop)
    columns = range(inside[0].target.start, inside[-1].target.stop)
    gold = tuple(
        GoldBead(
            tuple(i - rows.start for i in bead.source),
            tuple(j - columns.start for j in bead.target),
        )
        for bead in case.gold
        if all(i in rows for i in bead.source) and all(j in columns for j in bead.target)
    )
    return replace(
        case,
        name=f"{case.name}@{start}+{size}" if size != PIECE else f"{case.name}@{start}",
        source=case.source[rows.start : rows.stop],
        target=case.target[columns.start : columns.stop],
        source_starts=_starts(case.source_starts, rows),
        target_starts=_starts(case.target_starts, columns),
        gold=gold,
    )


def _starts(starts: Sequence[int], inside: range) -> tuple[int, ...]:
    return tuple(sorted({0, *(start - inside.start for start in starts if start in inside)}))


def blocks_of(case: Case, encoder: Encoder, *, large: bool = False) -> tuple[Blocks, float]:
    """Features of a case and the trust its vectors deserve."""
    source, target = case_documents(case)
    overlaps = [encoder.overlaps([s.text for s in side.segments]) for side in (source, target)]
    blocks = Blocks(
        evidence_of(source), evidence_of(target), (overlaps[0], overlaps[1]), large=large
    )
    known = encoder.covers(source.lang), encoder.covers(target.lang)
    return blocks, trust(*known, blocks.separation)


def example_of(piece: TrainingPiece, encoder: Encoder, *, large: bool = False) -> Example:
    """The training example of a piece; `large` for one that needs large beads."""
    blocks, believed = blocks_of(piece.case, encoder, large=large)
    return example(piece.case.name, blocks, piece.gold, believed, piece.weight)


def fold_of(name: str, folds: int) -> int:
    """The fold of a case, by the work it is of: translations of one text stay together.

    `ros-faq-en-es` and `ros-faq-en-fr` are one group, so are the pieces of one case, all languages
    of a set that translates one text, and runs of four chapters of a novel (`mac`). Constructed
    cases (`hard-*`) are a group each, though they are cut from one pool of articles: a kind that
    is missing from training altogether would tell how well the model guesses, not how it learns.
    """
    return zlib.crc32(_work(name).encode("utf-8", "surrogatepass")) % folds


def _work(name: str) -> str:
    whole = name.split("@", maxsplit=1)[0]
    parts = whole.split("-")
    if parts[0] in _WORKS:
        return parts[0]
    if parts[0] in _TITLED:
        return "-".join(parts[:2])
    if parts[0] == "mac" and parts[-1].isdigit():
        return f"mac {(int(parts[-1]) - 1) // _CHAPTERS}"
    return whole
