"""Lines of large files, read piece by piece: encodings, marks, what cannot be read."""

from __future__ import annotations

import codecs
import io

import pytest

from aligner.model import AlignerError, Malformed
from aligner.text import lines
from aligner.text.lines import text_lines

TEXT = ["año uno\n", "dos\n", "\n", "tres, sin fin"]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a megabyte is seven bytes, so that characters and line ends are cut."""
    monkeypatch.setattr(lines, "_PIECE", 7)


def read(data: bytes, encoding: str | None = None, file: io.BytesIO | None = None) -> list[str]:
    return list(text_lines(file or io.BytesIO(data), "a.txt", encoding))


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("cp1252", "cp1252"),
        ("utf-16-le", "utf-16-le"),
        ("utf-8", "utf-8"),
    ],
)
def test_the_same_lines_in_every_encoding(codec: str, said: str | None) -> None:
    assert read("".join(TEXT).encode(codec), said) == TEXT
    # ends of lines of Windows are those of others
    assert read("".join(TEXT).replace("\n", "\r\n").encode(codec), said) == TEXT


def test_marks_of_the_other_byte_order() -> None:
    for mark, codec in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")):
        assert read(mark + "".join(TEXT).encode(codec)) == TEXT


class Stream(io.BytesIO):
    """Standard input: it cannot be read twice."""

    def seekable(self) -> bool:
        return False


def test_what_cannot_be_read_twice_is_utf_8() -> None:
    assert read(b"", file=Stream("".join(TEXT).encode())) == TEXT
    with pytest.raises(Malformed, match=r"byte 9 \(0xf1\) cannot be read as utf-8") as caught:
        read(b"", file=Stream(b"uno\ndos a\xf1o\ntres\n"))
    assert caught.value.hint == "name the encoding with --encoding"


def test_others_are_guessed_from_the_whole() -> None:
    sentence = "La niña no durmió aquella noche, y mañana volverá a la montaña.\n"
    assert read(sentence.encode("cp1252") * 3) == [sentence] * 3


def test_zero_bytes_are_no_text() -> None:
    with pytest.raises(AlignerError, match="binary file"):
        read(b"abc\0def\0ghi\n" * 40)


def test_an_encoding_that_there_is_not() -> None:
    with pytest.raises(AlignerError, match="klingon"):
        read("".join(TEXT).encode(), "klingon")


def test_a_line_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_LONGEST", 50)
    assert read(b"x" * 45) == ["x" * 45]
    with pytest.raises(Malformed, match="a line of more than 50 characters"):
        read(b"x" * 70)
