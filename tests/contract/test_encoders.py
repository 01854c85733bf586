"""One suite that every encoder of the table passes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from aligner.embedding import ENCODERS, Encoder, load
from aligner.errors import MissingExtra

TEXTS = [
    "La capitana anotaba los contenedores.",
    "The captain wrote down the containers.",
    "",
    "x",
    "14",
    "船长记下了集装箱。",
    "😀 مرحبا, e\u0301tude",
    "\u200b",
]


@cache
def encoder(name: str) -> Encoder:
    try:
        return load(name)
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.fixture(params=[name for name in ENCODERS.names() if ":" not in name])
def subject(request: pytest.FixtureRequest) -> Encoder:
    return encoder(request.param)


def test_rows_are_unit_vectors(subject: Encoder) -> None:
    vectors = subject.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), subject.dim)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_nothing_in_nothing_out(subject: Encoder) -> None:
    assert subject.encode([]).shape == (0, subject.dim)


def test_a_text_has_the_same_vector_in_any_company(subject: Encoder) -> None:
    alone = np.concatenate([subject.encode([text]) for text in TEXTS])
    together = subject.encode(TEXTS)
    assert (alone * together).sum(axis=1) == pytest.approx(1.0, abs=2e-3)


def test_overlaps_stand_for_joined_texts(subject: Encoder) -> None:
    segments = [*TEXTS[:2], "A short one.", "Es war einmal ein Hafen am Meer.", "Fin."] * 3
    overlaps = subject.overlaps(segments)
    assert overlaps.count == len(segments)
    assert len(overlaps.lengths_N) == len(segments)
    for width in (1, 2, 4):
        rows = overlaps.vectors(width)
        assert rows.shape == (len(segments), subject.dim)
        fitting = len(segments) - width + 1
        joined = subject.encode([" ".join(segments[i : i + width]) for i in range(fitting)])
        # encoders that compose overlaps approximately say so; the embedded one is exact
        assert (rows[:fitting] * joined).sum(axis=1).min() > 0.9
        assert not rows[fitting:].any()
        part = overlaps.vectors(width, 3, 7)
        assert np.allclose(part, rows[3:7], atol=1e-3)


def test_what_is_near_is_near(subject: Encoder) -> None:
    one, other, unlike = subject.encode([TEXTS[0], TEXTS[1], "El gato duerme en la mesa."])
    assert one @ other > one @ unlike


def test_it_says_what_it_is_and_what_it_knows(subject: Encoder) -> None:
    assert subject.signature
    assert "|" not in subject.signature
    assert 0.9 < subject.covers("es") <= 1.0
    assert subject.covers("es-MX") == subject.covers("es")
    assert subject.covers("tlh") < 0.9
