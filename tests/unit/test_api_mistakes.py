"""What a caller gets wrong from Python: one sentence each, before any work is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import aligner
from aligner.model import UsageError
from tests.conftest import CORPORA

ES, EN = (CORPORA / "interview" / f"{lang}.html" for lang in ("es", "en"))
GOLD = CORPORA / "interview" / "gold.beads"
PAIR = [("Tres barcos.", "Three ships.")]


def made() -> aligner.Alignment:
    return aligner.align_texts(
        *map(list, zip(*PAIR, strict=True)), source_lang="es", target_lang="en"
    )


MISTAKES: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: aligner.align_all([ES]), "an alignment needs two texts", "name a text and its"),
    (
        lambda: aligner.evaluate_all([(GOLD, GOLD), (GOLD, GOLD)], versus=GOLD),
        "--versus compares two systems on one GOLD",
        "give GOLD SYSTEM",
    ),
    (aligner.evaluate_all, "there is nothing to score", "give gold and system, or cases"),
    (
        lambda: aligner.check(made(), write_baseline="b.toml"),
        "an accepted finding needs a reason",
        "give a reason",
    ),
    (
        lambda: aligner.check_table(
            "p.tsv", source_lang="es", target_lang="en", write_baseline="b.toml", reason=" "
        ),
        "an accepted finding needs a reason",
        "give a reason",
    ),
    (
        lambda: aligner.check(made(), wanted=aligner.Wanted(minimum="grave")),
        "there is no severity 'grave'",
        "known: ",
    ),
    (aligner.Corpus, "a corpus needs a file or a folder", ""),
]


@pytest.mark.parametrize(("call", "message", "hint"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_a_mistake_is_one_sentence(
    call: Callable[[], Any],
    message: str,
    hint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        call()
    assert caught.value.message == message
    assert caught.value.hint.startswith(hint)
    assert list(tmp_path.iterdir()) == []


def test_a_text_of_white_space_has_no_sentences() -> None:
    assert aligner.segment_text(" \n\t", "es") == []


def test_what_is_known_of_texts_goes_into_what_is_aligned_and_converted(tmp_path: Path) -> None:
    known = tmp_path / "known.toml"
    known.write_text('[text.es]\ntitle = "La casa"\n[text.en]\ntranslator = "T. T."\n', "utf-8")
    for lang, text in (("es", "Uno.\nDos."), ("en", "One.\nTwo.")):
        (tmp_path / f"{lang}.txt").write_text(text, "utf-8")
    both = [tmp_path / "es.txt", tmp_path / "en.txt"]
    whole = aligner.align_all(
        both, langs=["es", "en"], options=aligner.ReadOptions(segmented=True), meta=known
    )
    assert whole.documents[0].title == "La casa"
    assert whole.documents[1].metadata["translator"] == ("T. T.",)
    aligner.export(made(), "json", tmp_path / "x.alignment.json")
    aligner.convert(tmp_path / "x.alignment.json", tmp_path / "y.alignment.json", meta=known)
    held = json.loads((tmp_path / "y.alignment.json").read_text("utf-8"))
    assert held["documents"][0]["title"] == "La casa"


def test_findings_of_a_validation_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.tmx").write_text("<tmx version='1.4'><body/></tmx>", "utf-8")
    faults = aligner.validate(tmp_path / "x.tmx", sarif=tmp_path / "x.sarif")
    held = json.loads((tmp_path / "x.sarif").read_text("utf-8"))
    assert len(held["runs"][0]["results"]) == len(faults) > 0


def test_remarks_about_gold_are_notices(tmp_path: Path) -> None:
    """A gold file that does not cover its texts says so wherever it is scored."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "src.es.txt").write_text("Uno.\nDos.\n", "utf-8")
    (case / "tgt.en.txt").write_text("One.\nTwo.\n", "utf-8")
    (case / "gold.beads").write_text("[0]:[0]\n", "utf-8")
    told: list[str] = []
    notices = aligner.Notices(tell=told.append)
    aligner.evaluate_all([(case, case / "gold.beads")], bootstrap=0, notices=notices)
    assert [line for line in told if line.startswith("case: ")]
    again: list[str] = []
    system = aligner.align_texts(
        ["Uno.", "Dos."], ["One.", "Two."], source_lang="es", target_lang="en"
    )
    score = aligner.evaluate_by_text(case, system, notices=aligner.Notices(tell=again.append))
    assert score is not None
    assert again == [line for line in told if line.startswith("case: ")]
