"""The hooks of pre-commit call what is there, and all that scripts/check calls."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

yaml: Any = pytest.importorskip("yaml", reason="PyYAML is not installed: pip install pyyaml")


def hooks() -> list[dict[str, Any]]:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    # `local`: what a hook runs is in this repository, and nothing is fetched
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    made: list[dict[str, Any]] = config["repos"][0]["hooks"]
    return made


def tools() -> set[str]:
    """What scripts/check can be asked for."""
    script = (ROOT / "scripts" / "check").read_text("utf-8")
    listed = re.search(r"^  all \| ([a-z |-]+)\) ;;$", script, re.MULTILINE)
    assert listed is not None
    return set(listed[1].split(" | "))


def test_each_hook_names_a_script_that_is_there() -> None:
    for hook in hooks():
        program, *rest = hook["entry"].split()
        assert hook["language"] == "script"
        assert os.access(ROOT / program, os.X_OK), hook["id"]
        assert rest == [hook["id"]]
        assert {"id", "name", "entry", "pass_filenames"} <= hook.keys()
        assert hook["pass_filenames"] is False


def test_the_hooks_are_the_tools_of_scripts_check() -> None:
    assert {hook["id"] for hook in hooks()} == tools()


def test_a_tool_that_is_none_is_refused() -> None:
    tools_of_this_python = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [ROOT / "scripts" / "check", "black"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": tools_of_this_python},
    )
    assert done.returncode == 2
    assert "there is no tool black" in done.stderr
