"""The line on a terminal that says how far long work is."""

from __future__ import annotations

import io
import json
import sys
import time

import pytest

from aligner.cli.common import progress
from aligner.cli.corpus import progress as of_builds
from aligner.corpus.build import Tally


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """In the test itself: pytest puts its own stream there before each."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    return made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def shown(screen: Terminal) -> list[str]:
    return [line for line in screen.getvalue().replace("\r\x1b[K", "\n").split("\n") if line]


def test_long_work_says_its_rate_and_what_is_left(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = terminal(monkeypatch)
    show = progress.counted("segments")
    assert show is not None
    for seconds, stage, done in (
        (0.5, "encoding", 10),  # short work says nothing
        (2.0, "encoding", 40),
        (2.1, "encoding", 42),  # too soon after the line before
        (3.0, "aligning", 0),
        (4.0, "aligning", 50),
        (5.0, "aligning", 100),
    ):
        clock[0] = 100.0 + seconds
        show(stage, done, 100)
    assert shown(screen) == [
        "encoding 40/100 segments, 27/s, 2 s left",
        "aligning 0/100 segments, 0/s",
        "aligning 50/100 segments, 50/s, 1 s left",
        "aligning 100/100 segments, 50/s, 0 s left",
    ]
    assert screen.getvalue().endswith("\n")


def test_short_work_and_no_terminal_say_nothing(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = terminal(monkeypatch)
    show = progress.counted("segments")
    assert show is not None
    clock[0] += 0.3
    show("encoding", 100, 100)
    assert screen.getvalue() == ""
    assert progress.counted("segments", quiet=True) is None
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress.counted("segments") is None


def tally(done: int) -> Tally:
    return Tally(pairs=4, done=done, weight=4, weight_done=done, segments=10 * done)


def test_a_build_on_a_terminal_writes_over_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with of_builds.BuildProgress("auto", quiet=False) as how:
        assert how.tell is not None
        how.tell(tally(1))
        assert not screen.getvalue().endswith("\n")
        how.tell(tally(4))
    assert screen.getvalue().endswith("\n")
    assert len(shown(screen)) == 2
    assert shown(screen)[0].startswith("1/4 pairs, ")
    assert shown(screen)[1].startswith("4/4 pairs, ")


def test_a_build_elsewhere_says_from_time_to_time_that_it_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(of_builds, "_LOG", 0.01)
    monkeypatch.setattr(of_builds, "_EVERY", 0.0)
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    with of_builds.BuildProgress("json", quiet=False) as how:
        assert how.tell is not None
        how._stopped.wait(0.05)  # nothing is known yet
        assert out.getvalue() == ""
        how.tell(tally(1))
        first = len(out.getvalue().splitlines())
        how._stopped.wait(0.1)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(rows) > first
    assert {row["finished"] for row in rows} == {1}
