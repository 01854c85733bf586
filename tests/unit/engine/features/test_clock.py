"""The clock of two files of subtitles: the edges of what counts as agreement."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from aligner.engine.features import evidence_of
from aligner.engine.features.coarse import Chain
from aligner.engine.features.evidence import Evidence
from aligner.engine.features.timing import Clock, clock
from tests.unit.engine.features.synthetic import document

Times = npt.NDArray[np.float64]
NAN = float("nan")


def evidence(times: list[tuple[float, float]]) -> Evidence:
    made = evidence_of(document("es", len(times), 1))
    return replace(made, times_N2=np.array(times, np.float64).reshape(-1, 2))


def cues(*begins: float, length: float = 1000.0) -> list[tuple[float, float]]:
    return [(begin, begin + length) for begin in begins]


def of(
    ours: list[tuple[float, float]], theirs: list[tuple[float, float]], margin: float = 0.1
) -> Clock | None:
    """Cue by cue an anchor, as many as both have."""
    count = min(len(ours), len(theirs))
    chain = Chain(np.arange(count), np.arange(count), np.full(count, margin, np.float32))
    return clock(evidence(ours), evidence(theirs), chain)


def test_clocks_that_agree_are_left_as_they_are() -> None:
    ours, theirs = cues(0, 5000, 9000), cues(1000, 6000, 10000)
    made = of(ours, theirs)  # mid times a second apart, and no nearer need they be
    assert made is not None
    np.testing.assert_array_equal(made.source_N2, ours)
    np.testing.assert_array_equal(made.target_M2, theirs)
    assert of(ours, cues(1001, 6001, 10001)) is None


def test_from_four_anchors_on_one_is_put_forward() -> None:
    ours = cues(0, 5000, 9000, 20000)
    theirs = cues(7000, 12000, 16100, 27000)
    made = of(ours, theirs)
    assert made is not None
    np.testing.assert_allclose(made.source_N2, np.array(ours) + 7000)
    assert of(ours[:3], theirs[:3]) is None


def test_from_eight_on_they_may_run_at_different_speeds() -> None:
    """25 frames a second instead of 24, and half a minute more at the beginning."""
    begins = [40000.0 * n for n in range(8)]
    ours = cues(*begins)
    theirs = [(a * 0.96 + 30000, b * 0.96 + 30000) for a, b in ours]
    made = of(ours, theirs)
    assert made is not None
    np.testing.assert_allclose(made.source_N2, theirs, atol=1e-6)
    assert of(ours[:7], theirs[:7]) is None
    # no film is played a fifth faster
    assert of(ours, [(a * 0.8, b * 0.8) for a, b in ours]) is None


def test_three_fifths_of_the_anchors_must_agree() -> None:
    ours = cues(0, 5000, 9000, 20000, 30000)
    theirs = cues(0, 5000, 9000, 50000, 70000)
    made = of(ours, theirs)
    assert made is not None
    np.testing.assert_array_equal(made.source_N2, ours)
    assert of(ours, cues(0, 5000, 40000, 60000, 90000)) is None


def test_unsure_anchors_set_no_clock() -> None:
    ours, theirs = cues(0, 5000, 9000), cues(900, 5900, 9900)
    assert of(ours, theirs, margin=0.1) is not None
    assert of(ours, theirs, margin=0.09) is None


@pytest.mark.parametrize(("apart", "together"), [(150.0, True), (151.0, False)])
def test_too_few_anchors_but_cues_that_begin_together(apart: float, together: bool) -> None:
    ours = cues(0, 5000, 9000, 12000, 20000)
    theirs = cues(apart, 5000 + apart, 9000 + apart, 12000 + apart, 50000)  # four of five
    made = of(ours, theirs, margin=0.0)
    assert (made is not None) == together
    if made is not None:
        np.testing.assert_array_equal(made.source_N2, ours)
    # three of five, on one side
    assert of(ours, cues(0, 5000, 9000, 40000, 50000), margin=0.0) is None
    assert of(ours, cues(0, 5000, 9000), margin=0.0) is None
    # one cue each proves nothing, two do
    assert of(cues(0), cues(0), margin=0.0) is None
    assert of(cues(0, 900), cues(0, 900), margin=0.0) is not None


def test_texts_without_times_have_no_clock() -> None:
    assert of([(NAN, NAN)] * 4, cues(0, 1, 2, 3)) is None
    assert of(cues(0, 1, 2, 3), [(NAN, NAN)] * 4) is None
    # where one segment has none, the others set it
    assert of([*cues(0, 5000, 9000), (NAN, NAN)], cues(0, 5000, 9000, 12000)) is not None


def test_what_beads_have_in_common() -> None:
    """The time both are on screen, of the time that any is."""
    made = Clock(
        np.array([(0, 1000), (1000, 3000), (NAN, NAN)], np.float64),
        np.array([(500, 1500), (1500, 2500), (4000, 5000)], np.float64),
    )
    one = made.shares(range(4), range(4), 1, 1)
    expected = np.zeros((4, 4))
    expected[1, 1] = 500 / 1500  # 0 ... 1000 beside 500 ... 1500
    expected[2, 1] = 500 / 2500
    expected[2, 2] = 1000 / 2000
    np.testing.assert_allclose(one, expected, rtol=1e-6)
    two = made.shares(range(4), range(4), 2, 2)
    assert two[2, 2] == pytest.approx(2000 / 3000)
    assert np.count_nonzero(two) == 1 + np.count_nonzero(two[2, 3])
    assert two[2, 3] == pytest.approx(1500 / 5000)  # 0 ... 3000 beside 1500 ... 5000
    # a window of it
    np.testing.assert_array_equal(made.shares(range(2, 4), range(1, 3), 1, 1), one[2:4, 1:3])
    np.testing.assert_array_equal(made.shares(range(2, 3), range(2, 4), 2, 2), two[2:3, 2:4])
    assert made.shares(range(2), range(2), 3, 3).tolist() == [[0, 0], [0, 0]]
