"""One suite that every writer passes: what users may throw at it and what may never come out."""

from __future__ import annotations

import ast
import csv
import html
import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree
from pyarrow import parquet

from aligner.files import FileSink
from aligner.formats import SUFFIXES, WRITERS, WriteOptions, format_of, write
from aligner.formats.json.read import read_alignment
from aligner.formats.tables.write_csv import FORMULA
from aligner.model import (
    Alignment,
    AlignmentSet,
    Document,
    ExportError,
    ReadError,
    Source,
    UsageError,
    as_set,
    rows_of,
)
from aligner.text.output import joined
from aligner.text.rich import clean
from aligner.workflows.alignment_files import open_alignment
from tests.unit.formats.samples import (
    SUFFIX,
    FailingSink,
    bead,
    document,
    export,
    flat,
    interview,
    one_to_one,
    trilingual,
)

# subtitles need times, which no text here has: see tests/unit/formats/test_subtitles.py
TIMED = ("srt", "vtt", "ttml", "both-srt", "both-vtt", "ass")
FORMATS = tuple(name for name in WRITERS.entries if name not in TIMED)
PACKED = ("docx", "odt", "epub")
TEI = "{http://www.tei-c.org/ns/1.0}"
# what XML 1.0 allows of the control characters; all others must vanish, not break the file
KEPT_CONTROLS = {"\t", "\r", *map(chr, range(0x7F, 0xA0))}


def _planes() -> str:
    """Two characters of each plane, the last before the end of it among them."""
    points = [p * 0x10000 + offset for p in range(17) for offset in (0x2A7, 0xFFFD)]
    return unicodedata.normalize("NFC", "".join(map(chr, points)))


def _controls() -> str:
    return "".join(chr(c) for c in [*range(0x20), *range(0x7F, 0xA0)] if chr(c) != "\n")


TEXTS = {
    "escapes": "a & b < c > d \"e\" 'f' ]]> &amp; <s> \\t \\ %",
    "planes": _planes(),
    "not characters": "a\ufffe\uffffb\ufdd0c\U0001ffffd",
    "right to left": "\u202bשלום, «עולם» — مرحبا بالعالم\u202c",
    "combining": "q\u0307\u0323 a\u0308\u0332 \u200d👩\u200d👩\u200d👧 e\u0301x",
    "controls": f"x{_controls()}y",
    "separators": "a\u2028b\u2029c\u0085d\ufeffe",
    "long": "palabra " * 1249 + "final...",
    "formula": '=1+1 "quoted" ;,|',
    "only a control": "\x01",
    "spaces": "\xa0 two  spaces \u3000",
}


def _pair(text: str) -> Alignment:
    return one_to_one(flat("es", [text, "Fin."]), flat("en", [text, "End."]))


CASES: dict[str, Callable[[], Alignment | AlignmentSet]] = {
    **{name: partial(_pair, text) for name, text in TEXTS.items()},
    "nulls on both sides": lambda: Alignment(
        flat("es", ["a", "b"]),
        flat("en", ["c", "d"]),
        (bead(0, 1, 0, 0), bead(1, 1, 0, 0), bead(2, 0, 0, 1), bead(2, 0, 1, 1)),
    ),
    "null run in one bead": lambda: Alignment(
        flat("es", ["a", "b", "c"]), flat("en", ["d"]), (bead(0, 2, 0, 0), bead(2, 1, 0, 1))
    ),
    "source empty": lambda: one_to_one(flat("es", []), flat("en", ["a"])),
    "target empty": lambda: one_to_one(flat("es", ["a"]), flat("en", [])),
    "both empty": lambda: one_to_one(flat("es", []), flat("en", [])),
    "empty paragraphs": lambda: one_to_one(
        document("es", [("para", []), ("para", ["a"]), ("heading", []), ("item", [])]),
        document("en", [("turn", []), ("title", ["b"]), ("cell", []), ("caption", [])]),
    ),
    "many to many": lambda: Alignment(
        flat("zh", ["一。", "二。", "三。"]),
        flat("en", ["1.", "2.", "3.", "4.", "5."]),
        (bead(0, 3, 0, 5, 0.123456),),
    ),
    "no language": lambda: one_to_one(flat("", ["a"]), flat("", ["b"])),
    "same language": lambda: one_to_one(flat("es", ["a"]), flat("es", ["b"])),
    "language that is no tag": lambda: one_to_one(flat("es_MX", ["a"]), flat("¿?", ["b"])),
    "language like an id of ours": lambda: one_to_one(flat("omitted", ["a"]), flat("added", [])),
    "three languages": trilingual,
    "everything": interview,
}


