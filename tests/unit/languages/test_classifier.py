"""The reader of fastText's model against the original: labels and probabilities."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from aligner.languages.classifier import Classifier

# from fasttext-predict 0.9.2.4 with the same file
KNOWN = [
    (
        "El faro se apagó en mayo y nadie del pueblo ha vuelto a subir los escalones.",
        "es",
        0.977228,
    ),
    (
        "The lighthouse went dark in May and nobody from the village has climbed the steps.",
        "en",
        0.996920,
    ),
    (
        "Le phare s’est éteint en mai et personne du village n’a remonté les marches.",
        "fr",
        0.971098,
    ),
    (
        "Der Leuchtturm erlosch im Mai, und niemand aus dem Dorf stieg die Stufen hinauf.",
        "de",
        0.993319,
    ),
    ("Il faro si è spento a maggio e nessuno del paese è più salito per le scale.", "it", 0.999703),
    ("O farol apagou-se em maio e ninguém da aldeia voltou a subir os degraus.", "pt", 0.992530),
    ("灯塔在五月熄灭了，村里再也没有人爬上那些台阶。", "zh", 0.976058),
    ("灯台は五月に消え、村の誰もあの階段を上らなくなった。", "ja", 1.000050),
    ("Маяк погас в мае, и никто из деревни больше не поднимался по ступеням.", "ru", 0.984710),
    ("انطفأت المنارة في مايو، ولم يصعد أحد من القرية الدرجات بعد ذلك.", "ar", 0.995680),
    ("Ja", "en", 0.124504),
    ("OK?", "en", 0.124504),
    ("é", "pt", 0.999853),
    ("日本語", "ja", 0.767318),
    ("😀 🎉", "en", 0.124504),
    ("x" * 300, "en", 0.124504),
    ("__label__es hola", "en", 0.124504),
    ("</s> hola a todos", "en", 0.124504),
    ("a\x00b c d", "en", 0.124504),
    ("Hallo Welt! Hello world!", "de", 0.518628),
    ("12 de mayo de 1999", "es", 0.978105),
    ("ΟΔΥΣΣΕΑΣ ΕΛΥΤΗΣ", "el", 0.996755),
    ("Việt Nam là một quốc gia", "vi", 0.999798),
    ("ภาษาไทยง่ายมาก", "th", 0.999687),
    ("한국어 문장입니다", "ko", 1.000061),
    ("Straße Ärger Öl", "de", 0.475727),
    ("tienes  raz\xf3n\tde  veras", "es", 0.756626),
]


@pytest.fixture(scope="module")
def data() -> bytes:
    return resources.files("aligner.languages").joinpath("lid.176.ftz").read_bytes()


@pytest.fixture(scope="module")
def model(data: bytes) -> Classifier:
    return Classifier(data)


@pytest.mark.parametrize(("text", "label", "probability"), KNOWN)
def test_the_original_says_the_same(
    text: str, label: str, probability: float, model: Classifier
) -> None:
    found, sure = model.predict(text)
    assert found == label
    assert sure == pytest.approx(probability, abs=1e-4)


def test_a_thousand_texts_of_all_kinds(shared: Path, data: bytes, model: Classifier) -> None:
    original = pytest.importorskip(
        "fasttext", reason="pip install fasttext-predict compares with the original"
    )
    lines = []
    for path in sorted(shared.rglob("*.txt")):
        text = path.read_bytes().decode("utf-8", "replace").split("\n")
        lines += [" ".join(line.split()) for line in (*text[:12], " ".join(text)[:20_000])]
    lines = sorted({line for line in lines if line})
    chosen = lines[:: max(1, len(lines) // 1500)]
    assert len(chosen) >= 1000
    path = Path(str(resources.files("aligner.languages").joinpath("lid.176.ftz")))
    reference = original.load_model(str(path))
    for line in chosen:
        (label,), (probability,) = reference.predict(line, k=1)
        found, sure = model.predict(line)
        assert (f"__label__{found}", line) == (label, line)
        assert sure == pytest.approx(float(probability), abs=1e-4)


def test_no_text_is_the_end_of_a_line(model: Classifier) -> None:
    assert model.predict("") == model.predict(" \n\t")


@pytest.mark.parametrize("stop", [0, 3, 8, 60, 100, 5_000, 100_000, 500_000, -20_000, -1])
def test_a_cut_file_is_one_error(stop: int, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut or damaged|no fastText model"):
        Classifier(data[:stop])


def test_damaged_files(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no fastText model"):
        Classifier(b"\0" * 4 + data[4:])
    with pytest.raises(ValueError, match=r"no classifier with hierarchical softmax"):
        Classifier(data[:32] + b"\2\0\0\0" + data[36:])
    with pytest.raises(ValueError, match=r"not pruned"):
        Classifier(data[:68] + b"\0\0\0\0" + data[72:])


def test_the_package_has_the_model() -> None:
    assert resources.files("aligner.languages").joinpath("lid.176.ftz").is_file()
