"""NOTICE names what is not ours: data in the package, and every package that is installed with it."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# made here from our own texts, or written by hand: nobody else's
OURS = {
    "aligner/documents/html/weights.json",
    "aligner/checks/common/judgement.json",
    "aligner/checks/common/model.json",
    "aligner/checks/common/words.json",
    "aligner/checks/taxonomy-leuven-zwart.toml",
    "aligner/checks/taxonomy-vinay-darbelnet.toml",
    "aligner/corpus/quality/quality.json",
    "aligner/engine/embedding/e5.json",
    "aligner/engine/features/weights.json",
    "aligner/segmenting/overlay.srx",
}


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_every_dependency_is_named_with_its_licence(line: str) -> None:
    name = re.split(r"[<>=!~;\[ ]", line, maxsplit=1)[0]
    assert re.search(rf"(?m)(?:^|[ ]){re.escape(name)} \(", NOTICE), name


def test_every_data_file_of_others_is_named() -> None:
    kinds = {".json", ".ftz", ".npz", ".srx", ".rng", ".xml", ".toml"}
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "aligner").rglob("*")
        if path.suffix in kinds and "page" not in path.parts
    }
    named = set(re.findall(r"(?m)^(aligner/\S+)$", NOTICE))
    assert named <= files
    assert files - named == OURS


@pytest.mark.parametrize(
    "words",
    ["LGPL-2.1-or-later", "CC BY-SA 3.0", "LanguageTool", "lid.176.ftz", "Apache-2.0", "Unicode"],
)
def test_the_licences_that_ask_to_be_named(words: str) -> None:
    assert words in NOTICE
