"""Which parts of which cases train, and that no text is on both sides of a fold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.engine.evaluating import Case, GoldBead
from aligner.engine.training.data import CAP, LONG, MOST, PIECE, UNIT, fold_of, pieces_of
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
