"""The command, formats by content, schemas, hostile files, and that time is linear in the size."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from aligner.formats.json.lines import lines_of
from aligner.formats.validation import format_of, validate
from aligner.model import Malformed, ReadError, UsageError
from tests.unit.formats.validation.defects import CLEAN, JSON, NAMES, TMX


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def codes(path: Path, *more: Any) -> list[tuple[str, int]]:
    return [(f.code, f.line) for f in validate(path, *more)]


@pytest.mark.parametrize("fmt", CLEAN)
def test_content_says_the_format(fmt: str) -> None:
    assert format_of("x", CLEAN[fmt].encode()) == fmt
    assert format_of("x", b"\xef\xbb\xbf" + CLEAN[fmt].encode()) == fmt
    if fmt != "json":
        assert format_of("x", CLEAN[fmt].encode("utf-16")) == fmt
    assert format_of(NAMES[fmt], b"") in (fmt, "xliff")


def test_other_formats_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="<html>"):
        list(validate(write(tmp_path, "x.html", "<html/>")))
    with pytest.raises(ReadError, match="no such file"):
        list(validate(tmp_path / "no.tmx"))
    with pytest.raises(UsageError, match="no check"):
        list(validate(write(tmp_path, "x.tmx", TMX), "pdf"))
    damaged = write(tmp_path, "x.tmx.gz", b"\x1f\x8b\x08\x00aaaaaaaaaaaaaaaaa")
    with pytest.raises(Malformed, match=r"x\.tmx\.gz.*damaged"):
        list(validate(damaged))


TEI_TEXT = '<text xml:lang="es"><body><p><s xml:id="s1">A.</s></p></body></text>'
TEI_NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"<TEI {TEI_NS}>{TEI_TEXT}</TEI>", "E101"),
        (f"<teiCorpus {TEI_NS}><TEI><teiHeader/>{TEI_TEXT}</TEI></teiCorpus>", "E101"),
        (f"<body {TEI_NS}/>", "E001"),
        (f"<TEI.2><teiHeader/>{TEI_TEXT}</TEI.2>", ""),
        (f"<TEI><teiHeader/>{TEI_TEXT}</TEI>", "E002"),
        (f"<TEI {TEI_NS}><teiHeader/>{TEI_TEXT.replace('<body>', '<body>lost')}</TEI>", "E012"),
    ],
)
def test_an_edition_without_its_parts(text: str, found: str, tmp_path: Path) -> None:
    made = {code for code, _ in codes(write(tmp_path, "a.tei.xml", text), "tei")}
    assert found in made if found else not made & {"E001", "E002"}


def test_encodings(tmp_path: Path) -> None:
    utf16 = TMX.replace('"UTF-8"', '"UTF-16"').replace("no calla.", "no calla. ")
    assert codes(write(tmp_path, "a.tmx", utf16.encode("utf-16"))) == [("T307", 6)]
    latin = TMX.replace('"UTF-8"', '"ISO-8859-1"').replace("calla.", "calló. ")
    assert codes(write(tmp_path, "b.tmx", latin.encode("latin-1"))) == [("T307", 6)]
    wrong = TMX.replace("calla", "calló").encode("latin-1")
    assert codes(write(tmp_path, "c.tmx", wrong)) == [("X006", 6)]
    crlf = TMX.replace("no calla.", "no calla. ").replace("\n", "\r\n")
    assert codes(write(tmp_path, "d.tmx", crlf)) == [("T307", 6)]
    assert codes(write(tmp_path, "e.tmx", "")) == [("X001", 1)]


def test_several_controls_and_what_comes_after(tmp_path: Path) -> None:
    text = TMX.replace("no calla", "no\x0b\x0ccalla&#31;").replace("never quiet.", "quiet. ")
    found = list(validate(write(tmp_path, "a.tmx", text)))
    assert [(f.code, f.line, f.unit) for f in found] == [
        ("X002", 6, "u1"),
        ("X002", 6, "u1"),
        ("X002", 6, "u1"),
        ("T307", 7, "u1"),
    ]
    allowed = TMX.replace("no calla", "no&#9;calla&#xE000;&#x1F600;")
    assert codes(write(tmp_path, "b.tmx", allowed)) == []


@pytest.mark.parametrize("cut", [65530, 65533, 65536])
def test_references_over_the_edge_of_a_block(cut: int, tmp_path: Path) -> None:
    head, rest = TMX.split("El viento")
    text = head + "x" * (cut - len(head.encode())) + "&#x1; y" + rest
    assert codes(write(tmp_path, "a.tmx", text)) == [("X002", 6)]


def test_hostile_files_end_at_once(tmp_path: Path) -> None:
    few = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    short = TMX.replace('"UTF-8"?>', f'"UTF-8"?>{few}').replace("El viento", "&b;")
    assert codes(write(tmp_path, "a.tmx", short)) == []
    many = "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcd", "bcde", strict=True))
    bomb = short.replace(few, f'<!DOCTYPE tmx [<!ENTITY a "ha">{many}]>')
    assert codes(write(tmp_path, "a.tmx", bomb)) == [("X003", 1)]
    outside = f'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    assert codes(write(tmp_path, "b.tmx", TMX.replace("?>", f"?>{outside}"))) == [("X003", 1)]
    named = TMX.replace("?>", '?><!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert codes(write(tmp_path, "c.tmx", named)) == []
    deep = "<tmx>" + "<a>" * 100_000
    assert codes(write(tmp_path, "d.tmx", deep))[-1] == ("T000", 1)
    assert codes(write(tmp_path, "e.alignment.json", "[" * 200_000), "json") == [("J001", 0)]
    junk = '{"format": "aligner-alignment", "version": 1, "documents": [3], "alignments": [4]}'
    assert [c for c, _ in codes(write(tmp_path, "f.alignment.json", junk))] == ["J101", "J101"]


def test_lines_of_json() -> None:
    text = '{"a": [1,\n 2, {"b": []}],\n "c": "x,y]"\n, "d": {}}'
    paths = [(), ("a",), ("a", 1), ("a", 2, "b"), ("c",), ("d",), ("a", 7), ("zz", 1)]
    assert [lines_of(text, paths)[path] for path in paths] == [1, 1, 2, 2, 3, 4, 1, 1]
    assert json.loads(text)


def test_pointers_into_files_beside(tmp_path: Path) -> None:
    links = CLEAN["tei"].replace("#en.s", "en.xml#en.s")
    found = list(validate(write(tmp_path, "a.tei.xml", links)))
    assert {f.code for f in found} == {"E205"}
    write(tmp_path, "en.xml", CLEAN["tei"])
    assert list(validate(tmp_path / "a.tei.xml")) == []
    write(tmp_path, "en.xml", CLEAN["tei"].replace('"en.s2"', '"en.s7"'))
    assert [(f.code, f.line) for f in validate(tmp_path / "a.tei.xml")] == [("E204", 13)]


RNG = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="tmx">
<attribute name="version"/><element name="body"><text/></element></element></start></grammar>"""


