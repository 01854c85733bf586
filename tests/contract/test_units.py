"""Importing a file equals converting it and importing what was converted, for every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.formats import FORMATS
from aligner.memory import Filter, Memory, stored_header, stored_units
from aligner.workflows.alignment_files import alignment_formats

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="cat" creationtoolversion="2" segtype="sentence"
 o-tmf="own" adminlang="en" srclang="en-GB" datatype="html"><note>all of it</note>
<prop type="x-Kunde">Hafen</prop></header><body>
<tu tuid="7" creationdate="20240102T030405Z" changeid="eva" usagecount="3"><note>ask her</note>
<prop type="domain">legal</prop><prop type="x-context">menu</prop>
<tuv xml:lang="en-GB" changeid="bo"><prop type="x-v">1</prop><seg>Turn the <bpt i="1" x="1">&lt;b&gt;</bpt>key<ept
 i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="es-MX"><seg>Gire la <bpt i="1" x="1">&lt;b&gt;</bpt>llave<ept i="1">&lt;/b&gt;</ept>.</seg></tuv></tu>
<tu><prop type="confidence">0.75</prop><tuv xml:lang="en-GB"><seg>Wait &amp; see.</seg></tuv>
<tuv xml:lang="es-MX"><seg>Espere  y verá.</seg></tuv></tu>
<tu><tuv xml:lang="en-GB"><seg>The light goes out.</seg></tuv></tu>
</body></tmx>
"""
XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a.docx"
 source-language="en" target-language="es" datatype="x-office"><header><note>the file</note></header>
<body><group id="g"><trans-unit id="1" resname="menu" approved="yes"><source>Turn the <g id="5"
 ctype="bold">key</g>.</source><target state="final">Gire la <g id="5" ctype="bold">llave</g>.</target>
<note from="eva">ask her</note></trans-unit>
<trans-unit id="2"><source>Wait. Go on.</source><seg-source><mrk mtype="seg" mid="0">Wait.</mrk> <mrk
 mtype="seg" mid="1">Go on.</mrk></seg-source><target><mrk mtype="seg" mid="0">Espere.</mrk> <mrk
 mtype="seg" mid="1">Siga.</mrk></target></trans-unit></group></body></file></xliff>
"""
XLIFF2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" srcLang="en" trgLang="es" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">
<unit id="u1" name="menu"><notes><note>ask her</note></notes>
<segment id="s1" state="final"><source>Turn the <pc id="1">key</pc>.</source><target>Gire la <pc
 id="1">llave</pc>.</target></segment><segment state="initial"><source>Wait.</source><target>Espere.</target>
</segment></unit></file></xliff>
"""
PO = """msgid ""
msgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\nX-Source-Language: en\\n"

#. from the menu
#: main.c:7
#, c-format
msgctxt "noun"
msgid "Open %s"
msgstr "Abierto %s"

# doubtful
#, fuzzy
msgctxt "verb"
msgid "Open %s"
msgstr "Abrir %s"

msgid "one door"
msgid_plural "%d doors"
msgstr[0] "una puerta"
msgstr[1] "%d puertas"
"""
TEXTS = {"es": "Hola.\nAdiós.\nNunca.\n", "en": "Hello.\nBye.\nNever.\n"}


def run(*words: str) -> Any:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result


def written(text: str, name: str) -> Callable[[Path], str]:
    def write(folder: Path) -> str:
        (folder / name).write_text(text, encoding="utf-8")
        return name

    return write


def converted(name: str) -> Callable[[Path], str]:
    """A file that our own writer makes of the memory above."""

    def write(folder: Path) -> str:
        source = written(TMX, "memory.tmx")(folder)
        run("convert", str(folder / source), str(folder / name))
        return name

    return write


def moses(folder: Path) -> str:
    for lang, text in TEXTS.items():
        (folder / f"a.{lang}").write_text(text, encoding="utf-8")
    return "a.moses"


FILES: dict[str, Callable[[Path], str]] = {
    "tmx": written(TMX, "a.tmx"),
    "xliff": written(XLIFF, "a.xlf"),
    "xliff 2": written(XLIFF2, "a.xliff"),
    "po": written(PO, "a.po"),
    "tsv": converted("a.tsv"),
    "csv": converted("a.csv"),
    "xlsx": converted("a.xlsx"),
    "jsonl": converted("a.jsonl"),
    "parquet": converted("a.parquet"),
    "json": converted("a.alignment.json"),
    "tei": converted("a.tei.xml"),
    "xces": converted("a.xces.xml"),
    "intertext": converted("a.intertext.xml"),
    "moses": moses,
}


def imported(path: Path, name: str) -> tuple[list[Any], Any]:
    """What a new memory has of the file: whole units, and the header.

    `name` is the file's that all units come from: a memory calls documents by it.
    """
    place = path.parent / f"{name}.db"
    moses_langs = ("-s", "es", "-t", "en") if path.suffix == ".moses" else ()
    run("memory", "import", str(path), "-m", str(place), *moses_langs)
    with Memory(place) as memory:
        units = list(stored_units(memory, Filter()))
        return units, stored_header(memory, Filter())


def test_every_format_that_holds_an_alignment_is_here() -> None:
    formats = {name.split()[0] for name in FILES}
    numbers = {"beads", "ladder"}  # they hold no texts
    assert formats == set(alignment_formats()) - numbers
    assert set(FORMATS) > formats


@pytest.mark.parametrize("between", [".alignment.json", ".jsonl"])
@pytest.mark.parametrize("kind", FILES)
def test_import_equals_convert_then_import(kind: str, between: str, tmp_path: Path) -> None:
    path = tmp_path / FILES[kind](tmp_path)
    units, header = imported(path, "direct")
    assert units
    langs = ("-l", "es", "-l", "en") if kind == "moses" else ()
    (tmp_path / "x").mkdir()
    run("convert", str(path), str(tmp_path / "x" / f"a{between}"), *langs)
    there, other = imported(tmp_path / "x" / f"a{between}", "between")
    assert [u._asdict() for u in there] == [u._asdict() for u in units]
    if between == ".alignment.json":  # lines of JSON have no header
        assert other == header
