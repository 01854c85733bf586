"""Runs: failures listed and isolated, resumed after kills byte for byte, shards, merge."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import (
    Failure,
    Job,
    Output,
    Pool,
    Tally,
    build,
    merge_shards,
    shard_of,
)
from aligner.corpus.build.jobs import named
from aligner.model import Limits, ModelError, UsageError
from tests.unit.corpus.build.work import WORK

ROOT = Path(__file__).resolve().parents[4]


def make_jobs(folder: Path, sources: list[str]) -> list[Job]:
    folder.mkdir(exist_ok=True)
    jobs = []
    for number, text in enumerate(sources):
        (folder / f"{number:03}.a").write_text(text)
        (folder / f"{number:03}.b").write_text(f"other {number}")
        jobs.append(Job(f"p{number:03}", f"{number:03}.a", f"{number:03}.b", str(folder)))
    return jobs


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(
    jobs: list[Job],
    folder: Path,
    settings: dict[str, Any],
    *,
    workers: int = 2,
    limits: Limits | None = None,
    retry: bool = False,
    shard: tuple[int, int] | None = None,
) -> Tally:
    kept = {key: value for key, value in settings.items() if key != "journal"}
    with (
        Output.open(folder, kept, shard) as output,
        Pool(WORK, settings, workers, limits) as pool,
    ):
        return build(jobs, output, pool, retry=retry)


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {"journal": str(tmp_path / "journal")}


def test_a_bad_pair_is_listed_and_the_rest_is_done(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    texts = ["fine 1", "crash", "hang", "memory", "unreadable", "bug", "once", "fine 2"]
    jobs = make_jobs(tmp_path / "in", texts)
    jobs.append(Job("gone", "nowhere.a", "nowhere.b", str(tmp_path)))
    tally = run(jobs, tmp_path / "out", settings, limits=Limits(2.0, 2 << 30))
    rows = [r.split("\t") for r in (tmp_path / "out/failures.tsv").read_text().splitlines()[1:]]
    kinds = {row[0]: row[3] for row in rows}
    assert kinds == {
        "p001": "crash",
        "p002": "time",
        "p003": "memory",
        "p004": "input",
        "p005": "error",
        "gone": "error",
    }
    messages = {row[0]: row[4] for row in rows}
    assert "SIGSEGV" in messages["p001"]
    assert messages["p002"] == "the pair took longer than 2 seconds"
    assert "KeyError" in messages["p005"]
    assert "Traceback" in (tmp_path / "out/pairs/p005/log.txt").read_text()
    assert tally.failed == 6
    assert tally.done == 3
    assert {"p000", "p006", "p007"} == set(Path(settings["journal"]).read_text().split())


def test_finished_pairs_and_failures_are_not_done_again(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    jobs = make_jobs(tmp_path / "in", ["fine", "unreadable", "fine too"])
    run(jobs, tmp_path / "out", settings)
    before = content(tmp_path / "out")
    again = run(jobs, tmp_path / "out", settings)
    assert (again.skipped, again.done, again.failed) == (2, 0, 1)
    assert content(tmp_path / "out") == before
    (tmp_path / "in/001.a").write_text("now fine")
    changed = run(jobs, tmp_path / "out", settings)
    assert (changed.skipped, changed.done, changed.failed) == (2, 1, 0)
    assert Counter(Path(settings["journal"]).read_text().split()) == {
        "p000": 1,
        "p001": 1,
        "p002": 1,
    }


def test_retry_tries_failures_only(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["fine", "bug"])
    run(jobs, tmp_path / "out", settings)
    again = run(jobs, tmp_path / "out", settings, retry=True)
    assert (again.skipped, again.done, again.failed) == (1, 0, 1)


def test_half_a_result_is_no_result(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["fine one", "fine two"])
    run(jobs, tmp_path / "out", settings)
    before = content(tmp_path / "out")
    (tmp_path / "out/pairs/p000/p000.txt").write_text("")
    (tmp_path / "out/pairs/p001/quality.json").write_text("{")
    tally = run(jobs, tmp_path / "out", settings)
    assert tally.done == 2
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("workers", [1, 3])
def test_bytes_do_not_depend_on_workers(
    tmp_path: Path, settings: dict[str, Any], workers: int
) -> None:
    jobs = make_jobs(tmp_path / "in", [f"text {n} " * (n + 1) for n in range(7)])
    run(jobs, tmp_path / "one", settings, workers=2)
    run(jobs, tmp_path / "two", settings, workers=workers)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_shards_merge_into_the_whole(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", [*(f"text {n}" for n in range(9)), "unreadable"])
    run(jobs, tmp_path / "whole", settings)
    parts = []
    for number in (1, 2, 3):
        mine = [job for job in jobs if shard_of(job.id, 3) == number]
        assert mine
        run(mine, tmp_path / f"part{number}", settings, shard=(number, 3))
        parts.append(tmp_path / f"part{number}")
    counts = merge_shards(parts, tmp_path / "merged")
    assert counts == {"pairs": 10, "failed": 1, "ours": 0, "replaced": 0, "removed": 0}
    assert content(tmp_path / "merged") == content(tmp_path / "whole")
    with pytest.raises(UsageError, match="not all shards"):
        merge_shards(parts[:2], tmp_path / "again")
    with pytest.raises(UsageError, match="not all shards"):
        merge_shards([tmp_path / "whole"], tmp_path / "again")


def test_other_settings_and_other_runs_are_refused(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    jobs = make_jobs(tmp_path / "in", ["fine"])
    run(jobs, tmp_path / "out", settings)
    with pytest.raises(UsageError, match="made otherwise: extra null, now 1"):
        run(jobs, tmp_path / "out", {**settings, "extra": 1})
    with (
        Output.open(tmp_path / "out", {}),
        pytest.raises(UsageError, match="another run is writing"),
    ):
        run(jobs, tmp_path / "out", settings)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="holds other files"):
        run(jobs, tmp_path / "mine", settings)
    assert (tmp_path / "mine/letter.txt").read_text() == "dear"


def test_what_the_factory_raises_ends_the_run(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["fine", "fine"])
    with pytest.raises(ModelError, match="encoder is missing"):
        run(jobs, tmp_path / "out", {**settings, "broken": True})


def test_a_worker_dies_with_its_parent(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["hang"])
    process = start(tmp_path, jobs, settings)
    children: list[str] = []
    for _ in range(100):
        time.sleep(0.1)
        listing = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        children = listing.split()
        if children:
            break
    assert children
    time.sleep(1.0)
    process.kill()
    process.wait()
    for _ in range(50):
        if not any(Path(f"/proc/{child}/cmdline").exists() for child in children):
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived its parent")


def start(tmp_path: Path, jobs: list[Job], settings: dict[str, Any]) -> subprocess.Popen[bytes]:
    code = (
        "from pathlib import Path\n"
        "from aligner.corpus.build import Job\n"
        "from tests.unit.corpus.build.test_build import run\n"
        f"jobs = {jobs!r}\n"
        f"run(jobs, Path({str(tmp_path / 'out')!r}), {settings!r})\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )


def finished(tmp_path: Path) -> int:
    return sum(1 for _ in (tmp_path / "out/pairs").glob("*/quality.json"))


def test_kill_at_any_moment_then_resume(tmp_path: Path, settings: dict[str, Any]) -> None:
    texts = [*(f"text {n} " * 5 for n in range(30)), "unreadable"]
    jobs = make_jobs(tmp_path / "in", texts)
    slow = {**settings, "pause": 0.02}
    run(jobs, tmp_path / "undisturbed", slow)
    Path(settings["journal"]).unlink()
    # killed when so many pairs are done, and a moment later: a clock alone would come too late
    # on a fast machine and too early on a slow one
    moments = random.Random(5)
    kills = 0
    for goal in sorted(moments.sample(range(len(jobs) - 4), 8)):
        process = start(tmp_path, jobs, slow)
        while process.poll() is None and finished(tmp_path) < goal:
            time.sleep(0.002)
        time.sleep(moments.uniform(0, 0.02))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
        assert finished(tmp_path) <= len(jobs)
    assert kills
    tally = run(jobs, tmp_path / "out", slow)
    assert content(tmp_path / "out") == content(tmp_path / "undisturbed")
    assert not list((tmp_path / "out").glob(".*"))
    # a pair is done twice only where a kill came between its work and its commit
    times = Counter(Path(settings["journal"]).read_text().split())
    assert sum(times.values()) - len(times) <= kills * 2
    assert tally.skipped + tally.done + tally.failed == len(jobs)


def test_ids_are_file_names_each_once() -> None:
    jobs = named(
        [
            Job("", "../es/a b/ñandú.html", "x"),
            Job("", "es/a b/ñandú.txt", "y"),
            Job("mine", "z", "z"),
            Job("", "/" + "long" * 100, "z"),
        ],
        "list",
    )
    assert [job.id for job in jobs[:3]] == ["es.a_b.ñandú", "es.a_b.ñandú-2", "mine"]
    assert len(jobs[3].id.encode()) <= 120
    with pytest.raises(UsageError, match="no file name"):
        named([Job("a/b", "x", "y")], "list")
    with pytest.raises(UsageError, match="comes twice"):
        named([Job("a", "x", "y"), Job("a", "z", "y")], "list")


def test_failures_compare_without_their_log() -> None:
    assert Failure("error", "x", "one") == Failure("error", "x", "two")
