"""Every overlap of the embedded encoder equals encoding the joined string."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.embedding import additive
from aligner.engine.embedding.embedded import EmbeddedEncoder


@cache
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder()


WORDS = [
    "casa",
    "the",
    "Hafen",
    "船长",
    "مرحبا",
    "дом",
    "😀",
    "e\u0301",
    "\u200b",
    "3,14",
    "—",
    "ひと",
]
segments = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
        st.sampled_from(["", " ", "x", "\t\n", "\x00", "\u0301", "a" * 300]),
    ),
    min_size=1,
    max_size=12,
)


def check(texts: list[str], width: int) -> None:
    rows = encoder().overlaps(texts).vectors(width)
    fitting = len(texts) - width + 1
    joined = encoder().encode([" ".join(texts[i : i + width]) for i in range(max(fitting, 0))])
    if fitting > 0:
        assert (rows[:fitting] * joined).sum(axis=1).min() > 0.99999
    assert not rows[max(fitting, 0) :].any()


@given(segments, st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_an_overlap_is_the_joined_text(texts: list[str], width: int) -> None:
    check(texts, width)


@given(segments, st.integers(1, 8), st.integers(3, 40), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_wherever_the_borders_of_chunks_fall(
    texts: list[str], width: int, chunk: int, groups: int
) -> None:
    old = additive._CHUNK, additive._GROUP
    additive._CHUNK, additive._GROUP = chunk, chunk * groups
    try:
        check(texts, width)
    finally:
        additive._CHUNK, additive._GROUP = old


def test_a_segment_of_ten_thousand_tokens() -> None:
    texts = ["Una frase corta.", " ".join(f"palabra{k % 97} casa" for k in range(5000)), "Fin."]
    assert len(encoder().pieces(texts[1:2])[0]) > 10_000
    for width in (1, 2, 3):
        check(texts, width)


def test_threads_do_not_change_a_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Segment {k} de la casa número {k * 7}." for k in range(60)]
    first = encoder().overlaps(texts).vectors(3)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    assert np.array_equal(encoder().overlaps(texts).vectors(3), first)


@given(segments)
@settings(max_examples=25, deadline=None)
def test_tokens_that_were_kept_are_those_made_again(texts: list[str]) -> None:
    kept = encoder().segment_tokens(encoder().overlaps_with_tokens(texts))
    again = encoder().segment_tokens(encoder().overlaps(texts))
    count = len(texts)
    assert kept.bounds.tolist() == again.bounds.tolist()
    one, other = kept.vectors(0, count), again.vectors(0, count)
    assert one.shape == other.shape == (kept.bounds[-1], 512)
    # a text of one token is its own mean: nothing is left of it but rounding
    left = np.linalg.norm(one, axis=1) > 0.99
    left &= np.linalg.norm(other, axis=1) > 0.99
    far = len(np.unique(again.weight_T)) > 3
    assert not far or ((one * other).sum(axis=1)[left] > 0.99).all()
    middle = count // 2
    parts = np.concatenate((again.vectors(0, middle), again.vectors(middle, count)))
    assert np.abs(parts - other).max(initial=0) < 1e-4
