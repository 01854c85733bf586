"""The small inputs of ../shared/cases/{documents,subtitles,tei}, each by the command that their README
names.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.gold.conftest import Done


def texts(done: Done) -> list[str]:
    """The paragraphs that `read` prints."""
    assert done.code == 0, done.err
    rows = (line.split("\t") for line in done.out.splitlines())
    return [row[2] for row in rows if len(row) == 3]


ARTICLE = [
    "The lamp",
    "The keeper of the harbour lamp counted the boats every evening and wrote their names in a book.",
    "When the storm came in the spring, three of the boats did not return, and he wrote that down too.",
    "Nobody asked him for the book until the summer, when a visitor from the city came to read it.",
]
# (file, paragraphs that are read, words that are not)
READ: list[tuple[str, list[str], list[str]]] = [
    ("documents/wp-tag.html", ARTICLE, []),
    ("documents/wp-notag.html", ARTICLE, []),
    ("documents/sdt-cell.docx", ["left", "kept in a content control", "right"], []),
    ("documents/sdt-row.docx", ["row in control", "second cell"], []),
    ("documents/customxml-cell.docx", ["cell in customXml", "row in customXml", "paragraph in sdt"], []),
    ("documents/dropcap.docx", ["La gata se llama Aduana. Duerme en la silla."], []),
    ("documents/symbol-tracked.docx", ["α is alpha."], []),
    ("documents/cp1252.txt", ["It was 38 °C that day, give or take ± 2."], ["Đ"]),
    ("documents/dialects.md", ["Atención aquí.", "Título de la caja", "Dentro de la nota."], [":::", "!!!", "[!", "{/"]),
    ("subtitles/noms.srt", ["We also like oranges.", "They are sweet."], []),
    ("subtitles/tags.srt", ["Hi there you up red 2 b it <xyz>q</xyz> a < b <3 >"], ["an8", "font"]),
    ("subtitles/crcrlf.srt", ["First title", "Second title"], []),
    ("tei/teicorpus.xml", ["The first letter speaks of the cat.", "The second letter speaks of the lamp."], []),
    ("tei/opener.xml", ["My dear Rosa,", "The cat is well.", "I kiss your hand,", "The keeper"], []),
    ("tei/bibl.xml", ["A. Keeper, Letters from the harbour, 1934."], []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "there", "gone"), READ, ids=[row[0] for row in READ])
def test_what_is_read(name: str, there: list[str], gone: list[str], cases: Path, run: Any) -> None:
    found = texts(run("read", cases / name))
    assert [text for text in there if text not in found] == []
    assert [word for word in gone if any(word in text for text in found)] == []


def test_a_wrong_byte_is_told(cases: Path, run: Any) -> None:
    done = run("read", cases / "documents/badbyte.html")
    assert "Der H\ufffduptling schl\ufffdft." in texts(done)
    assert "read as U+FFFD: 0xe4 in line 1 (byte 870)" in done.err


def test_default_language_of_a_style_is_no_declaration(
    cases: Path, run: Any, tmp_path: Path
) -> None:
    both = [cases / f"documents/default-language.{lang}.docx" for lang in ("es", "en")]
    assert run("align", *both, "-o", "x.tmx").code == 0
    root = etree.parse(tmp_path / "x.tmx").getroot()
    langs = {str(tuv.get("{http://www.w3.org/XML/1998/namespace}lang")) for tuv in root.iter("tuv")}
    assert {lang.partition("-")[0] for lang in langs} == {"es", "en"}


def test_code_is_kept_or_listed(cases: Path, run: Any) -> None:
    done = run("read", cases / "documents/pre.html", "--html-body", "full", "--dropped")
    source = (cases / "documents/pre.html").read_text(encoding="utf-8")
    words = [word for code in re.findall(r"<pre>([^<]+)", source) for word in code.split()]
    assert words
    assert [word for word in words if word not in done.out] == []


def test_cells_are_segmented_as_the_rules_say(cases: Path, run: Any, tmp_path: Path) -> None:
    rules = tmp_path / "rules.srx"
    rules.write_text(
        '<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header segmentsubflows="yes"'
        ' cascade="no"/><body><languagerules><languagerule languagerulename="all"><rule break="yes">'
        "<beforebreak>[.?!]</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>"
        '</languagerules><maprules><languagemap languagepattern=".*" languagerulename="all"/>'
        "</maprules></body></srx>",
        encoding="utf-8",
    )
    name = cases / "documents/short-cells.html"
    plain = run("segment", name).out.splitlines()
    ruled = run("segment", name, "--srx", rules).out.splitlines()
    assert "¿Qué hacer? Guía rápida" in plain
    for heading, cell in (("¿Qué hacer?", "Todo va bien."), ("Capítulo 3.", "Claro.")):
        assert {heading, cell} <= set(ruled)
    assert "".join(ruled).replace(" ", "") == "".join(plain).replace(" ", "")


def test_a_damaged_time_costs_the_time_only(cases: Path, run: Any, tmp_path: Path) -> None:
    both = [cases / f"subtitles/badtime{lang}.srt" for lang in ("", ".es")]
    done = run("align", *both, "-o", "a.beads")
    rows = (tmp_path / "a.beads").read_text().splitlines()
    assert [row.rpartition(":")[0] for row in rows] == [f"[{n}]:[{n}]" for n in range(3)]
    assert "line 2" in done.err


def test_segments_of_a_speech_are_parted(cases: Path, run: Any) -> None:
    found = texts(run("read", cases / "tei/parla.xml"))
    assert "En las calles hay ruido todas las noches." in found
    assert not any("noches.Gracias" in text for text in found)


def test_a_wrong_namespace_is_named(cases: Path, run: Any) -> None:
    done = run("validate", cases / "tei/slash.xml")
    assert done.code == 1
    assert "slash" in done.out
    assert "no teiHeader" not in done.out
