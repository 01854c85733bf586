"""One suite that every encoder of the table passes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from aligner.engine.embedding import ENCODERS, Encoder, load_encoder
from aligner.model import MissingExtra

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
UNTRAINED = "sentence-transformers"  # stands for the user's model, here one of random numbers
NAMES = ENCODERS.names()


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A word-vector model of the library, built here: words as tokens, random vectors."""
    library = pytest.importorskip(
        "sentence_transformers", reason="the extra [transformers] is not installed"
    )
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = sorted({word for text in TEXTS for word in re.findall(r"\w+|[^\w\s]+", text)})
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.random.default_rng(4).normal(size=(len(vocabulary), 48)).astype(np.float32)
    folder = tmp_path_factory.mktemp("model") / "tiny"
    library.SentenceTransformer(modules=[StaticEmbedding(tokenizer, vectors)]).save(str(folder))
    return folder


@cache
def encoder(name: str) -> Encoder:
    try:
        return load_encoder(name)
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.fixture(params=NAMES)
def subject(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Encoder:
    if request.param == UNTRAINED:
        monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
        return encoder(f"{UNTRAINED}:{request.getfixturevalue('tiny_model')}")
    return encoder(request.param)


def trained(subject: Encoder) -> Encoder:
    if subject.signature.startswith(UNTRAINED):
        pytest.skip("the model of this test has random weights")
    return subject


def test_rows_are_unit_vectors(subject: Encoder) -> None:
    vectors = subject.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), subject.dim)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_nothing_in_nothing_out(subject: Encoder) -> None:
    assert subject.encode([]).shape == (0, subject.dim)
    nothing = subject.overlaps([])
    assert nothing.count == 0
    assert nothing.vectors(1).shape == (0, subject.dim)


def test_a_text_has_the_same_vector_in_any_company(subject: Encoder) -> None:
    alone = np.concatenate([subject.encode([text]) for text in TEXTS])
    together = subject.encode(TEXTS)
    assert (alone * together).sum(axis=1) == pytest.approx(1.0, abs=2e-3)


def test_overlaps_stand_for_joined_texts(subject: Encoder) -> None:
    segments = [*TEXTS[:2], "A short one.", "Es war einmal ein Hafen am Meer.", "Fin."] * 3
    overlaps = subject.overlaps(segments)
    assert overlaps.count == len(segments)
    nearness = []
    for width in (1, 2, 4):
        rows = overlaps.vectors(width)
        assert rows.shape == (len(segments), subject.dim)
        assert rows.dtype == np.float32
        fitting = len(segments) - width + 1
        assert np.linalg.norm(rows[:fitting], axis=1) == pytest.approx(1.0, abs=1e-3)
        joined = subject.encode([" ".join(segments[i : i + width]) for i in range(fitting)])
        nearness.append((rows[:fitting] * joined).sum(axis=1))
        assert not rows[fitting:].any()
        part = overlaps.vectors(width, 3, 7)
        assert np.allclose(part, rows[3:7], atol=1e-3)
        assert not overlaps.vectors(width, len(segments), len(segments) + 2).any()
    assert np.concatenate(nearness).min() > LEAST[subject.signature.split("-")[0]]


# the embedded encoder and joined strings are exact; e5 composes, after its centre is taken off
LEAST = {"embedded": 0.9999, "e5": 0.75, "both": 0.85, "sentence": 0.9999}


def test_the_number_of_threads_changes_nothing(
    subject: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{TEXTS[k % 2]} {k}" for k in range(40)]
    first = subject.overlaps(texts).vectors(2)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    assert np.array_equal(subject.overlaps(texts).vectors(2), first)


def test_what_is_near_is_near(subject: Encoder) -> None:
    one, other, unlike = trained(subject).encode([*TEXTS[:2], "El gato duerme en la mesa."])
    assert one @ other > one @ unlike + 0.2


def test_it_says_what_it_is_and_what_it_knows(subject: Encoder) -> None:
    assert subject.signature
    assert "|" not in subject.signature
    assert 0.9 < subject.covers("es") <= 1.0
    assert subject.covers("es-MX") == subject.covers("es")
    assert trained(subject).covers("tlh") == 0.0
