"""The sentences of ../shared/cases/segmentation, by `aligner segment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_expected_segments(cases: Path, run: Any, tmp_path: Path) -> None:
    rows = (cases / "segmentation" / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]
    wrong = []
    for row in rows:
        lang, text, segments = row.split("\t")
        Path(tmp_path, "case.txt").write_text(text + "\n", encoding="utf-8")
        done = run("segment", "case.txt", "--source-lang", lang)
        assert done.code == 0, done.err
        if done.out.splitlines() != segments.split("|"):
            wrong.append((lang, segments, done.out))
    assert rows
    assert wrong == []
