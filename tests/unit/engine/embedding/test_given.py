"""Vectors files: layouts that are read, mistakes that are told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aligner.engine.embedding.given import read_vectors
from aligner.model import AlignerError, AlignError, ReadError

RNG = np.random.default_rng(7)
SOURCE = RNG.normal(size=(3, 8)).astype(np.float32)
TARGET = RNG.normal(size=(4, 8)).astype(np.float32)


def saved(path: Path, **arrays: object) -> Path:
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return path


def test_overlaps_are_sums_unless_they_are_given(tmp_path: Path) -> None:
    wider = RNG.normal(size=(2, 8))
    file = saved(tmp_path / "v.npz", source=SOURCE, target=TARGET, source_2=wider)
    given = read_vectors(file, 3, 4)
    one = given.target.vectors(2)
    total = TARGET[0] + TARGET[1]
    assert np.allclose(one[0], total / np.linalg.norm(total), atol=1e-6)
    assert not one[3].any()
    own = given.source.vectors(2)
    assert np.allclose(own[:2], wider / np.linalg.norm(wider, axis=1, keepdims=True), atol=1e-6)
    assert not own[2].any()
    assert np.array_equal(given.source.vectors(2, 1, 3), own[1:3])
    assert given.source.vectors(8).shape == (3, 8)


def test_one_array_holds_the_source_then_the_target(tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", np.concatenate((SOURCE, TARGET)).astype(np.float64))
    given = read_vectors(tmp_path / "v.npy", 3, 4)
    assert np.allclose(given.target.vectors(1)[0], TARGET[0] / np.linalg.norm(TARGET[0]), atol=1e-6)
    assert given.signature == read_vectors(tmp_path / "v.npy", 3, 4).signature


def broken(rows: np.ndarray, row: int, value: float) -> np.ndarray:
    out = rows.copy()
    out[row] = value
    return out


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"source": SOURCE}, "lacks 'target'"),
        ({"source": SOURCE, "target": TARGET, "src": SOURCE}, "holds 'src'"),
        ({"source": SOURCE, "target": TARGET, "source_9": SOURCE}, "holds 'source_9'"),
        (
            {"source": SOURCE[:2], "target": TARGET},
            "source has 2 rows, not one for each segment or run of segments (3)",
        ),
        (
            {"source": SOURCE, "target": TARGET, "target_2": TARGET},
            "target_2 has 4 rows, not one for each segment or run of segments (3)",
        ),
        ({"source": SOURCE, "target": TARGET[:, :5]}, "source 8, target 5"),
        ({"source": SOURCE[0], "target": TARGET}, "[8] of float32"),
        ({"source": SOURCE.astype(int), "target": TARGET}, "of int64"),
        ({"source": broken(SOURCE, 1, np.nan), "target": TARGET}, "row 1 of source is not finite"),
        ({"source": SOURCE, "target": broken(TARGET, 2, 0)}, "row 2 of target is zero"),
        ({"source": np.full((3, 8), 1e300), "target": TARGET}, "row 0 of source is not finite"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, arrays: dict[str, np.ndarray], words: str
) -> None:
    file = saved(tmp_path / "v.npz", **arrays)
    with pytest.raises(AlignerError) as caught:
        read_vectors(file, 3, 4)
    assert words in str(caught.value)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"1 2 3\n", b"\x93NUMPY\x01\x00"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "v.npz"
    file.write_bytes(content)
    with pytest.raises(ReadError):
        read_vectors(file, 3, 4)


def test_pickles_are_never_loaded(tmp_path: Path) -> None:
    file = saved(tmp_path / "v.npz", source=np.array([{}], dtype=object), target=TARGET)
    with pytest.raises(ReadError):
        read_vectors(file, 1, 4)


def test_an_array_of_another_length_names_both_counts(tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", SOURCE)
    with pytest.raises(AlignError, match="3 and 4 segments"):
        read_vectors(tmp_path / "v.npy", 3, 4)


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_vectors(tmp_path / "none.npz", 3, 4)
