"""The journal: from the first pair on, through kills, gone at the end."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import progress_of
from aligner.corpus.build.journal import BuildJournal
from aligner.model import UsageError
from tests.unit.corpus.build.test_build import content, finished, make_jobs, run, start


def test_status_of_a_build_that_runs_is_killed_and_ends(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"journal": str(tmp_path / "journal"), "pause": 0.05}
    jobs = make_jobs(tmp_path / "in", [*(f"text {n} " * 5 for n in range(40)), "unreadable"])
    out = tmp_path / "out"
    process = start(tmp_path, jobs, settings)
    while process.poll() is None and finished(tmp_path) < 6:
        time.sleep(0.01)
    far = progress_of(out)
    assert far.state == "running"
    assert far.pairs == 41
    assert 1 <= far.done + far.failed < 41
    assert far.pairs_a_second
    assert far.segments_a_second
    assert far.seconds_left
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    stopped = progress_of(out)
    assert stopped.state == "stopped"
    assert 0 <= finished(tmp_path) - (stopped.done + stopped.failed) <= 1
    # a line that was cut by the kill
    with (out / ".journal.jsonl").open("ab") as file:
        file.write(b'{"at": 1.0, "id": "p0')
    assert progress_of(out).done == stopped.done
    run(jobs, out, settings)
    far = progress_of(out)
    assert (far.state, far.pairs, far.done, far.failed) == ("finished", 41, 40, 1)
    assert far.errors == (("p040", "input: 040.a: there is no text in it"),)
    assert not (out / ".journal.jsonl").exists()
    run(jobs, tmp_path / "undisturbed", settings)
    assert content(out) == content(tmp_path / "undisturbed")


def test_what_a_journal_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(make_jobs(tmp_path / "in", ["one"]), tmp_path / "out", {"journal": str(tmp_path / "j")})
    out = tmp_path / "out"
    now = 1000.0
    monkeypatch.setattr(time, "time", lambda: now)
    journal = BuildJournal(out)
    journal.begin(10, 3, 1, 600)
    for number in range(3):
        now += 2.0
        journal.pair(f"p{number}", "input: no text" if number == 1 else "", 50, 100)
    journal.close(remove=False)
    far = progress_of(out)
    assert (far.state, far.done, far.failed) == ("stopped", 5, 2)
    assert (far.pairs_a_second, far.segments_a_second, far.seconds_left) == (0.5, 25.0, 6.0)
    assert far.errors == (("p1", "input: no text"),)
    json.dumps(far.errors)


def test_no_corpus_no_status(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder of aligner corpus build"):
        progress_of(tmp_path)
