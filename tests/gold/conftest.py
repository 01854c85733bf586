"""What the tests of ../shared/cases share: its folder, and the command line in a folder of its own."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.unit.cli import run as command_line


class Done(NamedTuple):
    """What a shell would see of a run."""

    code: int
    out: str
    err: str


@pytest.fixture
def cases(shared: Path) -> Path:
    return shared / "cases"


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def call(*words: Any) -> Done:
        with contextlib.chdir(tmp_path):
            done = command_line.run(*map(str, words))
        return Done(done.code, done.out.decode(), done.err)

    return call
