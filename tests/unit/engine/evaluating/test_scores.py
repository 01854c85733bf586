"""Hand-computed scores. The oracle in tests/property covers the rest."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from aligner.engine.evaluating.beads import GoldBead, parse_beads
from aligner.engine.evaluating.counts import Rates
from aligner.engine.evaluating.scores import CaseScore, TypeCount, merge_inside, score_beads


def score(
    gold: str,
    system: str,
    *,
    merged: bool = False,
    crossing: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (),
) -> CaseScore:
    return score_beads(
        parse_beads(gold.replace(" ", "\n")),
        parse_beads(system.replace(" ", "\n")),
        merged=merged,
        crossing_pairs=crossing,
    )


def test_strict_lax_and_null_by_hand() -> None:
    gold = "[0]:[0] [1,2]:[1] [3]:[] [4]:[2] []:[3]"
    system = "[0]:[0] [1]:[1] [2]:[] [3]:[2] [4]:[3]"
    result = score(gold, system)
    # strict hits 0:0; lax also 1:1; 2:[] is a wrong null; 3:2 and 4:3 meet nothing
    # gold without nulls: 0:0 strict, 1,2:1 lax, 4:2 neither
    assert astuple(result.rates("strict")) == pytest.approx((1 / 5, 1 / 3, 0.25))
    assert astuple(result.rates("lax")) == pytest.approx((2 / 5, 2 / 3, 0.5))
    # gold leaves source 3 and target 3, the system source 2
    assert result.rates("null") == Rates(0.0, 0.0, 0.0)
    assert result.types == {
        "0-1": TypeCount(1, 0, 0),
        "1-0": TypeCount(1, 1, 0),
        "1-1": TypeCount(2, 4, 1),
        "2-1": TypeCount(1, 0, 0),
    }


def test_the_same_beads_are_all_right() -> None:
    gold = "[0,2]:[1] [1]:[0] [3,4]:[] []:[2,3]"
    result = score(gold, gold)
    assert [result.rates(m).f1 for m in ("strict", "lax", "null")] == [1.0, 1.0, 1.0]


def test_null_runs_count_as_singles() -> None:
    result = score("[0]:[0] [1,2]:[] []:[1]", "[0]:[0] [1]:[] [2]:[] []:[1]")
    assert result.rates("strict").precision == 1.0
    assert result.rates("null") == Rates(1.0, 1.0, 1.0)


def test_a_measure_without_gold_does_not_apply() -> None:
    no_nulls = score("[0]:[0] [1]:[1]", "[0]:[0] [1]:[] []:[1]")
    assert no_nulls.rates("null") == Rates(0.0, None, None)
    all_nulls = score("[0]:[] []:[0]", "[0]:[0]")
    assert all_nulls.rates("strict") == Rates(0.0, None, None)
    assert all_nulls.rates("null") == Rates(None, 0.0, 0.0)
    assert score("", "").rates("strict") == Rates()


def test_an_empty_system_scores_zero() -> None:
    result = score("[0]:[0] [1]:[]", "")
    assert result.rates("strict") == Rates(None, 0.0, 0.0)
    # it leaves three segments unaligned, one of them rightly
    assert result.rates("null") == Rates(1 / 3, 1.0, 0.5)
    assert result.rates("lax").f1 == 0.0


def test_coarse_gold_merges_what_lies_inside() -> None:
    gold = "[0,1,2]:[0,1] [3]:[2]"
    system = "[0]:[0] [1,2]:[1] [3]:[2]"
    assert score(gold, system).rates("strict").f1 == pytest.approx(0.4)
    assert score(gold, system, merged=True).rates("strict").f1 == 1.0


def test_a_null_joins_a_merged_bead_and_alone_does_not() -> None:
    gold = parse_beads("[0,1]:[0,1]\n[2]:[2]")
    with_bead = parse_beads("[0]:[0, 1]\n[1]:[]\n[2]:[2]")
    assert {b.key for b in merge_inside(with_bead, gold)} == {b.key for b in gold}
    nulls = parse_beads("[0]:[]\n[1]:[]\n[]:[0]\n[]:[1]")
    assert {b.key for b in merge_inside(nulls, gold)} == {b.key for b in nulls}


def test_a_bead_across_two_gold_beads_stays_wrong() -> None:
    result = score("[0,1]:[0] [2,3]:[1]", "[0]:[0] [1,2]:[] [3]:[1]", merged=True)
    assert result.rates("strict").f1 == 1.0  # the null run falls apart, each null inside
    result = score("[0,1]:[0] [2,3]:[1]", "[0]:[0] [1,2,3]:[1]", merged=True)
    assert result.rates("strict").f1 == 0.0


GOLD_SWAP = "[0]:[0] []:[1] [1]:[2] [2]:[]"
PAIR = (((2,), (1,)),)


def test_nulls_on_a_crossing_pair_are_right() -> None:
    result = score(GOLD_SWAP, GOLD_SWAP, crossing=PAIR)
    assert [result.rates(m).f1 for m in ("strict", "lax", "null")] == [1.0, 1.0, 1.0]


def test_the_crossing_itself_is_right() -> None:
    result = score(GOLD_SWAP, "[0]:[0] [2]:[1] [1]:[2]", crossing=PAIR)
    assert result.rates("strict") == Rates(1.0, 1.0, 1.0)
    assert result.rates("null") == Rates(None, None, None)
    assert score(GOLD_SWAP, "[0]:[0] [2]:[1] [1]:[2]").rates("strict").precision == 2 / 3


def test_half_a_crossing_pair_is_half_right() -> None:
    result = score(GOLD_SWAP, "[0]:[0,1] [1]:[2] [2]:[]", crossing=PAIR)
    assert astuple(result.rates("null")) == pytest.approx((1.0, 0.5, 2 / 3))


def test_a_gold_that_writes_the_crossing_accepts_nulls() -> None:
    gold = "[0]:[0] [2]:[1] [1]:[2]"
    result = score(gold, GOLD_SWAP, crossing=PAIR)
    assert result.rates("strict").f1 == 1.0
    assert score(gold, "[0]:[0] [1]:[1] []:[2] [2]:[]", crossing=PAIR).rates("null").recall == 0.5
    assert score(gold, "[0]:[0]", crossing=PAIR).rates("strict").recall == pytest.approx(1 / 3)


def test_a_crossing_pair_counts_as_linked_for_lax() -> None:
    result = score(GOLD_SWAP, "[0]:[0] [1,2]:[1,2]", crossing=PAIR)
    assert result.rates("lax").precision == 1.0


def test_confidence_of_beads_and_nulls() -> None:
    result = score("[0]:[0] [1]:[] [2]:[1]", "[0]:[0]:0.9 [1,2]:[]:0.6 []:[1]")
    assert result.confidences.tolist() == [0.9, 0.6, 0.6]
    assert result.right.tolist() == [1.0, 1.0, 0.0]


def test_confidence_against_coarse_gold() -> None:
    gold = "[0,1,2]:[0,1] [3]:[2] [4]:[3]"
    system = "[0]:[0]:0.9 [1]:[]:0.4 [2]:[1]:0.8 [3]:[]:0.7 []:[2]:0.7 [4]:[3]:0.3"
    result = score(gold, system, merged=True)
    # the null inside a bead whose rest is linked cannot be judged; 3 left alone is wrong
    assert result.confidences.tolist() == [0.9, 0.8, 0.7, 0.7, 0.3]
    assert result.right.tolist() == [1.0, 1.0, 0.0, 0.0, 1.0]


def test_system_beads_on_unknown_segments_cost_precision() -> None:
    result = score("[0]:[0]", "[0]:[0] [7]:[7] [8]:[]")
    assert result.rates("strict").precision == pytest.approx(1 / 3)
    assert result.rates("null") == Rates(None, None, None)
    assert len(result.units) == 2


def test_units_sum_to_the_document() -> None:
    result = score("[0]:[0] [1]:[1]", "[0]:[0] [1]:[1]")
    assert (result.units.sum(axis=0) == result.totals).all()
    assert len(result.units) == 2


def test_a_gold_bead_may_be_given_directly() -> None:
    bead = GoldBead((0,), (0,))
    assert score_beads([bead], [bead, bead]).rates("strict").f1 == 1.0
