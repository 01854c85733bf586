"""Writing: a file appears whole or not at all, and what stood there stays when a run fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aligner.files import FileSink, StdoutSink, atomic
from aligner.model import ExportError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_appears_before_the_commit(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "out.tei.xml")
    with sink.open() as out:
        out.write(b"main")
    with sink.open(".es.xml") as out:
        out.write(b"sibling")
    assert sink.name(".es.xml") == "out.es.xml"
    assert sink.paths == (tmp_path / "out.tei.xml", tmp_path / "out.es.xml")
    assert not any((tmp_path / name).exists() for name in ("out.tei.xml", "out.es.xml"))
    assert sink.commit() == (tmp_path / "out.tei.xml", tmp_path / "out.es.xml")
    assert sink.commit() == ()
    assert names(tmp_path) == ["out.es.xml", "out.tei.xml"]
    assert (tmp_path / "out.es.xml").read_bytes() == b"sibling"


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    old = tmp_path / "out.tmx"
    old.write_bytes(b"old")

    def fail() -> None:
        with atomic(old) as out:
            out.write(b"half of the new")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["out.tmx"]
    with atomic(old) as out:
        out.write(b"new")
    assert old.read_bytes() == b"new"
    assert names(tmp_path) == ["out.tmx"]


def test_discard_leaves_nothing(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "out.tmx")
    with sink.open() as out:
        out.write(b"x")
    sink.discard()
    assert names(tmp_path) == []
    assert sink.commit() == ()


def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic(tmp_path / "out") as out:
            out.write(b"x")
        assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)


def test_folders_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot write"), atomic(tmp_path / "no" / "out"):
        pass


def test_a_folder_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").write_bytes(b"x")
    with pytest.raises(ExportError, match="cannot write"), atomic(tmp_path / "out") as out:
        out.write(b"x")
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["kept"]


def test_standard_output_waits_for_the_commit(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    sink = StdoutSink()
    with sink.open() as out:
        out.write("größer\n".encode())
    assert capfdbinary.readouterr().out == b""
    assert sink.commit() == ()
    assert sink.commit() == ()
    assert capfdbinary.readouterr().out == "größer\n".encode()


def test_standard_output_that_fails(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = StdoutSink()
    with sink.open() as out:
        out.write(b"half")
    sink.discard()
    sink.commit()
    assert capfdbinary.readouterr().out == b""
    with pytest.raises(ExportError, match="several files"):
        sink.name(".es.xml")
    with sink.open() as out:
        out.write(b"x")
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(ExportError, match="standard output is closed"):
        sink.commit()


def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.tmx"
    os.mkfifo(pipe)
    with pytest.raises(ExportError, match="not a file"), FileSink(pipe).open():
        pass
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe.tmx"]
