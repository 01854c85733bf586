"""Text that was decoded wrongly before it came: told, and repaired where a user asks for it."""

from __future__ import annotations

import io
import zipfile

import pytest

from aligner.model import Document, ReadError, ReadOptions, Source, UsageError
from aligner.model.errors import Malformed
from aligner.text.decoding import decode
from aligner.text.mojibake import remarks, repaired_document, repaired_source, traces
from aligner.workflows.reading import read

WRONG = "La niña y el niño llegan mañana.".encode().decode("cp1252")
RIGHT = "La niña y el niño llegan mañana."


def page(text: str) -> Document:
    return read(Source("a.txt", text.encode()), ReadOptions())


def test_words_are_shown_once_and_not_without_end() -> None:
    assert traces("nothing") == []
    assert traces(f"{WRONG} {WRONG}") == ["niÃ±a", "niÃ±o", "maÃ±ana."]
    assert len(traces(" ".join(f"aÃ±o{n}" for n in range(3000)))) == 1000


def test_what_a_reader_says_is_not_said_again() -> None:
    (told,) = remarks(page(f"{WRONG} Y {WRONG}"))
    assert "wrongly decoded text (mojibake): «niÃ±a», «niÃ±o», «maÃ±ana.»" in told
    (told,) = remarks(page("Uno \ufffd dos"))
    assert told == "a.txt: 1 character was lost before this file was written (U+FFFD)"
    text = "Uno y dos y tres y cuatro. " * 40
    again = read(Source("a.txt", f"{text}\0{text}".encode()), ReadOptions())
    assert [line for line in remarks(again) if "U+FFFD" in line] == list(again.notices)


def test_a_file_is_repaired_and_is_utf_8_then() -> None:
    source, options = repaired_source(Source("a.txt", WRONG.encode()), ReadOptions("utf-8"))
    assert (source.data.decode(), options.encoding) == (RIGHT, "utf-8")


@pytest.mark.parametrize("data", [RIGHT.encode(), b"{\\rtf1 x}", b"%PDF-1.4"])
def test_others_stay(data: bytes) -> None:
    source, options = Source("a", data), ReadOptions()
    assert repaired_source(source, options) == (source, options)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("a", WRONG)
    source = Source("a.docx", packed.getvalue())
    assert repaired_source(source, options) == (source, options)


def test_paragraphs_are_repaired_where_they_need_it() -> None:
    document = page(f"{WRONG}\n\nSin más.")
    assert [p.text for p in repaired_document(document).paragraphs] == [RIGHT, "Sin más."]
    fine = page("Sin más.")
    assert repaired_document(fine) is fine


def test_encodings_that_a_file_declares_or_a_user_names() -> None:
    chinese = "中文的句子。"
    assert decode(chinese.encode("gb18030"), "a", declared="gb2312") == chinese
    assert decode("año".encode("cp1252"), "a", declared="latin1") == "año"
    with pytest.raises(Malformed, match="this is UTF-8, not utf-16-le"):
        decode("abcdef año".encode(), "a", encoding="utf-16-le")
    with pytest.raises(ReadError, match="the file is empty"):
        decode(b" \n", "a")
    with pytest.raises(UsageError, match="klingon"):
        decode(b"abc", "a", encoding="klingon")
