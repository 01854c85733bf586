"""Processes that work for this one: messages, limits, ends."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from aligner.model import ReadError
from aligner.runtime import children, identity
from aligner.runtime.children import Child, Crew, OutOfMemory, TookTooLong, call, mapped

_WORK = "tests.unit.runtime.work"


def test_messages_come_back_and_prints_do_not_mix_with_them() -> None:
    with Child(f"{_WORK}:echo", "uno", "né\udcff") as child:
        assert child.channel.receive() == ("uno", "né\udcff")
        for message in ({"a": [1, 2]}, b"\0" * 3_000_000, "", None):
            child.channel.send(message)
            assert child.channel.receive() == (message, message)


def test_answers_can_wait_in_a_queue() -> None:
    inbox: queue.SimpleQueue[tuple[Child, Any]] = queue.SimpleQueue()
    with Child(f"{_WORK}:echo") as child:
        child.listen(inbox)
        assert inbox.get(timeout=60) == (child, ())
        child.channel.send(1)
        assert inbox.get(timeout=60) == (child, (1, 1))
    assert inbox.get(timeout=60) == (child, Child.ended)


def test_a_busy_child_dies_with_its_parent() -> None:
    code = (
        "import sys\n"
        "from aligner.runtime.children import Child\n"
        f"child = Child('{_WORK}:busy')\n"
        "print(child.channel.receive(), flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    number = int(parent.stdout.readline())
    assert identity.is_running(number)
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 20
    while identity.is_running(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not identity.is_running(number)


def test_a_module_beside_the_texts_is_not_taken_for_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "queue", "aligner"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert call(f"{_WORK}:add", 1, 2) == 3


def test_a_call_returns_or_says_why_not() -> None:
    assert call(f"{_WORK}:add", 1, 2) == 3
    with pytest.raises(ReadError, match="no text in it") as caught:
        call(f"{_WORK}:unreadable")
    assert (caught.value.context, caught.value.hint) == ("a.txt", "add some")
    with pytest.raises(ChildProcessError, match="KeyError: 'a key'"):
        call(f"{_WORK}:broken")
    with pytest.raises(ChildProcessError, match="ended with code 7"):
        call(f"{_WORK}:ended")


def test_a_call_has_limits() -> None:
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        call(f"{_WORK}:endless", seconds=0.5)
    assert time.monotonic() - began < 20
    with pytest.raises(OutOfMemory):
        call(f"{_WORK}:hungry", memory=400 << 20)
    assert call(f"{_WORK}:hungry", memory=2 << 30) == 40


def test_a_memory_limit_holds_where_the_system_keeps_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`resource` is missing, as on Windows: the process watches itself."""
    (tmp_path / "resource.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(OutOfMemory):
        call(f"{_WORK}:hungry", memory=400 << 20)
    assert call(f"{_WORK}:hungry", memory=2 << 30) == 40


def test_many_items_by_several_processes_come_in_order() -> None:
    items = list(range(25))
    made = list(mapped(f"{_WORK}:cores_of", "all", items, 3))
    assert [(common, item) for common, item, _ in made] == [("all", n) for n in items]
    assert list(mapped(f"{_WORK}:cores_of", "all", [], 3)) == []
    with pytest.raises(ReadError, match="the third"):
        list(mapped(f"{_WORK}:bad_at_three", None, items, 2))


def test_a_crew_keeps_its_shares() -> None:
    crew = Crew(f"{_WORK}:summed", [[1, 2], [10], [100, 1]])
    try:
        assert crew.ask(1) == [3, 10, 101]
        assert crew.ask(2) == [6, 20, 202]
    finally:
        crew.close()


def test_an_end_in_words() -> None:
    assert children.ending(3) == "ended with code 3"
    assert children.ending(-int(signal.SIGKILL)) == "was killed by SIGKILL"


def test_who_runs() -> None:
    assert identity.is_running(os.getpid())
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    assert not identity.is_running(done.pid)
    assert identity.is_running(1)
    assert len(identity.place()) == 8
