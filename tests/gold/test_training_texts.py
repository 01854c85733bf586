"""The texts in corpora/training: whole, in order, as their META.json and the README say."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from aligner.engine.evaluating import find_cases, load_cases
from aligner.engine.evaluating.cases import Case
from aligner.engine.training.data import fold_of
from tests.conftest import ROOT

FOLDER = ROOT / "corpora" / "training"
FOLDERS = list(find_cases(FOLDER))
README = FOLDER.joinpath("README.md").read_text("utf-8")
KINDS = {
    "abridged": 2,
    "diary": 1,
    "interview": 3,
    "law": 3,
    "letters": 2,
    "manual": 2,
    "news": 3,
    "novel": 2,
    "play": 3,
    "poem": 2,
    "retold": 3,
    "verse": 2,
}
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def case_of(folder: Path) -> Case:
    (case,) = load_cases(folder)
    return case


def kinds_of(case: Case) -> Counter[str]:
    return Counter(f"{len(bead.source)}-{len(bead.target)}" for bead in case.gold)


def test_there_are_enough_of_every_kind() -> None:
    cases = [case_of(folder) for folder in FOLDERS]
    assert Counter(case.name.split("-")[0] for case in cases) == KINDS
    assert sum(len(case.gold) for case in cases) >= 650
    pairs = {case.langs for case in cases}
    assert len(pairs) >= 9
    assert len({pair for pair in pairs if "en" not in pair}) >= 6
    large = [bead for case in cases for bead in case.gold if len(bead.source + bead.target) >= 5]
    assert len(large) >= 12


@each_folder
def test_every_segment_stands_in_one_bead_and_in_order(folder: Path) -> None:
    case = case_of(folder)
    assert [*chain.from_iterable(b.source for b in case.gold)] == [*range(len(case.source))]
    assert [*chain.from_iterable(b.target for b in case.gold)] == [*range(len(case.target))]
    assert all(bead.source or bead.target for bead in case.gold)
    nulls = [len(b.source) + len(b.target) for b in case.gold if not (b.source and b.target)]
    assert set(nulls) <= {1}


@each_folder
def test_meta_and_readme_count_what_is_there(folder: Path) -> None:
    case = case_of(folder)
    kinds = kinds_of(case)
    nulls = kinds["1-0"] + kinds["0-1"]
    assert case.name == folder.name == f"{case.meta['name']}"
    assert case.name.endswith("-{}-{}".format(*case.langs))
    assert case.langs == (case.meta["src_lang"], case.meta["tgt_lang"])
    assert (case.meta["n_src"], case.meta["n_tgt"]) == (len(case.source), len(case.target))
    assert case.meta["n_beads"] == len(case.gold)
    assert case.meta["bead_histogram_full"] == dict(kinds)
    sizes = f"{len(case.source)} / {len(case.target)} | {len(case.gold)} | {nulls}"
    other = len(case.gold) - nulls - kinds["1-1"]
    assert f"| `{case.name}` | {case.meta['domain']} | {sizes} | {other} |" in README
    assert 25 <= len(case.gold) <= 65
    assert nulls <= len(case.gold) / 4


def test_readme_names_these_and_no_others() -> None:
    assert re.findall(r"(?m)^\| `([^`]+)`", README) == [folder.name for folder in FOLDERS]


@each_folder
def test_licence_and_origin_are_named(folder: Path) -> None:
    meta = case_of(folder).meta
    assert meta["licence"] == "CC0-1.0"
    assert meta["origin"] == "invented; written for this project"
    assert meta["split"] == "training"


@each_folder
def test_lines_are_clean(folder: Path) -> None:
    for file in (*folder.glob("src.*.txt"), *folder.glob("tgt.*.txt")):
        text = file.read_text("utf-8")
        assert text == unicodedata.normalize("NFC", text)
        assert text.endswith("\n")
        assert not text.startswith("\n")
        assert "\n\n\n" not in text
        assert all(line == line.strip() and "  " not in line for line in text.split("\n"))


def test_no_line_of_prose_stands_in_two_texts() -> None:
    seen: dict[str, str] = {}
    for folder in FOLDERS:
        case = case_of(folder)
        for line in {*case.source, *case.target}:
            if len(line) > 20:
                assert seen.setdefault(line, case.name) == case.name, line


def test_they_are_no_test_texts_and_of_works_of_their_own() -> None:
    names = [folder.name for folder in FOLDERS]
    published = {f.name for f in find_cases(ROOT / "tests" / "gold" / "published")}
    assert not published & set(names)
    # folds are by work: as many as there are texts would part them all
    assert len({fold_of(name, 10_007) for name in names}) == len(names)


def test_they_travel_with_the_source_and_not_with_the_package() -> None:
    build = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    assert "/corpora" in build["build"]["targets"]["sdist"]["include"]
    assert build["build"]["targets"].get("wheel", {}).get("packages", ["aligner"]) == ["aligner"]
    assert not any("training" in p.parts for p in (ROOT / "aligner").rglob("gold.txt"))
