"""Vectors of one side: centred, by rows across slabs, each made once and forgotten in order."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pytest

from aligner.engine.features import vectors
from aligner.engine.features.vectors import SideVectors
from tests.unit.engine.features.synthetic import SummedOverlaps, meanings

Floats = npt.NDArray[np.float32]


class Counted(SummedOverlaps):
    """Counts what is asked for."""

    asked: Counter[tuple[int, int]]

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Floats:
        self.asked[width, start] += 1
        return super().vectors(width, start, stop)


def counted(rows: Floats) -> Counted:
    made = Counted(rows)
    object.__setattr__(made, "asked", Counter())
    return made


Doubles = npt.NDArray[np.float64]


def centred(rows: Floats | Doubles, mean: Doubles) -> Doubles:
    out = rows.astype(np.float64) - mean
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True))


def test_rows_of_any_place_and_width() -> None:
    rows = meanings(600, 1)
    side = SideVectors(SummedOverlaps(rows))
    mean = rows.astype(np.float64).sum(axis=0) / 620
    np.testing.assert_allclose(side.single_ND, centred(rows, mean), atol=1e-5)
    for width in (1, 2, 5):
        # across two borders of slabs of 256, and over both ends
        for start, stop in ((250, 520), (-3, 4), (590, 605), (-5, -1), (700, 705)):
            found = side.rows(width, start, stop)
            assert found.shape == (stop - start, rows.shape[1])
            for place, row in zip(range(start, stop), found, strict=True):
                if place < 0 or place + width > 600:
                    assert not row.any()
                else:
                    total = rows[place : place + width].astype(np.float64).sum(axis=0)
                    expected = centred(total[None] / np.linalg.norm(total), mean)[0]
                    np.testing.assert_allclose(row, expected, atol=1e-5)


def test_a_slab_is_made_once_and_the_longest_unused_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "_KEPT", 2)
    overlaps = counted(meanings(700, 2))
    side = SideVectors(overlaps)
    for _ in range(2):
        side.rows(2, 0, 10)
        side.rows(2, 300, 310)
    assert overlaps.asked[2, 0] == overlaps.asked[2, 256] == 1
    side.rows(2, 0, 1)  # used again, so the other one is the oldest
    side.rows(2, 600, 610)
    side.rows(2, 0, 1)
    assert overlaps.asked[2, 0] == 1
    side.rows(2, 300, 301)
    assert overlaps.asked[2, 256] == 2
    side.thin_out()
    side.rows(2, 0, 1)
    assert overlaps.asked[2, 0] == 2


def test_single_segments_outlive_the_overlaps() -> None:
    rows = meanings(30, 3)
    side = SideVectors(SummedOverlaps(rows))
    side.rows(2, 0, 5)
    np.testing.assert_allclose(side.vectors(2, 3, 9), SummedOverlaps(rows).vectors(2, 3, 9))
    side.release()
    np.testing.assert_allclose(side.vectors(1, 4, 9), rows[4:9], atol=1e-5)
    np.testing.assert_allclose(side.vectors(1), rows, atol=1e-5)
    assert side.rows(1, 0, 30).any(axis=1).all()
    with pytest.raises(RuntimeError, match="the overlaps were released"):
        side.rows(2, 0, 5)
    with pytest.raises(RuntimeError, match="the overlaps were released"):
        side.vectors(2)


def test_others_stand_in_for_the_segments_that_a_short_text_lacks() -> None:
    rows, others = meanings(5, 4), meanings(20, 5)
    side = SideVectors(SummedOverlaps(rows), others)
    mean = (rows.astype(np.float64).sum(axis=0) + 15 * others.astype(np.float64).mean(axis=0)) / (
        5 + 15 + 20
    )
    np.testing.assert_allclose(side.single_ND, centred(rows, mean), atol=1e-5)
    np.testing.assert_allclose(side.background_KD, centred(others[:15], mean), atol=1e-5)
    # none lacks any
    many = meanings(20, 6)
    side = SideVectors(SummedOverlaps(many), others)
    np.testing.assert_allclose(
        side.single_ND, centred(many, many.astype(np.float64).sum(axis=0) / 40), atol=1e-5
    )
    assert side.background_KD.shape == (0, many.shape[1])
