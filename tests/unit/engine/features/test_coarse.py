"""The chain against a plain program over all cells, and the edges of the band worked out by hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.features import coarse
from aligner.engine.features.coarse import Chain, band_around, chain, keep_through, margin_levels
from tests.unit.engine.features.synthetic import blurred, meanings

Floats = npt.NDArray[np.float32]


def margins(source: Floats, target: Floats) -> npt.NDArray[np.float64]:
    """[N, M] how far each cell is above the mean of both segments' background, by the definition."""
    similarity = source.astype(float) @ target.astype(float).T
    levels = [similarity.mean(k) + 2 * similarity.std(k) for k in (1, 0)]
    return np.asarray(similarity - (levels[0][:, None] + levels[1][None, :]) / 2)


def best(gain: npt.NDArray[np.float64]) -> float:
    """Largest sum of cells that all lie below and to the right of each other."""
    table = np.zeros((gain.shape[0] + 1, gain.shape[1] + 1))
    for i in range(gain.shape[0]):
        for j in range(gain.shape[1]):
            table[i + 1, j + 1] = max(table[i, j + 1], table[i + 1, j], table[i, j] + gain[i, j])
    return float(table[-1, -1])


@given(n=st.integers(1, 9), m=st.integers(1, 9), seed=st.integers(0, 10**6))
@settings(max_examples=60)
def test_the_chain_is_the_best_there_is(n: int, m: int, seed: int) -> None:
    rows = meanings(n + m, seed)
    chance = np.random.default_rng(seed)
    # some of the target's segments translate one of the source's, in any order
    target = blurred(rows[chance.integers(0, n + m, m)], seed + 1)
    margin = margins(rows[:n], target)
    found = chain(rows[:n], target)
    assert (np.diff(found.source_K) > 0).all()
    assert (np.diff(found.target_K) > 0).all()
    np.testing.assert_allclose(
        found.margin_K, margin[found.source_K, found.target_K], rtol=1e-3, atol=1e-5
    )
    assert (found.margin_K > 0).all()
    total = float(np.square(found.margin_K.astype(float)).sum())
    assert total == pytest.approx(best(np.square(np.maximum(margin, 0))), rel=1e-3, abs=1e-6)


def test_more_rows_than_are_worked_on_at_once() -> None:
    """Blocks of 64 rows, each with columns of its own."""
    rows = meanings(200, 1)
    keep = [i for i in range(200) if i % 7]
    found = chain(rows, blurred(rows[keep], 2))
    assert found.source_K.tolist() == keep
    assert found.target_K.tolist() == list(range(len(keep)))


def test_long_texts_are_cut_into_runs_first(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = meanings(500, 3)
    keep = [i for i in range(500) if i % 9]
    target = blurred(rows[keep], 4)
    direct = chain(rows, target)
    assert direct.source_K.tolist() == keep
    monkeypatch.setattr(coarse, "_DIRECT", 200)
    whole = chain(rows, target)  # over the band that 200 runs show
    assert direct.source_K.tolist() == whole.source_K.tolist()
    assert direct.target_K.tolist() == whole.target_K.tolist()
    np.testing.assert_allclose(direct.margin_K, whole.margin_K, rtol=1e-4)


def test_runs_are_means_of_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarse, "_DIRECT", 3)
    vectors = np.eye(5, dtype=np.float32)
    means, bounds = coarse._runs(vectors)
    assert bounds.tolist() == [0, 1, 3, 5]
    half = 2**-0.5
    expected = np.array([[1, 0, 0, 0, 0], [0, half, half, 0, 0], [0, 0, 0, half, half]])
    np.testing.assert_allclose(means, expected, rtol=1e-6)


def test_what_lies_around_a_chain_of_runs_is_looked_at() -> None:
    """Three runs of 2, 3 and 5 segments beside three of 1, 4 and 5: the band of runs, in segments."""
    rough = Chain(np.arange(3), np.arange(3), np.ones(3, np.float32))
    bounds = np.array([0, 2, 5, 10]), np.array([0, 1, 5, 10])
    low, high = coarse._spread(rough, *bounds)
    assert low.tolist() == [0] * 10
    assert high.tolist() == [10] * 10
    many = Chain(np.arange(60), np.arange(60), np.ones(60, np.float32))
    low, high = coarse._spread(many, np.arange(61) * 2, np.arange(61) * 3)
    # run 30 lies in rows 60 and 61; its band is columns 12 ... 48 of the runs, 3 segments each
    assert low[60:62].tolist() == [36, 36]
    assert high[60:62].tolist() == [147, 147]


