"""The dynamic program against brute force: every alignment of tiny texts, listed one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aligner.engine.decoding import decode_beads
from aligner.engine.decoding.decoder import best_path
from aligner.engine.lattice import (
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
    TYPES,
    Lattice,
    Potentials,
    ScoreBlock,
    bead_of,
)
from aligner.model import AlignError

Step = tuple[int, int, int]


def ladders(n: int, m: int, types: int = TYPES) -> Iterator[tuple[Step, ...]]:
    """All paths: independent of the program under test, straight from the definition."""

    def extend(i: int, j: int, last: str, path: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        if (i, j) == (n, m):
            yield path
            return
        for kind in range(NULL_TYPES, types):
            a, b = bead_of(kind)
            if i + a <= n and j + b <= m:
                yield from extend(i + a, j + b, "match", (*path, (i + a, j + b, kind)))
        if i < n and last != "target":
            kind = SOURCE_EXTEND if last == "source" else SOURCE_OPEN
            yield from extend(i + 1, j, "source", (*path, (i + 1, j, kind)))
        if j < m:
            kind = TARGET_EXTEND if last == "target" else TARGET_OPEN
            yield from extend(i, j + 1, "target", (*path, (i, j + 1, kind)))

    return extend(0, 0, "match", ())


def random_potentials(n: int, m: int, seed: int, rows: list[int], holes: float) -> Potentials:
    """Scores for every bead, cut into blocks of the given heights with windows of their own."""
    random = np.random.default_rng(seed)
    full = random.normal(0, 2, (n + 1, m + 1, TYPES)).astype(np.float32)
    full[random.random(full.shape) < holes] = -np.inf
    blocks, first = [], 0
    heights = iter(rows)
    while first <= n:
        height = min(next(heights, n + 1), n + 1 - first)
        low = 0 if first == 0 else int(random.integers(0, m // 2 + 1))
        high = m + 1 if first + height > n else int(random.integers(low, m + 1)) + 1
        blocks.append(ScoreBlock(first, low, full[first : first + height, low:high]))
        first += height
    return Potentials(n, m, tuple(blocks))


def score(potentials: Potentials, path: tuple[Step, ...]) -> float:
    total, i, j = 0.0, 0, 0
    for row, column, kind in path:
        # both ends of a bead lie inside the band
        for r, c in ((i, j), (row, column)):
            block = potentials.blocks[potentials.block_number(r)]
            if not block.first_column <= c < block.first_column + block.columns:
                return -math.inf
        block = potentials.blocks[potentials.block_number(row)]
        total += float(block.values_RBT[row - block.first_row, column - block.first_column, kind])
        i, j = row, column
    return total


cases = st.builds(
    random_potentials,
    n=st.integers(0, 4),
    m=st.integers(0, 4),
    seed=st.integers(0, 2**32 - 1),
    rows=st.lists(st.integers(1, 3), max_size=4),
    holes=st.sampled_from([0.0, 0.0, 0.2]),
)


@given(cases)
@settings(max_examples=150, deadline=None)
def test_partition_best_path_and_marginals_equal_enumeration(potentials: Potentials) -> None:
    n, m = potentials.source_count, potentials.target_count
    scored = [(score(potentials, path), path) for path in ladders(n, m)]
    scored = [(value, path) for value, path in scored if value > -math.inf]
    if not scored:
        with pytest.raises(AlignError):
            _ = Lattice(potentials).total
        return
    top = max(value for value, _ in scored)
    weights = [math.exp(value - top) for value, _ in scored]
    mass = sum(weights)
    lattice = Lattice(potentials)
    assert lattice.total == pytest.approx(top + math.log(mass), abs=1e-4)
    assert Lattice(potentials, "max").total == pytest.approx(top, abs=1e-4)
    found = best_path(potentials)
    assert score(potentials, tuple(found)) == pytest.approx(top, abs=1e-4)

    expected: dict[Step, float] = {}
    for weight, (_, path) in zip(weights, scored, strict=True):
        for step in path:
            expected[step] = expected.get(step, 0.0) + weight / mass
    for block, values in zip(potentials, lattice.marginals(), strict=True):
        for row in range(block.rows):
            for column in range(block.columns):
                for kind in range(TYPES):
                    step = (block.first_row + row, block.first_column + column, kind)
                    if step == (0, 0, kind):
                        continue
                    assert values[row, column, kind] == pytest.approx(
                        expected.get(step, 0.0), abs=1e-4
                    )


@given(cases, st.sampled_from([0.0, 0.45]))
@example(random_potentials(n=2, m=4, seed=0, rows=[], holes=0.2), 0.0)
@settings(max_examples=60, deadline=None)
def test_mbr_path_has_the_most_expected_right_beads(potentials: Potentials, cost: float) -> None:
    n, m = potentials.source_count, potentials.target_count
    scored = [(score(potentials, path), path) for path in ladders(n, m)]
    scored = [(value, path) for value, path in scored if value > -math.inf]
    if not scored:
        return
    top = max(value for value, _ in scored)
    mass = sum(math.exp(value - top) for value, _ in scored)

    def name(step: Step) -> tuple[int, int, int]:
        # a null bead is the same bead wherever the path passes its segment
        row, column, kind = step
        return {(1, 0): (row, -1, 0), (0, 1): (-1, column, 1)}.get(bead_of(kind), step)

    posterior: dict[tuple[int, int, int], float] = {}
    for value, path in scored:
        for step in path:
            weight = math.exp(value - top) / mass
            posterior[name(step)] = posterior.get(name(step), 0.0) + weight
    best = max(sum(posterior[name(step)] - cost for step in path) for _, path in scored)
    decoded = decode_beads(potentials, "mbr", cost)
    found = sum(decoded.posteriors) - cost * len(decoded.steps)
    assert found == pytest.approx(best, abs=1e-3)
    for step, value in zip(decoded.steps, decoded.posteriors, strict=True):
        assert value == pytest.approx(posterior[name(step)], abs=1e-4)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_posteriors_of_the_beads_that_hold_a_segment_add_up_to_one(seed: int) -> None:
    potentials = random_potentials(23, 19, seed, [5, 1, 9, 2], 0.0)
    full = tuple(
        ScoreBlock(b.first_row, 0, np.zeros((b.rows, 20, TYPES), np.float32)) for b in potentials
    )
    random = np.random.default_rng(seed)
    for block in full:
        block.values_RBT[:] = random.normal(0, 3, block.values_RBT.shape)
    whole = Potentials(23, 19, full)
    held = np.zeros(23)
    for block, values in zip(whole, Lattice(whole).marginals(), strict=True):
        for kind in range(TYPES):
            a, _ = bead_of(kind)
            for row in range(block.rows):
                end = block.first_row + row
                if end - a >= 0:
                    held[end - a : end] += values[row, :, kind].sum()
    assert held == pytest.approx(np.ones(23), abs=1e-4)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_one_alignment_is_one_path(n: int, m: int, seed: int) -> None:
    """Beads of a decoded path tile both texts; null runs have the source side first."""
    whole = random_potentials(n, m, seed, [], 0.0)
    for method in ("viterbi", "mbr"):
        decoded = decode_beads(whole, method)
        i = j = 0
        after_target_null = False
        for source, target in decoded.ranges():
            assert (source.start, target.start) == (i, j)
            i, j = source.stop, target.stop
            assert not (after_target_null and not target)
            after_target_null = not source
        assert (i, j) == (n, m)


def test_five_by_five_has_one_path_an_alignment() -> None:
    """With nulls and 1-1 alone, 5 x 5 segments have 1,136 alignments, not 3,999 paths."""
    values = np.full((6, 6, TYPES), -np.inf, np.float32)
    values[:, :, : NULL_TYPES + 1] = 0.0
    assert bead_of(NULL_TYPES) == (1, 1)
    n = m = 5
    assert math.exp(Lattice(Potentials(n, m, (ScoreBlock(0, 0, values),))).total) == pytest.approx(
        len({p for p in ladders(n, m) if all(k <= NULL_TYPES for _, _, k in p)})
    )


@given(cases, st.sampled_from([0.5, 2.0]))
@settings(max_examples=40, deadline=None)
def test_scores_may_be_flattened(potentials: Potentials, scale: float) -> None:
    """Below 1 the marginals are flatter than the scores say."""
    n, m = potentials.source_count, potentials.target_count
    scored = [(score(potentials, path) * scale, path) for path in ladders(n, m)]
    scored = [(value, path) for value, path in scored if value > -math.inf]
    if not scored:
        return
    top = max(value for value, _ in scored)
    mass = sum(math.exp(value - top) for value, _ in scored)
    lattice = Lattice(potentials, scale=scale)
    assert lattice.total == pytest.approx(top + math.log(mass), abs=1e-4)
    expected: dict[Step, float] = {}
    for value, path in scored:
        for step in path:
            expected[step] = expected.get(step, 0.0) + math.exp(value - top) / mass
    for block, values in zip(potentials, lattice.marginals(), strict=True):
        for (row, column, kind), found in np.ndenumerate(values):
            step = (block.first_row + row, block.first_column + column, kind)
            assert found == pytest.approx(expected.get(step, 0.0), abs=1e-4)
