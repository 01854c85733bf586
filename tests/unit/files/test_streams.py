"""The one opener: every name a user gives to bytes, as a stream that ends in one sentence."""

import gzip
import io
import os
import random
import sys
import threading
import zipfile
from typing import Any

import pytest

from aligner.files.archives import document_kind
from aligner.files.opening import open_source, open_stream
from aligner.files.streams import MAX_RATIO, gzip_stream, lines
from aligner.files.xml import few_attributes, parse_xml, root_of
from aligner.files.xml_encoding import utf8_stream, utf8_xml
from aligner.files.xml_events import event_parser, events
from aligner.model import AlignerError, Malformed, ReadError, Source
from aligner.workflows.reading import read

TEXT = "".join(f"Línea {n}, «日本語» {n * n}.\n" for n in range(5000)).encode()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "asked"),
    [
        ("a.txt", TEXT, "a.txt"),
        ("a.txt.gz", gzip.compress(TEXT), "a.txt.gz"),
        ("named-otherwise", gzip.compress(TEXT), "named-otherwise"),
        ("a.zip", zipped(a_txt=TEXT, b_txt=b"other"), "a.zip:a.txt"),
        ("b.zip", zipped(a_txt=TEXT), "b.zip"),
        ("c.zip", zipped(a_txt_gz=gzip.compress(TEXT)), "c.zip"),
        ("d.zip.gz", gzip.compress(zipped(a_txt=TEXT)), "d.zip.gz"),
        (
            "m.gz",
            b"".join(gzip.compress(TEXT[k : k + 99]) for k in range(0, len(TEXT), 99)),
            "m.gz",
        ),
        (
            "padded.gz",
            gzip.compress(TEXT[:9]) + bytes(70_000) + gzip.compress(TEXT[9:]),
            "padded.gz",
        ),
    ],
)
def test_every_name_gives_the_same_bytes_whole_and_as_a_stream(
    tmp_path: Any, name: Any, data: Any, asked: Any
) -> None:
    (tmp_path / name).write_bytes(data)
    assert open_source(str(tmp_path / asked)).data == TEXT
    with open_stream(tmp_path / asked, again=True) as stream:
        assert stream.peek(9)[:9] == TEXT[:9]
        assert list(lines(stream, asked)) == TEXT.splitlines(keepends=True)
        stream.seek(0)
        assert stream.read(70_001) == TEXT[:70_001]
        stream.seek(7)
        assert stream.read() == TEXT[7:]
    assert stream.closed


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are Unix's")
@pytest.mark.parametrize("again", [False, True])
def test_a_pipe_is_read_once_or_copied(tmp_path: Any, again: Any) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(gzip.compress(TEXT)))
    writer.start()
    with open_stream(pipe, again=again) as stream:
        assert stream.read() == TEXT
        if again:
            stream.seek(0)
            assert stream.read() == TEXT
    writer.join()


def test_standard_input_is_not_closed(monkeypatch: Any) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT)))
    monkeypatch.setattr(sys, "stdin", stdin)
    with open_stream("-") as stream:
        assert stream.read() == TEXT
    assert not stdin.buffer.closed


def test_any_byte_of_a_gzip_file_flipped_or_cut_is_one_sentence_or_the_same_text(
    tmp_path: Any,
) -> None:
    data = gzip.compress(TEXT[:3000])
    chance = random.Random(1)
    refused = 0
    for number in range(600):
        broken = bytearray(data)
        at = chance.randrange(3, len(data))  # the first three say that it is gzip
        if number % 3:
            broken[at] ^= 1 << chance.randrange(8)
        else:
            del broken[at:]
        try:
            assert gzip_stream(io.BytesIO(bytes(broken)), "a.gz").read() == TEXT[:3000]
        except Malformed as error:
            assert str(error).startswith("a.gz: ")  # noqa: PT017
            refused += 1
    assert refused > 550  # the rest are bits of the header that mean nothing


