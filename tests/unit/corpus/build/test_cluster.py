"""The dask engine: equal output, also where a worker dies on the way."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import Output, build
from tests.unit.corpus.build.test_build import content, make_jobs, run
from tests.unit.corpus.build.work import WORK

pytest.importorskip("distributed", reason="pip install 'aligner[cluster]'")
# dask's own files and sockets at its end are not ours to repair
pytestmark = pytest.mark.filterwarnings("ignore")


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
