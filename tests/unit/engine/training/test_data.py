"""Which parts of which cases train, and that no text is on both sides of a fold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.engine.evaluating import Case, GoldBead
from aligner.engine.lattice import ALL_TYPES
from aligner.engine.training.data import (
    CAP,
    LONG,
    MOST,
    PIECE,
    UNIT,
    abridged,
    fold_of,
    pieces_of,
    uneven,
)
from aligner.engine.training.gold import regions


def case(name: str, count: int, **meta: str) -> Case:
    """1-1 with a 2-1 bead at every tenth place, paragraphs of seven."""
    gold, i, j = [], 0, 0
    while i < count:
        width = 2 if i % 10 == 4 and i + 1 < count else 1
        gold.append(GoldBead(tuple(range(i, i + width)), (j,)))
        i, j = i + width, j + 1
    return Case(
        name,
        "en",
        "es",
        tuple(f"Source {k}." for k in range(count)),
        tuple(f"Target {k}." for k in range(j)),
        tuple(range(0, count, 7)),
        tuple(range(0, j, 7)),
        tuple(gold),
        meta,
    )


def test_a_short_case_is_one_piece() -> None:
    (piece,) = pieces_of(case("x", LONG))
    assert piece.case.name == "x"
    assert piece.weight == pytest.approx(UNIT * min(1.0, CAP / len(piece.case.gold)))


@pytest.mark.parametrize("count", [LONG + 1, 1500, 6000])
def test_a_long_case_gives_consistent_pieces(count: int) -> None:
    whole = case("x", count)
    found = list(pieces_of(whole))
    assert 1 <= len(found) <= MOST
    assert len({piece.case.name for piece in found}) == len(found)
    for piece in found:
        part = piece.case
        begin = int(part.source[0].split()[1][:-1])
        assert part.source == whole.source[begin : begin + len(part.source)]
        assert abs(len(part.source) - PIECE) <= 2
        assert part.source_starts[0] == part.target_starts[0] == 0
        assert max(part.source_starts) < len(part.source)
        keys = [bead.key for bead in part.gold]
        assert piece.gold == regions(keys, len(part.source), len(part.target), coarse=False)
        # every bead pairs the same texts as in the whole
        pairs = {
            (tuple(whole.source[i] for i in b.source), tuple(whole.target[j] for j in b.target))
            for b in whole.gold
        }
        for bead in part.gold:
            texts = (
                tuple(part.source[i] for i in bead.source),
                tuple(part.target[j] for j in bead.target),
            )
            assert texts in pairs


def test_gold_read_off_ids_counts_half() -> None:
    (by_hand,) = pieces_of(case("x", 50, gold_made="by hand"))
    (by_ids,) = pieces_of(case("x", 50, gold_made="ID-derived from verses"))
    (coarse,) = pieces_of(replace(case("x", 50), meta={"granularity": "coarse"}))
    assert by_ids.weight == coarse.weight == by_hand.weight / 2


@pytest.mark.parametrize("folds", [2, 3, 5, 10])
def test_translations_and_pieces_of_one_text_share_a_fold(folds: int) -> None:
    for group in (
        ["ros-faq-en-es", "ros-faq-en-fr", "ros-faq-es-fr"],
        ["osg-coc-en-es", "osg-coc-en-zh"],
        ["bible-acts-en-de", "bible-acts-en-de@100", "bible-acts-en-de@2000"],
    ):
        assert len({fold_of(name, folds) for name in group}) == 1
    names = [f"case{k}-en-es" for k in range(200)]
    assert {fold_of(name, folds) for name in names} == set(range(folds))


def _same_text(whole: Case, bead: GoldBead, part: Case) -> bool:
    """Whether a bead of a changed case pairs texts that the gold of the whole pairs."""
    ours = {n: k for k, bead_ in enumerate(whole.gold) for n in bead_.source}
    theirs = {n: k for k, bead_ in enumerate(whole.gold) for n in bead_.target}

    def held(texts: tuple[str, ...], side: tuple[int, ...], known: dict[int, int]) -> set[int]:
        words = " ".join(texts[k] for k in side).split()
        return {known[int(word[:-1])] for word in words if word[:-1].isdigit()}

    return held(part.source, bead.source, ours) == held(part.target, bead.target, theirs)


def test_abridged_cases_lose_passages_of_one_side_and_nothing_else() -> None:
    whole = case("x", 100)
    pieces = list(abridged([whole] * 4))
    assert len(pieces) == 2
    for number, piece in enumerate(pieces):
        part = piece.case
        assert piece.is_excerpt
        sides = (part.source, part.target)
        shorter = sides[number % 2 == 1] if number % 2 else sides[0]
        assert len(shorter) < 0.8 * len((whole.source, whole.target)[number % 2])
        assert sides[1 - number % 2] == (whole.source, whole.target)[1 - number % 2]
        for bead in part.gold:
            assert bead.is_null or _same_text(whole, bead, part)
        assert sorted(k for bead in part.gold for k in bead.source) == list(range(len(sides[0])))
        assert sorted(k for bead in part.gold for k in bead.target) == list(range(len(sides[1])))
        assert any(bead.is_null for bead in part.gold)
    assert [p.case for p in abridged([whole] * 4)] == [p.case for p in pieces]


def test_uneven_cases_have_long_segments_on_one_side() -> None:
    whole = case("y", 120)
    pieces = list(uneven([whole] * 4))
    assert len(pieces) == 4
    for piece, long in zip(pieces, (0, 1, 1, 0), strict=True):  # whole and beginning, in turns
        part = piece.case
        counts = [len(part.source), len(part.target)]
        assert counts[1 - long] >= 2.5 * counts[long]
        assert len(piece.gold) == len(
            regions([bead.key for bead in part.gold], *counts, coarse=False, types=ALL_TYPES)
        )
        assert not any(region.free for region in piece.gold)
        for bead in part.gold:
            assert bead.is_null or _same_text(whole, bead, part)
        assert max(len(bead.source) + len(bead.target) for bead in part.gold) > 8
    sizes = [len(piece.case.gold) for piece in pieces]
    assert min(sizes[::2]) > 2 * max(sizes[1::2])
