"""Every example in a docstring runs, and the public names are what `__all__` says."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import aligner
from aligner.model import program_version

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "aligner").rglob("*.py")
    if re.search(r"^\s*>>> ", path.read_text("utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run_and_none_is_skipped(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    module = importlib.import_module(name)
    assert "doctest: +SKIP" not in Path(module.__file__ or "").read_text("utf-8")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_every_public_name_is_there_and_documented() -> None:
    for name in aligner.__all__:
        value = getattr(aligner, name)
        assert name == "__version__" or value.__doc__
    assert aligner.__version__ == program_version()
    assert set(aligner.__all__) <= set(dir(aligner))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = aligner.nothing


def test_the_import_is_light() -> None:
    heavy = ["numpy", "lxml", "typer", "sentencepiece", "trafilatura"]
    code = f"import aligner, sys; sys.exit(bool(set({heavy}) & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
