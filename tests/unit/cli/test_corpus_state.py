"""`aligner corpus build`, `merge`, `verify`: what a person sees of a corpus that changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.test_hostile_cases import run, sentence

ES = "La casa del puerto estaba vacía.\nNadie volvió en invierno.\n"
EN = "The harbour house was empty.\nNobody came back in winter.\n"
BUILD = ("corpus", "build", "t", "-s", "es", "-t", "en", "--workers", "1", "-o")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for lang, text in (("es", ES), ("en", EN)):
        (tmp_path / "t" / lang).mkdir(parents=True)
        for name in ("a.txt", "b.txt"):
            (tmp_path / "t" / lang / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_year_of_changes(texts: Path) -> None:
    assert run(*BUILD, "c", cwd=texts).code == 0
    assert "as it was made" in run("corpus", "verify", "c", "--texts", cwd=texts).err
    (texts / "t/es/b.txt").unlink()
    sentence(
        run(*BUILD, "c", "--keep", "--quiet", cwd=texts),
        "1 pair of this folder left the input: es.b",
    )
    assert "removed 1 pair" in run(*BUILD, "c", cwd=texts).err
    assert json.loads(run("corpus", "stats", "c", "--json", cwd=texts).out)["types"] == {"1-1": 2}
    (texts / "t/es/a.txt").write_text(ES + "Fin.\n", encoding="utf-8")
    done = run("corpus", "verify", "c", "--texts", cwd=texts)
    assert (done.code, done.out) == (1, "t/es/a.txt: has changed since es.a was made\n")
    (texts / "c/pairs/es.a/log.txt").write_text("")
    done = run("corpus", "verify", "c", "--json", cwd=texts)
    assert json.loads(done.out) == [
        {"path": "pairs/es.a/log.txt", "message": "is not the one that was made"}
    ]
    (texts / "c/report.tsv").unlink()
    sentence(run("corpus", "stats", "c", cwd=texts), "no report.tsv")


def test_standard_output_is_no_folder(texts: Path) -> None:
    sentence(run(*BUILD, "-", cwd=texts), "a corpus cannot go to standard output")
    sentence(run("corpus", "merge", "t", "-o", "-", cwd=texts), "cannot go to standard output")
    assert not (texts / "-").exists()


def test_folders_that_are_no_corpus(texts: Path) -> None:
    for command in (("stats", "t"), ("verify", "t"), ("merge", "t", "-o", "m")):
        sentence(run("corpus", *command, cwd=texts), "no folder of aligner corpus build")
