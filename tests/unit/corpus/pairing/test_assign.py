"""The assignment against enumeration, and pairing of made-up vectors."""

from __future__ import annotations

import itertools
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.corpus.pairing import Profile, assign, candidates, pair_documents
from aligner.corpus.pairing.referee import score

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 3)), st.integers(-3, 9), max_size=10
)


def best_total(edges: dict[tuple[int, int], int]) -> int:
    rows = sorted({i for i, _ in edges})
    columns: list[int | None] = [*sorted({j for _, j in edges}), *([None] * len(rows))]
    return max(
        sum(edges[i, j] for i, j in zip(rows, chosen, strict=True) if j is not None)
        for chosen in itertools.permutations(columns, len(rows))
        if all(j is None or (i, j) in edges for i, j in zip(rows, chosen, strict=True))
    )


@settings(deadline=None)
@given(WEIGHTS)
def test_the_assignment_is_the_best_there_is(edges: dict[tuple[int, int], int]) -> None:
    got = assign((i, j, float(w)) for (i, j), w in edges.items())
    assert len(set(got.values())) == len(got)
    assert all(edges[i, j] > 0 for i, j in got.items())
    assert sum(edges[i, j] for i, j in got.items()) == best_total(edges)


def profile(name: str, rows: np.ndarray) -> Profile:
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    whole = rows.sum(axis=0)
    return Profile(
        name, (whole / np.linalg.norm(whole)).astype(np.float32), rows.astype(np.float32)
    )


def collections(count: int, noise: float, seed: int = 0) -> tuple[list[Profile], list[Profile]]:
    random = np.random.default_rng(seed)
    source, target = [], []
    for number in range(count):
        rows = random.normal(size=(random.integers(3, 20), 64))
        source.append(profile(f"s{number}", rows))
        target.append(profile(f"t{number}", rows + noise * random.normal(size=rows.shape)))
    return source, target


def test_partners_are_found_and_the_rest_has_none() -> None:
    source, target = collections(40, 0.5)
    found = pair_documents(source[:30], target[10:][::-1])
    for partner in found:
        if partner.source < 10:
            assert partner.target is None
        else:
            assert partner.target == 39 - partner.source
        assert partner.confidence > 0.9


def test_two_copies_of_one_source_share_the_confidence() -> None:
    source, target = collections(20, 0.3)
    found = pair_documents([*source, source[4]], target)
    claims = [p for p in found if p.source in (4, 20)]
    assert sorted(p.target is None for p in claims) == [False, True]
    assert next(p.confidence for p in claims if p.target == 4) == pytest.approx(0.5, abs=0.01)


def test_a_pair_less_likely_than_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The greatest total gives target 0 to source 1, to which it almost surely does not belong."""
    scores = {(0, 0): 0.80, (0, 1): 0.79, (1, 0): 0.22}
    source, target = collections(2, 0.3)
    numbers = {id(p.blocks): n for side in (source, target) for n, p in enumerate(side)}
    module = sys.modules["aligner.corpus.pairing.partners"]
    monkeypatch.setattr(module, "candidates", lambda *_: list(scores))
    monkeypatch.setattr(module, "score", lambda a, b, _: scores[numbers[id(a)], numbers[id(b)]])
    first, second = pair_documents(source, target)
    assert first.target == 1
    assert second.target is None


def test_candidates_do_not_keep_the_matrix() -> None:
    source, target = collections(50, 0.2)
    found = candidates(source, target, 3)
    assert len(found) <= 50 * 3 * 2
    assert {(i, i) for i in range(50)} <= set(found)


def test_order_counts_for_the_referee() -> None:
    source, target = collections(1, 0.0)
    rows = source[0].blocks
    assert score(rows, rows, 0.4) == pytest.approx(1.0, abs=1e-5)
    assert score(rows, rows[::-1], 0.4) < 0.5
    assert score(rows, target[0].blocks[:0], 0.4) == 0.0


def test_empty_sides() -> None:
    source, _ = collections(2, 0.0)
    assert [p.target for p in pair_documents(source, [])] == [None, None]
    assert pair_documents([], source) == []
