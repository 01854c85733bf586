"""Bilingual documents: what stands in them, as our own readers and other parsers see it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.formats import losses
from aligner.model import Alignment, Source, Span
from aligner.workflows.reading import read
from tests.unit.formats.samples import bead, document, export, interview, one_to_one, trilingual


def formatted() -> Alignment:
    """A heading, a paragraph of two sentences with formatting, a null, a quotation, right to left."""
    return Alignment(
        document(
            "en",
            [
                ("title", ["On boats"]),
                ("para", ["One boat came.", "It was H2O."], {"spans": (Span(4, 8, "bold"), Span(23, 24, "sub"), Span(8, 8, "break"))}),
                ("quote", ["Ahoy."]),
                ("heading", ["Later"], {"level": 2}),
                ("turn", ["Yes."], {"speaker": "Ana"}),
            ],
        ),
        document("ar", [("title", ["عن القوارب"]), ("para", ["جاء قارب."]), ("quote", ["أهلا."]), ("heading", ["لاحقا"], {"level": 2}), ("turn", ["نعم."])]),
        (bead(0, 1, 0, 1), bead(1, 1, 1, 1), bead(2, 1, 2, 0), bead(3, 1, 2, 1), bead(4, 1, 3, 1), bead(5, 1, 4, 1)),
    )  # fmt: skip


def members(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


@pytest.mark.parametrize("fmt", ["docx", "odt"])
def test_a_table_is_read_again(fmt: str, tmp_path: Path) -> None:
    """A row a unit under the languages, an empty cell where nothing translates."""
    data = export(formatted(), fmt, tmp_path)[f"out.{fmt}"]
    made = read(Source(f"out.{fmt}", data))
    assert [p.text for p in made.paragraphs] == [
        *("On boats (en)", "عن القوارب (ar)", "On boats", "عن القوارب"),
        *("One boat came.", "جاء قارب.", "It was H2O.", "Ahoy.", "أهلا.", "Later", "لاحقا"),
        *("Ana: Yes.", "نعم."),
    ]
    spans = {(p.text[s.start : s.end], s.kind) for p in made.paragraphs for s in p.spans}
    assert {("boat", "bold"), ("2", "sub"), ("", "break")} <= spans
    table = members(data)["word/document.xml" if fmt == "docx" else "content.xml"]
    root = etree.fromstring(table.encode())
    assert len(list(root.iter("{*}tr", "{*}table-row"))) == 7
    assert len(list(root.iter("{*}tc", "{*}table-cell"))) == 14


def test_word_says_languages_and_directions(tmp_path: Path) -> None:
    text = members(export(formatted(), "docx", tmp_path)["out.docx"])["word/document.xml"]
    assert '<w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:bidi="ar"' in text
    assert '<w:lang w:val="en"' in text
    assert '<w:pStyle w:val="Heading2"/>' in text
    assert '<w:pStyle w:val="Quote"/>' in text


def test_a_book_has_paragraphs_under_paragraphs(tmp_path: Path) -> None:
    files = members(export(formatted(), "epub", tmp_path)["out.epub"])
    assert next(iter(files)) == "mimetype"
    first, second = files["EPUB/text-001.xhtml"], files["EPUB/text-002.xhtml"]
    assert '<h1 class="s0 title" lang="en" xml:lang="en">On boats</h1><h1 class="s1 title"' in first
    assert (
        '<p class="s0 para" lang="en" xml:lang="en">One <b>boat</b><br/>came. It was H<sub>2</sub>O.</p>'
        '<p class="s1 para" lang="ar" xml:lang="ar" dir="rtl">جاء قارب.</p>'
    ) in first
    assert "<blockquote" in first
    assert "<h3 " in second
    assert ">Ana: Yes.</p>" in second
    nav = etree.fromstring(files["EPUB/nav.xhtml"].encode())
    assert ["".join(map(str, a.itertext())) for a in nav.iter("{*}a")] == [
        "On boats · عن القوارب",
        "Later · لاحقا",
    ]
    assert files["EPUB/package.opf"].count("<dc:language>") == 2
    again = read(Source("out.epub", export(formatted(), "epub", tmp_path)["out.epub"]))
    assert "One boat came. It was H2O." in [p.text for p in again.paragraphs]


def test_three_texts_side_by_side(tmp_path: Path) -> None:
    data = export(trilingual(), "docx", tmp_path)["out.docx"]
    root = etree.fromstring(members(data)["word/document.xml"].encode())
    assert {len(list(row.iter("{*}tc"))) for row in root.iter("{*}tr")} == {3}


def test_what_is_lost_is_told() -> None:
    link = one_to_one(
        document("es", [("para", ["Un enlace."], {"spans": (Span(3, 9, "link", "http://x.y"),)})]),
        document("en", [("para", ["A link."])]),
    )
    for fmt in ("docx", "odt", "epub"):
        assert "formatting beyond that of letters (link 1)" in losses(link, fmt)
        told = losses(interview(), fmt)
        assert any(line.startswith("confidences") for line in told)
        assert not any(line.startswith(("texts", "segments without")) for line in told)
