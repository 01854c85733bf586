"""Files made to harm: bounded, and refused with one sentence."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest

from aligner.files.archives import MAX_UNPACKED, Package, gunzip
from aligner.model import AlignerError, Alignment, Malformed, ReadError, ReadOptions, Source
from aligner.workflows.reading import open_source, read, read_alignment
from tests.unit.documents.packages import docx, epub, odt, pack, word_p, xlsx

BOMB = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
)
SECRET = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>"
XML = {
    "tmx": '<tmx version="1.4"><header/><body><tu><tuv xml:lang="es"><seg>{}</seg></tuv></tu></body></tmx>',
    "xliff": '<xliff version="1.2"><file><body><trans-unit><source>{}</source></trans-unit></body></file></xliff>',
    "tei": "<TEI><text><body><p>{}</p></body></text></TEI>",
}


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("doctype", [BOMB + "]>", SECRET + "]>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_file_are_not_expanded(name: str, doctype: str, encoding: str) -> None:
    entity = "&k;" if "ha" in doctype else "&e;"
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{XML[name].format(entity)}'
    with pytest.raises(Malformed, match="declares entities"):
        read(Source(f"a.{name}", text.encode(encoding)))


@pytest.mark.parametrize("name", XML)
def test_outside_dtd_is_not_loaded_and_names_are_known(name: str) -> None:
    doctype = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    document = read(Source(f"a.{name}", (doctype + XML[name].format("a&eacute;&nbsp;b")).encode()))
    assert document.paragraphs[0].text == "aé\u00a0b"
    with pytest.raises(Malformed, match="&wrong;"):
        read(Source(f"a.{name}", (doctype + XML[name].format("&wrong;")).encode()))


def test_entities_inside_packages() -> None:
    body = word_p("Hola.").replace("Hola", "&k;")
    bad = docx(body)
    with zipfile.ZipFile(io.BytesIO(bad)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["word/document.xml"] = BOMB.encode() + b"]>" + members["word/document.xml"]
    with pytest.raises(Malformed, match=r"document\.xml, line 1: the file declares entities"):
        read(Source("a.docx", pack(members)))


@pytest.mark.parametrize("name", XML)
def test_deep_xml(name: str) -> None:
    deep = "<hi>" * 5000 + "x" + "</hi>" * 5000
    with pytest.raises(Malformed, match=r"line 1.*not well-formed.*(depth|nested)"):
        read(Source(f"a.{name}", XML[name].format(deep).encode()))


def test_deep_html() -> None:
    started = time.perf_counter()
    with pytest.raises(ReadError, match=r"a\.html: the page is nested more than 2,000"):
        read(Source("a.html", b"<html><body>" + b"<div>" * 100_000 + b"x"))
    open_ends = read(Source("a.html", b"<html><body>" + b"<b><p>" * 20_000 + b"Hola."))
    assert open_ends.paragraphs[-1].text == "Hola."
    assert time.perf_counter() - started < 30


def test_zip_bomb() -> None:
    bomb = pack({"word/document.xml": b"<a>" + b" " * 50_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(Malformed, match=r"a\.docx:word/document\.xml: unpacks to more than"):
        read(Source("a.docx", bomb))


def test_many_small_bombs_share_one_budget() -> None:
    part = b"ab" * 450_000  # under the free megabyte each
    package = Package(pack({f"m{n}": part for n in range(330)}), "a.zip")
    unpacked = 0

    def read_all() -> None:
        nonlocal unpacked
        for name in package.names:
            unpacked += len(package.read(name))

    with pytest.raises(Malformed, match="unpacks to more"):
        read_all()
    assert MAX_UNPACKED - len(part) <= unpacked <= MAX_UNPACKED < 330 * len(part)


def test_gzip_bomb_and_damage() -> None:
    with pytest.raises(Malformed, match="unpacks to more"):
        gunzip(gzip.compress(b" " * 50_000_000), "a.gz")
    packed = gzip.compress(b"Una frase.")
    assert gunzip(packed + packed, "a.gz") == b"Una frase.Una frase."
    for broken in (packed[:-6], packed[:10] + b"\xff" * 9):
        with pytest.raises(Malformed, match="gzip"):
            gunzip(broken, "a.gz")


@pytest.mark.parametrize("member", ["../secret.txt", "/etc/passwd", "a/../../b.txt", "C:\\x.txt"])
def test_paths_of_members_lead_nowhere(member: str, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(pack({member: "Una frase."}))
    with pytest.raises(ReadError, match="leads out of the archive"):
        open_source(f"{tmp_path}/b.zip:{member}")


def test_paths_inside_packages_lead_nowhere() -> None:
    rels = (
        '<Relationships xmlns="r"><Relationship Id="1" Target="../../../etc/passwd" '
        'Type="http://x/officeDocument"/></Relationships>'
    )
    with pytest.raises(ReadError, match=r"no word/document\.xml"):
        read(Source("a.docx", pack({"_rels/.rels": rels, "word/x.xml": "<a/>"})))
    opf = '<item id="x" href="../../../etc/passwd" media-type="application/xhtml+xml"/>'
    book = pack(
        {
            "a.opf": f"<package><manifest>{opf}</manifest><spine><itemref idref='x'/></spine></package>",
            "../../../etc/passwd": "<p>Una frase.</p>",
        },
        "application/epub+zip",
    )
    with pytest.raises(ReadError, match="leads out of the archive"):
        read(Source("a.epub", book))


def test_damaged_packages() -> None:
    for data in (docx(word_p("Hola.")), odt("<text:p>Hola.</text:p>"), epub("<p>Hola.</p>")):
        for cut in range(30, len(data), 97):
            with pytest.raises(AlignerError):
                read(Source("a.docx", data[:cut]))


def test_locked_package() -> None:
    data = bytearray(odt("<text:p>Hola.</text:p>"))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"content.xml"))
    data[at + 8] |= 1
    with pytest.raises(Malformed, match="locked with a password"):
        read(Source("a.odt", bytes(data)))


LONG = {
    "txt": "palabra " * 130_000,
    "md": "*a* [b](c) " * 40_000,
    "html": "<html><p>" + "<i>a</i> b " * 95_000,
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n" + "<i>a</i> {\\i1} " * 70_000,
    "ass": "[Script Info]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,"
    + "{\\i1}a{\\p1}b{\\p0}" * 60_000,
    "po": 'msgid "' + "a \\n " * 200_000 + '"\nmsgstr ""\n',
    "tsv": "a b\t" * 250_000,
    "csv": "a b," * 250_000,
    "jsonl": '{"text": "' + "a " * 500_000 + '"}',
    "rtf": "{\\rtf1 " + "{\\b a}\\'e9\\u233? " * 60_000 + "}",
    "tmx": XML["tmx"].format("<bpt i='1'>x</bpt>a <ept i='1'/>" * 30_000),
    "tei": XML["tei"].format("<hi rend='bold'>a</hi> b " * 40_000),
    "ttml": '<tt><head><region xml:id="r">'
    + "<style/>" * 20_000
    + '</region></head><body><div><p begin="1s">'
    + '<span region="r">a</span> b ' * 20_000
    + "</p></div></body></tt>",
    "groups.rtf": "{\\rtf1 " + "{" * 1_000_000,
    "dashes.srt": "1\n00:00:01,000 --> 00:00:02,000\n" + "- a\n" * 100_000,
    "notes.md": "[^1]" * 120_000,
    "mojibake.txt": "Ã©" * 250_000,
}


REFUSED = {"tsv", "csv", "groups.rtf"}


@pytest.mark.parametrize("name", LONG)
def test_a_very_long_line(name: str) -> None:
    started = time.process_time()
    source = Source(f"a.{name}", LONG[name].encode())
    try:
        document = read(source, ReadOptions(fix_mojibake="moji" in name))
    except AlignerError as error:
        said = str(error)
    else:
        said = ""
        assert sum(len(paragraph.text) for paragraph in document.paragraphs) > 50_000
    assert bool(said) == (name in REFUSED)
    assert len(said) < 1500
    assert time.process_time() - started < 20


def _cell(reference: str, text: str) -> str:
    row = "".join(filter(str.isdigit, reference))
    value = f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{row}">{value}</row>'


HEAD = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


@pytest.mark.parametrize("size", ["A1", "A1:B2", "A1:XFD1048576"])
def test_a_sheet_may_lie_about_its_size(size: str) -> None:
    """What lies outside is read all the same, and what is not there takes no time."""
    started = time.process_time()
    far = _cell("A2", "Uno.") + _cell("B300000", "Two.")
    alignment = read_alignment(Source("a.xlsx", xlsx(HEAD + far, "es", "en", size=size)))
    assert isinstance(alignment, Alignment)
    texts = [[s.text for s in side.segments] for side in (alignment.source, alignment.target)]
    assert texts == [["Uno."], ["Two."]]
    assert time.process_time() - started < 5


@pytest.mark.parametrize("reference", ["XFD2", "XFD1048576", "A99999999", "B1048577"])
def test_a_sheet_without_end(reference: str) -> None:
    started = time.process_time()
    data = xlsx(HEAD + _cell(reference, "Lejos."), "es", "en", size="A1:XFD1048576")
    with pytest.raises(Malformed, match="larger than a table of texts"):
        read_alignment(Source("a.xlsx", data))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="x"><c r="A1"/></row>',
        '<row r="1"><c r="!!" t="n"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="n"><v>one</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>never</v></c></row>',
        "<row",
    ],
)
def test_damaged_sheets(rows: str) -> None:
    """Whatever the library stumbles over is one sentence."""
    with pytest.raises(AlignerError) as found:
        read_alignment(Source("a.xlsx", xlsx(rows, "es")))
    assert str(found.value).startswith("a.xlsx")
