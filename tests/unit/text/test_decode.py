"""Which encoding a file is in, and what is said of files that are no text."""

from __future__ import annotations

import pytest

from aligner.model import Malformed, ReadError, ReadOptions, Source, UsageError
from aligner.text.decoding import decode
from aligner.text.mojibake import remarks
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


ICELANDIC = "Það er þessi maður sem fór á fjörðinn í gær og sá ýmislegt þar, æðislegt."
CZECH = "Žluťoučký kůň úpěl ďábelské ódy, a pak se vrátil domů, když už byla tma."
HUNGARIAN = "Az öreg ember bement a házba, és leült az ősi asztalhoz; később fűtött."
SIGNS = "All rights reserved © by the harbour office; it was 38 °C, give or take ± 2."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "cp850"),
        (SPANISH, "mac_roman"),
        ("Não há razão para a ação: é só uma questão de coração, São Paulo.", "cp850"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (HUNGARIAN, "cp1250"),
        (RUSSIAN, "koi8-r"),
        ("Είπε ότι η γέφυρα θα χτιστεί μέχρι την άνοιξη.", "cp1253"),
        ("Köprünün ilkbahara kadar yapılacağını söyledi, ama şaşırdı.", "cp1254"),
        ("彼は橋が春までに建てられると言ったが、誰も彼を信じなかった。", "shift_jis"),
        ("그는 다리가 봄까지 지어질 것이라고 말했지만 아무도 믿지 않았다.", "euc_kr"),
        ("café", "cp1252"),
    ],
)
def test_what_is_no_more_than_a_guess_is_told(text: str, encoding: str) -> None:
    notices: list[str] = []
    assert decode(text.encode(encoding), "a.txt", notices=notices) == text
    assert len(notices) == 1
    assert "a.txt: read as" in notices[0]
    assert "--encoding" in notices[0]


@pytest.mark.parametrize("text", [SPANISH, SIGNS, ICELANDIC, "Större öar på sjön, så är det här."])
def test_windows_western_is_sure_where_everything_fits(text: str) -> None:
    notices: list[str] = []
    assert decode(text.encode("cp1252"), "a.txt", notices=notices) == text
    assert notices == []


def test_a_few_damaged_bytes_are_shown_as_browsers_do() -> None:
    data = (SPANISH.encode() + b"\n") * 3 + b"El ni\xf1o, el\x80 fin.\n" + SPANISH.encode()
    notices: list[str] = []
    text = decode(data, "a.html", declared="utf-8", notices=notices)
    assert "El ni\ufffdo, el\ufffd fin." in text
    assert text.count(SPANISH) == 4
    at = data.index(b"\xf1")
    assert len(notices) == 1
    assert notices[0].startswith("a.html: 2 bytes are not utf-8, read as U+FFFD: ")
    assert f"0xf1 in line 4 (byte {at}), 0x80 in line 4 (byte {at + 6})" in notices[0]


def test_damage_in_a_declared_or_named_encoding_is_no_refusal_either() -> None:
    data = ("Ж" * 600).encode("cp1251") + b"\x98" + ("Ж" * 600).encode("cp1251")
    for named, declared in (("cp1251", ""), (None, "windows-1251")):
        notices: list[str] = []
        text = decode(data, "a.html", encoding=named, declared=declared, notices=notices)
        assert text.count("Ж") == 1200
        assert text.count("\ufffd") == 1
        assert "0x98 in line 1 (byte 600)" in notices[0]


def test_more_than_a_little_damage_is_refused() -> None:
    with pytest.raises(Malformed):
        decode(b"\xff\xfe\xfd" * 50 + b"abc", "a.html", encoding="utf-8", notices=[])


def test_many_damaged_bytes_are_counted() -> None:
    line = (SPANISH * 20).encode()
    notices: list[str] = []
    decode(b"\n".join([line + b"\xf1"] * 8), "a.txt", notices=notices)
    assert notices[0].startswith("a.txt: 8 bytes are not utf-8")
    assert notices[0].endswith(" and 3 more")


def test_a_stray_zero_byte_is_told() -> None:
    notices: list[str] = []
    data = (SPANISH * 3).replace("piñas", "pi\0ñas", 1).encode()
    assert "pi\ufffdñas" in decode(data, "a.html", notices=notices)
    assert notices == ["a.html: 1 byte is zero, read as U+FFFD: 0x00 in line 1 (byte 27)"]
    with pytest.raises(ReadError, match="binary"):
        decode(data, "a.html")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\r\nb\r\r\n\r\r\nc", "a\nb\n\nc"),
        (b"a\rb\r\rc", "a\nb\n\nc"),
        (b"a\r\nb\nc\rd", "a\nb\nc\nd"),
        (b"a\r\r\nb\nc\nd\ne", "a\n\nb\nc\nd\ne"),
    ],
)
def test_line_ends_translated_twice(data: bytes, text: str) -> None:
    assert decode(data, "t") == text


def test_a_reader_passes_the_notice_on() -> None:
    page = f"<html><head><meta charset=utf-8></head><body><p>{SPANISH * 3}".encode()
    document = read(Source("a.html", page + b" fin \xf1.</p></body></html>"))
    assert [line for line in remarks(document) if "U+FFFD" in line] == list(document.notices)
    assert len(document.notices) == 1


def test_two_encodings_in_one_file_are_not_guessed_to_be_one() -> None:
    data = SPANISH.encode() + b"\xff\xfe\n" + SPANISH.encode("cp1252")
    with pytest.raises(Malformed, match="no other encoding is sure"):
        decode(data, "a.txt", notices=[])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_damaged_text_of_wide_characters(encoding: str, mark: str) -> None:
    """What follows the bad bytes has no mark of its own that would say the order of bytes."""
    order = f"{encoding}-le" if encoding.count("-") == 1 else encoding
    wide = 2 if "16" in encoding else 4
    bad = b"\x00\xd8" if order.endswith("-le") else b"\xd8\x00"
    bad = bad + b"\0\0" if wide == 4 and order.endswith("-le") else bad
    data = (mark + SPANISH).encode(order) + bad + SPANISH.encode(order)
    notices: list[str] = []
    text = decode(data, "a.txt", encoding=encoding, notices=notices)
    assert text.count("\ufffd") in (1, 2)
    assert text.startswith(SPANISH[:20])
    assert text.endswith(SPANISH[-20:])
    assert len(notices) == 1
    assert "read as U+FFFD" in notices[0]


CROATIAN = (
    "Prvu sam knjigu sastavio o svemu što je činio i učio do dana kad je uznesen pošto je dao upute "
    "onima koje je izabrao. Rekao im je da čekaju obećanje i da ne odlaze iz grada."
)


def test_a_language_of_several_names() -> None:
    """The detector parts Croatian between hr, bs and sr."""
    assert decode(CROATIAN.encode("cp1250"), "a.txt", notices=[]) == CROATIAN


def test_signs_that_open_do_not_follow_letters() -> None:
    """0x95 is ò in cp850 and a bullet in cp1252; 0x92 is Æ in cp850 and an apostrophe in cp1252."""
    dos = "Trovò un pezzo di legno e lo portò a casa, dove lo lasciò per terra."
    assert decode(dos.encode("cp850"), "a.txt", notices=[]) == dos
    windows = "C’era una volta un pezzo di legno."
    assert decode(windows.encode("cp1252"), "a.txt", notices=[]) == windows
