"""The commands of every page run as they stand, and print what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, load_script

RUNNING = load_script("_docs.running")
LANGUAGES = load_script("_docs.words").LANGUAGES
PAGES = [
    path.relative_to(ROOT).as_posix()
    for lang in LANGUAGES
    for path in sorted((ROOT / "docs" / lang).rglob("*.md"))
    if "```console" in path.read_text("utf-8")
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_its_commands_print(name: str) -> None:
    assert RUNNING.compare(ROOT / name) == []


def test_a_page_that_says_something_else_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        '```text title="a.txt"\none\ntwo\nthree\n```\n\n'
        "```console\n$ cat a.txt\none\n...\n$ sed -n 2p a.txt\ntw...\n$ sed -n 3p a.txt\nfour\n```\n"
    )
    wrong = RUNNING.compare(page)
    assert [line for line in wrong if line.startswith("$")] == ["$ sed -n 3p a.txt   (exit code 0)"]
    assert wrong[-2:] == ["-four", "+three"]


def test_a_command_that_fails_is_named_whatever_it_prints(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ aligner read nothing.txt\n...\n$ cat nothing.txt\n...\n```\n")
    codes = [line.rpartition("(")[2] for line in RUNNING.compare(page) if line.startswith("$")]
    assert codes == ["exit code 2)", "exit code 1)"]


def test_what_is_printed_is_written_into_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n\n```console\n$ echo one \\\n  two\n$ true\n```\n\nAfter.\n")
    RUNNING.rewrite(page)
    assert "$ echo one \\\n  two\none two\n$ true\n```\n\nAfter." in page.read_text("utf-8")
    assert RUNNING.compare(page) == []


def test_fractions_need_only_be_near(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo 0.1.0 is 0.912, 3\n0.1.0 is 0.93, 3\n```\n")
    assert RUNNING.compare(page) == []
    page.write_text("```console\n$ echo 0.912 3\n0.712 3\n$ echo 0.9 3\n0.9 4\n```\n")
    assert len([line for line in RUNNING.compare(page) if line.startswith("$")]) == 2
