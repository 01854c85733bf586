"""Ctrl-C and SIGTERM stop every command at its work: a word, exit code 2, nothing left behind,
nothing changed that was there.

`scripts/bench stopping` measures how long it takes; here a busy machine must not fail.
"""

from __future__ import annotations

import re
import shutil
import signal
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from aligner.cli.commands import app
from tests.unit.cli.run import run
from tests.unit.cli.stopping import COMMANDS, Command, make_inputs, stop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
_SENTENCE = re.compile(
    r"aligner: interrupted: no file is half-written; corpus build and memory import go on from "
    r"here when they are started again\n"
)
_LONGEST = 10.0  # seconds; two on a machine that has nothing else to do
# what ends before anybody could press a key, and the review, which has tests of its own
_QUICK = {
    *("formats", "languages", "review", "memory lookup", "memory stats", "corpus merge"),
    *("corpus verify", "corpus status", "memory list", "memory edit", "memory delete"),
    *("memory rename", "memory review"),
}
SIGNALS = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")

    def command(*arguments: object) -> None:
        done = run(*arguments)
        assert done.code == 0, done.err

    make_inputs(folder, command, 0.5)
    return folder


@pytest.mark.parametrize("number", SIGNALS, ids=lambda one: one.name)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.line)
def test_a_signal_at_work(
    command: Command, number: signal.Signals, inputs: Path, tmp_path: Path
) -> None:
    stopped = stop(command, inputs, number, tmp_path)
    try:
        assert stopped.code == 2, stopped.err
        told = [
            line
            for line in stopped.err.splitlines(keepends=True)
            if "features " not in line and "aligner: language " not in line
        ]
        assert _SENTENCE.fullmatch("".join(told)), stopped.err
        assert stopped.left == ()
        assert stopped.changed == ()
        assert stopped.temporary == ()
        assert stopped.seconds < _LONGEST
    finally:
        for path in inputs.glob("new*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_every_command_is_stopped() -> None:
    tested = {command.name for command in COMMANDS}
    whole = get_command(app)
    names = set()
    for name in whole.list_commands(whole.context_class(whole)):  # type: ignore[attr-defined]
        group = whole.get_command(whole.context_class(whole), name)  # type: ignore[attr-defined]
        inner = getattr(group, "commands", None)
        names |= {f"{name} {one}" for one in inner} if inner else {name}
    assert len(names) > 20
    assert names - tested - _QUICK == set()
    assert tested <= names
