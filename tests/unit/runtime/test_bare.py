"""The work of every day on a system without what only Linux has (`tests/bare`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.reviews import Server
from tests.conftest import CORPORA, ROOT
from tests.unit.review import samples

_BARE = ROOT / "tests" / "bare"
_MAIN = [sys.executable, "-c", "from aligner.cli import main; main()"]
_TEXTS = [str(CORPORA / "interview" / f"{lang}.html") for lang in ("es", "en")]


def environment(*, bare: bool) -> dict[str, str]:
    path = [*([str(_BARE)] if bare else []), str(ROOT)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def command(
    *arguments: object, bare: bool = True, more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*_MAIN, *map(str, arguments)],
        capture_output=True,
        check=False,
        env=environment(bare=bare) | (more or {}),
    )


def good(done: subprocess.CompletedProcess[bytes]) -> bytes:
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_names_are_absent() -> None:
    code = (
        "import os, sys\n"
        "for module in ('fcntl', 'resource'):\n"
        "    try:\n        __import__(module)\n"
        "    except ImportError:\n        pass\n"
        "    else:\n        sys.exit(module)\n"
        "assert not {'sched_getaffinity', 'fork', 'umask', 'sysconf'} & set(dir(os))\n"
        "import multiprocessing, subprocess\n"
        "assert multiprocessing.get_start_method() == 'spawn'\n"
        "try:\n    subprocess.Popen(['true'], pass_fds=(0,))\n"
        "except ValueError:\n    print('absent')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(bare=True), capture_output=True, check=True
    )
    assert done.stdout == b"absent\n"


def test_the_main_job_gives_the_same_bytes(tmp_path: Path) -> None:
    for bare in (False, True):
        folder = tmp_path / ("bare" if bare else "usual")
        folder.mkdir()
        outputs = [
            word
            for name in ("x.tmx", "x.tei.xml", "x.alignment.json", "x.html")
            for word in ("-o", folder / name)
        ]
        good(command("align", *_TEXTS, *outputs, bare=bare))
    assert content(tmp_path / "bare") == content(tmp_path / "usual")


def test_a_build_with_two_workers(tmp_path: Path) -> None:
    for lang, text in zip(("es", "en"), _TEXTS, strict=True):
        (tmp_path / "texts" / lang).mkdir(parents=True)
        for name in "abc":
            shutil.copy(text, tmp_path / "texts" / lang / f"{name}.html")
    for bare in (False, True):
        output = tmp_path / ("bare" if bare else "usual")
        build = ("corpus", "build", tmp_path / "texts", "-o", output, "-s", "es", "-t", "en")
        good(command(*build, "--workers", "2", "--to", "tmx", bare=bare))
    assert content(tmp_path / "bare") == content(tmp_path / "usual")
    assert len(list((tmp_path / "bare" / "pairs").iterdir())) == 3


def test_a_memory(tmp_path: Path) -> None:
    good(command("align", *_TEXTS, "-o", tmp_path / "x.tmx"))
    for bare in (False, True):
        store = tmp_path / f"{bare}.db"
        good(command("memory", "import", tmp_path / "x.tmx", "-m", store, bare=bare))
        good(command("memory", "export", "-o", tmp_path / f"{bare}.tmx", "-m", store, bare=bare))
    assert (tmp_path / "True.tmx").read_bytes() == (tmp_path / "False.tmx").read_bytes()


def test_a_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(bare=True).items():
        monkeypatch.setenv(name, value)
    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    server = Server(path)
    assert server.do(0, "pin", bead=1).status_code == 200
    assert server.do(1, "re-align").status_code in (200, 400)
    second = command("review", "--no-browser", path)
    assert second.returncode == 2
    assert b"another review of this file is open" in second.stderr
    assert server.stop() == 0
    assert json.loads(path.read_bytes())["alignments"][0]["pins"]
    assert {one.name for one in tmp_path.iterdir()} == {path.name, f"{path.name}.journal"}


def test_training_with_two_processes_gives_the_same_weights(tmp_path: Path) -> None:
    """Shares of the examples in two processes, spawned, against one process."""
    code = (
        "import sys\nimport numpy as np\n"
        "from tests.unit.engine.training.test_fit import some_examples\n"
        "from aligner.engine.training.fit import Objective, initial_weights, _pack\n"
        "objective = Objective(some_examples(), 0.01, int(sys.argv[1]))\n"
        "value, gradient, information = objective(_pack(initial_weights()), fisher=True)\n"
        "objective.close()\n"
        "print(repr(value), gradient.tobytes().hex(), information.tobytes().hex())\n"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code, processes],
            env=environment(bare=bare),
            capture_output=True,
            check=True,
        ).stdout
        for processes, bare in (("1", False), ("2", True))
    }
    assert len(made) == 1


def test_an_output_that_another_program_holds_open(tmp_path: Path) -> None:
    held = tmp_path / "x.tmx"
    held.write_bytes(b"old")
    done = command("align", *_TEXTS, "-o", held, more={"ALIGNER_TEST_HELD": str(held)})
    assert done.returncode == 2
    assert done.stderr.count(b"cannot be replaced") == 1
    assert held.read_bytes() == b"old"
    usual = good(command("align", *_TEXTS, "--to", "tmx", "-o", "-"))
    assert (tmp_path / "x.new.tmx").read_bytes() == usual
    assert len(list(tmp_path.iterdir())) == 2


def test_a_console_of_code_page_437(tmp_path: Path) -> None:
    """What it cannot show is escaped; nothing ends in a traceback, and files stay UTF-8."""
    text = tmp_path / "Łódź – ‘naïve’.txt"
    text.write_text("Łódź liegt in Polen. „Ja“, sagte er. 日本語。\n" * 5, encoding="utf-8")
    old = {"PYTHONIOENCODING": "cp437", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for arguments in (
        ("read", text, "-s", "de"),
        ("segment", text, "-s", "de"),
        ("align", text, text, "-o", tmp_path / "x.tmx"),
        ("align", *_TEXTS, "-o", tmp_path / "y.tmx", "-o", tmp_path / "y.html"),
        ("languages",),
        ("read", tmp_path / "Łódź.txt"),
    ):
        done = command(*arguments, more=old)
        assert b"Traceback" not in done.stderr
        assert done.returncode in (0, 2), done.stderr
        assert b"a mistake of this program" not in done.stderr
    good(command("align", *_TEXTS, "-o", tmp_path / "z.tmx"))
    assert (tmp_path / "y.tmx").read_bytes() == (tmp_path / "z.tmx").read_bytes()
