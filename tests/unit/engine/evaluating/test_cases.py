from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.engine.evaluating.beads import GoldBead
from aligner.engine.evaluating.cases import (
    case_documents,
    case_families,
    find_cases,
    load_cases,
    load_gold,
    score_case,
)
from aligner.model import AlignerError, Malformed, ReadError, UsageError


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def gold_folder(folder: Path, meta: dict[str, object] | None = None) -> Path:
    write(
        folder,
        src__en__txt="One.\nTwo.\n\nThree.\n",
        tgt__es__txt="Uno.\r\n  \r\n\r\nDos y\u2028medio. \nTre\u0301s.\n",
        gold__txt="[0]:[0]\n[1]:[1]\n[2]:[2]\n",
    )
    if meta is not None:
        write(folder, META__json=json.dumps(meta))
    return folder


def test_a_gold_folder(tmp_path: Path) -> None:
    case = load_gold(gold_folder(tmp_path / "mac-1"))
    assert (case.name, case.langs) == ("mac-1", ("en", "es"))
    assert case.source == ("One.", "Two.", "Three.")
    assert case.target == ("Uno.", "Dos y\u2028medio.", "Trés.")
    assert (case.source_starts, case.target_starts) == ((0, 2), (0, 1))
    assert case.gold[2] == GoldBead((2,), (2,))
    assert not case.is_coarse
    assert case.crossing_pairs == ()
    assert case.remarks() == ()
    assert case.has_texts


def test_documents_have_the_lines_as_segments(tmp_path: Path) -> None:
    source, target = case_documents(load_gold(gold_folder(tmp_path / "a")))
    assert [s.text for s in target.segments] == ["Uno.", "Dos y\u2028medio.", "Trés."]
    assert [p.text for p in source.paragraphs] == ["One. Two.", "Three."]
    assert (source.lang, target.lang) == ("en", "es")


def test_meta_says_name_granularity_and_crossings(tmp_path: Path) -> None:
    meta: dict[str, object] = {
        "name": "hard-swap-en-es-dev",
        "granularity": "coarse: lines",
        "crossing_pairs": [[[2], [1]]],
    }
    case = load_gold(gold_folder(tmp_path / "a", meta))
    assert (case.name, case.is_coarse) == ("hard-swap-en-es-dev", True)
    assert case.crossing_pairs == (((2,), (1,)),)
    score = score_case(case, case.gold)
    assert (score.merged, score.families) == (True, ("hard", "hard-swap"))
    assert not score_case(case, case.gold, merged=False).merged


@pytest.mark.parametrize(
    ("name", "coarse"), [("lit-a-en-es", True), ("bible-b", True), ("literal", False)]
)
def test_families_that_are_coarse(tmp_path: Path, name: str, coarse: bool) -> None:
    assert load_gold(gold_folder(tmp_path / name)).is_coarse is coarse


def test_families_by_name() -> None:
    assert case_families("hard-mix-en-es-dev") == ("hard", "hard-mix")
    assert case_families("mac-zh-en-001") == ("mac",)
    assert case_families("hard") == ("hard",)


def test_a_corpus_folder_named_by_meta(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "interview",
        en__segments__txt="One.\n",
        es__segments__txt="Uno.\n",
        gold__beads="[0]:[0]\n",
        META__json='{"src_lang": "es", "tgt_lang": "en"}',
    )
    case = load_gold(folder)
    assert (case.name, case.langs, case.source) == ("interview", ("es", "en"), ("Uno.",))


def test_a_corpus_folder_of_two_languages_by_count(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "c",
        en__segments__txt="One.\nTwo.\n",
        zh__segments__txt="一。\n",
        gold__beads="[0]:[0, 1]\n",
    )
    assert load_gold(folder).langs == ("zh", "en")
    write(folder, zh__segments__txt="一。\n二。\n", gold__beads="[0]:[0]\n[1]:[1]\n")
    with pytest.raises(UsageError, match="which language is the source"):
        load_gold(folder)


