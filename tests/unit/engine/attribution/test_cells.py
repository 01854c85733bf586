"""Cells of token attribution against the definition, computed token by token."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.attribution import TokenEvidence, Windows, attribute, shares, without_partner
from aligner.engine.attribution.cells import MIDDLE, SPREAD


@dataclass
class Side:
    """Tokens with vectors of their own."""

    bounds: npt.NDArray[np.int64]
    weight_T: npt.NDArray[np.float32]
    rows: npt.NDArray[np.float32]

    def vectors(self, start: int, stop: int) -> npt.NDArray[np.float32]:
        return self.rows[self.bounds[start] : self.bounds[stop]]


def side(rng: np.random.Generator, lengths: list[int]) -> Side:
    rows = rng.normal(size=(sum(lengths), 6)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    weight = rng.uniform(0.05, 1, sum(lengths)).astype(np.float32)
    return Side(np.concatenate(([0], np.cumsum(lengths))).astype(np.int64), weight, rows)


def windows_of(rng: np.random.Generator, n: int, m: int) -> Windows:
    low = rng.integers(0, m, n)
    return Windows.around(low, low + rng.integers(1, 5, n), m)


def by_hand(source: Side, target: Side, windows: Windows) -> dict[tuple[int, int], list[float]]:
    """(i, j) -> [ours, theirs, links], as the module's text says."""
    n, m = len(source.bounds) - 1, len(target.bounds) - 1
    seen = [(i, j) for i in range(n) for j in range(windows.low_N[i], windows.high_N[i])]
    cells = {cell: [0.0, 0.0, 0.0] for cell in seen}
    tokens = [
        [range(side.bounds[k], side.bounds[k + 1]) for k in range(count)]
        for side, count in ((source, n), (target, m))
    ]
    cosine = source.rows.astype(float) @ target.rows.astype(float).T

    def strengths(values: dict[int, list[float]]) -> dict[int, float]:
        made = {k: exp((max(v) - MIDDLE) / SPREAD) for k, v in values.items() if v}
        return {k: e / (1 + sum(made.values())) for k, e in made.items()}

    best_s: dict[int, int] = {}
    best_t: dict[int, int] = {}
    for i in range(n):
        for s in tokens[0][i]:
            mine = {j: [cosine[s, t] for t in tokens[1][j]] for a, j in seen if a == i}
            for j, p in strengths(mine).items():
                cells[i, j][0] += source.weight_T[s] * p
            all_t = [t for a, j in seen if a == i for t in tokens[1][j]]
            if all_t:
                best_s[s] = max(all_t, key=lambda t: cosine[s, t])
    for j in range(m):
        for t in tokens[1][j]:
            mine = {i: [cosine[s, t] for s in tokens[0][i]] for i, b in seen if b == j}
            for i, p in strengths(mine).items():
                cells[i, j][1] += target.weight_T[t] * p
            all_s = [s for i, b in seen if b == j for s in tokens[0][i]]
            if all_s:
                best_t[t] = max(all_s, key=lambda s: cosine[s, t])
    for s, t in best_s.items():
        if best_t[t] == s and cosine[s, t] > 0:
            i = next(k for k in range(n) if s in tokens[0][k])
            j = next(k for k in range(m) if t in tokens[1][k])
            cells[i, j][2] += sqrt(source.weight_T[s] * target.weight_T[t]) * cosine[s, t]
    return cells


lengths = st.lists(st.integers(0, 5), min_size=1, max_size=30)


@given(lengths, lengths, st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_cells_are_what_the_definition_says(
    source_lengths: list[int], target_lengths: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    source, target = side(rng, source_lengths), side(rng, target_lengths)
    windows = windows_of(rng, len(source_lengths), len(target_lengths))
    cells = attribute(source, target, windows)
    for (i, j), wanted in by_hand(source, target, windows).items():
        at = cells.row(i).start + j - windows.low_N[i]
        got = [cells.ours_C[at], cells.theirs_C[at], cells.links_C[at]]
        assert got == pytest.approx(wanted, rel=1e-3, abs=1e-4), (i, j)


@given(lengths, lengths, st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_the_sides_may_be_exchanged(
    source_lengths: list[int], target_lengths: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    source, target = side(rng, source_lengths), side(rng, target_lengths)
    n, m = len(source_lengths), len(target_lengths)
    whole = attribute(source, target, Windows(np.zeros(n, np.int64), np.full(n, m)))
    turned = attribute(target, source, Windows(np.zeros(m, np.int64), np.full(m, n)))
    assert whole.ours_C.reshape(n, m) == pytest.approx(
        turned.theirs_C.reshape(m, n).T, rel=1e-3, abs=1e-4
    )
    assert whole.links_C.reshape(n, m) == pytest.approx(
        turned.links_C.reshape(m, n).T, rel=1e-3, abs=1e-4
    )


@given(lengths, lengths, st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_shares_of_rectangles_are_sums_of_their_cells(
    source_lengths: list[int], target_lengths: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    source, target = side(rng, source_lengths), side(rng, target_lengths)
    windows = windows_of(rng, len(source_lengths), len(target_lengths))
    cells = attribute(source, target, windows)
    evidence = TokenEvidence(cells)
    hand = by_hand(source, target, windows)
    n, m = len(source_lengths), len(target_lengths)
    i0, j0 = int(rng.integers(0, n)), int(rng.integers(0, m))
    i1, j1 = int(rng.integers(i0 + 1, n + 1)), int(rng.integers(j0 + 1, m + 1))
    inside = [hand[i, j] for i in range(i0, i1) for j in range(j0, j1) if (i, j) in hand]
    ours, theirs = evidence.share(range(i0, i1), range(j0, j1))
    weights = cells.source_N[i0:i1].sum(), cells.target_M[j0:j1].sum()
    assert ours * max(weights[0], 1e-9) == pytest.approx(
        sum(cell[0] for cell in inside), rel=1e-3, abs=1e-4
    )
    assert theirs * max(weights[1], 1e-9) == pytest.approx(
        sum(cell[1] for cell in inside), rel=1e-3, abs=1e-4
    )
    assert 0 <= ours <= 1.0001
    assert 0 <= theirs <= 1.0001


def test_windows_never_move_back_and_hold_what_was_asked() -> None:
    windows = Windows.around(np.array([3, 1, 7, 9]), np.array([5, 2, 9, 30]), 10)
    assert windows.low_N.tolist() == [1, 1, 7, 9]
    assert windows.high_N.tolist() == [5, 5, 9, 10]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_chances_of_no_partner_are_what_cells_of_one_text_leave(n: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = (side(rng, [count]) for count in (n, m))
    chance = without_partner(one.rows, other.rows)
    assert chance.shape == (n,)
    cells = attribute(one, other, Windows(np.array([0]), np.array([1])))
    assert float(cells.ours_C[0]) == pytest.approx(float((1 - chance) @ one.weight_T), abs=1e-5)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_shares_are_what_cells_of_one_token_each_hold(n: int, m: int, seed: int) -> None:
    cosine = np.random.default_rng(seed).uniform(-1, 1, (n, m)).astype(np.float32)
    strength = [[exp((c - 0.25) / 0.07) for c in row] for row in cosine.tolist()]
    said = [[e / (1 + sum(row)) for e in row] for row in strength]
    assert shares(cosine).tolist() == [pytest.approx(row, rel=1e-4) for row in said]