def test_background_is_the_mean_and_two_deviations_of_a_sample() -> None:
    one, other = meanings(5, 5), meanings(150, 6)
    similarity = one.astype(float) @ other.astype(float).T
    expected = similarity.mean(1) + 2 * similarity.std(1)
    np.testing.assert_allclose(margin_levels(one, other), expected, rtol=1e-4)
    more = np.concatenate((other, meanings(40, 7)))
    similarity = one.astype(float) @ more.astype(float).T
    expected = similarity.mean(1) + 2 * similarity.std(1)
    np.testing.assert_allclose(margin_levels(one, other, more[150:]), expected, rtol=1e-4)
    # of more than 200, as many that are evenly spaced, the first and the last among them
    many = meanings(399, 8)
    similarity = one.astype(float) @ many[::2].astype(float).T
    expected = similarity.mean(1) + 2 * similarity.std(1)
    np.testing.assert_allclose(margin_levels(one, many), expected, rtol=1e-4)


def anchors(*cells: tuple[int, int], margin: float = 1.0) -> Chain:
    rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
    return Chain(rows, columns, np.full(len(cells), margin, np.float32))


def window(path: Chain, n: int, m: int, row: int, **more: object) -> tuple[int, int]:
    band = band_around(path, n, m, **more)  # type: ignore[arg-type]
    assert (np.diff(band.low_N1) >= 0).all()
    assert (np.diff(band.high_N1) >= 0).all()
    assert (band.low_N1[0], band.high_N1[-1]) == (0, m + 1)
    return int(band.low_N1[row]), int(band.high_N1[row])


def diagonal(*stretches: range, by: int = 0) -> list[tuple[int, int]]:
    return [(i, i + by) for stretch in stretches for i in stretch]


def test_the_band_is_15_columns_and_3_rows_wide() -> None:
    path = anchors(*diagonal(range(100)))
    assert window(path, 100, 100, 50) == (50 - 3 - 15, 50 + 3 + 15 + 1)
    assert window(path, 100, 100, 50, margin=4) == (50 - 3 - 4, 50 + 3 + 4 + 1)
    assert window(path, 100, 100, 0) == (0, 3 + 15 + 1)
    assert window(path, 100, 100, 100) == (100 - 3 - 15, 101)


def test_it_is_wider_where_no_anchors_are() -> None:
    # between cells 21 and 60: 39 wide, of which a quarter is added
    path = anchors(*diagonal(range(21), range(60, 100)))
    assert window(path, 100, 100, 40) == (12, 69)  # 37 - 15 - 9.75, 43 + 15 + 9.75
    # of gaps above 160 no more than of 160; the null corner of up to 300 is in it
    path = anchors(*diagonal(range(21), range(260, 400)))
    assert window(path, 400, 400, 140) == (21, 140 + 3 + 55 + 1)
    path = anchors(*diagonal(range(21), range(360, 500)))
    assert window(path, 500, 500, 190) == (190 - 3 - 55, 190 + 3 + 55 + 1)
    # anchors that unrelated texts may reach are no end of a gap
    unsure = anchors(*diagonal(range(200)), margin=0.15)
    assert window(unsure, 200, 200, 100) == (0, 100 + 3 + 15 + 1)
    sure = anchors(*diagonal(range(200)), margin=0.16)
    assert window(sure, 200, 200, 100) == (82, 100 + 3 + 15 + 1)


def test_it_holds_both_edges_of_a_step() -> None:
    """50 columns that the source lacks, at row 30."""
    path = anchors(*diagonal(range(30)), *diagonal(range(30, 60), by=50))
    low, high = window(path, 60, 110, 30)
    assert low == 30 - 3 - 15
    assert high >= 80 + 3 + 15 + 1


def test_cells_that_a_path_must_pass() -> None:
    path = anchors(*diagonal(range(100)))
    kept = keep_through(path, [(40, 60)])
    # those between would have the path come back
    assert kept.source_K.tolist() == [*range(40), *range(60, 100)]
    assert kept.margin_K.shape == kept.target_K.shape == (80,)
    low, high = window(kept, 100, 100, 40, through=[(40, 60)])
    assert low <= 40 < 60 < high
    assert keep_through(path, []).source_K.tolist() == list(range(100))
    assert keep_through(path, [(10, 10), (60, 70)]).source_K.tolist() == [
        *range(60),
        *range(70, 100),
    ]


def test_without_anchors_the_band_is_around_the_diagonal() -> None:
    path = anchors()
    assert window(path, 40, 80, 20) == (0, 80 + 1)  # all cells: small texts may be unrelated
    low, high = window(path, 1000, 2000, 500)
    assert (low, high) == (1000 - 6 - 15 - 40, 1000 + 6 + 15 + 40 + 1)
