"""What browsers save: MHTML, views of a source, folders beside a page, AMP."""

from __future__ import annotations

import base64
import quopri
import tracemalloc
from html import escape
from pathlib import Path

import pytest

from aligner.model import Malformed, ReadError, ReadOptions, Source
from aligner.workflows.reading import open_source, read

PAGE = (
    "<html lang='es'><head><title>Una página</title></head><body><h1>Una página</h1>"
    "<p>El niño comió en el jardín y después volvió a casa con su madre.</p></body></html>"
)
SENTENCE = "El niño comió en el jardín y después volvió a casa con su madre."


def part(
    body: str, charset: str = "utf-8", how: str = "quoted-printable", *, head: str = ""
) -> bytes:
    data = body.encode(charset)
    coded = {
        "quoted-printable": quopri.encodestring(data),
        "base64": base64.encodebytes(data),
        "8bit": data,
    }[how]
    kind = f"Content-Type: text/html; charset={charset}\r\n"
    return f"{kind}Content-Transfer-Encoding: {how}\r\n{head}\r\n".encode() + coded


def mhtml(*parts: bytes, start: str = "") -> bytes:
    named = f'start="<{start}>"; ' if start else ""
    head = (
        "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; {named}boundary="=_b"\r\n\r\n'
    )
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n"
    body = b"".join(b"--=_b\r\n" + one + b"\r\n" for one in (*parts, picture))
    return head.encode() + body + b"--=_b--\r\n"


def texts(data: bytes, name: str = "a.mhtml") -> list[str]:
    return [p.text for p in read(Source(name, data)).paragraphs]


@pytest.mark.parametrize("how", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.eml", "a"])
def test_the_page_of_an_archive(how: str, charset: str, name: str) -> None:
    assert texts(mhtml(part(PAGE, charset, how)), name) == ["Una página", SENTENCE]


def test_a_message_of_one_part_and_of_alternatives() -> None:
    single = b"From: x\nMIME-Version: 1.0\n" + part(PAGE, how="base64")
    assert texts(single, "a.mht") == ["Una página", SENTENCE]
    plain = b"Content-Type: text/plain\r\n\r\nEl texto sin marcas.\r\n"
    both = mhtml(plain, part(PAGE)).replace(b"multipart/related", b"multipart/alternative")
    assert texts(both) == ["Una página", SENTENCE]


def test_the_start_of_an_archive_need_not_be_its_first_page() -> None:
    frame = part("<html><body><p>Un anuncio cualquiera.</p></body></html>")
    data = mhtml(frame, part(PAGE, head="Content-ID: <main@x>\r\n"), start="main@x")
    document = read(Source("a.mhtml", data))
    assert document.paragraphs[-1].text == SENTENCE
    assert "a frame is left out" in document.notices[0]


def test_a_page_that_is_only_a_frame() -> None:
    outer = part("<html><body><iframe src='cid:f@x'></iframe></body></html>")
    inner = part(PAGE, head="Content-ID: <f@x>\r\nContent-Location: http://a/f.html\r\n")
    document = read(Source("a.mhtml", mhtml(outer, inner)))
    assert document.paragraphs[-1].text == SENTENCE
    assert "in a frame: http://a/f.html is read" in document.notices[0]


def test_archives_without_a_page_and_without_an_end() -> None:
    with pytest.raises(ReadError, match=r"a\.mhtml: the MIME message holds no page"):
        read(Source("a.mhtml", mhtml()))
    deep = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n" + "".join(
        f"--b{n}\nContent-Type: multipart/related; boundary=b{n + 1}\n\n" for n in range(5000)
    )
    with pytest.raises(Malformed, match=r"a\.mhtml: a MIME message nested too deep"):
        read(Source("a.mhtml", deep.encode()))


FIREFOX = (
    '<html><head><title>https://a.org/</title><link rel="stylesheet" href="viewsource.css"></head>'
    '<body id="viewsource" class="highlight" style="-moz-tab-size: 4"><pre id="line1">{}</pre>'
    "</body></html>"
)
CHROMIUM = (
    '<html><head><meta name="color-scheme" content="light dark"></head><body><div '
    'class="line-gutter-backdrop"></div><form><label class="line-wrap-control">Line wrap</label>'
    "</form><table><tbody>{}</tbody></table></body></html>"
)


def test_the_source_as_firefox_shows_it() -> None:
    lines = [f"<span>{escape(line)}\n<span id='line2'></span></span>" for line in PAGE.split("<p>")]
    shown = FIREFOX.format("".join(lines[:1]) + "<span>&lt;<span>p</span>&gt;</span>" + lines[1])
    document = read(Source("a.html", shown.encode()))
    assert [p.text for p in document.paragraphs] == ["Una página", SENTENCE]
    assert document.lang == "es"
    assert "view of a page's source" in document.notices[0]


def test_the_source_as_chromium_shows_it() -> None:
    rows = "".join(
        f'<tr><td class="line-number" value="{n}"></td><td class="line-content"><span>'
        f"{escape(line)}</span></td></tr>"
        for n, line in enumerate(PAGE.replace("<p>", "\n<p>").split("\n"))
    )
    assert texts(CHROMIUM.format(rows).encode(), "a.html") == ["Una página", SENTENCE]


def test_a_view_of_what_is_no_page_stays_what_it_is() -> None:
    shown = FIREFOX.format("<span>let a = 1;</span>")
    document = read(Source("a.html", shown.encode()))
    assert not any("view of" in line for line in document.notices)
    named = PAGE.replace("<body>", '<body id="viewsource">')
    assert texts(named.encode(), "a.html") == ["Una página", SENTENCE]


def test_a_complete_page_and_the_folder_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "página_archivos"
    folder.mkdir()
    page = tmp_path / "página.html"
    page.write_text('<html><body><iframe src="./página_archivos/saved_resource.html">', "utf-8")
    (folder / "saved_resource.html").write_text(PAGE, "utf-8")
    with pytest.raises(ReadError, match=r"only frames: \./página_archivos/saved_resource\.html"):
        read(open_source(str(page)))
    with pytest.raises(ReadError, match=r"a folder, not a file .*page beside it: .*página\.html"):
        open_source(str(folder))
    with pytest.raises(ReadError, match=r"a folder, not a file \(name a file;"):
        open_source(str(tmp_path))
    assert read(open_source(str(folder / "saved_resource.html"))).paragraphs[-1].text == SENTENCE


def test_amp_pages() -> None:
    noise = (
        "<amp-sidebar id='s'><ul><li><a href='/'>Inicio</a></li></ul></amp-sidebar>"
        "<amp-consent><p>Usamos cookies.</p></amp-consent>"
        "<amp-ad type='x'><div fallback>Publicidad</div></amp-ad>"
        "<amp-img src='a.jpg' alt='Una foto'><noscript><img src='a.jpg' alt='Una foto'></noscript></amp-img>"
    )
    page = PAGE.replace("<html", "<html ⚡").replace("<p>", f"{noise}<p>")
    for body in ("article", "full"):
        document = read(Source("a.html", page.encode()), ReadOptions(html_body=body))
        assert [p.text for p in document.paragraphs] == ["Una página", SENTENCE]
    assert {d.text for d in document.dropped} >= {"Inicio", "Usamos cookies.", "Publicidad"}


def test_pictures_of_an_archive_are_not_decoded() -> None:
    """Nor kept in the parser, which takes many times their size."""
    picture = (
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8g\r\n" * 200_000
    )
    data = mhtml(picture, part(PAGE), picture)
    tracemalloc.start()
    try:
        assert texts(data) == ["Una página", SENTENCE]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.5 * len(data)
