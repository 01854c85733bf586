"""The same input gives the same bytes in every format: run after run, on one core or two."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.formats import FORMATS, SUFFIXES
from tests.conftest import CORPORA

# pages have no times, which subtitles need
WRITTEN = [suffix for suffix, name in SUFFIXES.items() if not FORMATS[name].needs_times]
PAGES = [str(CORPORA / "interview" / f"{lang}.html") for lang in ("es", "en")]


def align(folder: Path, cores: set[int]) -> dict[str, bytes]:
    """Everything that a run in a process of its own writes, which may use these cores only.

    The number of threads follows the cores (see `embedding.network.on_threads`).
    """
    folder.mkdir()
    outputs = [str(folder / f"out{number}{suffix}") for number, suffix in enumerate(WRITTEN)]
    arguments = [argument for name in outputs for argument in ("-o", name)]
    code = f"import os; os.sched_setaffinity(0, {cores}); from aligner.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "align", *PAGES, *arguments, "--json"],
        capture_output=True,
        check=False,
        # hashes of texts differ from run to run: no order may rest on them
        env={**os.environ, "PYTHONHASHSEED": str(len(cores))},
    )
    assert done.returncode == 0, done.stderr.decode()
    found = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    return found | {"standard output": done.stdout.replace(str(folder).encode(), b"")}


def test_one_core_two_cores_and_again(tmp_path: Path) -> None:
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system cannot bind a process to a core")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        pytest.skip("this machine lends one core only")
    one = align(tmp_path / "one", {cores[0]})
    two = align(tmp_path / "two", set(cores[:2]))
    assert len(one) > len(WRITTEN)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
