"""Weights and the encoder they go with: what is taken, what is refused, what is said."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligner.engine import embedding
from aligner.engine.evaluating import Case, parse_beads
from aligner.engine.features import parse_weights, shipped_weights
from aligner.engine.training import train
from aligner.model import MissingExtra, ModelError
from aligner.workflows.aligning import Notices, Settings, align_documents
from aligner.workflows.review.realigning import Realigner
from aligner.workflows.weighing import chosen_encoder, load_weights
from tests.unit.cli.run import run
from tests.unit.review import samples

ES = ["El barco salió del puerto.", "Nadie sabía adónde iba.", "Ana contó las cajas."]
EN = ["The ship left the port.", "Nobody knew where it was going.", "Ana counted the boxes."]
PAIR = ("es", "en")


def weights_for(path: Path, encoder: str | None) -> Path:
    """The shipped numbers as a file that says it is for this encoder, or says nothing."""
    data = json.loads(shipped_weights().dumps())
    data["about"] = {} if encoder is None else {"encoder": encoder}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def chosen(name: str, path: Path | None) -> tuple[str, str]:
    """The encoder's signature, and the line for the user."""
    encoder, _, line = chosen_encoder(name, PAIR, load_weights(path), path)
    return encoder.signature, line


def test_weights_of_another_encoder_are_refused(tmp_path: Path) -> None:
    path = weights_for(tmp_path / "w.json", "e5-1234")
    with pytest.raises(ModelError) as caught:
        chosen("embedded", path)
    mine = embedding.load_encoder("embedded").signature
    assert caught.value.context == str(path)
    assert caught.value.message == (
        f"the weights were trained for the encoder e5-1234, not for {mine}"
    )
    assert "--encoder e5, " in caught.value.hint
    assert "aligner train GOLD --encoder embedded" in caught.value.hint


def test_auto_takes_the_encoder_of_the_weights(tmp_path: Path) -> None:
    mine = embedding.load_encoder("embedded").signature
    path = weights_for(tmp_path / "w.json", mine)
    assert chosen("auto", path) == (mine, "")
    encoder, name, _ = chosen_encoder("auto", ("en", "hu"), load_weights(path), path)
    assert (encoder.signature, name) == (mine, "embedded")
    # the name is known, its numbers are others: another version
    other = weights_for(tmp_path / "old.json", "embedded-000000000000")
    with pytest.raises(ModelError, match="trained for the encoder embedded-000000000000") as caught:
        chosen("auto", other)
    assert "use --encoder" not in caught.value.hint


def test_auto_cannot_find_a_model_of_the_user(tmp_path: Path) -> None:
    path = weights_for(tmp_path / "w.json", "sentence-transformers-LaBSE-0123")
    with pytest.raises(ModelError) as caught:
        chosen("auto", path)
    assert "use --encoder sentence-transformers:MODEL" in caught.value.hint


def test_weights_that_say_nothing_are_taken_and_told(tmp_path: Path) -> None:
    path = weights_for(tmp_path / "w.json", None)
    signature, line = chosen("embedded", path)
    assert signature == embedding.load_encoder("embedded").signature
    assert line == f"{path} does not say which encoder it was trained for"


def test_an_encoder_that_is_no_text(tmp_path: Path) -> None:
    data = json.loads(shipped_weights().dumps())
    data["about"] = {"encoder": 3}
    with pytest.raises(ModelError, match="not a weights file"):
        parse_weights(json.dumps(data), "w.json")


def test_aligning_again_refuses_them_too(tmp_path: Path) -> None:
    texts = samples.document("es", [ES]), samples.document("en", [EN])
    alignment = align_documents(*texts, notices=Notices())
    path = weights_for(tmp_path / "w.json", "e5-1234")
    again = Realigner(Settings(encoder="embedded", weights=path))
    with pytest.raises(ModelError, match="e5-1234"):
        again.check(alignment)
    with pytest.raises(ModelError, match="e5-1234"):
        again(alignment, ())


def test_commands_end_with_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    weights_for(tmp_path / "w.json", "e5-1234")
    for name, lines in (("a.es.txt", ES), ("a.en.txt", EN)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    assert run("align", "a.es.txt", "a.en.txt", "-o", "a.alignment.json").code == 0
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "src.es.txt").write_text("\n".join(ES), encoding="utf-8")
    (gold / "tgt.en.txt").write_text("\n".join(EN), encoding="utf-8")
    (gold / "gold.txt").write_text("[0]:[0]\n[1]:[1]\n[2]:[2]\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    wrong = ("--weights", "w.json", "--encoder", "embedded")
    for line in (
        ("align", "a.es.txt", "a.en.txt", "-o", "b.alignment.json", *wrong),
        ("review", "a.alignment.json", "--no-browser", *wrong),
        ("train", "gold", "-o", "new.json", "--first", "w.json"),
    ):
        done = run(*line)
        assert done.code == 2, line
        assert done.err.count("\n") == 1
        assert "w.json: the weights were trained for the encoder e5-1234, not for" in done.err
    done = run("corpus", "build", ".", "-o", "out", "--workers", "1", *wrong)
    assert done.code == 2
    assert "trained for the encoder e5-1234" in done.err
    assert [p for p in sorted(tmp_path.rglob("*")) if p not in before and p.suffix == ".json"] == []


class Letters:
    """Stands for a model of sentence-transformers: texts by the letters they hold."""

    def __init__(self, name: str, **_: Any) -> None:
        self.name = name

    def encode(self, texts: list[str], **_: Any) -> np.ndarray:
        rows = np.ones((len(texts), 256), np.float32) * 0.01
        for row, text in zip(rows, texts, strict=True):
            for letter in text.lower():
                row[ord(letter) % 256] += 1
        return rows


def test_weights_for_a_model_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    library = types.ModuleType("sentence_transformers")
    library.SentenceTransformer = Letters  # type: ignore[attr-defined]
    torch = types.ModuleType("torch")
    torch.set_num_threads = lambda _: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    monkeypatch.setitem(sys.modules, "torch", torch)
    name = "sentence-transformers:letters"
    encoder = embedding.load_encoder(name)
    gold = parse_beads("".join(f"[{k}]:[{k}]\n" for k in range(3)), "gold")
    case = Case("one", "es", "en", tuple(ES), tuple(EN), (0,), (0,), gold)
    trained = train([case], encoder, folds=0, iterations=2).weights
    assert trained.encoder == encoder.signature
    path = tmp_path / "w.json"
    path.write_text(trained.dumps(), encoding="utf-8")
    assert chosen(name, path) == (encoder.signature, "")
    with pytest.raises(ModelError, match="sentence-transformers-letters-"):
        chosen("embedded", path)
    # without weights of its own it runs with the shipped ones, and that is told
    assert "`aligner train GOLD --encoder sentence-transformers:letters`" in chosen(name, None)[1]


def test_the_processor_and_the_languages_make_no_other_encoder() -> None:
    try:
        both = embedding.load_encoder("both", ("es", "hu"))
        alike = embedding.load_encoder("both", ("es", "en"))
        e5 = embedding.load_encoder("e5")
    except MissingExtra:
        pytest.skip("the extra [languages] is not installed")
    assert both.signature != alike.signature
    assert embedding.model_of(both) == embedding.model_of(alike)
    assert "narrow" not in embedding.model_of(e5)
    assert [embedding.name_of(embedding.model_of(one)) for one in (both, e5)] == ["both", "e5"]