def test_schema_of_the_user(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tmx", TMX)
    found = list(validate(path, "", write(tmp_path, "own.rng", RNG)))
    assert found
    assert {(f.code, f.advice) for f in found} == {("S001", "see own.rng")}
    with pytest.raises(UsageError, match="cannot be used"):
        list(validate(path, "", write(tmp_path, "bad.rng", "<a/>")))
    with pytest.raises(UsageError, match="not known"):
        list(validate(path, "", write(tmp_path, "own.rnc", "a")))
    with pytest.raises(UsageError, match="for XML"):
        list(validate(write(tmp_path, "a.alignment.json", JSON), "", tmp_path / "own.rng"))


def test_official_schemas(shared: Path, tmp_path: Path) -> None:
    schemas = shared / "schemas"
    path = write(tmp_path, "a.tmx", TMX)
    assert list(validate(path, "", schemas / "tmx14.dtd")) == []
    bad = write(tmp_path, "b.tmx", TMX.replace("<note>a note</note>", "<remark/>"))
    assert {f.code for f in validate(bad, "", schemas / "tmx14.dtd")} == {"T010", "S001"}


def test_time_is_linear(tmp_path: Path) -> None:
    """Ten times the units take about ten times the time, in every format that grows."""
    head, unit, tail = _grown()
    spent = []
    for count in (500, 5_000):
        body = "".join(unit.replace("N0", str(n)) for n in range(count))
        path = write(tmp_path, f"{count}.tmx", head + body + tail)
        start = time.process_time()
        assert list(validate(path)) == []
        spent.append(time.process_time() - start)
    assert spent[1] < 40 * max(spent[0], 0.01)


def _grown() -> tuple[str, str, str]:
    start, end = TMX.index("<tu "), TMX.index("</body>")
    unit = TMX[start : TMX.index("</tu>") + 6].replace('"u1"', '"uN0"')
    return TMX[:start], unit, TMX[end:]


def test_a_namespace_with_a_space_is_none_of_our_business(tmp_path: Path) -> None:
    """It is no URI, but the file is well-formed, and tools load it."""
    spaced = TMX.replace("<tmx ", '<tmx xmlns:g="my own: words" ')
    assert all(code != "X001" for code, _ in codes(write(tmp_path, "a.tmx", spaced)))