def test_a_corpus_folder_of_three_languages(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "tri",
        es__segments__txt="Uno.\n",
        en__segments__txt="One.\n",
        fr__segments__txt="Un.\n",
    )
    (folder / "gold.es-en.beads").write_text("[0]:[0]\n")
    (folder / "gold.es-fr.beads").write_text("[0]:[0]\n")
    assert [c.name for c in load_cases(folder)] == ["tri-es-en", "tri-es-fr"]
    with pytest.raises(UsageError, match="holds 2 cases"):
        load_gold(folder)
    assert load_gold(folder / "gold.es-fr.beads").langs == ("es", "fr")


def test_a_beads_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.beads"
    path.write_text("[0]:[0]\n[2]:[1]\n")
    case = load_gold(path)
    assert (case.name, case.has_texts, len(case.gold)) == ("mine", False, 2)
    assert case.remarks() == ("source: 1 segment in no bead",)
    lonely = write(tmp_path / "lonely", gold__txt="[0]:[0]\n") / "gold.txt"
    assert load_gold(lonely).name == "lonely"


def test_a_gold_file_in_its_folder_is_the_case(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path / "mac-1")
    assert load_gold(folder / "gold.txt") == load_gold(folder)


def test_find_cases(tmp_path: Path) -> None:
    one, two = gold_folder(tmp_path / "g" / "b"), gold_folder(tmp_path / "g" / "a")
    (tmp_path / "g" / "notes").mkdir()
    assert find_cases(tmp_path / "g") == (two, one)
    assert find_cases(one) == (one,)
    for missing in (tmp_path / "g" / "notes", tmp_path / "nothing"):
        with pytest.raises(ReadError):
            find_cases(missing)


def broken(folder: Path, kind: str) -> Path:
    gold_folder(folder)
    match kind:
        case "missing":
            return folder / "gone.beads"
        case "no gold":
            (folder / "gold.txt").unlink()
        case "no texts":
            (folder / "src.en.txt").unlink()
        case "range":
            (folder / "gold.txt").write_text("[0]:[0]\n[3]:[1]\n")
        case "latin-1":
            (folder / "tgt.es.txt").write_bytes("año\n".encode("latin-1"))
        case "json":
            (folder / "META.json").write_text('{\n"name":,}')
        case "json list":
            (folder / "META.json").write_text("[]")
        case "crossing":
            (folder / "META.json").write_text('{"crossing_pairs": [3]}')
    return folder


@pytest.mark.parametrize(
    ("kind", "error", "message"),
    [
        ("missing", ReadError, "there is no such file"),
        ("no gold", ReadError, "holds no gold beads"),
        ("no texts", ReadError, "does not say which two texts"),
        ("range", Malformed, "line 2: source segment 3 does not exist: there are 3"),
        ("latin-1", ReadError, "is not UTF-8"),
        ("json", Malformed, "META.json, line 2"),
        ("json list", Malformed, "a JSON object is expected"),
        ("crossing", Malformed, "crossing_pairs"),
    ],
)
def test_broken_folders(tmp_path: Path, kind: str, error: type[AlignerError], message: str) -> None:
    with pytest.raises(error) as caught:
        load_gold(broken(tmp_path / "x", kind))
    assert message in str(caught.value)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no folder"):
        load_cases(tmp_path / "nothing")


def test_every_shared_case_is_right_by_itself(shared: Path) -> None:
    for folder in sorted((shared / "gold").iterdir()):
        if not folder.is_dir() or folder.name in ("bible-en-es", "bible-en-zh-10k"):
            continue
        case = load_gold(folder)
        assert (len(case.source), len(case.target)) == (case.meta["n_src"], case.meta["n_tgt"])
        for side, starts in (("src", case.source_starts), ("tgt", case.target_starts)):
            assert case.meta["paragraphs"][side] in (None, len(starts))
        score = score_case(case, case.gold)
        assert {score.rates(m).f1 for m in ("strict", "lax", "null")} <= {None, 1.0}, case.name