XML = ("tmx", "tei", "xliff", "xliff2", "xces", "intertext")
# texts are in the first of their files, or in none
INDEXES = ("beads", "ladder")
KEEP_CONTROLS = ("tsv", "csv", "xlsx", "json", "jsonl")


def parsed(fmt: str, files: dict[str, bytes]) -> list[Any]:
    """Every file through an independent parser of its format."""
    if fmt in XML:
        parser = etree.XMLParser(huge_tree=True)
        return [etree.fromstring(data, parser) for data in files.values()]
    if fmt == "html":
        return [lxml.html.fromstring(data) for data in files.values()]
    if fmt == "xlsx":
        return [sheet(data) for data in files.values()]
    if fmt in PACKED:
        return [roots(data) for data in files.values()]
    if fmt == "parquet":
        return [parquet.read_table(io.BytesIO(data)).to_pylist() for data in files.values()]
    texts = [data.decode("utf-8-sig") for data in files.values()]
    if fmt == "json":
        return [json.loads(text) for text in texts]
    if fmt == "jsonl":
        return [[json.loads(line) for line in text.split("\n")[:-1]] for text in texts]
    if fmt == "tsv":
        return [list(csv.reader(io.StringIO(t, newline=""), delimiter="\t")) for t in texts]
    if fmt == "csv":
        return [list(csv.reader(io.StringIO(t, newline=""), strict=True)) for t in texts]
    return [[re.split("[:\t]", line) for line in text.split("\n")] for text in texts]


