"""Web archives: which record is meant, encodings undone, damage told."""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path

import pytest

from aligner.model import Malformed, MissingExtra, ReadError
from aligner.workflows.reading import open_source, read

pytest.importorskip("warcio", reason="needs the optional part [warc]")

PAGE = "<p>El ni\u00f1o comi\u00f3 en el jard\u00edn.</p>"  # no <html>: only the media type tells
SENTENCE = "El ni\u00f1o comi\u00f3 en el jard\u00edn."


class Archive:
    """An archive being written, a gzip member a record as crawlers do."""

    def __init__(self, *, packed: bool = True) -> None:
        self._records: list[bytes] = []
        self._packed = packed
        self.add("http://a.org/robots.txt", b"User-agent: *", "text/plain")
        self.add("http://a.org/a.png", b"\x89PNG", "image/png")
        self.add("http://a.org/gone", PAGE.encode(), "text/html", status="404 Not Found")
        self.add("http://a.org/es", b"", "text/html", kind="request")

    def add(
        self,
        address: str,
        body: bytes,
        media: str,
        *,
        kind: str = "response",
        status: str = "200 OK",
        **headers: str,
    ) -> Archive:
        named = {"Content-Type": media, **{k.replace("_", "-"): v for k, v in headers.items()}}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        first = "GET / HTTP/1.1" if kind == "request" else f"HTTP/1.1 {status}"
        block = body if kind == "resource" else f"{first}\r\n{lines}\r\n".encode() + body
        held = media if kind == "resource" else f"application/http; msgtype={kind}"
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(self._records)}>\r\n"
            f"Content-Type: {held}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        self._records.append(head.encode() + block + b"\r\n\r\n")
        return self

    def save(self, folder: Path, name: str = "crawl.warc.gz") -> str:
        path = folder / name
        path.write_bytes(
            b"".join(map(gzip.compress, self._records) if self._packed else self._records)
        )
        return str(path)


def texts(name: str) -> list[str]:
    return [p.text for p in read(open_source(name)).paragraphs]


@pytest.mark.parametrize("packed", [True, False])
def test_the_only_text_of_an_archive(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed=packed).add("http://a.org/", PAGE.encode(), "text/html; charset=utf-8")
    name = archive.save(tmp_path, "crawl.warc.gz" if packed else "crawl.warc")
    assert texts(name) == [SENTENCE]
    assert open_source(name).name == f"{name}:http://a.org/"


def test_members_are_named_by_their_addresses(tmp_path: Path) -> None:
    archive = Archive()
    for number in range(6):
        archive.add(
            f"http://a.org:80/{number}?q=1:2", f"<p>N\u00ba {number}.</p>".encode(), "text/html"
        )
    name = archive.save(tmp_path)
    assert texts(f"{name}:http://a.org:80/3?q=1:2") == ["N\u00ba 3."]
    with pytest.raises(
        ReadError, match=r"more than 4 texts: name one .*crawl.*/0\?q=1:2, .*/3\?q="
    ):
        open_source(name)
    with pytest.raises(ReadError, match=r"http://b: there is no such record.*for|no such record"):
        open_source(f"{name}:http://b")
    assert open_source(f"{name}:http://a.org/a.png").data == b"\x89PNG"


def test_two_texts_and_none(tmp_path: Path) -> None:
    archive = Archive()
    with pytest.raises(ReadError, match="holds no page or text"):
        open_source(archive.save(tmp_path))
    archive.add("http://a.org/1", b"<p>Uno.</p>", "text/html").add(
        "http://a.org/2", b"Dos.", "text/plain"
    )
    name = archive.save(tmp_path)
    with pytest.raises(ReadError, match="a web archive of 2 texts"):
        open_source(name)
    assert texts(f"{name}:http://a.org/2") == ["Dos."]


def test_the_charset_of_the_response_wins(tmp_path: Path) -> None:
    body = f"<meta charset='utf-8'>{PAGE}".encode("cp1252")
    archive = Archive().add("http://a.org/", body, "text/html; charset=windows-1252")
    assert texts(archive.save(tmp_path)) == [SENTENCE]


def test_encodings_are_undone(tmp_path: Path) -> None:
    body = PAGE.encode()
    deflate = zlib.compressobj(wbits=-15)
    ways: list[tuple[bytes, dict[str, str]]] = [
        (gzip.compress(body), {"Content_Encoding": "gzip"}),
        (gzip.compress(body), {"Content_Encoding": "x-gzip"}),
        (zlib.compress(body), {"Content_Encoding": "deflate"}),
        (deflate.compress(body) + deflate.flush(), {"Content_Encoding": "deflate"}),
        (
            b"5\r\n" + body[:5] + b"\r\n%x\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n",
            {"Transfer_Encoding": "chunked"},
        ),
        (body, {"Content_Encoding": "identity"}),
    ]
    for data, headers in ways:
        name = (
            Archive()
            .add("http://a.org/", data, "text/html; charset=utf-8", **headers)
            .save(tmp_path)
        )
        assert texts(name) == [SENTENCE]
    name = Archive().add("http://a.org/", b"x", "text/html", Content_Encoding="br").save(tmp_path)
    with pytest.raises(ReadError, match="packed with br, which is not read"):
        open_source(name)


def test_resources_and_ids(tmp_path: Path) -> None:
    name = (
        Archive().add("file:///a.txt", b"Una frase.", "text/plain", kind="resource").save(tmp_path)
    )
    assert texts(name) == ["Una frase."]
    assert open_source(f"{name}:urn:uuid:4").data == b"Una frase."


def test_a_bomb_in_a_record(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    name = Archive().add("http://a.org/", bomb, "text/html", Content_Encoding="gzip").save(tmp_path)
    with pytest.raises(Malformed, match=r"http://a\.org/: unpacks to more than"):
        open_source(name)


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" + b"a" * 40_000_000,
        b"WARC/9.9\r\nX: y\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n",
        b"filedesc://x 0 0 0\n",
    ],
)
def test_damaged_archives(tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    with pytest.raises(
        (Malformed, ReadError), match=r"a\.warc: (?:a|the) (?:damaged )?web archive"
    ):
        open_source(str(path))
    assert capsys.readouterr().err == ""


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = Archive().save(tmp_path)
    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(
        MissingExtra, match=r"optional part \[warc\].*pip install 'aligner\[warc\]'"
    ):
        open_source(name)
