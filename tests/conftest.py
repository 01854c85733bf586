"""Shared ground of all tests: where the texts are, and what to do without outside programs."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: what must be fast has a test that measures it. `.ci/run` draws
# the same examples at each run, so that a change is judged by what it changes; elsewhere they are random.
settings.register_profile("aligner", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("aligner")

# tests read English, whatever the contributor's machine speaks; test_spanish.py asks for Spanish
os.environ["LANGUAGE"] = "en"

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPORA = ROOT / "corpora"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Markers by place: `gold`, `client`, and `slow` for the modules of slow.txt."""
    lines = Path(__file__).with_name("slow.txt").read_text("utf-8").splitlines()
    slow = {line for line in lines if line and not line.startswith("#")}
    for item in items:
        name = item.path.relative_to(ROOT).as_posix()
        for folder in ("gold", "client"):
            if name.startswith(f"tests/{folder}/"):
                item.add_marker(folder)
        if name in slow:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold and real documents beside the project.

    Skips where it is absent, or fails under REQUIRE_SHARED=1.
    """
    return require_shared(SHARED)


def require_shared(path: Path) -> Path:
    """`path` inside the folder `shared`; skips where it is absent, or fails under REQUIRE_SHARED=1."""
    if path.exists():
        return path
    reason = f"{path.relative_to(ROOT.parent)} (gold, real documents) is not on this machine"
    if os.environ.get("REQUIRE_SHARED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def load_script(name: str) -> ModuleType:
    """A script of scripts/ as a module; they import each other by name."""
    folder = str(ROOT / "scripts")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)


def require_program(name: str, package: str) -> str:
    """Path of an outside program.

    Skips naming the Debian package, or fails under REQUIRE_CLIENTS=1.
    """
    found = shutil.which(name)
    if found:
        return found
    return missing_client(f"{name} is not installed: apt-get install {package}")


def missing_client(reason: str) -> str:
    """Skip, or fail where CI promised that the client is there."""
    if os.environ.get("REQUIRE_CLIENTS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
