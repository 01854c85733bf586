"""What others do to the files of a review: nothing of theirs is replaced, nothing of ours is lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from aligner.files import journal_path
from aligner.model import StoreError
from aligner.review import FileChanged, Session
from tests.client.reviews import Server
from tests.unit.review import samples


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return samples.write(samples.small(), tmp_path / "x.alignment.json")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def changed(path: Path) -> bytes:
    """Another program accepts the first bead."""
    whole = json.loads(path.read_bytes())
    whole["alignments"][0]["beads"][0]["status"] = "accepted"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path.read_bytes()


def test_a_file_that_somebody_else_changed_is_left_alone(path: Path) -> None:
    told: list[str] = []
    session = Session(path, samples.tools(), told.append)
    before = path.read_bytes()
    session.act(0, "pin", {"pair": 0, "bead": 1})
    session.save()
    theirs = changed(path)
    session.act(1, "comment", {"pair": 0, "bead": 1, "comment": "see"})
    kept = path.with_name("x.review.alignment.json")
    for _ in range(2):
        with pytest.raises(FileChanged, match=r"the review is kept in x\.review\.alignment\.json"):
            session.save()
        assert path.read_bytes() == theirs != before
    beads = json.loads(kept.read_bytes())["alignments"][0]["beads"]
    assert beads[1]["comment"] == "see"
    assert len(told) == 1
    assert told[0].startswith(f"{path}: it was changed by another program")
    assert session.notice == told[0]
    assert session.unsaved
    lines = session.difference()
    assert any(line.startswith("-") and "[accepted]" in line for line in lines)
    assert any(line.startswith("+") and line.endswith("[auto, see]") for line in lines)
    with pytest.raises(FileChanged):
        session.close()
    assert names(path.parent) == {path.name, kept.name, f"{path.name}.journal"}

    # the person decides for the review: it goes on as if nothing had been
    kept.replace(path)
    again = Session(path, samples.tools())
    assert (again.version, again.unsaved, again.notice) == (2, False, "")
    again.act(2, "undo", {})
    again.close()


def test_a_file_that_was_put_back_is_written_again(path: Path) -> None:
    session = Session(path, samples.tools())
    before = path.read_bytes()
    session.act(0, "pin", {"pair": 0, "bead": 1})
    changed(path)
    with pytest.raises(FileChanged):
        session.save()
    path.write_bytes(before)
    assert session.save()
    assert (session.notice, session.differs) == ("", False)
    session.close()


def test_a_file_that_was_removed_is_written_again(path: Path) -> None:
    session = Session(path, samples.tools())
    session.act(0, "pin", {"pair": 0, "bead": 1})
    path.unlink()
    session.close()
    assert json.loads(path.read_bytes())["alignments"][0]["pins"]


def test_the_names_of_kept_reviews_take_nobody_s_place(path: Path) -> None:
    taken = path.with_name("x.review.alignment.json")
    taken.write_bytes(b"mine")
    session = Session(path, samples.tools())
    session.act(0, "pin", {"pair": 0, "bead": 1})
    changed(path)
    with pytest.raises(FileChanged, match=r"x\.review2\.alignment\.json"):
        session.close()
    assert taken.read_bytes() == b"mine"


def test_a_journal_that_was_removed_is_written_again_and_told(path: Path) -> None:
    told: list[str] = []
    session = Session(path, samples.tools(), told.append)
    session.act(0, "pin", {"pair": 0, "bead": 1})
    session.act(1, "comment", {"pair": 0, "bead": 1, "comment": "see"})
    journal = journal_path(path)
    before = journal.read_bytes()
    journal.unlink()
    session.act(2, "accept", {"pair": 0, "bead": 0})
    assert journal.read_bytes().startswith(before)
    assert len(told) == 1
    assert "the journal was removed while the review is open" in told[0]
    journal.unlink()
    session.close()
    assert journal.exists()
    again = Session(path, samples.tools())
    assert (again.version, again.undo_name) == (3, "accept")
    for version in (3, 4, 5):
        again.act(version, "undo", {})
    again.close()


def test_another_file_in_the_place_of_the_journal(path: Path) -> None:
    session = Session(path, samples.tools())
    session.act(0, "pin", {"pair": 0, "bead": 1})
    journal = journal_path(path)
    journal.rename(path.parent / "moved")
    journal.write_bytes(b"somebody's")
    with pytest.raises(StoreError, match="replaced by another file"):
        session.act(1, "accept", {"pair": 0, "bead": 0})
    assert session.version == 1
    assert journal.read_bytes() == b"somebody's"
    (path.parent / "moved").replace(journal)
    session.act(1, "accept", {"pair": 0, "bead": 0})
    session.close()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_journal_is_as_private_as_its_alignment(mode: int, path: Path) -> None:
    path.chmod(mode)
    session = Session(path, samples.tools())
    session.act(0, "pin", {"pair": 0, "bead": 1})
    assert {one.stat().st_mode & 0o777 for one in path.parent.iterdir()} == {mode}
    journal_path(path).unlink()
    session.act(1, "undo", {})
    session.close()
    assert [one.stat().st_mode & 0o777 for one in path.parent.iterdir()] == [mode, mode]
    path.chmod(0o600)
    Session(path, samples.tools()).close()
    assert journal_path(path).stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(path: Path) -> None:
    link = path.parent / "link.alignment.json"
    link.symlink_to(path.name)
    session = Session(link, samples.tools())
    session.act(0, "pin", {"pair": 0, "bead": 1})
    session.close()
    assert link.is_symlink()
    assert json.loads(path.read_bytes())["alignments"][0]["pins"]


def test_a_review_can_be_left_while_it_is_aligned_again(path: Path) -> None:
    began, go_on = threading.Event(), threading.Event()

    def realign(alignment: object, fixed: object) -> list[object]:
        began.set()
        assert go_on.wait(60)
        raise StoreError("it went on")

    session = Session(path, samples.tools(realign=realign))
    session.act(0, "pin", {"pair": 0, "bead": 1})
    late: list[BaseException] = []

    def ask() -> None:
        try:
            session.act(1, "re-align", {"pair": 0})
        except StoreError as error:
            late.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert began.wait(60)
    assert session.is_computing
    assert session.save()
    session.close()
    go_on.set()
    thread.join()
    assert [str(error) for error in late] == ["it went on"]
    assert not session.is_computing
    with pytest.raises(StoreError, match="the review has ended"):
        session.act(1, "undo", {})


def ended(server: Server, number: int) -> tuple[float, int, str]:
    """Seconds to the end, the exit code and what was printed."""
    began = time.monotonic()
    server.process.send_signal(number)
    _, printed = server.process.communicate(timeout=60)
    server.client.close()
    return time.monotonic() - began, server.process.returncode, printed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_long_re_alignment(number: signal.Signals, tmp_path: Path) -> None:
    path = samples.write(samples.long(4000), tmp_path / "long.alignment.json")
    server = Server(path, "--no-prepare", "--no-check")
    assert server.do(0, "pin", bead=3).status_code == 200

    answers: list[int] = []

    def ask() -> None:
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.post(
                f"{server.url}api/do",
                headers={"x-aligner-review": "1", "content-type": "application/json"},
                json={"version": 1, "action": "re-align", "pair": 0},
                timeout=600,
                trust_env=False,
            )
            answers.append(answer.status_code)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(1)
    seconds, code, printed = ended(server, number)
    asking.join()
    assert 200 not in answers
    assert (code, printed.count("\n")) == (2, 1)
    assert printed.startswith("aligner: interrupted: aligning again was given up")
    assert seconds < 10  # two on a machine that does nothing else: scripts/bench_review.py
    assert json.loads(path.read_bytes())["alignments"][0]["pins"]
    assert names(tmp_path) == {path.name, f"{path.name}.journal"}


def test_a_review_that_is_left_in_peace_ends_in_peace(path: Path) -> None:
    server = Server(path, "--no-prepare")
    assert ended(server, signal.SIGTERM)[1:] == (0, "")
    assert names(path.parent) == {path.name}


def test_the_page_and_the_terminal_are_told(path: Path) -> None:
    server = Server(path, "--no-prepare")
    assert server.do(0, "pin", bead=1).json()["notice"] == ""
    changed(path)
    refused = server.save()
    assert refused.status_code == 500
    assert "it was changed by another program" in refused.json()["error"]
    version = server.client.get("api/version").json()
    assert version["differs"]
    assert version["notice"] == refused.json()["error"].partition(" (look")[0] + (
        " (look at the difference, then keep one of them under this name)"
    )
    lines = server.client.get("api/difference").json()["lines"]
    assert any(line.startswith("-") for line in lines)
    journal_path(path).unlink()
    answer = server.do(1, "accept", bead=0).json()
    assert "the journal was removed" in answer["notice"]
    _, code, printed = ended(server, signal.SIGINT)
    assert code == 2
    assert printed.count("it was changed by another program") == 2  # when it was seen, at the end
    assert "the journal was removed" in printed
    assert "x.review.alignment.json" in printed
    assert "+pin [1]:[1]" in printed.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_an_interruption_before_the_page_is_there_leaves_nothing(path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import os, signal\nfrom aligner.review import serving\n"
        "def serve(*_, **__):\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "serving.serve_session = serve\nfrom aligner.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "review", "--no-browser", "--no-prepare", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert names(path.parent) == {path.name}