def test_a_stream_that_unpacks_to_too_much_ends_early() -> None:
    packed = gzip.compress(b" " * 100_000_000)
    stream = gzip_stream(io.BytesIO(packed), "a.gz")
    read = 0
    with pytest.raises(Malformed, match="more than 250 times"):  # noqa: PT012
        while piece := stream.read(1000):
            read += len(piece)
    assert read <= MAX_RATIO * len(packed) < 100_000_000


def test_work_is_linear_in_gzip_members(monkeypatch: Any) -> None:
    import zlib

    class Counted:
        fed = 0

        def __init__(self, *args: Any) -> None:
            self._inner = real(*args)

        def decompress(self, data: bytes, most: int) -> bytes:
            Counted.fed += len(data)
            return self._inner.decompress(data, most)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

    real = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Counted)
    one = gzip.compress(b"a")
    spent = []
    for count in (2000, 20_000):
        Counted.fed = 0
        assert gzip_stream(io.BytesIO(one * count), "a.gz").read() == b"a" * count
        spent.append(Counted.fed / count)
    assert spent[1] < 1.2 * spent[0]


@pytest.mark.parametrize(
    "name",
    ["none.txt", "folder", "nul\0.txt", "half\ud800.txt", "x" * 300, "a.txt:b", "bytes\udce9.txt"],
)
def test_a_name_that_is_no_file_is_one_sentence(tmp_path: Any, name: Any) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").write_bytes(b"text")
    with pytest.raises(ReadError) as caught, open_stream(str(tmp_path / name)):
        pass
    assert str(caught.value).isprintable()


def test_a_line_without_an_end_is_bounded() -> None:
    with pytest.raises(Malformed, match="line 2"):
        list(lines(io.BytesIO(b"short\n" + b"x" * 5000), "a.txt", limit=1000))


