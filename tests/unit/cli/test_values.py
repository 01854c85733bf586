"""Values of options: as typer's adapters give them, without loading pydantic where nothing is to check."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.main import get_command

from aligner.cli.ui.values import with_plain_values
from tests.conftest import CORPORA

Exists = Annotated[Path, typer.Option(exists=True)]
NoFolder = Annotated[Path, typer.Option(exists=True, dir_okay=False)]
NoFile = Annotated[Path, typer.Option(file_okay=False)]
Some = Annotated[int, typer.Option(min=1, max=5)]


def command(seen: list[Any]) -> Any:
    def run(
        words: Annotated[list[str], typer.Argument()] = [],  # noqa: B006
        text: str = "x",
        none: str | None = None,
        number: Some = 2,
        share: float = 0.5,
        whole: float = 1,
        path: Path = Path("here"),
        there: Exists | None = None,
        file: NoFolder | None = None,
        folder: NoFile | None = None,
        real: Annotated[Path | None, typer.Option(resolve_path=True)] = None,
        dash: Annotated[Path | None, typer.Option(allow_dash=True)] = None,
        paths: list[Path] = [],  # noqa: B006
        flag: bool = False,
    ) -> None:
        seen.append(inspect.currentframe().f_locals.copy())  # type: ignore[union-attr]
        seen[-1].pop("seen", None)

    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command()(run)
    return get_command(app)


def outcome(made: Any, seen: list[Any], arguments: list[str]) -> tuple[Any, ...]:
    seen.clear()
    try:
        made(arguments, standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - what it is, is compared
        shown = error.format_message() if hasattr(error, "format_message") else str(error)
        return type(error).__name__, shown
    values = seen[0]
    return values, {name: type(value) for name, value in values.items()}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a", "b", "--text", "", "--none", "é", "--flag"],
        ["--number", "3", "--share", "0.25", "--whole", "2"],
        ["--number", "2"],
        ["--number", "9"],
        ["--number", "two"],
        ["--number", ""],
        ["--share", "x"],
        ["--path", "a//b/../c"],
        ["--path", ""],
        ["--path", "a\0b"],
        ["--path", "a\udcffb"],
        ["--text", "a\udcffb"],
        ["--there", "."],
        ["--there", "not/there"],
        ["--file", "."],
        ["--file", __file__],
        ["--folder", "."],
        ["--folder", __file__],
        ["--folder", "new"],
        ["--real", "."],
        ["--dash", "-"],
        ["--dash", "new"],
        ["--paths", "a", "--paths", "b//c"],
        ["--paths", "a", "--paths", ""],
        ["--no-flag", "c"],
        ["--unknown"],
        ["--text"],
    ],
)
def test_they_are_what_typer_makes_of_them(arguments: list[str]) -> None:
    seen: list[Any] = []
    plain = with_plain_values(command(seen))
    expected = outcome(command(seen), seen, arguments)
    assert outcome(plain, seen, arguments) == expected
    assert outcome(plain, seen, arguments) == expected  # the same command once more


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_may_not_be_read_is_typer_s_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "locked").touch(mode=0)
    seen: list[Any] = []
    arguments = ["--path", str(tmp_path / "locked")]
    expected = outcome(command(seen), seen, arguments)
    assert expected[0] == "BadParameter"
    assert outcome(with_plain_values(command(seen)), seen, arguments) == expected


def test_pydantic_and_pages_are_not_loaded_for_two_plain_texts(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from aligner.cli import main\n"
        "try: main()\n"
        "finally: print(*{'pydantic', 'lxml', 'aligner.documents.html.read'} & set(sys.modules))"
    )
    texts = [str(CORPORA / "interview" / f"{lang}.segments.txt") for lang in ("es", "en")]
    options = ["--segmented", "-s", "es", "-t", "en", "--quiet", "-o", str(tmp_path / "out.beads")]
    done = subprocess.run(
        [sys.executable, "-c", code, "align", *texts, *options],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""
    assert (tmp_path / "out.beads").stat().st_size
