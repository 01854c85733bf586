"""Which encoding a file is in, and what is said of files that are no text."""

from __future__ import annotations

import pytest

from aligner.model import Malformed, ReadError, ReadOptions, Source, UsageError
from aligner.text.decoding import decode
from aligner.workflows.reading import read

SPANISH = "El niño pequeño comió piñas; «mañana», dijo, y se fue a la habitación."
CHINESE = "河湾县的木匠老何今年七十二岁，他说自己一辈子只做过三件后悔的事，第一件是没有学会写信。"
RUSSIAN = "Он сказал, что мост построят к весне, но никто ему не поверил."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "utf-8"),
        (SPANISH, "utf-8-sig"),
        (SPANISH, "utf-16"),
        (SPANISH, "utf-16-le"),
        (SPANISH, "utf-16-be"),
        (SPANISH, "utf-32"),
        (SPANISH, "cp1252"),
        ("Niño – “sí”", "cp1252"),
        ("L’été dernier, « déjà », à l’hôtel…", "cp1252"),
        ("Größe, Übermut und Straße", "cp1252"),
        (CHINESE, "gb18030"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "t") == text


def test_users_word_wins() -> None:
    data = "Žluťoučký kůň".encode("iso8859-2")
    assert decode(data, "t", encoding="iso8859-2") == "Žluťoučký kůň"
    assert (
        read(Source("a.txt", data), ReadOptions(encoding="iso8859-2")).paragraphs[0].text
        == "Žluťoučký kůň"
    )


def test_declared_encoding_comes_before_the_guess() -> None:
    data = "Mąż poszedł".encode("iso8859-2")
    assert decode(data, "t", declared="iso-8859-2") == "Mąż poszedł"


@pytest.mark.parametrize("label", ["ISO-8859-1", "latin1", "us-ascii"])
def test_latin1_label_means_windows(label: str) -> None:
    assert decode("“sí”".encode("cp1252"), "t", declared=label) == "“sí”"


def test_line_ends() -> None:
    assert decode(b"a\r\nb\rc\n", "t") == "a\nb\nc\n"


def test_undecodable_names_the_byte() -> None:
    with pytest.raises(Malformed, match=r"byte 9 \(0xff\) cannot be read as utf-8.*--encoding"):
        decode(b"012345678\xff", "t", encoding="utf-8")


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    data = SPANISH.encode()
    with pytest.raises(Malformed, match=rf"byte {len(data)} \(0xff\) does not fit UTF-8"):
        decode(data + b"\xff", "t")


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13"])
def test_no_such_encoding(name: str) -> None:
    with pytest.raises(UsageError, match="no text encoding"):
        decode(b"abc", "t", encoding=name)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04....word/document.xml", "Word document"),
        (b"PK\x03\x04....mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\x03\x04....other", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "old Word"),
        (b"\x89PNG\r\n\x1a\n\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0", "JPEG"),
        (b"GIF89a\x01", "GIF"),
        (b"{\\rtf1 Hola}", "RTF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"texto\0con ceros\0\0", "binary file .byte 5"),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_binary_files_are_named(data: bytes, what: str, suffix: str) -> None:
    with pytest.raises(ReadError, match=f"{what}.*text.*export its text"):
        read(Source(f"a.{suffix}", data), format=suffix)


@pytest.mark.parametrize(
    "data", [b"BZh is how the note began.", b"RIFF is a word too, in capitals."]
)
def test_words_that_look_like_magic_are_text(data: bytes) -> None:
    assert decode(data, "t") == data.decode()
