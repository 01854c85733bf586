"""Corpora in packed files of so many units: written, read back, damaged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aligner.model import AlignerError, ExportError, MissingExtra, Unit, UsageError
from aligner.workflows.corpus.sets import check_export
from aligner.workflows.corpus.shards import write_shards
from aligner.workflows.corpus.units import corpus_alignments, corpus_units

pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
UNITS = [
    Unit.of(
        "es",
        "en",
        f"frase {n}",
        f"sentence {n}" if n % 9 else "",
        f"d{n // 40}",
        n % 40 + 1,
        "1-1" if n % 9 else "1-0",
        0.5,
        metadata={"licence": "CC0"},
    )
    for n in range(100)
]


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_what_is_written_is_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    assert write_shards(UNITS, name, folder, 30) == 4
    assert len(list(folder.iterdir())) == 4
    assert list(corpus_units([folder])) == UNITS
    assert [a.source.metadata["licence"] for a in corpus_alignments([folder])] == [("CC0",)] * 3
    with pytest.raises(UsageError, match="holds other files"):
        write_shards(UNITS, name, folder, 30)
    # the same bytes every time
    write_shards(UNITS, name, tmp_path / "again", 30)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_nothing_and_other_formats(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing to write"):
        write_shards([], "jsonl", tmp_path / "a", 3)
    with pytest.raises(UsageError, match="tmx is not written in shards"):
        write_shards(UNITS, "tmx", tmp_path / "b", 3)


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_without_pyarrow_it_says_so_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"--shard-size: .*optional part \[parquet\]") as caught:
        check_export([], name, tmp_path / "out", per_pair=False, shard_size=3)
    assert caught.value.hint == "pip install 'aligner[parquet]'"
    assert list(tmp_path.iterdir()) == []


def test_a_packed_file_is_read_wherever_files_are(tmp_path: Path) -> None:
    write_shards(UNITS, "jsonl", tmp_path / "out", 1000)
    (path,) = (tmp_path / "out").iterdir()
    assert len(list(corpus_units([path]))) == 100
    data = path.read_bytes()
    for damaged in (data[: len(data) // 2], data[:40] + bytes(40) + data[80:]):
        path.write_bytes(damaged)
        with pytest.raises(AlignerError):
            list(corpus_units([path]))
