"""Old Word documents: what is told of them, and what LibreOffice is held to. What it makes of real
ones is in tests/client.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from aligner.model import AlignerError, Limits, ReadError, ReadOptions, Source, UnknownFormat
from aligner.runtime import identity
from aligner.workflows.reading import read
from tests.unit.documents.packages import docx, word_p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
WORD = OLE + "WordDocument".encode("utf-16-le") + b"\0" * 500
OPTIONS = ReadOptions(limits=Limits(seconds=20))

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the program in its place is a shell script"
)


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of LibreOffice, to be written."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return folder / "soffice"


def _is(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    path.chmod(0o755)


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("aligner.documents.office.doc._PLACES", ())
    for name in ("a.doc", "a.dot", "a.xyz", "a.docx"):
        with pytest.raises(
            ReadError, match=rf"{name}: an old Word document.*save it as \.docx, or"
        ):
            read(Source(name, WORD))


def test_it_is_read_as_docx(soffice: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx(word_p("Una frase.") + word_p("Otra.")))
    _is(soffice, f"cp {made} text.docx")
    document = read(Source("a.doc", WORD), OPTIONS)
    assert [p.text for p in document.paragraphs] == ["Una frase.", "Otra."]
    assert document.digest == hashlib.sha256(WORD).hexdigest()
    assert (document.origin, document.id) == ("a.doc", "a")
    assert "LibreOffice" in document.notices[0]


def test_it_gets_the_file_a_profile_of_its_own_and_no_macros(soffice: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    _is(soffice, f'echo "$@" > {seen}/arguments; cp -r . {seen}/folder')
    with pytest.raises(
        ReadError, match=r"a\.doc: LibreOffice cannot open it \(it ended with code 0"
    ):
        read(Source("a.doc", WORD), OPTIONS)
    assert (seen / "folder" / "text.doc").read_bytes() == WORD
    assert "-env:UserInstallation=file:///" in (seen / "arguments").read_text(encoding="utf-8")
    settings = seen / "folder" / "profile" / "user" / "registrymodifications.xcu"
    assert "DisableMacrosExecution" in settings.read_text(encoding="utf-8")


def test_a_program_without_end_is_ended(soffice: Path, tmp_path: Path) -> None:
    number = tmp_path / "number"
    _is(soffice, f"echo $$ > {number}; sleep 600")
    started = time.monotonic()
    with pytest.raises(
        ReadError, match="converting it with LibreOffice takes longer than 2 seconds"
    ):
        read(Source("a.doc", WORD), ReadOptions(limits=Limits(seconds=2)))
    assert time.monotonic() - started < 15
    end = time.monotonic() + 10
    process = int(number.read_text(encoding="ascii"))
    while identity.is_running(process) and time.monotonic() < end:
        time.sleep(0.05)
    assert not identity.is_running(process)


def test_another_file_of_office_is_no_word_document() -> None:
    with pytest.raises(UnknownFormat, match=r"a\.doc: .*an OLE file without a Word document"):
        read(Source("a.doc", OLE))
    with pytest.raises(UnknownFormat, match=r"save it as \.xlsx or \.csv"):
        read(Source("a.xls", OLE))
    with pytest.raises(UnknownFormat, match=r"a\.doc: .*no OLE file.*save it as \.docx"):
        read(Source("a.doc", b"Una frase."))


@pytest.mark.parametrize("name", ["a.docx", "a.doc"])
def test_a_locked_document(name: str) -> None:
    with pytest.raises(AlignerError, match=rf"{name}: locked with a password"):
        read(Source(name, OLE + "EncryptedPackage".encode("utf-16-le")))


def test_what_is_asked_for_by_name_and_is_no_old_word_file() -> None:
    source = Source("a.bin", b"hello")
    with pytest.raises(AlignerError, match="a word processor's file is not segmented text"):
        read(source, ReadOptions(segmented=True), "doc")
    with pytest.raises(AlignerError, match="no old Word document"):
        read(source, ReadOptions(), "doc")
