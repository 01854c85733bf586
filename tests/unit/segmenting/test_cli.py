"""`aligner segment` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.model import AlignerError, ReadError, SegmentError, UsageError


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "es.txt"
    path.write_text(
        "El Sr. Cuadra salió tarde. No dijo por qué.\n\nDijo: «No iré». ¿Y tú?\n", encoding="utf-8"
    )
    return path


def test_text(text: Path) -> None:
    done = CliRunner().invoke(app, ["segment", str(text), "-s", "es"])
    assert done.exit_code == 0
    assert done.stdout == (
        "El Sr. Cuadra salió tarde.\nNo dijo por qué.\n\nDijo: «No iré».\n¿Y tú?\n"
    )
    assert done.stderr == ""


def test_json_offsets(text: Path) -> None:
    done = CliRunner().invoke(app, ["segment", str(text), "-s", "es", "--to", "json"])
    rows = json.loads(done.stdout)
    assert [row["paragraph"] for row in rows] == [0, 0, 1, 1]
    assert rows[1] == {
        "segment": 1,
        "paragraph": 0,
        "kind": "para",
        "start": 27,
        "end": 43,
        "line": 1,
        "offset": 27,
        "text": "No dijo por qué.",
    }


def test_offsets_of_the_file_count_what_the_text_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "es.md"
    content = "---\ntitle: Uno\n---\n\n# Uno\n\nLa **pri\u00admera**  vez. Y *no*\nmás.\n"
    path.write_text(content, encoding="utf-8")
    done = CliRunner().invoke(app, ["segment", str(path), "-s", "es", "--to", "json"])
    rows = json.loads(done.stdout)
    assert [(row["text"], row["line"]) for row in rows] == [
        ("Uno", 5),
        ("La primera vez.", 7),
        ("Y no más.", 7),
    ]
    assert content[rows[2]["offset"] :].startswith("Y *no*")


def test_view(text: Path) -> None:
    done = CliRunner().invoke(app, ["segment", str(text), "-s", "es", "--to", "view"])
    assert done.stdout.split("\n")[1] == "   2 para       ⟦Dijo: «No iré».⟧ ⟦¿Y tú?⟧"


def test_detected_language_is_printed(text: Path) -> None:
    done = CliRunner().invoke(app, ["segment", str(text)])
    assert "language es (detected" in done.stderr
    assert done.stdout.startswith("El Sr. Cuadra")


def test_segmented(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Uno. Dos.\nTres.\n\nCuatro.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["segment", str(path), "-s", "es", "--segmented"])
    assert done.stdout == "Uno. Dos.\nTres.\n\nCuatro.\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["none.txt"], ReadError),
        (["{text}", "--to", "xml"], UsageError),
        (["{text}", "-s", "es", "--srx", "{text}"], SegmentError),
        (["{text}", "-s", "es", "--abbreviations", "none.txt"], ReadError),
        (["{text}", "-s", "es", "--segmenter", "punkt"], UsageError),
    ],
)
def test_errors(text: Path, arguments: list[str], error: type[AlignerError]) -> None:
    call = ["segment", *(part.format(text=text) for part in arguments)]
    done = CliRunner().invoke(app, call)
    assert isinstance(done.exception, error)
    assert done.stdout == ""