def sheet(data: bytes) -> list[list[str]]:
    """Rows of the first sheet of a workbook, as its XML says them."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(book.read(name))
        tree: Any = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert tree.find(".//{*}f") is None
    rows = []
    for row in tree.iter("{*}row"):
        cells = {re.sub("[0-9]", "", c.get("r")): "".join(c.itertext()) for c in row.iter("{*}c")}
        rows.append([cells.get(chr(65 + n), "") for n in range(12)])
    return rows


def roots(data: bytes) -> dict[str, Any]:
    """Every XML member of a package, parsed."""
    parser = etree.XMLParser(huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: etree.fromstring(package.read(name), parser)
            for name in package.namelist()
            if name.endswith((".xml", ".rels", ".xhtml", ".opf"))
        }


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_file_is_well_formed_and_the_same_twice(fmt: str, case: str, tmp_path: Path) -> None:
    first = export(CASES[case](), fmt, tmp_path)
    again = export(CASES[case](), fmt, tmp_path)
    assert first == again
    assert first
    assert parsed(fmt, first)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(first)
    if fmt not in (*INDEXES, *PACKED, "parquet"):  # a control is a byte like others in these
        assert not [d for d in first.values() if b"\x01" in d and fmt not in KEEP_CONTROLS]


@pytest.mark.parametrize("layout", ["separate", "parallel"])
@pytest.mark.parametrize("case", CASES)
def test_other_layouts_are_well_formed(layout: str, case: str, tmp_path: Path) -> None:
    assert parsed("tei", export(CASES[case](), "tei", tmp_path, layout=layout))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt not in INDEXES])
def test_text_survives(fmt: str, name: str, tmp_path: Path) -> None:
    """Nothing is lost but what the format cannot hold, and that is spelled out here."""
    text = unicodedata.normalize("NFC", TEXTS[name])
    files = export(_pair(TEXTS[name]), fmt, tmp_path)
    found = first_text(fmt, files)
    legal = "".join(c for c in text if _legal(c))
    if fmt in ("tmx", "xliff", "xliff2", "po", "xces", "intertext", "moses", "parquet"):
        assert found.split() == "".join(c for c in text if c not in ILLEGAL).split()
        assert found == found.strip()
        assert not set(found) & set("\t\n\r\x85\u2028\u2029")
    elif fmt in ("vertical", "conllu"):
        assert found == "".join("".join(c for c in text if c not in ILLEGAL).split())
    elif fmt in PACKED:
        assert found.split() == legal.split()
    elif fmt in ("tei", "xlsx"):
        assert found == legal
    elif fmt == "html":
        # white space says nothing there
        assert found.split() == "".join(c for c in text if c not in ILLEGAL).split()
    elif fmt in ("tsv", "csv"):
        assert found == text.replace("\0", "")
    else:
        assert found == text


ILLEGAL = (
    {*map(chr, range(0x20)), "\ufffe", "\uffff"}
    - {"\t", "\n", "\r", "\x0b", "\x0c"}
    - set("\x1c\x1d\x1e\x1f")
)


def _legal(character: str) -> bool:
    if character in ("\ufffe", "\uffff"):
        return False
    return ord(character) >= 0x20 or character in KEPT_CONTROLS


def first_text(fmt: str, files: dict[str, bytes]) -> str:
    """The text of the first source segment, "" where the format leaves the unit out."""
    data = next(iter(files.values()))
    if fmt == "json":
        return read_alignment(Source("x", data)).source.segments[0].text  # type: ignore[union-attr]
    if fmt == "moses":
        lines = data.decode().split("\n")
        return lines[0] if len(lines) == 3 else ""
    if fmt in ("vertical", "conllu"):
        return words(fmt, data.decode())
    if fmt == "po":
        # the entry of the header comes first
        entries = re.findall(
            r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)^msgstr', data.decode(), re.MULTILINE
        )
        strings = re.findall(r'"(?:[^"\\]|\\.)*"', entries[1] if len(entries) == 3 else "")
        return "".join(map(ast.literal_eval, strings))
    if fmt in PACKED:
        return packed_text(fmt, parsed(fmt, files)[0])
    tree = parsed(fmt, files)[0]
    if fmt == "tmx":
        segs = [seg.text for seg in tree.iter("seg")]
        return segs[0] if len(segs) == 4 else ""
    if fmt == "tei":
        return "".join(next(tree.iter(f"{TEI}s")).itertext())
    if fmt in ("xces", "intertext"):
        return next(tree.iter("s")).text or ""
    if fmt in ("xliff", "xliff2"):
        return next(tree.iter("{*}source")).text or ""
    if fmt == "html":
        return str(tree.xpath("//tbody//td")[0].text_content())
    if fmt == "jsonl":
        return str(tree[0]["translation"]["es"])
    if fmt == "parquet":
        return str(tree[0]["source"] or "")
    cell: str = tree[1][5]
    if fmt == "xlsx":
        return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), cell)
    if fmt == "csv":
        return (
            cell[1:] if cell.startswith("'") and cell[1:].lstrip(" \xa0")[:1] in FORMULA else cell
        )
    return unescape(cell)


def packed_text(fmt: str, members: dict[str, Any]) -> str:
    """The first cell below the languages, or the first paragraph of a book."""
    if fmt == "epub":
        block = next(members["EPUB/text-001.xhtml"].iter("{*}div"))
        return "".join(block[0].itertext())
    if fmt == "docx":
        row = list(members["word/document.xml"].iter("{*}tr"))[1]
        cell = next(iter(row.iter("{*}tc")))
        return "".join(
            "\n" if e.tag.endswith("br") else e.text or "" for e in cell.iter("{*}t", "{*}br")
        )
    row = list(members["content.xml"].iter("{*}table-row"))[1]
    for space in row.iter("{*}s", "{*}tab"):
        space.text = " "
    return "".join(row[0].itertext())


# what is read back from files that hold whole units, or links and texts
BACK = (
    "json",
    "tmx",
    "tei",
    "xliff",
    "xliff2",
    "tsv",
    "csv",
    "xlsx",
    "jsonl",
    "xces",
    "intertext",
)


@pytest.mark.parametrize("fmt", BACK)
@pytest.mark.parametrize("case", CASES)
def test_texts_come_back(fmt: str, case: str, tmp_path: Path) -> None:
    """Whatever is in them: every unit with the texts that readers make of its segments."""
    alignment = CASES[case]()
    files = export(alignment, fmt, tmp_path, nulls="keep")
    several = isinstance(alignment, AlignmentSet) and fmt in ("xliff", "xliff2", "intertext")
    pairs: list[Any] = list(alignment.alignments) if several else [alignment]  # type: ignore[union-attr]
    names = [f"out{SUFFIX[fmt]}"]
    if several:
        names = sorted(n for n in files if re.match(r"out(\.intertext)?\.es-", n))
    assert len(names) == len(pairs)
    for one, name in zip(pairs, names, strict=True):
        wanted = _units(one)
        try:
            found = _units(open_alignment(str(tmp_path / name)))
        except ReadError:
            # a memory of one language is no alignment
            assert sum(any(column) for column in zip(*wanted, strict=True)) < 2
        else:
            assert sorted(found) == sorted(wanted)


def _units(alignment: Any) -> list[list[str]]:
    """Texts of all units that have any, as readers clean them."""
    documents = as_set(alignment).documents
    rows = [
        [clean(joined(d, side)) if side else "" for d, side in zip(documents, u.sides, strict=True)]
        for u in rows_of(as_set(alignment))
    ]
    return [row for row in rows if any(row)]


def words(fmt: str, text: str) -> str:
    """The tokens of the first sentence, joined."""
    if fmt == "vertical":
        inside = text.split('<s id="es.s1">\n')[1].split("</s>\n", maxsplit=1)[0]
        return html.unescape(inside.replace("<g/>\n", "").replace("\n", ""))
    rows = [
        line.split("\t")
        for line in text.split("\n\n", maxsplit=1)[0].split("\n")
        if line[:1] != "#"
    ]
    assert [len(row) for row in rows] == [10] * len(rows)
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    found = "".join(row[1] for row in rows)
    return "" if found == "_" else found


def unescape(cell: str) -> str:
    plain = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    rest = iter(cell)
    return "".join(plain[next(rest)] if c == "\\" else c for c in rest)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("space", [0, 50, 300])
def test_full_disk_leaves_nothing(fmt: str, space: int, tmp_path: Path) -> None:
    old = tmp_path / f"out{SUFFIX[fmt]}"
    old.write_bytes(b"what stood here before")
    sink = FailingSink(old)
    sink.space = space
    large = one_to_one(flat("es", ["a"] * 500), flat("en", ["b"] * 500))
    with pytest.raises(ExportError, match="No space left"):
        write(large, fmt, sink, WriteOptions())
    assert [p.name for p in tmp_path.iterdir()] == [old.name]
    assert old.read_bytes() == b"what stood here before"


class _Broken(Document):
    """A document that fails when its segments are read, as a bug of ours would."""

    __slots__ = ()
    armed = False

    @property
    def segments(self) -> Any:
        if type(self).armed:
            raise RuntimeError("broken")
        return super().segments


@pytest.mark.parametrize("fmt", ["tmx", "tsv"])
def test_error_inside_a_writer_leaves_nothing(
    fmt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = flat("es", ["a"])
    alignment = one_to_one(_Broken("x", "es", "", "", "", good.paragraphs), flat("en", ["b"]))
    monkeypatch.setattr(_Broken, "armed", True)
    with pytest.raises(RuntimeError, match="broken"):
        write(alignment, fmt, FileSink(tmp_path / "out"), WriteOptions())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("fmt", FORMATS)
def test_folder_that_is_not_there(fmt: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot write"):
        write(interview(), fmt, FileSink(tmp_path / "no" / "out"), WriteOptions())


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_clock_without_stamp(fmt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plain = b"".join(export(interview(), fmt, tmp_path).values())
    # the day in the metadata, on which the text appeared, is no clock
    assert b"creationdate" not in plain.replace(b'creationdate="20210304T000000Z"', b"")
    assert b"revisionDesc" not in plain
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    stamped = export(interview(), fmt, tmp_path)
    assert stamped == export(interview(), fmt, tmp_path, stamp=True)
    if fmt in ("tmx", "tei"):
        assert b"1970-01-02" in b"".join(stamped.values()).replace(b"19700102", b"1970-01-02")


def test_suffixes_name_writers() -> None:
    assert set(SUFFIXES.values()) == set(WRITERS.entries)
    assert format_of("a/b.tei.xml") == "tei"
    assert format_of("B.Alignment.JSON") == "json"
    with pytest.raises(UsageError, match=r"--to") as caught:
        format_of("out.xyz")
    assert all(suffix in str(caught.value) for suffix in SUFFIXES)
    with pytest.raises(UsageError, match=r"\.xml may be .*\.tei\.xml.*--to") as caught:
        format_of("out.xml")
    assert ".tmx" not in str(caught.value)


def test_unknown_format_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'tmx'"):
        write(interview(), "tmxx", FileSink(tmp_path / "out"))


def test_writers_are_imported_on_use() -> None:
    code = "import sys, aligner.formats; assert 'lxml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_two_formats_write_the_same_file(tmp_path: Path) -> None:
    """`x.xces.xml` and then `x.intertext.xml`: the files beside one are not those of another."""
    names: dict[str, str] = {}
    for fmt in FORMATS:
        for layout in ("corpus", "separate") if fmt == "tei" else ("corpus",):
            for name in export(trilingual(), fmt, tmp_path, layout=layout):
                assert names.setdefault(name, fmt) == fmt, name
    assert len(names) > len(FORMATS)
