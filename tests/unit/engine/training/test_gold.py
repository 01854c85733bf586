"""From gold beads to regions: what is one path, and what is summed over."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.lattice import LARGEST
from aligner.engine.training.gold import Region, regions

Beads = list[tuple[list[int], list[int]]]


def shown(found: tuple[Region, ...]) -> list[tuple[list[int], list[int], bool]]:
    return [(list(r.source), list(r.target), r.free) for r in found]


def test_beads_and_runs_of_nulls() -> None:
    gold: Beads = [([0], [0]), ([1], []), ([2, 3], [1]), ([], [2]), ([], [3]), ([4], [4, 5])]
    assert shown(regions(gold, 6, 6, coarse=False)) == [
        ([0], [0], False),
        ([1], [], False),
        ([2, 3], [1], False),
        ([], [2, 3], False),
        ([4], [4, 5], False),
        ([5], [], False),
    ]


def test_what_the_gold_leaves_out_is_null_source_first() -> None:
    assert shown(regions([([2], [2])], 4, 3, coarse=False)) == [
        ([0, 1], [], False),
        ([], [0, 1], False),
        ([2], [2], False),
        ([3], [], False),
    ]


def test_beads_that_cross_or_overlap_become_one_free_region() -> None:
    assert shown(regions([([0], [1]), ([1], [0]), ([2], [2])], 3, 3, coarse=False)) == [
        ([0, 1], [0, 1], True),
        ([2], [2], False),
    ]
    assert shown(regions([([0, 1], [0]), ([1], [1])], 2, 2, coarse=False)) == [
        ([0, 1], [0, 1], True)
    ]


def test_beads_with_gaps_and_very_large_beads_are_free() -> None:
    assert shown(regions([([0, 2], [0])], 3, 1, coarse=False)) == [([0, 1, 2], [0], True)]
    big = list(range(LARGEST))
    assert shown(regions([(big, [0])], LARGEST, 1, coarse=False)) == [(big, [0], True)]
    small = list(range(LARGEST - 1))
    assert shown(regions([(small, [0])], LARGEST - 1, 1, coarse=False)) == [(small, [0], False)]


def test_coarse_gold_frees_what_has_several_on_both_sides() -> None:
    gold: Beads = [([0, 1], [0, 1]), ([2], [2, 3])]
    assert [r.free for r in regions(gold, 3, 4, coarse=True)] == [True, False]
    assert [r.free for r in regions(gold, 3, 4, coarse=False)] == [False, False]


def test_no_gold_at_all() -> None:
    assert shown(regions([], 2, 1, coarse=False)) == [([0, 1], [], False), ([], [0], False)]
    assert regions([], 0, 0, coarse=False) == ()


sides = st.lists(st.integers(0, 11), max_size=4, unique=True).map(sorted)


@given(st.lists(st.tuples(sides, sides), max_size=8), st.booleans())
@settings(max_examples=200, deadline=None)
def test_regions_tile_both_texts_and_hold_every_bead(gold: Beads, coarse: bool) -> None:
    found = regions(gold, 12, 12, coarse=coarse)
    assert list(itertools.chain.from_iterable(r.source for r in found)) == list(range(12))
    assert list(itertools.chain.from_iterable(r.target for r in found)) == list(range(12))
    for source, target in gold:
        if source and target:
            assert any(set(source) <= set(r.source) and set(target) <= set(r.target) for r in found)
    for region in found:
        assert region.source or region.target
        if region.free:
            assert region.source
            assert region.target
        elif region.source and region.target:
            assert (list(region.source), list(region.target)) in gold
            assert len(region.source) + len(region.target) <= LARGEST
