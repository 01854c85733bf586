from __future__ import annotations

import numpy as np
import pytest

from aligner.engine.evaluating.beads import GoldBead
from aligner.engine.evaluating.cases import Case, score_case
from aligner.engine.evaluating.counts import Rates, f1_of, rates
from aligner.engine.evaluating.resampling import bootstrap, paired_bootstrap
from aligner.engine.evaluating.scores import CaseScore
from aligner.engine.evaluating.summary import calibration, families, summarise_scores
from aligner.model import UsageError


def case(name: str, size: int, nulls: int = 0) -> Case:
    beads = [GoldBead((i,), (i,)) for i in range(size)]
    beads += [GoldBead((size + k,), ()) for k in range(nulls)]
    return Case(name, "en", "es", (), (), (), (), tuple(beads))


def scored(name: str, size: int, wrong: int, nulls: int = 0) -> CaseScore:
    """A system that gets `wrong` of `size` beads wrong, and all nulls right."""
    one = case(name, size, nulls)
    beads = [
        *(GoldBead((i,), ((i + 1) % wrong,)) for i in range(wrong)),
        *one.gold[wrong:],
    ]
    return score_case(one, beads)


def test_micro_sums_and_macro_averages() -> None:
    summary = summarise_scores([scored("a-1", 10, 5), scored("a-2", 90, 0)])
    assert summary.micro["strict"].f1 == pytest.approx(0.95)
    assert summary.macro["strict"].f1 == pytest.approx(0.75)
    assert summary.micro["null"] == Rates()
    assert summary.documents_of == {"strict": 2, "lax": 2, "null": 0}
    assert summary.types["1-1"].gold == 100
    assert summary.types["1-1"].hits == 95


def test_a_document_without_links_counts_for_null_only() -> None:
    unrelated = case("hard-null-en-es", 0, nulls=4)
    half = score_case(unrelated, (*unrelated.gold[:2], GoldBead((2,), (0,)), GoldBead((3,), (1,))))
    plain = scored("hard-mix-en-es", 4, 0, nulls=1)
    merge = score_case(case("hard-merge-en-es", 3), (GoldBead((0,), (0,)), GoldBead((1,), ())))
    summary = summarise_scores([half, plain, merge])
    assert summary.documents_of == {"strict": 2, "lax": 2, "null": 2}
    assert summary.macro["null"].f1 == pytest.approx((2 / 3 + 1) / 2)
    assert summary.micro["null"].recall == pytest.approx(3 / 5)
    assert summary.micro["null"].precision == 1.0
    assert summary.stray_nulls == 4  # source 1, 2 and target 1, 2 of the merge case
    assert summary.macro["strict"].precision == pytest.approx((1 + 1 / 2) / 2)


def test_families() -> None:
    figures = families([scored("hard-mix-en-es", 4, 0), scored("mac-001", 4, 2)])
    assert list(figures) == ["hard", "hard-mix", "mac"]
    assert figures["mac"].macro["strict"].f1 == pytest.approx(0.5)


def test_calibration_by_hand() -> None:
    confidences = np.array([0.0, 0.1, 0.15, 0.9, 0.95, 1.0])
    right = np.array([0.0, 1.0, 0.0, 1.0, 1.0, 1.0])
    figures = calibration(confidences, right)
    # bins: (0, .1] holds 0 and .1, (.1, .2] holds .15, (.8, .9] holds .9, (.9, 1] the rest
    assert [b.count for b in figures.bins] == [2, 1, 0, 0, 0, 0, 0, 0, 1, 2]
    assert figures.bins[0].confidence == pytest.approx(0.05)
    assert figures.bins[2].right is None
    expected = (2 * abs(0.05 - 0.5) + 0.15 + 0.1 + 2 * abs(0.975 - 1)) / 6
    assert figures.error == pytest.approx(expected)
    assert (figures.confident, figures.confident_right) == (2, 1.0)


def test_calibration_without_confidences() -> None:
    figures = calibration(np.zeros(0), np.zeros(0))
    assert (figures.error, figures.confident_right, figures.beads) == (None, None, 0)


def test_f1_of_many_rows_is_f1_of_each() -> None:
    rng = np.random.default_rng(3)
    rows = rng.integers(0, 3, (200, 9))
    for measure in ("strict", "lax", "null"):
        fast = f1_of(rows, measure)
        slow = [rates(row, measure).f1 for row in rows]
        assert np.allclose(fast, [np.nan if f is None else f for f in slow], equal_nan=True)


def test_bootstrap_is_the_same_twice_and_holds_the_figure() -> None:
    scores = [scored("a-1", 40, 8, nulls=3), scored("a-2", 60, 3)]
    first = bootstrap(scores, 300)
    assert first == bootstrap(scores, 300)
    assert first != bootstrap(scores, 300, seed=5)
    interval = first["micro"]["strict"]
    assert interval.low < 0.89 < interval.high
    assert 0.04 < interval.high - interval.low < 0.2
    assert first["macro"]["null"].low == 1.0


def test_bootstrap_of_nothing() -> None:
    empty = score_case(case("a", 0), ())
    assert bootstrap([empty], 10) == {"micro": {}, "macro": {}}
    with pytest.raises(UsageError):
        bootstrap([empty], 0)


def test_paired_bootstrap_sees_a_difference_and_no_difference() -> None:
    better, worse = scored("a-1", 100, 2), scored("a-1", 100, 20)
    result = paired_bootstrap([worse], [better], 500)["micro"]["strict"]
    assert result.difference == pytest.approx(0.18)
    assert result.interval.low > 0
    assert result.p < 0.01
    same = paired_bootstrap([worse], [worse], 500)["macro"]["strict"]
    assert (same.difference, same.p) == (0.0, 1.0)


def test_paired_bootstrap_wants_the_same_gold() -> None:
    with pytest.raises(UsageError):
        paired_bootstrap([scored("a", 3, 0)], [scored("a", 4, 0)])
