"""Scores against a second, plain reading of the definitions in vecalign's score.py."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engine.evaluating.beads import GoldBead, parse_beads
from aligner.engine.evaluating.bytext import BeadedText, score_by_text
from aligner.engine.evaluating.scores import merge_inside, score_beads
from aligner.engine.evaluating.textmatch import common_offsets, match_words

Link = tuple[tuple[int, ...], tuple[int, ...]]


@st.composite
def ladders(draw: st.DrawFn, size: int = 7) -> list[GoldBead]:
    """Beads that tile both sides in order, with confidences."""
    beads = []
    i = j = 0
    for _ in range(draw(st.integers(0, size))):
        a, b = draw(
            st.sampled_from([(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 0), (0, 2)])
        )
        confidence = draw(st.none() | st.integers(0, 1000).map(lambda k: k / 1000))
        beads.append(GoldBead(tuple(range(i, i + a)), tuple(range(j, j + b)), confidence))
        i, j = i + a, j + b
    return beads


@st.composite
def scattered(draw: st.DrawFn) -> list[GoldBead]:
    """Index sets without order: gold as some of it is published."""
    homes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=8))
    others = draw(st.lists(st.integers(0, 4), min_size=1, max_size=8))
    beads = [
        GoldBead(
            tuple(i for i, h in enumerate(homes) if h == k),
            tuple(j for j, h in enumerate(others) if h == k),
        )
        for k in range(5)
    ]
    return [b for b in beads if b.source or b.target]


def singles(beads: list[GoldBead]) -> list[Link]:
    links: list[Link] = []
    for bead in beads:
        if bead.source and bead.target:
            links.append((bead.source, bead.target))
        else:
            links += [((i,), ()) for i in bead.source] + [((), (j,)) for j in bead.target]
    return links


def plain_precision(gold: list[Link], system: list[Link], *, lax: bool) -> Fraction | None:
    hits = 0
    for source, target in set(system):
        if (source, target) in gold:
            hits += 1
        elif lax:
            hits += any(
                i in gold_source and j in gold_target
                for i in source
                for j in target
                for gold_source, gold_target in gold
            )
    return Fraction(hits, len(set(system))) if system else None


any_beads = st.one_of(ladders(), scattered())


@given(any_beads, any_beads)
def test_strict_and_lax_are_vecaligns(gold: list[GoldBead], system: list[GoldBead]) -> None:
    result = score_beads(gold, system)
    golds, systems = singles(gold), singles(system)
    for measure in ("strict", "lax"):
        lax = measure == "lax"
        precision = plain_precision(golds, systems, lax=lax)
        recall = plain_precision(
            [b for b in systems if b[0] and b[1]], [b for b in golds if b[0] and b[1]], lax=lax
        )
        rates = result.rates(measure)
        assert rates.precision == (None if precision is None else float(precision))
        assert rates.recall == (None if recall is None else float(recall))
        if recall is None:
            assert rates.f1 is None
        elif not precision or not recall:
            assert rates.f1 == 0.0
        else:
            assert rates.f1 == pytest.approx(float(2 * precision * recall / (precision + recall)))


@given(any_beads, any_beads)
def test_null_scores_are_set_overlap(gold: list[GoldBead], system: list[GoldBead]) -> None:
    named = {("s", i) for b in gold for i in b.source} | {("t", j) for b in gold for j in b.target}

    def alone(beads: list[GoldBead]) -> set[tuple[str, int]]:
        linked = [b for b in beads if b.source and b.target]
        return (
            named
            - {("s", i) for b in linked for i in b.source}
            - {("t", j) for b in linked for j in b.target}
        )

    golds, systems = alone(gold), alone(system)
    rates = score_beads(gold, system).rates("null")
    both = len(golds & systems)
    assert rates.precision == (both / len(systems) if systems else None)
    assert rates.recall == (both / len(golds) if golds else None)


@given(any_beads)
def test_gold_is_right_by_gold(gold: list[GoldBead]) -> None:
    for merged in (False, True):
        result = score_beads(gold, gold, merged=merged)
        assert all(result.rates(m).f1 in (None, 1.0) for m in ("strict", "lax", "null"))


@given(ladders(), ladders())
def test_merging_keeps_all_segments_and_only_helps(
    gold: list[GoldBead], system: list[GoldBead]
) -> None:
    golds = [GoldBead(s, t) for s, t in singles(gold)]
    systems = [GoldBead(s, t) for s, t in singles(system)]
    merged = merge_inside(systems, golds)
    assert sorted(i for b in merged for i in b.source) == sorted(
        i for b in systems for i in b.source
    )
    right = {b.key for b in golds if not b.is_null}
    assert right & {b.key for b in systems} <= {b.key for b in merged}


@given(any_beads)
def test_beads_read_back(beads: list[GoldBead]) -> None:
    lines = [f"{list(b.source)}:{list(b.target)}" for b in beads]
    lines = [
        line if b.confidence is None else f"{line}:{b.confidence:.3f}"
        for line, b in zip(lines, beads, strict=True)
    ]
    assert parse_beads("\n".join(lines)) == tuple(beads)


words = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "gg", "hh"]), max_size=30)


@given(words, words)
def test_matches_increase_and_are_equal(one: list[str], two: list[str]) -> None:
    last = (0, 0)
    for a, b, size in match_words(one, two):
        assert size > 0
        assert (a, b) >= last
        assert a >= last[0]
        assert b >= last[1]
        assert one[a : a + size] == two[b : b + size]
        last = (a + size, b + size)
    assert last <= (len(one), len(two))


@given(words, words)
def test_common_offsets_end_together(one: list[str], two: list[str]) -> None:
    first, second = common_offsets(one, two)
    assert first[-1] == second[-1]
    assert len(first) == len(one) + 1
    assert first == sorted(first)


@given(any_beads, st.data())
def test_by_text_does_not_see_the_splitter(gold: list[GoldBead], data: st.DataObject) -> None:
    """Segments split further, with the same beads over the same text: all right."""
    sides: list[list[str]] = []
    split: list[list[str]] = []
    numbers: list[list[list[int]]] = []
    for side in (0, 1):
        count = 1 + max((i for b in gold for i in b.key[side]), default=-1)
        texts = [f"w{side}x{i} and v{i} ." for i in range(count)]
        pieces: list[str] = []
        homes = []
        for text in texts:
            parts = text.split()
            cut = data.draw(st.integers(0, len(parts) - 1))
            new = [" ".join(p) for p in (parts[:cut], parts[cut:]) if p]
            homes.append(list(range(len(pieces), len(pieces) + len(new))))
            pieces += new
        sides.append(texts)
        split.append(pieces)
        numbers.append(homes)
    again = [
        GoldBead(
            tuple(k for i in b.source for k in numbers[0][i]),
            tuple(k for j in b.target for k in numbers[1][j]),
        )
        for b in gold
    ]
    result = score_by_text(
        BeadedText(tuple(sides[0]), tuple(sides[1]), tuple(gold)),
        BeadedText(tuple(split[0]), tuple(split[1]), tuple(again)),
    )
    assert result.coverage == (1.0, 1.0, 1.0, 1.0)
    assert {result.cuts.f1, result.blocks.f1, result.null.f1} <= {None, 1.0}
