"""The process that reads a large TMX: same units, same errors, nothing left behind by a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner.memory import Memory, memory_statistics
from aligner.model import InternalError, Malformed
from aligner.workflows.memory import ahead, storing
from aligner.workflows.unit_files import open_units
from aligner.workflows.unit_streams import selected
from tests.unit.memory.test_memory import ROOT

HEAD = '<tmx version="1.4"><header srclang="en"/><body>'
UNITS = 5000  # more than a megabyte: what is parsed at a time


def tmx(path: Path, tail: str = "</body></tmx>") -> Path:
    units = (
        f'<tu><prop type="x-document">d{n // 50}</prop><prop type="x-score">0.5</prop>'
        f'<prop type="x-label">a\u00f1o</prop><tuv xml:lang="en"><seg>The boat number {n}.</seg></tuv>'
        f'<tuv xml:lang="zh"><seg>\u7b2c{n}\u8258\u8239 \U0001f6a2</seg></tuv></tu>\n'
        for n in range(UNITS)
    )
    path.write_text(HEAD + "".join(units) + tail)
    return path


def test_the_same_units_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmx(tmp_path / "a.tmx")
    assert path.stat().st_size > 1 << 20
    with open_units(str(path)) as stream, ahead.read_ahead(path) as chosen:
        assert chosen.header == stream.header
        assert list(chosen) == list(selected(stream))
    with ahead.read_ahead(path, "en", "fr") as chosen:
        assert list(chosen) == []
        assert chosen.there == {"en-zh": UNITS}
    monkeypatch.setattr(storing, "_LARGE", 0)
    with Memory(tmp_path / "m.db", write=True) as memory:
        loaded = storing.import_file(memory, path)
        assert (loaded.new, loaded.units) == (UNITS, UNITS)
        assert storing.import_file(memory, path).skipped == UNITS
        assert memory_statistics(memory)["documents"] == UNITS // 50


def test_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_LARGE", 0)
    path = tmx(tmp_path / "a.tmx", "</tu>")
    with Memory(tmp_path / "m.db", write=True) as memory:
        with pytest.raises(Malformed, match=rf"a\.tmx, line {UNITS + 1}"):
            storing.import_file(memory, path)
        assert memory_statistics(memory)["units"] == UNITS  # what is before the broken place


def test_a_reader_that_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **more: object) -> None:
            super().__init__(*arguments, **more)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(storing, "_LARGE", 0)
    path = tmx(tmp_path / "a.tmx")
    with Memory(tmp_path / "m.db", write=True) as memory:
        monkeypatch.setattr(subprocess, "Popen", Noted)
        with pytest.raises(InternalError, match="was killed by SIGKILL"):
            storing.import_file(memory, path, progress=lambda _: started[0].kill())
        monkeypatch.undo()
        there = memory_statistics(memory)["units"]
        assert 0 < there < UNITS
        loaded = storing.import_file(memory, path)
        assert (loaded.skipped, loaded.new) == (there, UNITS - there)


def test_the_reader_ends_with_its_parent(tmp_path: Path) -> None:
    path = tmx(tmp_path / "a.tmx")
    code = (
        "import os, signal, subprocess\n"
        "from pathlib import Path\n"
        "from aligner.workflows.memory import ahead\n"
        "class Noted(subprocess.Popen):\n"
        "    def __init__(self, *arguments, **more):\n"
        "        super().__init__(*arguments, **more)\n"
        "        print(self.pid, flush=True)\n"
        "subprocess.Popen = Noted\n"
        f"with ahead.read_ahead(Path({str(path)!r})) as chosen:\n"
        "    next(iter(chosen))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, check=False
    )
    assert done.returncode == -signal.SIGKILL
    reader = int(done.stdout)
    for _ in range(100):
        try:
            os.kill(reader, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the reader still runs")