KINDS = {
    "epub": {"mimetype": "application/epub+zip\n", "a.opf": "<package/>"},
    "odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"},
    "docx": {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"},
    "xlsx": {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>", "word/note.txt": "no part"},
    "opendocument": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
    "": {"word.txt": "application/epub+zip opendocument.text xl/workbook word/"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", ["", "my book/"])
def test_a_package_is_what_it_holds_however_it_is_packed(kind: Any, folder: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if folder:
            archive.writestr("__MACOSX/._x", b"")
            archive.writestr(f"{folder}.DS_Store", b"")
        for name, data in reversed(KINDS[kind].items()):
            archive.writestr(f"{folder}{name}", data)
    assert document_kind(out.getvalue(), "a.zip") == kind


ENCODINGS = {
    "Shift_JIS": "日本語の文章。",
    "shift-jis": "日本語①",  # a character of the larger set
    "EUC-JP": "日本語",
    "ISO-2022-JP": "日本語",
    "GB2312": "中文句子",
    "GBK": "中文句子镕",
    "GB18030": "中文句子𠀀",
    "Big5": "中文句子",
    "EUC-KR": "한국어 문장",
    "KOI8-R": "Русский",
    "windows-1251": "Русский",
    "ISO-8859-1": "Señor",
    "iso-8859-15": "5 €",
    "windows-1252": "“Señor”",
    "UTF-16": "Señor 日本語",
    "UTF-16LE": "Señor",
    "UTF-32": "Señor 𠀀",
    "utf-8": "Señor 日本語",
    "US-ASCII": "Senor",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("quote", "\"'")
def test_xml_of_any_encoding_reads_alike(encoding: Any, quote: Any) -> None:
    text = ENCODINGS[encoding]
    xml = f"<?xml version={quote}1.0{quote} encoding={quote}{encoding}{quote} ?>\n<a b='{text}'>{text}</a>"
    python = {"shift-jis": "cp932"}.get(encoding, encoding)
    data = xml.encode(python)
    assert parse_xml(data, "a.xml").text == parse_xml(data, "a.xml").get("b") == text
    assert root_of(data) == "a"
    stream = utf8_stream(io.BufferedReader(io.BytesIO(data)), "a.xml")
    assert stream.read() == utf8_xml(data, "a.xml")
    taken: list[str] = []
    parser = event_parser()
    parser.CharacterDataHandler = taken.append
    for _ in events(io.BufferedReader(io.BytesIO(data)), "a.xml", parser):
        pass
    assert "".join(taken) == text


def test_places_in_a_recoded_file_are_its_own() -> None:
    data = "<?xml version='1.0' encoding='Shift_JIS'?><語>\n日本語</話>".encode("cp932")
    with pytest.raises(Malformed) as whole:
        parse_xml(data, "a.xml")
    assert whole.value.line == 2
    with pytest.raises(Malformed) as streamed:
        list(events(io.BufferedReader(io.BytesIO(data)), "a.xml", event_parser()))
    assert streamed.value.line == 2


@pytest.mark.parametrize(
    "label", ["x-none", "base64", "rot13", "idna", "undefined", "a" * 500, "", "é"]
)
def test_an_unknown_encoding_is_one_sentence(label: Any) -> None:
    data = f"<?xml version='1.0' encoding='{label}'?><a/>".encode()
    with pytest.raises(Malformed, match="nobody knows"):
        parse_xml(data, "a.xml")
    with pytest.raises(Malformed, match="nobody knows"):
        utf8_stream(io.BufferedReader(io.BytesIO(data)), "a.xml")
    assert root_of(data) == "a"


def test_bytes_that_are_not_what_the_declaration_says_are_one_sentence() -> None:
    data = b"<?xml version='1.0' encoding='Shift_JIS'?>\n<a>\x81\xff</a>"
    with pytest.raises(Malformed, match="line 2"):
        parse_xml(data, "a.xml")
    with pytest.raises(Malformed, match="line 2"):
        utf8_stream(io.BufferedReader(io.BytesIO(data)), "a.xml").read()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_declaration_that_the_bytes_belie_is_not_believed(mark: Any) -> None:
    data = mark + "<?xml version='1.0' encoding='utf-16'?><a>ñ</a>".encode()
    assert parse_xml(data, "a.xml").text == "ñ"


@pytest.mark.parametrize(
    "content",
    [b"<b c='" + b"x" * 17_000_000 + b"'/>", b"<!--" + b"x" * 17_000_000 + b"-->"],
    ids=["tag", "comment"],
)
def test_one_tag_is_bounded(content: Any) -> None:
    with pytest.raises(Malformed, match="16 MB"):
        list(
            events(
                io.BufferedReader(io.BytesIO(b"<a>" + content + b"</a>")), "a.xml", event_parser()
            )
        )


def test_what_a_caller_holds_of_a_unit_is_bounded() -> None:
    held: list[str] = []
    parser = event_parser()
    parser.CharacterDataHandler = held.append
    data = b"<a>" + b"some text " * 1_200_000 + b"</a>"
    with pytest.raises(Malformed, match="10 million characters"):
        list(
            events(
                io.BufferedReader(io.BytesIO(data)), "a.xml", parser, lambda: sum(map(len, held))
            )
        )


def test_entities_are_refused_in_a_stream_in_any_encoding() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b SYSTEM "c">]><a>&b;</a>'
    with pytest.raises(Malformed, match="entities"):
        list(events(io.BufferedReader(io.BytesIO(xml.encode("utf-16"))), "a.xml", event_parser()))


@pytest.mark.parametrize("suffix", [".tei.xml", ".html"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_attributes_without_end_are_refused_before_they_are_compared(
    suffix: str, quote: str
) -> None:
    attributes = " ".join(f"a{n}={quote}a > b{n}{quote}" for n in range(100_000))
    page = f"<TEI><body>\n<p {attributes}>Some text.</p></body></TEI>".encode()
    with pytest.raises(Malformed, match="line 2: an element with more than 2000 attributes"):
        few_attributes(page, f"a{suffix}")
    with pytest.raises(AlignerError, match="more than 2000 attributes"):
        read(Source(f"a{suffix}", page))


def test_long_text_and_long_values_are_no_attributes() -> None:
    words = " ".join(f"w{n} = {n}" for n in range(50_000))
    page = f'<html><body><p title="{words}">Some text.</p><p>{words}</p></body></html>'
    few_attributes(page.encode(), "a.html")
