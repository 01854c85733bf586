"""The dask engine: equal output, also where a worker dies on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import Output, build
from aligner.model import MachineError
from tests.unit.corpus.build.test_build import ROOT, content, make_jobs, run
from tests.unit.corpus.build.work import WORK

pytest.importorskip("distributed", reason="pip install 'aligner[cluster]'")
# dask's own files and sockets at its end are not ours to repair
pytestmark = pytest.mark.filterwarnings("ignore")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_two_workers_and_one_of_them_killed(tmp_path: Path) -> None:
    from aligner.corpus.build.cluster import DaskRunner

    jobs = make_jobs(tmp_path / "in", [*(f"text {n} " * 3 for n in range(40)), "unreadable", "bug"])
    settings: dict[str, Any] = {"journal": str(tmp_path / "journal"), "pause": 0.05}
    kept = {"pause": 0.05}
    run(jobs, tmp_path / "local", settings)
    killed: list[int] = []
    with DaskRunner(WORK, settings, 2) as engine, Output.open(tmp_path / "out", kept) as output:

        def progress(tally: Any) -> None:
            if tally.done == 5 and not killed:
                worker = next(iter(engine.cluster.workers.values()))
                killed.append(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)

        tally = build(jobs, output, engine, progress=progress)
    assert killed
    assert (tally.done, tally.failed) == (40, 2)
    assert content(tmp_path / "out") == content(tmp_path / "local")


def test_a_scheduler_that_is_killed_ends_the_run_and_blames_no_pair(tmp_path: Path) -> None:
    from aligner.corpus.build.cluster import DaskRunner

    jobs = make_jobs(tmp_path / "in", [f"text {n} " * 3 for n in range(30)])
    settings: dict[str, Any] = {"journal": str(tmp_path / "journal"), "pause": 0.1}
    run(jobs, tmp_path / "local", settings)
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    port = free_port()
    scheduler = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"tcp://127.0.0.1:{port}"
    options = ["--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--death-timeout", "5"]
    workers = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", address, *options],
        env={**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "False", "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def progress(tally: Any) -> None:
        if tally.done == 3:
            os.killpg(scheduler.pid, signal.SIGKILL)

    try:
        with (
            DaskRunner(WORK, settings, address=address, patience=5) as engine,
            Output.open(tmp_path / "out", {"pause": 0.1}) as output,
            pytest.raises(MachineError, match="Dask"),
        ):
            build(jobs, output, engine, progress=progress, pauses=(0.1,))
    finally:
        for process in (scheduler, workers):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert not any(p.name == "failures.tsv" for p in (tmp_path / "out").iterdir())
    tally = run(jobs, tmp_path / "out", settings)
    assert tally.skipped >= 3
    assert content(tmp_path / "out") == content(tmp_path / "local")


def test_both_workers_killed(tmp_path: Path) -> None:
    """Their nannies start others: what they had in hand is done by these."""
    from aligner.corpus.build.cluster import DaskRunner

    jobs = make_jobs(tmp_path / "in", [*(f"text {n} " * 3 for n in range(20)), "unreadable"])
    settings: dict[str, Any] = {"journal": str(tmp_path / "journal"), "pause": 0.05}
    run(jobs, tmp_path / "local", settings)
    killed: list[int] = []
    with (
        DaskRunner(WORK, settings, 2) as engine,
        Output.open(tmp_path / "out", {"pause": 0.05}) as output,
    ):

        def progress(tally: Any) -> None:
            if tally.done == 5 and not killed:
                for worker in engine.cluster.workers.values():
                    killed.append(worker.pid)
                    os.kill(worker.pid, signal.SIGKILL)

        tally = build(jobs, output, engine, progress=progress)
    assert len(killed) == 2
    assert (tally.done, tally.failed) == (20, 1)
    assert content(tmp_path / "out") == content(tmp_path / "local")
