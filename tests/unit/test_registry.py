"""The plug-in table: imported on use, outsiders by entry points, errors that name what there is."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from typing import Any

import pytest

from aligner.engine.embedding import ENCODERS
from aligner.formats import WRITERS
from aligner.model import MissingExtra, UsageError
from aligner.registry import Table
from aligner.text.readers import Reader
from aligner.workflows.reading import READERS


def _sqrt() -> Any:
    from math import sqrt

    return sqrt


def _gone() -> Any:
    import no_such_library  # type: ignore[import-not-found]

    return no_such_library.thing


def _typo() -> Any:
    import math

    return math.no_such_function  # type: ignore[attr-defined]


OWN: Table[Any] = Table(
    "tool",
    "aligner.tests",
    {"sqrt": _sqrt, "gone": _gone, "typo": _typo},
    extras={"gone": "rare"},
)


@pytest.fixture
def outsider(monkeypatch: pytest.MonkeyPatch) -> metadata.EntryPoint:
    point = metadata.EntryPoint("cube", "math:cbrt", "aligner.tests")

    def found(**params: Any) -> metadata.EntryPoints:
        other = metadata.EntryPoint("curl", "math:ceil", "aligner.tests")
        return metadata.EntryPoints([other, point]).select(**params)

    monkeypatch.setattr(metadata, "entry_points", found)
    return point


def test_ours_and_those_of_outsiders(outsider: metadata.EntryPoint) -> None:
    assert OWN.load("sqrt")(9) == 3
    assert OWN.names() == ("sqrt", "gone", "typo", "cube", "curl")
    assert OWN.load("cube") is outsider.load()


def test_a_name_nobody_knows() -> None:
    with pytest.raises(UsageError) as caught:
        OWN.load("sqtr")
    assert "there is no tool 'sqtr'" in str(caught.value)
    assert "did you mean 'sqrt'?" in str(caught.value)
    assert "known: sqrt, gone, typo" in str(caught.value)


def test_a_missing_extra_is_named() -> None:
    with pytest.raises(MissingExtra) as caught:
        OWN.load("gone")
    assert "needs the optional part [rare] (no_such_library is missing)" in str(caught.value)
    assert "pip install 'aligner[rare]'" in str(caught.value)


def test_a_mistake_of_ours_is_no_missing_extra() -> None:
    with pytest.raises(AttributeError):
        OWN.load("typo")


@pytest.mark.parametrize("table", [READERS, WRITERS, ENCODERS], ids=lambda table: table.kind)
def test_every_entry_of_every_table_loads_or_says_what_to_install(table: Table[Any]) -> None:
    hints = []
    for name in table.entries:
        try:
            loaded = table.load(name)
            assert callable(loaded) or isinstance(loaded, Reader), name
        except MissingExtra as error:
            hints.append(error.hint)
    assert all(hint.startswith("pip install 'aligner[") for hint in hints)


def test_help_imports_nothing_heavy() -> None:
    """What the start-up time rests on: help by typer (narrow terminals) loads no numpy, no library
    of ours; for the page of wide ones see cli/test_front.py.
    """
    code = (
        "import sys\n"
        "from aligner.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "60"},
    )
    loaded = set(done.stderr.split())
    assert "aligner.cli.commands" in loaded
    heavy = {"numpy", "scipy", "lxml", "trafilatura", "sacremoses", "choppa", "sentencepiece"}
    packages = ("checks", "corpus", "documents", "engine", "memory", "review", "segmenting")
    parts = {f"aligner.{package}" for package in packages}
    slow = {"importlib.metadata", "asyncio", "ssl", "socket", "sqlite3", "multiprocessing"}
    assert loaded & (heavy | parts | slow) == set()


def test_plain_lines_need_no_reader_of_pages() -> None:
    """Texts of one segment a line are aligned without the libraries of pages and rules."""
    code = (
        "import sys, io\n"
        "from aligner.workflows.opening import open_document\n"
        "from aligner.model import ReadOptions, Source\n"
        "open_document(Source('a.txt', b'Uno.\\nDos.\\n'), 'es', "
        "read_options=ReadOptions(segmented=True))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"trafilatura", "lxml.html", "choppa", "sacremoses", "docx"}
    assert set(done.stdout.split()) & heavy == set()
