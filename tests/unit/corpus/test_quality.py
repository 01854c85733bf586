"""Quality of units: features that see noise, the shipped models, scores of documents."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner.corpus import FilterRules, quality, reasons
from aligner.corpus.quality import model as models
from aligner.corpus.quality.covering import COVER_FEATURES, cover_features
from aligner.corpus.quality.texts import TEXT_FEATURES, languages_seen, text_features
from aligner.corpus.quality.vectors import run_vectors, vector_features
from aligner.files import FileSink
from aligner.formats import FORMATS, WriteOptions, losses
from aligner.memory.rest import is_otherwise, pack_rest, with_codes, with_rest
from aligner.model import Alignment, Bead, Document, ModelError, Paragraph, Segment, Unit
from aligner.review.changes import item_to
from aligner.review.state import Item
from aligner.workflows.unit_files import open_units
from tests.conftest import CORPORA, ROOT

SHIPPED = ROOT / "aligner" / "corpus" / "quality" / "quality.json"
# scripts/train_quality.py makes these bytes; whoever trains anew changes the line
DIGEST = "d729b58fcca4bccd0f526a96d6a12d0713ece50474d7845768e5dc8d90decd1b"
ES = "La comisión aprobó el informe por 14 votos contra 3, y lo envió al ministerio en marzo."
EN = "The committee approved the report by 14 votes to 3, and sent it to the ministry in March."
FR = "La commission a approuvé le rapport par 14 voix contre 3, et l'a envoyé au ministère."


def features(source: str, target: str, usual: float = 0.0) -> dict[str, float]:
    seen = languages_seen([source, target])
    return dict(text_features(source, target, ("es", "en"), usual, seen))


def test_the_shipped_models_are_those_of_the_script() -> None:
    data = SHIPPED.read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGEST
    assert quality.quality_digest() == DIGEST[:8]
    kept = json.loads(data)
    for part, names in quality.PARTS.items():
        assert tuple(kept["models"][part]["features"]) == names
        assert len(kept["models"][part]["weights"]) == 5 * len(names)


def test_a_model_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = json.loads(SHIPPED.read_text("utf-8"))
    kept["models"]["texts"]["features"][0] = "size"
    monkeypatch.setattr(models, "_all", lambda: kept)
    models.quality_model.cache_clear()
    with pytest.raises(ModelError, match="does not fit its features"):
        models.quality_model("texts")
    models.quality_model.cache_clear()


@pytest.mark.parametrize(
    ("source", "target", "feature"),
    [
        (ES, FR, "other language"),
        (ES, ES, "language of the other side"),
        (ES, ES, "same text"),
        (ES, "The committee approved it.", "length apart"),
        (ES, EN.replace("14", "41"), "numbers apart"),
        (ES, EN.rstrip("."), "end marks apart"),
        (ES.replace(".", "?"), EN, "questions apart"),
        (ES, EN.replace(",", ", and, so,"), "pauses apart"),
        (ES, f"{EN} {EN}", "repeated apart"),
        (ES.encode().decode("cp1252"), EN, "wrongly decoded"),
        (ES, f"{EN} | <a>Share</a> | https://example.org/x", "markup"),
        (ES, EN.upper(), "capitals apart"),
    ],
)
def test_each_noise_has_a_feature(source: str, target: str, feature: str) -> None:
    assert features(source, target)[feature] > features(ES, EN)[feature]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60)
def test_features_are_finite_and_symmetric(one: str, other: str) -> None:
    seen = [("es", 0.9), ("en", 0.4)]
    here = text_features(one, other, ("es", "en"), 0.1, seen)
    there = text_features(other, one, ("en", "es"), -0.1, seen[::-1])
    assert tuple(here) == TEXT_FEATURES
    assert here == pytest.approx(dict(there))
    assert all(np.isfinite(list(here.values())))


def basis(rows: list[int]) -> np.ndarray:
    return np.eye(8, dtype=np.float32)[rows]


def test_what_has_no_partner_is_seen() -> None:
    ones = np.ones(6, np.float32)
    whole = cover_features(basis([0, 1, 2, 3, 4, 5]), basis([0, 1, 2, 3, 4, 5]), ones, ones)
    cut = cover_features(basis([0, 1, 2, 3, 4, 5]), basis([0, 1, 2]), ones, ones[:3])
    mixed = cover_features(basis([0, 1, 2, 3, 4, 5]), basis([3, 0, 5, 2, 4, 1]), ones, ones)
    assert tuple(whole) == COVER_FEATURES
    name = "longest run without partner"
    assert whole[name] == 0
    assert cut[name] > 0.8
    assert cut["runs at an end without partner"] == cut[name]
    assert whole["order of links"] == 1
    assert mixed["order of links"] < 0.5
    assert mixed["words without partner, mean"] == whole["words without partner, mean"]
    nothing = cover_features(basis([0]), basis([]), ones[:1], ones[:0])
    assert nothing["words without partner, mean"] == 1


class Given:
    """Overlaps of given vectors: a run has the vector of its first segment."""

    def __init__(self, rows: np.ndarray) -> None:
        self.rows, self.count = rows, len(rows)

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> np.ndarray:
        del width
        return self.rows[start:stop]


def test_vectors_of_runs_in_any_order() -> None:
    rows = basis([0, 1, 2, 3, 4, 5, 6, 7])
    places = [range(5, 6), range(2), *(range(k, k + 1) for k in range(8)), range(6, 8)]
    found = run_vectors(Given(rows), places)
    assert (found == rows[[5, 0, *range(8), 6]]).all()
    likeness = vector_features(rows, rows)
    assert (likeness[:, 0] == 1).all()
    assert (likeness[:, 1] > 1).all()
    assert (vector_features(rows[:2], rows[:2])[:, 1] == 0).all()


def test_noise_lowers_the_quality() -> None:
    clean = [
        (ES, EN),
        ("El puerto estuvo cerrado tres días.", "The port was closed for three days."),
        ("Nadie sabía a quién preguntar.", "Nobody knew whom to ask."),
        ("El contrato se firmó en Lima en 1998.", "The contract was signed in Lima in 1998."),
    ]
    noise = [
        (ES, FR),
        (ES, ES),
        (ES, EN[:30]),
        (ES, f"{EN} Nobody knew whom to ask, and the port was closed for three days."),
        (ES, clean[1][1]),
        (ES, EN.replace("e", "Ã©")),
        (ES, "vote to in report by sent ministry and 3 March approved 14 committee the it the"),
    ]
    pairs = clean + noise
    for part in quality.PARTS:
        table = quality.measure_texts(pairs, ("es", "en"), quality.usual_length("es", "en"))
        found = quality.quality_model(part).probabilities(table)
        assert found[: len(clean)].min() > (0.8 if part == "tokens" else 0.5)
        if part == "tokens":
            assert found[len(clean) :].max() < 0.5
    assert ((found > 0) & (found < 1)).all()


def test_no_vectors_leave_the_texts() -> None:
    units = [
        quality.Linked(ES, EN, (range(1), range(1))),
        quality.Linked(ES, FR, (range(1), range(1))),
    ]
    one, other = quality.qualities(units, ("es", "en"), None, believed=True)
    assert one > 0.8 > 0.2 > other
    assert quality.qualities([], ("es", "en"), None, believed=False) == []


@pytest.fixture(scope="module")
def interview() -> Alignment:
    return aligner.align(CORPORA / "interview" / "es.html", CORPORA / "interview" / "en.html")


def test_every_link_has_a_quality_and_no_null(interview: Alignment) -> None:
    for bead in interview.beads:
        assert (bead.quality is None) == bead.is_null
    known = [bead.quality for bead in interview.beads if bead.quality is not None]
    assert sum(known) / len(known) > 0.85
    scored = quality.document_quality(interview)
    assert scored.quality is not None
    assert 0.75 < scored.quality <= interview.translated
    assert scored.other_languages == ("", "")
    assert 0 < scored.null_share < 0.1


def test_aligning_scores_as_texts_alone_do(interview: Alignment) -> None:
    """Units of an alignment and the same units as plain texts get nearly the same."""
    rows = [
        (" ".join(s.text for s in a), " ".join(s.text for s in b), bead.quality)
        for bead, a, b in interview.pairs()
        if bead.quality is not None
    ]
    langs = (interview.source.lang, interview.target.lang)
    table = quality.measure_texts([row[:2] for row in rows], langs, quality.usual_length(*langs))
    found = quality.quality_model("tokens").probabilities(table)
    apart = np.abs(found - np.array([row[2] for row in rows]))
    assert float(np.median(apart)) < 0.01
    assert float(np.quantile(apart, 0.9)) < 0.1


def test_texts_with_nothing_in_common() -> None:
    one = aligner.align(CORPORA / "interview" / "es.html", CORPORA / "distant" / "en.txt")
    assert one.warnings
    assert one.mean_confidence is None or one.mean_confidence < 0.97
    scored = quality.document_quality(one)
    assert scored.quality is not None
    assert scored.quality < 0.1
    assert scored.null_share > 0.7


def test_a_text_in_another_language_scores_nothing(tmp_path: Path) -> None:
    made = aligner.align(
        CORPORA / "trilingual" / "es.txt",
        CORPORA / "trilingual" / "fr.txt",
        source_lang="es",
        target_lang="en",
    )
    scored = quality.document_quality(made)
    assert scored.other_languages == ("", "fr")
    assert scored.quality == 0


def test_the_filter_asks_for_a_quality() -> None:
    unit = Unit.of("es", "en", ES, EN)
    assert list(reasons(unit, FilterRules(quality=0.5))) == ["quality"]
    assert list(reasons(unit._replace(quality=0.4), FilterRules(quality=0.5))) == ["quality"]
    assert not list(reasons(unit._replace(quality=0.5), FilterRules(quality=0.5)))


def test_a_quality_is_a_probability() -> None:
    with pytest.raises(aligner.model.InternalError, match="quality is outside"):
        Bead(range(1), range(1), quality=1.5)


@pytest.mark.parametrize("suffix", ["tmx", "tsv", "csv", "jsonl", "xliff", "xliff2", "parquet"])
def test_the_quality_is_in_every_format_that_names_it(suffix: str, tmp_path: Path) -> None:
    if suffix == "parquet":
        pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
    text = Paragraph(0, "para", "Uno.", (Segment(0, 0, 0, 4, "Uno."),))
    other = Paragraph(0, "para", "One.", (Segment(0, 0, 0, 4, "One."),))
    made = Alignment(
        Document("a", "es", "", "", "1", (text,)),
        Document("a", "en", "", "", "2", (other,)),
        (Bead(range(1), range(1), confidence=0.9, quality=0.875),),
    )
    sink = FileSink(tmp_path / f"a.{suffix}")
    form = FORMATS[suffix]
    assert form.write is not None
    form.write()(made, sink, WriteOptions())
    (path,) = sink.commit()
    assert not any("quality" in line for line in losses(made, suffix))
    with open_units(str(path)) as stream:
        assert [(unit.confidence, unit.quality) for unit in stream] == [(0.9, 0.875)]
    assert any("quality" in line for line in losses(made, "xces"))


def test_a_memory_keeps_the_quality() -> None:
    unit = Unit.of("es", "en", "Uno.", "One.")._replace(quality=0.875)
    assert pack_rest(Unit.of("es", "en", "Uno.", "One.")) is None
    for one in (unit, unit._replace(role="heading")):
        packed = pack_rest(one)
        assert packed is not None
        assert with_rest(Unit.of("es", "en", "Uno.", "One."), packed) == one
        assert not is_otherwise(packed, pack_rest(one._replace(quality=0.1)) or "")
        assert with_rest(Unit.of("es", "en", "x", "y"), with_codes(packed, 0)[0]).quality is None
    # a list of a memory that was made before there was a quality
    old = json.dumps([[], [], [], "", "heading", "", False, "", "", *[[[], [], [], [], []]] * 2])
    assert with_rest(Unit.of("es", "en", "Uno.", "One."), old) == unit._replace(
        role="heading", quality=None
    )


def test_a_review_keeps_the_quality_of_beads_that_nobody_changed() -> None:
    item = Item((1, 1), 0.0, 0.9, quality=0.875)
    assert item_to(item)["quality"] == 0.875
    assert "quality" not in item_to(Item((1, 1), quality=0.875))
