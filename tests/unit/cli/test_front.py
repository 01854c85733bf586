"""`aligner --help` is a page that lies ready: it must be what typer would print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.cli import ui
from aligner.cli.ui import front
from tests.unit.cli.run import Done, run

IN_SPANISH = ("--ui", "es")


def by_typer(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Done:
    with monkeypatch.context() as patch:
        patch.setattr(ui, "first_page", lambda *_: None)
        return run(*arguments)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C")


@pytest.mark.parametrize("columns", ["80", "81", "200"])
@pytest.mark.parametrize("before", [(), IN_SPANISH, ("--ui=es",), ("--ui", "en")])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_it_is_what_typer_prints(
    monkeypatch: pytest.MonkeyPatch, columns: str, before: tuple[str, ...], option: str
) -> None:
    """After a change of a command or of its help: scripts/make_catalogue.py."""
    monkeypatch.setenv("COLUMNS", columns)
    shown = run(*before, option)
    assert shown == by_typer(monkeypatch, *before, option)
    language = "es" if "es" in "".join(before) else "en"
    assert shown.out.decode() == Path(front.place_of(language)).read_text(encoding="utf-8")


def test_the_language_is_the_locale_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    assert run("--help") == by_typer(monkeypatch, *IN_SPANISH, "--help")
    assert run("--help").out.startswith(b"Uso: ")


@pytest.mark.parametrize("columns", ["70", "40", "1"])
def test_a_narrow_terminal_gets_its_own_lines(
    monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = run("--help")
    assert shown == by_typer(monkeypatch, "--help")
    assert shown.out.decode() != Path(front.place_of("en")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--help", "--version"),
        ("--help", "align"),
        ("align", "--help"),
        ("--ui", "fr", "--help"),
        ("--ui", "es"),
        ("--ui=", "--help"),
        ("--ui", "--help"),
        ("--helpx",),
        ("-hh",),
    ],
)
def test_whatever_else_is_asked_for_is_typer_s(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    assert run(*arguments) == by_typer(monkeypatch, *arguments)


def test_columns_that_are_no_number_count_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "0", "-1", "x"):
        monkeypatch.setenv("COLUMNS", value)
        assert run("--help") == by_typer(monkeypatch, "--help")


def test_without_the_page_typer_prints_the_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expected = run("--help")
    monkeypatch.setattr(front, "place_of", lambda language: str(tmp_path / language))
    assert run("--help") == expected


def test_completion_is_not_answered_with_help() -> None:
    assert front.first_page(["--help"], {"COLUMNS": "80", front.COMPLETION: "x"}, "en") is None
    assert front.first_page(["--help"], {"COLUMNS": "80"}, "en")


def test_nothing_heavy_is_loaded_for_it() -> None:
    code = (
        "import sys\n"
        "from aligner.cli import main\n"
        "main()\n"
        "print(*{'typer', 'aligner.model', 'pathlib', 'shutil'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert done.stderr.strip() == ""
    assert done.stdout.startswith("Usage: aligner")
