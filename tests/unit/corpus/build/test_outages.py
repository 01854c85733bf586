"""The machine fails, not the pair: nothing of it is written down, and the next run does the rest."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import Failure, Job, Outage, Outcome, Output, Pool, build, built_pairs
from aligner.corpus.build.causes import judged
from aligner.model import AlignerError, ExportError, InternalError, MachineError, ReadError
from tests.unit.corpus.build.test_build import content, make_jobs, run
from tests.unit.corpus.build.work import WORK


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {"journal": str(tmp_path / "journal")}


def wrapped(error: OSError, outer: type[AlignerError] = ExportError) -> AlignerError:
    try:
        try:
            raise error
        except OSError as inner:
            raise outer("cannot write") from inner
    except AlignerError as made:
        return made


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "full", "/tmp/x"), Outage("/tmp/x: full", final=True)),
        (wrapped(OSError(errno.ENOSPC, "full")), Outage("full", final=True)),
        (wrapped(OSError(errno.EDQUOT, "quota")), Outage("quota", final=True)),
        (wrapped(OSError(errno.EIO, "broken"), ReadError), Outage("broken")),
        (OSError(errno.EMFILE, "many"), Outage("many")),
        (wrapped(OSError(errno.EACCES, "no"), ReadError), Failure("input", "cannot write")),
        (ReadError("no text"), Failure("input", "no text")),
        (InternalError("promise"), Failure("error", "promise")),
        (KeyError("k"), Failure("error", "KeyError: 'k' (please report)")),
    ],
)
def test_whose_fault_it_is(error: BaseException, expected: Failure | Outage) -> None:
    assert judged(error) == expected


def test_memory_is_the_pairs_or_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.corpus.build.causes.free_memory", lambda: 1 << 40)
    assert isinstance(judged(MemoryError()), Failure)
    monkeypatch.setattr("aligner.corpus.build.causes.free_memory", lambda: 1 << 20)
    assert judged(MemoryError()) == Outage("the machine has no memory left")
    monkeypatch.setattr("aligner.corpus.build.causes.free_memory", lambda: None)
    assert isinstance(judged(MemoryError()), Failure)


def test_a_full_temporary_disk_ends_the_run(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["fine", "full", "fine too"])
    out = tmp_path / "out"
    with pytest.raises(MachineError, match="No space left") as caught:
        run(jobs, out, settings)
    assert "goes on from here" in caught.value.hint
    assert not (out / "pairs/p001").exists()
    assert not (out / "report.tsv").exists()
    Path(settings["journal"] + ".space").touch()  # somebody made some
    tally = run(jobs, out, settings)
    assert tally.failed == 0
    run(jobs, tmp_path / "undisturbed", settings)
    assert content(out) == content(tmp_path / "undisturbed")


def test_a_full_output_disk_ends_the_run(
    tmp_path: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = make_jobs(tmp_path / "in", [f"fine {n}" for n in range(4)])
    write, written = Path.write_bytes, 0

    def full(self: Path, data: bytes) -> int:
        nonlocal written
        written += 1
        if written == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match="No space left"):
        run(jobs, tmp_path / "out", settings, workers=1)
    monkeypatch.undo()
    tally = run(jobs, tmp_path / "out", settings)
    assert (tally.skipped, tally.done, tally.failed) == (1, 3, 0)
    assert not list((tmp_path / "out").glob(".work"))


def test_killed_workers_are_nobodys_fault(tmp_path: Path, settings: dict[str, Any]) -> None:
    """A pair whose worker is killed every time is tried again, then told, and not listed."""
    jobs = make_jobs(tmp_path / "in", ["fine", "killed", "once", "fine"])
    out = tmp_path / "out"
    with (
        Output.open(out, {}) as output,
        Pool(WORK, settings, 2) as pool,
        pytest.raises(MachineError, match=r"not done, .*: 1 of 4 pairs: .*SIGKILL"),
    ):
        build(jobs, output, pool, pauses=(0.01, 0.01))
    assert [name for name, _ in built_pairs(out)] == ["p000", "p002", "p003"]
    assert not (out / "pairs/p001").exists()
    (tmp_path / "in/001.a").write_text("fine now")
    assert run(jobs, out, settings).done == 1
    run(jobs, tmp_path / "undisturbed", settings)
    assert content(out) == content(tmp_path / "undisturbed")


class Failing:
    """A runner whose machine fails the first so many times."""

    def __init__(self, outages: int, make: Callable[[Job], Outcome | Failure]) -> None:
        self.left, self._make = outages, make

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome | Failure | Outage]]:
        for job in list(jobs):
            if self.left:
                self.left -= 1
                yield job, Outage("the network is down")
            else:
                yield job, self._make(job)


def test_outages_that_pass_leave_no_trace(tmp_path: Path) -> None:
    jobs = make_jobs(tmp_path / "in", ["a", "b", "c"])
    runner = Failing(5, lambda job: Outcome({"x": b"x"}, {}, ("1", "2")))
    with Output.open(tmp_path / "out", {}) as output:
        tally = build(jobs, output, runner, pauses=(0, 0))
    assert (tally.done, tally.failed, runner.left) == (3, 0, 0)


def test_no_process_can_be_started(
    tmp_path: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("aligner.corpus.build.pool.Child", refuse)
    jobs = make_jobs(tmp_path / "in", ["a"])
    with pytest.raises(MachineError, match="no worker process can be started"):
        run(jobs, tmp_path / "out", settings)


def test_workers_killed_at_their_start(
    tmp_path: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aligner.corpus.build.pool._PAUSES", (0.01, 0.01))
    jobs = make_jobs(tmp_path / "in", ["a"])
    with pytest.raises(MachineError, match="no worker process lives"):
        run(jobs, tmp_path / "out", {**settings, "stillborn": True})
    assert not (tmp_path / "out/failures.tsv").exists()
