"""Data files of the package: there, missing, damaged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aligner.checks.common import judging, trained
from aligner.files.shipped import shipped_json, shipped_text
from aligner.model import ModelError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own, `shipping`."""
    folder = tmp_path / "shipping"
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "shipping", raising=False)
    return folder


def test_what_is_there_is_read(package: Path) -> None:
    (package / "words.json").write_text('{"año": 1}', "utf-8")
    assert shipped_text("shipping", "words.json") == '{"año": 1}'
    assert shipped_json("shipping", "words.json") == {"año": 1}


@pytest.mark.parametrize(
    ("data", "said"),
    [(None, "No such file"), (b"{", "Expecting property name"), (b'{"a\xf1o": 1}', "utf-8")],
)
def test_what_is_damaged_is_named(package: Path, data: bytes | None, said: str) -> None:
    if data is not None:
        (package / "words.json").write_bytes(data)
    with pytest.raises(ModelError) as caught:
        shipped_json("shipping", "words.json", "scripts/make_check_data.py")
    assert said in caught.value.message
    assert caught.value.context == "shipping/words.json"
    assert caught.value.hint == "reinstall aligner, or run scripts/make_check_data.py"
    with pytest.raises(ModelError) as caught:
        shipped_json("shipping", "words.json")
    assert caught.value.hint == "reinstall aligner"


@pytest.mark.parametrize("module", [judging, trained])
def test_the_models_of_the_checks(
    package: Path, monkeypatch: pytest.MonkeyPatch, module: object
) -> None:
    """Their users hear which file it is."""
    del package

    def read(_: str, name: str, made_by: str) -> object:
        return shipped_json("shipping", name, made_by)

    monkeypatch.setattr(module, "shipped_json", read)
    load = judging._judgements if module is judging else trained._all
    load.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"shipping/(judgement|model)\.json"):
            load()
    finally:
        load.cache_clear()
