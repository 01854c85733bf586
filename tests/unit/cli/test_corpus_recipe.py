"""`aligner corpus run`: a recipe is run, resumed, changed, and refused where it says what nobody knows."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.unit.cli.test_hostile_cases import run, sentence

ES = ["La casa del puerto estaba vacía.", "Nadie volvió en invierno.", "El molino ardió en 1912."]
EN = [
    "The harbour house was empty.",
    "Nobody came back in winter.",
    "The mill burned down in 1913.",
]
RECIPE = """
output = "corpus"
texts = "t"
source_lang = "es"
target_lang = "en"
[build]
[filter]
numbers = true
rejected = true
[dedup]
[split]
dev = 0.0
test = 0.0
[export]
to = ["tmx", "moses"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for lang, lines in (("es", ES), ("en", EN)):
        (tmp_path / "t" / lang).mkdir(parents=True)
        for name in ("a", "b"):
            text = "\n".join(lines) + "\n"
            (tmp_path / "t" / lang / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def table(folder: Path) -> dict[tuple[str, str], int]:
    rows = [line.split("\t") for line in (folder / "corpus/steps.tsv").read_text().splitlines()[1:]]
    return {(step, what): int(count) for step, what, count in rows}


def content(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_recipe_from_folders_to_splits(folder: Path) -> None:
    command = ("corpus", "run", "recipe.toml")
    done = run(*command, cwd=folder)
    assert done.code == 0, done.err
    counts = table(folder)
    assert counts["build", "pairs"] == 2
    assert (counts["filter", "units"], counts["filter", "numbers"], counts["filter", "kept"]) == (
        6,
        2,
        4,
    )
    assert (counts["dedup", "exact"], counts["dedup", "kept"]) == (2, 2)
    assert counts["split", "train"] == 2
    corpus = folder / "corpus"
    assert (corpus / "export/corpus.es").read_text(encoding="utf-8").splitlines() == ES[:2]
    assert (corpus / "filtered-rejected.jsonl").read_text(encoding="utf-8").count("\n") == 2
    record = json.loads((corpus / "record.json").read_bytes())
    for step in record["steps"]:
        assert step["files"]
        for name, digest in step["files"].items():
            assert hashlib.sha256((corpus / name).read_bytes()).hexdigest() == digest
    page = (corpus / "index.html").read_text(encoding="utf-8")
    assert "numbers true" in page
    assert "33.3 %" in page
    before = content(corpus)
    # again: nothing is done but looking at the build
    assert "1 step done, 4 done before" in run(*command, cwd=folder).err
    assert content(corpus) == before
    # a file that somebody changed is made again
    (corpus / "unique.jsonl").write_text("")
    assert "2 done before" not in run(*command, cwd=folder).err
    assert content(corpus) == before
    # fewer steps and formats: what they made is gone
    less = RECIPE.replace('"tmx", ', "").replace("[dedup]\n", "")
    (folder / "recipe.toml").write_text(less, encoding="utf-8")
    assert run(*command, cwd=folder).code == 0
    assert not (corpus / "unique.jsonl").exists()
    assert not (corpus / "export/corpus.tmx").exists()
    assert len((corpus / "export/corpus.es").read_text(encoding="utf-8").splitlines()) == 4
    # a text that changed goes through all steps
    (folder / "t/es/b.txt").write_text("\n".join(ES[:1]) + "\n", encoding="utf-8")
    assert run(*command, cwd=folder).code == 0
    assert table(folder)["filter", "units"] < 7
    assert run("corpus", "verify", "corpus/built", "--texts", cwd=folder).code == 0


def test_a_run_that_was_stopped_goes_on(folder: Path) -> None:
    whole = folder / "whole"
    run("corpus", "run", "recipe.toml", cwd=folder)
    (folder / "corpus").rename(whole)
    # stopped before its first step ended, and in the middle
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "recipe.toml").write_bytes(b"")
    assert run("corpus", "run", "recipe.toml", cwd=folder).code == 0
    record = json.loads((corpus / "record.json").read_bytes())
    (corpus / "record.json").write_text(json.dumps({**record, "steps": record["steps"][:2]}))
    (corpus / "unique.jsonl").write_text("half")
    assert run("corpus", "run", "recipe.toml", cwd=folder).code == 0
    assert content(corpus) == content(whole)
    (corpus / "record.json").write_text("[")
    assert run("corpus", "run", "recipe.toml", cwd=folder).code == 0
    assert content(corpus) == content(whole)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("texts = 't'\n", "no output"),
        ("output = 'c'\n", "which texts?"),
        ("output = 'c'\ntexts = 't'\nsource = 'x'\n", "which texts?"),
        ("output = 'c'\nsource = 'x'\n", "which texts?"),
        ("output = 'c'\ntexts = 't'\n[pair]\n", "[pair] needs two folders"),
        (
            "output = 'c'\ntexts = 't'\n[filter]\nmin_confidense = 1\n",
            "unknown key 'min_confidense'",
        ),
        (
            "output = 'c'\ntexts = 't'\n[filter]\nnumbers = 'yes'\n",
            "numbers in [filter] must be true",
        ),
        ("output = 'c'\ntexts = 't'\n[split]\nseed = 3\n", "seed in [split] must be a text"),
        ("output = 'c'\ntexts = 't'\nfilter = 3\n", "[filter] must be a table"),
        ("output = [\n", "damaged TOML"),
        ("output = 't'\ntexts = 't'\n", "the folder holds other files"),
    ],
)
def test_recipes_that_are_none(folder: Path, text: str, said: str) -> None:
    (folder / "r.toml").write_text(text, encoding="utf-8")
    sentence(run("corpus", "run", "r.toml", cwd=folder), said)
    assert not (folder / "c").exists()
