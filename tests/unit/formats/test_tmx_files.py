"""TMX: compressed and split files, segments too long for a tool, context, dates, inline codes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.files import FileSink
from aligner.formats import WriteOptions, parse_size, write
from aligner.formats.common.inline_codes import coded
from aligner.formats.tmx.write import left_out
from aligner.model import Alignment, Span, UsageError
from tests.conftest import ROOT
from tests.unit.formats.samples import bead, document, export, flat, interview, one_to_one


def seg(data: bytes, number: int = 0) -> str:
    found = list(etree.fromstring(data).iter("seg"))[number]
    return etree.tostring(found, encoding="unicode")


def written(alignment: Any, name: str, folder: Path, **options: Any) -> dict[str, bytes]:
    sink = FileSink(folder / name)
    write(alignment, "tmx", sink, WriteOptions(version="0.1.0", **options))
    return {path.name: path.read_bytes() for path in sink.commit()}


def test_gz_is_the_same_file_compressed_and_says_no_time(tmp_path: Path) -> None:
    plain = written(interview(), "out.tmx", tmp_path, nulls="separate")
    packed = written(interview(), "out.tmx.gz", tmp_path, nulls="separate")
    assert sorted(packed) == ["out.nulls.tmx.gz", "out.tmx.gz"]
    assert {n: gzip.decompress(d) for n, d in packed.items()} == {
        f"{n}.gz": d for n, d in plain.items()
    }
    assert packed["out.tmx.gz"][4:8] == bytes(4)
    assert packed == written(interview(), "out.tmx.gz", tmp_path, nulls="separate")


@pytest.mark.parametrize("name", ["out.tmx", "out.tmx.gz"])
def test_split_files_hold_all_units_and_keep_to_the_size(
    name: str, tmp_path: Path, shared: Path
) -> None:
    dtd = etree.DTD(str(shared / "schemas" / "tmx14.dtd"))
    texts = [f"Frase ñ {n}. " + "x" * (n % 7) * 30 for n in range(60)]
    alignment = one_to_one(flat("es", texts), flat("en", texts))
    whole = etree.fromstring(written(alignment, "all.tmx", tmp_path)["all.tmx"])
    parts = written(alignment, name, tmp_path, split=4000)
    assert list(parts)[:3] == [name, name.replace(".tmx", ".2.tmx"), name.replace(".tmx", ".3.tmx")]
    found = []
    for raw in parts.values():
        data = gzip.decompress(raw) if name.endswith(".gz") else raw
        assert len(data) <= 4000
        tree = etree.fromstring(data)
        assert dtd.validate(tree), dtd.error_log
        found += [tu.get("tuid") for tu in tree.iter("tu")]
    assert found == [tu.get("tuid") for tu in whole.iter("tu")]


def test_a_unit_larger_than_the_size_has_a_file_of_its_own(tmp_path: Path) -> None:
    alignment = one_to_one(flat("es", ["a" * 999, "b"]), flat("en", ["a" * 999, "b"]))
    parts = written(alignment, "out.tmx", tmp_path, split=500)
    assert list(parts) == ["out.tmx", "out.2.tmx"]


def test_sizes() -> None:
    assert [parse_size(text) for text in ("70000", "500M", "1.5GB", "3 kb", "2MiB")] == [
        70_000,
        500_000_000,
        1_500_000_000,
        3000,
        2_000_000,
    ]
    for text in ("", "much", "-1", "0", "1T"):
        with pytest.raises(UsageError, match="size"):
            parse_size(text)
    with pytest.raises(UsageError, match="split"):
        WriteOptions(split=-1)


def test_segments_too_long_are_left_out_and_listed(tmp_path: Path) -> None:
    texts = ["x" * 2000, "x" * 2001, "corta"]
    alignment = one_to_one(flat("es", texts), flat("en", ["x", "y", "z", "added"]))
    data = export(alignment, "tmx", tmp_path, flavour="trados")["out.tmx"]
    assert len(etree.fromstring(data).findall("body/tu")) == 2
    assert list(left_out(alignment, WriteOptions(flavour="trados"))) == [
        "1 segment without a counterpart (--nulls keep or separate writes it)",
        "1 unit longer than 2000 characters (segments 2)",
    ]
    data = export(alignment, "tmx", tmp_path)["out.tmx"]
    assert len(etree.fromstring(data).findall("body/tu")) == 3
    assert list(left_out(alignment, WriteOptions(nulls="keep"))) == []


def test_context_is_the_neighbours_of_the_side(tmp_path: Path) -> None:
    es = flat("es", ["a", "b", "c", "d"])
    alignment = Alignment(
        es, flat("en", ["x", "y"]), (bead(0, 1, 0, 1), bead(1, 2, 1, 1), bead(3, 1, 2, 0))
    )
    tree: Any = etree.fromstring(export(alignment, "tmx", tmp_path, nulls="keep")["out.tmx"])
    found = [
        [p.text for p in tu.find("tuv").findall("prop") if "context" in p.get("type")]
        for tu in tree.iter("tu")
    ]
    assert found == [["b"], ["a", "d"], ["c"]]
    lengths = tree.findall(".//prop[@type='x-segment-lengths']")
    assert [prop.text for prop in lengths] == ["1 1"]
    assert tree.find(".//prop[@type='x-context-pre']") is not None
    assert b"context" not in export(alignment, "tmx", tmp_path, flavour="omegat")["out.tmx"]


def test_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    source = flat("es", ["a"], metadata={"date": ("ayer", "2021-02-30", "2021-03-04T10:00")})
    tree = etree.fromstring(
        export(one_to_one(source, flat("en", ["b"])), "tmx", tmp_path)["out.tmx"]
    )
    dates = [e.get("creationdate") for e in tree.iter("header", "tu", "tuv")]
    assert dates == ["19700101T000000Z", "19700101T000000Z", "20210304T000000Z", None]


def test_inline_codes(tmp_path: Path, shared: Path) -> None:
    spans = (
        Span(4, 8, "bold"),
        Span(6, 12, "italic"),
        Span(0, 3, "link", 'https://example.org/?a=1&b="2"'),
        Span(8, 8, "break"),
        Span(12, 12, "image", "a.png"),
    )
    es = document("es", [("para", ["una casa azul."], {"spans": spans})])
    en = document("en", [("para", ["a blue house."], {"spans": (Span(7, 12, "bold"),)})])
    data = export(one_to_one(es, en), "tmx", tmp_path, inline=True)["out.tmx"]
    dtd = etree.DTD(str(shared / "schemas" / "tmx14.dtd"))
    assert dtd.validate(etree.fromstring(data)), dtd.error_log
    assert seg(data) == (
        '<seg><bpt i="1" x="1" type="link">&lt;a href="https://example.org/?a=1&amp;b=%222%22"&gt;'
        '</bpt>una<ept i="1">&lt;/a&gt;</ept> <bpt i="2" x="2" type="bold">&lt;b&gt;</bpt>ca'
        '<bpt i="3" x="3" type="italic">&lt;i&gt;</bpt>sa<ept i="2">&lt;/b&gt;</ept>'
        '<ph x="4" type="lb">&lt;br/&gt;</ph> azu<ept i="3">&lt;/i&gt;</ept>'
        '<ph x="5" type="image">&lt;img src="a.png"/&gt;</ph>l.</seg>'
    )
    assert seg(data, 1) == (
        '<seg>a blue <bpt i="1" x="2" type="bold">&lt;b&gt;</bpt>house<ept i="1">&lt;/b&gt;</ept>.'
        "</seg>"
    )
    assert b'datatype="html"' in data


def test_spans_that_go_on_elsewhere(tmp_path: Path) -> None:
    es = document(
        "es", [("para", ["Uno dos.", "Tres.", "Cuatro."], {"spans": (Span(4, 18, "bold"),)})]
    )
    en = flat("en", ["One two.", "Three.", "Four."])
    data = export(one_to_one(es, en), "tmx", tmp_path, inline=True)["out.tmx"]
    assert seg(data) == '<seg>Uno <it pos="begin" x="1" type="bold">&lt;b&gt;</it>dos.</seg>'
    assert seg(data, 2) == "<seg>Tres.</seg>"
    assert seg(data, 4) == '<seg>Cua<it pos="end" x="1" type="bold">&lt;/b&gt;</it>tro.</seg>'


def test_codes_of_a_side_of_several_paragraphs() -> None:
    es = document(
        "es",
        [
            (
                "para",
                ["Uno."],
                {"printed": "A: ", "spans": (Span(0, 2, "bold"), Span(3, 6, "italic"))},
            ),
            ("para", ["Dos.", "Tres."], {"spans": (Span(2, 7, "bold"),)}),
        ],
    )
    text, codes = coded(es, es.segments)
    assert text == "Uno. Dos. Tres."
    assert [(c.place, c.role, c.kind, c.ordinal) for c in codes] == [
        (0, "open", "italic", 1),
        (3, "close", "italic", 1),
        (7, "open", "bold", 1),
        (12, "close", "bold", 1),
    ]


def test_codes_find_their_places_after_cleaning() -> None:
    spans = (Span(6, 7, "bold"), Span(7, 9, "italic"), Span(1, 3, "code"), Span(3, 4, "sup"))
    es = document("es", [("para", [" a\t\x01\u2028 b\x02d"], {"spans": spans})])
    text, codes = coded(es, es.segments)
    assert text == "a  bd"
    assert [(c.place, c.role, c.kind) for c in codes] == [
        (0, "open", "code"),
        (2, "close", "code"),
        (3, "open", "bold"),
        (4, "close", "bold"),
        (4, "open", "italic"),
        (5, "close", "italic"),
    ]


def test_long_memories_are_streamed() -> None:
    """The bar of 200,000 units in 5 s and 60 MB at a tenth of the size, time with room to spare."""
    script = ROOT / "scripts" / "bench_exporting.py"
    for options in ("{}", '{"inline": true}'):
        command = [sys.executable, str(script), "--one", "tmx", "20000", options]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        assert found["more"] < 30
        assert found["cpu"] < 2.5
        assert found["size"] > 10
