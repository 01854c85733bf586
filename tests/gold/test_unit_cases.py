"""The small inputs of ../shared/cases/{tmx,xliff,po,memory}, each by the command that their README names."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.memory import Filter, Memory, stored_units
from tests.conftest import require_program


def units(path: Path) -> list[tuple[tuple[str, str], ...]]:
    """(language, text) of the variants of all units."""
    with Memory(path) as memory:
        return [tuple((v.lang, v.text) for v in u.variants) for u in stored_units(memory, Filter())]


def elements(path: Path) -> list[Any]:
    """The body of a TMX as nested lists: tags, attributes, texts."""

    def shape(element: Any) -> Any:
        attributes = sorted((k, v.lower()) for k, v in element.attrib.items())
        # notes and properties may come in any order
        children = (
            sorted(element, key=lambda c: c.tag != "note") if element.tag == "tu" else element
        )
        return [element.tag, attributes, element.text or "", [shape(c) for c in children], element.tail or ""]  # fmt: skip

    root = etree.parse(path).getroot()
    return [
        [[*shape(tu)][:-1] for tu in root.iterfind("body/tu")],
        [shape(p)[:3] for p in root.iterfind("header/*")],
    ]


def test_regions_are_kept_together(cases: Path, run: Any, tmp_path: Path) -> None:
    done = run("memory", "import", cases / "tmx/regions.tmx", "-m", "m.db")
    assert done.code == 0
    assert [[lang for lang, _ in unit] for unit in units(tmp_path / "m.db")] == [
        ["en-US", "es-ES"],
        ["en-GB", "es-MX"],
        ["en", "es"],
    ]
    assert run("convert", cases / "tmx/regions.tmx", "a.alignment.json", "a.beads").code == 0
    assert (tmp_path / "a.beads").read_text().splitlines() == [f"[{n}]:[{n}]" for n in range(3)]


def test_variants_with_empty_texts(cases: Path, run: Any, tmp_path: Path) -> None:
    assert run("memory", "import", cases / "tmx/variants.tmx", "-m", "m.db").code == 0
    assert [[text for _, text in unit] for unit in units(tmp_path / "m.db")] == [
        ["Colour chart", "Carta de colores"],
        ["Third", "Tercero"],
    ]
    assert run("convert", cases / "tmx/variants.tmx", "a.tsv").code == 0
    assert "Empty target" in (tmp_path / "a.tsv").read_text()
    assert "solo destino" in (tmp_path / "a.tsv").read_text()


@pytest.mark.parametrize(
    "name",
    ["tmx/codes.tmx", "tmx/meta.tmx", "tmx/props.tmx", "memory/case-a.tmx", "memory/case-b.tmx"],
)
def test_what_a_memory_says_comes_back(cases: Path, run: Any, tmp_path: Path, name: str) -> None:
    """Codes, dates, authors, usage, properties of unit, variant and header, status."""
    source = cases / name
    assert run("convert", source, "a.tmx") == (0, "", "")
    assert elements(tmp_path / "a.tmx") == elements(source)
    assert run("memory", "import", source, "-m", "m.db").code == 0
    assert run("memory", "export", "-m", "m.db", "-o", "b.tmx").code == 0
    assert elements(tmp_path / "b.tmx") == elements(source)
    assert "Alignment" not in (tmp_path / "b.tmx").read_text()


def test_codes_are_listed_where_they_are_lost(cases: Path, run: Any, tmp_path: Path) -> None:
    assert "inline codes" in run("convert", cases / "tmx/codes.tmx", "a.tsv").err
    assert "Hello , you have" in (tmp_path / "a.tsv").read_text()


def test_codes_are_restored_in_drafts(cases: Path, run: Any, tmp_path: Path) -> None:
    run("memory", "import", cases / "tmx/codes.tmx", "-m", "m.db")
    done = run("memory", "pretranslate", cases / "po/ph.po", "-o", "out.po", "-m", "m.db", "-s", "en")  # fmt: skip
    assert done.code == 0
    assert 'msgstr "Hola, {name}: tiene %d cartas."' in (tmp_path / "out.po").read_text()
    assert run("convert", cases / "xliff/tags.xlf", "a.xlf") == (0, "", "")
    text = (tmp_path / "a.xlf").read_text()
    assert '<x id="X1"/> de <x id="X2"/> cartas enviadas' in text
    assert 'Barcos <g id="1">y puertos <g id="2">viejos</g></g>.' in text
    assert '<ph id="p1" ctype="x-m">[asis,Harbour]</ph>' in text
    assert "Do not copy" in text
    assert "Otro" in text
    done = run("convert", cases / "xliff/tags.xlf", "a.po")
    assert "inline codes" in done.err


def test_a_source_of_any_language(cases: Path, run: Any, tmp_path: Path) -> None:
    done = run("memory", "import", cases / "tmx/star.tmx", "-m", "m.db", "--json")
    assert (done.code, json.loads(done.out)["new"]) == (0, 2)
    assert len(units(tmp_path / "m.db")) == 2


def test_nothing_taken_is_told(cases: Path, run: Any) -> None:
    done = run("memory", "import", cases / "tmx/wrongsrc.tmx", "-m", "m.db")
    assert done.code == 1
    assert re.search(r"asked from en .*es-pt \(2\)", done.err)


def test_two_spellings_are_one_pair(cases: Path, run: Any, tmp_path: Path) -> None:
    both = [cases / "memory/case-a.tmx", cases / "memory/case-b.tmx"]
    done = run("memory", "import", *both, "-m", "m.db", "--json")
    assert (done.code, json.loads(done.out)["new"]) == (0, 3)
    assert run("memory", "export", "-m", "m.db", "-o", "out.tmx").code == 0
    assert len(etree.parse(tmp_path / "out.tmx").findall(".//tu")) == 3


def test_only_what_a_file_names_is_context(cases: Path, run: Any) -> None:
    run("memory", "import", cases / "memory/neighbours.tmx", "-m", "m.db")
    run("memory", "export", "-m", "m.db", "-o", "b.tmx")
    run("memory", "import", "b.tmx", "-m", "n.db")

    def score(text: str, *beside: str) -> float:
        found = json.loads(run("memory", "lookup", text, "-m", "n.db", "--json", *beside).out)
        return float(found[0]["score"])

    assert score("Close it.", "--before", "Is it dry?", "--after", "Go on.") == 101
    assert score("Close it.", "--before", "Yes.", "--after", "No.") == 100
    assert score("No.", "--before", "Close it.") == 100


def test_segments_are_filled_in_their_marks(cases: Path, run: Any, tmp_path: Path) -> None:
    pairs = [
        ("Good morning.", "Buenos días."),
        ("The pump is running.", "La bomba está en marcha."),
    ]
    rows = "".join(f"{a}\t{b}\n" for a, b in pairs)
    (tmp_path / "m.tsv").write_text(f"en-US\tes-ES\n{rows}", encoding="utf-8")
    assert run("memory", "import", "m.tsv", "-m", "m.db").code == 0
    done = run("memory", "pretranslate", cases / "xliff/segmented-1.2.xlf", "-o", "out.xlf", "-m", "m.db")  # fmt: skip
    assert done.code == 0
    text = (tmp_path / "out.xlf").read_text()
    assert (
        '<mrk mtype="seg" mid="1">Buenos días.</mrk> '
        '<mrk mtype="seg" mid="2">La bomba está en marcha.</mrk></target>'
    ) in text
    assert '<mrk mtype="seg" mid="3">La bomba está en marcha.</mrk></target>' in text
    assert '<trans-unit id="u0" translate="no"><source><x id="0"/></source></trans-unit>' in text


def test_a_context_keeps_its_own_translation(cases: Path, run: Any, tmp_path: Path) -> None:
    """As `msgmerge` does with the first catalogue as compendium."""
    assert run("memory", "import", cases / "po/ctx2.po", "-m", "m.db", "-s", "en").code == 0
    done = run("memory", "pretranslate", cases / "po/ctx2todo.po", "-o", "out.po", "-m", "m.db", "-s", "en")  # fmt: skip
    assert done.code == 0
    text = (tmp_path / "out.po").read_text()
    assert 'msgctxt "menu"\nmsgid "Open"\nmsgstr "Abrir"' in text
    assert 'msgctxt "shop state"\nmsgid "Open"\nmsgstr "Abierto"' in text
    msgmerge = require_program("msgmerge", "gettext")
    merged = subprocess.run(
        [msgmerge, "-q", "-N", "-C", cases / "po/ctx2.po", cases / "po/ctx2todo.po", cases / "po/ctx2todo.po"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert re.findall(r"^msgstr .+", merged, re.MULTILINE) == re.findall(
        r"^msgstr .+", text, re.MULTILINE
    )


def test_an_obsolete_entry_marks_no_other(cases: Path, run: Any, tmp_path: Path) -> None:
    assert run("convert", cases / "po/leak.po", "a.tsv", "a.po").code == 0
    assert "fuzzy" not in (tmp_path / "a.tsv").read_text()
    msgfmt = require_program("msgfmt", "gettext")
    told = subprocess.run(
        [msgfmt, "--statistics", "-o", "/dev/null", str(tmp_path / "a.po")],
        capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    assert told.startswith("1 translated message")
    assert "Última versión" in (tmp_path / "a.po").read_text()


def test_one_plural_form_serves_both_sources(cases: Path, run: Any, tmp_path: Path) -> None:
    assert run("convert", cases / "po/zh.po", "a.tsv").code == 0
    rows = [line.split("\t") for line in (tmp_path / "a.tsv").read_text().splitlines()]
    place = rows[0].index("target")
    assert [row[place] for row in rows[1:]] == ["%u 输出"] * (len(rows) - 1)
    done = run("check", cases / "po/zh.po", "-s", "en", "-t", "zh-CN", "--only", "omitted-segment,untranslated")  # fmt: skip
    assert done.code == 0, done.out
