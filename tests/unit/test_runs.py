"""Dated runs of measurements, tests/benchmark/runs: each says of what, when, where, and what came out."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, load_script

load_script("licences")  # scripts/ can be imported from here on
record = importlib.import_module("_bench._record")
RUNS = sorted(record.RUNS.glob("*"))
KEYS = {
    "date": str,
    "commit": str,
    "command": str,
    "processor": str,
    "cores": int,
    "system": str,
    "python": str,
    "load": list,
    "tables": list,
    "output": list,
}
TABLE = ["before", "| a | b |", "|---|:-:|", "| 1 | 2 x |", "| 3 |  |", "", "|x|", "|-|", "|y|"]


def test_there_are_runs() -> None:
    assert RUNS


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.name)
def test_a_run_says_what_was_measured(path: Path) -> None:
    run = json.loads(path.read_text(encoding="utf-8"))
    assert {key: type(value) for key, value in run.items()} == KEYS
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)-([a-z_]+)(-\d+)?\.json", path.name)
    assert found
    assert found[1] == run["date"] == dt.date.fromisoformat(run["date"]).isoformat()
    assert run["command"].split()[:2] == ["scripts/bench", found[2]]
    assert (ROOT / f"scripts/_bench/{found[2]}.py").exists() or (
        ROOT / f"scripts/bench_{found[2]}.py"
    ).exists()
    assert re.fullmatch(r"[0-9a-f]{7,}( and changes)?", run["commit"])
    assert run["tables"] == record.tables_of(run["output"])
    assert all(len(row) == len(t["columns"]) for t in run["tables"] for row in t["rows"])
    assert len(run["load"]) == 2
    # no machine's own places
    assert not re.search(r"(?<![\w.~<])/(?:home|root|work|tmp|Users|usr)/", json.dumps(run))


def test_tables_are_taken_apart() -> None:
    assert record.tables_of(TABLE) == [
        {"columns": ["a", "b"], "rows": [["1", "2 x"], ["3", ""]]},
        {"columns": ["x"], "rows": [["y"]]},
    ]


def test_runs_of_a_day_are_numbered(tmp_path: Path) -> None:
    place = str(ROOT / "corpora" / "interview")
    run = record.run_of("startup", ["-n", "3", place], "\n".join(TABLE) + "\n", 1.26)
    names = [record.write_run(run, "startup", tmp_path).name for _ in range(2)]
    assert names == [f"{run['date']}-startup.json", f"{run['date']}-startup-2.json"]
    assert json.loads((tmp_path / names[0]).read_text(encoding="utf-8")) == run
    assert run["command"] == "scripts/bench startup -n 3 corpora/interview"
    assert run["load"][0] == 1.3
    assert {key: type(value) for key, value in run.items()} == KEYS


def test_a_run_that_ends_with_an_exit_code_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measurements say 1 where a bar is missed: what they printed is a run like any other."""
    script = tmp_path / "short.py"
    script.write_text('import sys\nprint("one line")\nsys.exit(1)\n', encoding="utf-8")
    bench = SourceFileLoader("bench", str(ROOT / "scripts" / "bench")).load_module()
    written: list[dict[str, Any]] = []

    def kept(run: dict[str, Any], name: str) -> Path:
        written.append(run)
        return Path(ROOT / "tests" / f"{name}.json")

    monkeypatch.setattr(bench, "known", lambda: {"short": script})
    monkeypatch.setattr(record, "write_run", kept)
    monkeypatch.setattr("sys.argv", ["scripts/bench", "short", "--record"])
    monkeypatch.setattr("sys.path", list(sys.path))
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert ended.value.code == 1
    assert [run["output"] for run in written] == [["one line"]]
