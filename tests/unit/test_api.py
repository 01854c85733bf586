"""What programs call: lists of texts, files, data frames, notebooks."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

import aligner
from aligner.model import InternalError, MissingExtra, UsageError

ES = ["La puerta estaba abierta.", "Entró sin hacer ruido <b>.", "Nadie la oyó."]
EN = ["The door was open.", "She went in without a sound, and nobody heard her."]


def made() -> aligner.Alignment:
    return aligner.align_texts(ES, EN, source_lang="es", target_lang="en")


def test_progress_and_notices_are_callbacks() -> None:
    stages: list[tuple[str, int, int]] = []
    notices = aligner.Notices()
    folder = Path(__file__).resolve().parents[2] / "corpora" / "interview"
    aligner.align(
        folder / "es.html",
        str(folder / "en.html"),
        notices=notices,
        progress=lambda *figures: stages.append(figures),
    )
    assert {stage for stage, _, _ in stages} == {"encoding", "aligning"}
    assert notices.lines == []
    aligner.align_texts(ES, ES[:2], source_lang="es", target_lang="es-MX", notices=notices)
    assert "both texts are in the language es" in notices.lines


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (["Uno.", " "], "text 1 of the source is empty"),
        (["Uno.\nDos."], "text 0 of the source holds a line end"),
        ("Uno. Dos.", "the source is one string, not a list"),
    ],
)
def test_texts_that_are_no_list_of_sentences(source: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        aligner.align_texts(source, EN, source_lang="es", target_lang="en")


def test_decomposed_letters_are_composed_and_numbers_stay() -> None:
    texts = ["Entro\u0301.", "Salió."]
    alignment = aligner.align_texts(
        texts, ["He came in.", "She left."], source_lang="es", target_lang="en"
    )
    assert [segment.text for segment in alignment.source.segments] == ["Entró.", "Salió."]
    with pytest.raises(InternalError):
        aligner.Document.of_segments("a", "es", ["Entro\u0301."])


def test_records_and_a_notebook() -> None:
    alignment = made()
    rows = alignment.records()
    assert [row["source_segments"] for row in rows] == [list(b.source) for b in alignment.beads]
    assert " ".join(row["source"] for row in rows) == " ".join(ES)
    assert " ".join(row["target"] for row in rows) == " ".join(EN)
    page = alignment._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert 'lang="es"' in page
    long = aligner.align_texts(ES * 100, EN * 100, source_lang="es", target_lang="en")
    assert f"{len(long.beads) - 200} more beads" in long._repr_html_()


def test_a_data_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pip install pandas"):
        made().to_pandas()
    pandas = types.ModuleType("pandas")
    pandas.DataFrame = list  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    frame: object = made().to_pandas()
    assert frame == made().records()


def test_files_are_checked_converted_and_validated(tmp_path: Path) -> None:
    alignment = aligner.align_texts(
        ["Cuarenta y dos barcos salieron del puerto.", "Volvieron siete."],
        ["Forty-three ships left the port.", "Seven came back."],
        source_lang="es",
        target_lang="en",
    )
    path = tmp_path / "a.alignment.json"
    assert aligner.export(alignment, "json", str(path)) == (path,)
    codes = [finding.code for finding in aligner.check(str(path)).shown]
    assert codes == [finding.code for finding in aligner.check(alignment).shown]
    assert "number-word" in codes
    done = aligner.convert(path, tmp_path / "a.tmx")
    assert done.units == 2
    assert aligner.convert(tmp_path / "a.tmx", str(tmp_path / "a.xlf")).units == 2
    assert aligner.validate(tmp_path / "a.tmx") == []
    with pytest.raises(UsageError, match="would replace the input"):
        aligner.convert(path, path)
    aligner.convert(path, tmp_path / "gold.beads")
    figures = aligner.evaluate(tmp_path / "gold.beads", path)
    assert figures.macro["strict"].f1 == 1.0
