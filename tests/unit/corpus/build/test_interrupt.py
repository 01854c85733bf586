"""Ctrl-C in a build with workers: one sentence, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import CORPORA


def test_ctrl_c_says_one_thing(tmp_path: Path) -> None:
    texts = [CORPORA / "interview" / f"{lang}.html" for lang in ("es", "en")]
    row = "\t".join(map(str, texts))
    rows = "".join(f"p{n}\t{row}\n" for n in range(300))
    (tmp_path / "pairs.tsv").write_text(f"id\tsource\ttarget\n{rows}", encoding="utf-8")
    command = [sys.executable, "-c", "from aligner.cli import main; main()", "corpus", "build"]
    process = subprocess.Popen(
        [*command, "pairs.tsv", "-o", "out", "--workers", "2"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    finished = tmp_path / "out" / "pairs"
    while process.poll() is None and not (finished.is_dir() and any(finished.iterdir())):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and workers
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert said.startswith("aligner: interrupted: no file is half-written")
    assert said.count("\n") == 1
    assert 0 < len(list(finished.iterdir())) < 300
