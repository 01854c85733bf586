"""`aligner corpus build --progress`, `status`: watching a build."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from aligner.cli.corpus.progress import BuildProgress, spoken
from aligner.corpus.build import Tally
from tests.unit.cli.test_hostile_cases import run, sentence

ES = "La casa del puerto estaba vacía.\nNadie volvió en invierno.\n"
EN = "The harbour house was empty.\nNobody came back in winter.\n"


def test_lines_of_json_and_status(tmp_path: Path) -> None:
    for lang, text in (("es", ES), ("en", EN)):
        (tmp_path / "t" / lang).mkdir(parents=True)
        for name in ("a.txt", "b.txt"):
            (tmp_path / "t" / lang / name).write_text(text, encoding="utf-8")
    (tmp_path / "t/en/b.txt").write_bytes(b"")
    build = ("corpus", "build", "t", "-s", "es", "-t", "en", "-o", "c")
    sentence(run(*build, "--progress", "xml", cwd=tmp_path), "--progress cannot be 'xml'", "json")
    done = run(*build, "--progress", "json", cwd=tmp_path)
    rows = [json.loads(line) for line in done.err.splitlines() if line.startswith("{")]
    assert (rows[0]["finished"], rows[0]["pairs"], rows[0]["seconds_left"]) == (0, 2, None)
    assert rows[-1]["finished"] == 2
    assert rows[-1]["segments"] == 4
    assert rows[-1]["failed"] == 1
    assert "{" not in run(*build, "--progress", "none", cwd=tmp_path).err
    shown = run("corpus", "status", "c", cwd=tmp_path)
    first, error = shown.out.splitlines()
    assert first == "finished: 1 of 2 pairs done, 1 failed"
    assert error.startswith("  es.b  input: ")
    figures = json.loads(run("corpus", "status", "c", "--json", cwd=tmp_path).out)
    assert (figures["state"], figures["done"], figures["failed"]) == ("finished", 1, 1)
    sentence(run("corpus", "status", "t", cwd=tmp_path), "no folder of aligner corpus build")


def test_a_log_has_a_line_a_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also while one pair takes long; a minute is a twentieth of a second here."""
    monkeypatch.setattr("aligner.cli.corpus.progress._LOG", 0.05)
    with BuildProgress("auto", quiet=False) as shown:
        assert shown.tell is not None
        shown.tell(Tally(pairs=8, done=3, segments=600, weight=100, weight_done=50))
        time.sleep(0.3)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("aligner: after ") and "3/8 pairs" in line for line in lines)
    with BuildProgress("auto", quiet=True) as shown:
        assert shown.tell is None


def test_lengths_of_time() -> None:
    assert [spoken(s) for s in (7, 600, 9000)] == ["7 s", "10 min", "2.5 h"]
