"""kill -9 of the review server at random moments: what was confirmed is there afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra [review] is not installed")

import httpx

from aligner.model import UsageError
from aligner.review.session import Session
from aligner.review.views import session_view
from tests.client.reviews import Server
from tests.unit.review import samples

MOMENTS = int(os.environ.get("REVIEW_KILLS", "3"))  # scripts/bench_review.py runs 20


def test_no_confirmed_action_is_lost(tmp_path: Path) -> None:
    """A second session, never killed, does each confirmed action too: both must agree."""
    path = samples.write(samples.long(60), tmp_path / "x.alignment.json")
    replica = Session(
        samples.write(samples.long(60), tmp_path / "replica.alignment.json"), samples.tools()
    )
    rng = random.Random(20)
    flying: dict[str, object] = {}  # the action without an answer
    done = 0
    for moment in range(MOMENTS + 1):
        server = Server(path, "--no-prepare", "--no-check")
        try:
            review = server.review()
            assert replica.version <= review["version"] <= replica.version + 1
            if review["version"] > replica.version:
                replica.act(replica.version, str(flying["action"]), flying)
            for part in ("texts", "pairs", "undo", "redo"):
                assert review[part] == session_view(replica)[part]
            if moment == MOMENTS:
                assert server.stop() == 0
                break
            killer = threading.Timer(
                rng.uniform(0.02, 0.5), os.kill, (server.process.pid, signal.SIGKILL)
            )
            killer.start()
            try:
                while True:
                    if rng.random() < 0.1:
                        server.save()
                    flying = _any_action(rng, replica.version)
                    answer = server.do(replica.version, **flying)  # type: ignore[arg-type]
                    if answer.status_code == 200:
                        replica.act(replica.version, str(flying["action"]), flying)
                        done += 1
                    else:
                        with pytest.raises(UsageError):
                            replica.act(replica.version, str(flying["action"]), flying)
            except httpx.HTTPError:
                killer.join()
        finally:
            server.kill()
    assert done > MOMENTS
    replica.close()
    # what both wrote in the end is the same alignment, byte by byte
    assert path.read_bytes() == replica.path.read_bytes()
    json.loads(path.read_bytes())


def _any_action(rng: random.Random, version: int) -> dict[str, object]:
    actions = ["accept", "merge", "move", "comment", "null", "undo", "split-text", "redo"]
    return {
        "action": rng.choice(actions),
        "pair": 0,
        "bead": rng.randrange(40),
        "step": rng.choice([-1, 1]),
        "side": rng.randrange(2),
        "comment": f"note {version}",
        "text": 0,
        "segment": rng.randrange(40),
        "offset": rng.randrange(1, 30),
    }
