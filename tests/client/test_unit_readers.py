"""Units of TMX, XLIFF and PO as translate-toolkit reads them, and catalogues filled as msgmerge does."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.model import ReadOptions, Unit
from aligner.workflows.unit_files import open_units
from tests.conftest import missing_client, require_program

HEADER = (
    'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n'
    'Plural-Forms: nplurals=2; plural=n != 1;\\nX-Source-Language: en\\n"\n\n'
)
KNOWN = """msgctxt "noun"
msgid "Order"
msgstr "Pedido"

msgctxt "verb"
msgid "Order"
msgstr "Ordenar"

#. shown in the yard
#, c-format
msgid "%d gate"
msgid_plural "%d gates"
msgstr[0] "%d verja"
msgstr[1] "%d verjas"

# not sure
#, fuzzy
msgid "Lock the shed."
msgstr "Cierra el galpón."

msgid "Water the plants before you leave the house."
msgstr "Riega las plantas antes de salir de casa."
"""
WANTED = """msgctxt "verb"
msgid "Order"
msgstr ""

msgctxt "noun"
msgid "Order"
msgstr ""

msgid "%d gate"
msgid_plural "%d gates"
msgstr[0] ""
msgstr[1] ""

msgid "Water the plants before you leave the house."
msgstr ""

msgid "Water the plants before you leave this house."
msgstr ""

msgid "Nothing like it anywhere."
msgstr ""
"""
TMX = """<tmx version="1.4"><header creationtool="c" creationtoolversion="1" segtype="sentence" o-tmf="c"
 adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu tuid="g1"><note>ask &amp; answer</note><tuv xml:lang="en"><seg>Open the gate.</seg></tuv><tuv
 xml:lang="es"><seg>Abre la verja.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Fish &amp; chips &lt;now&gt;</seg></tuv><tuv xml:lang="es"><seg>Pescado</seg></tuv></tu>
</body></tmx>"""
XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en"
 target-language="es" datatype="plaintext"><body>
<trans-unit id="1" approved="yes"><source>Open the gate.</source><target state="final">Abre la verja.</target><note>ask
 her</note></trans-unit>
<trans-unit id="2"><source>Lock it.</source><target state="needs-translation"/></trans-unit>
<trans-unit id="3"><source>Lock the shed.</source><target state="needs-review-translation">Cierra.</target></trans-unit>
</body></file></xliff>"""


def units_of(path: Path) -> list[Unit]:
    with open_units(str(path), None, ReadOptions(None, False)) as stream:
        return list(stream)


def toolkit(name: str) -> Any:
    try:
        from importlib import import_module

        return import_module(f"translate.storage.{name}")
    except ImportError:
        missing_client("translate-toolkit is not installed: pip install translate-toolkit")


def one_line(text: object) -> str:
    return " ".join(str(text or "").split())


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_memory_as_translate_toolkit_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX)
    theirs = toolkit("tmx").tmxfile.parsefile(str(path)).units
    assert [(one_line(u.source), one_line(u.target), one_line(u.getnotes())) for u in theirs] == [
        (unit.source, unit.target, " ".join(unit.notes)) for unit in units_of(path)
    ]


def test_an_xliff_as_translate_toolkit_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF)
    theirs = toolkit("xliff").xlifffile.parsefile(str(path)).units
    ours = units_of(path)
    assert [(one_line(u.source), one_line(u.target), one_line(u.getnotes())) for u in theirs] == [
        (unit.source, unit.target, " ".join(unit.notes)) for unit in ours
    ]
    assert [u.getid().rpartition("\x04")[2] for u in theirs] == [unit.id for unit in ours]
    # what a person has approved, and what is not finished
    assert [bool(u.isapproved()) for u in theirs] == [u.status == "accepted" for u in ours]
    assert [bool(u.target) and bool(u.isfuzzy()) for u in theirs] == [bool(u.labels) for u in ours]


def test_a_catalogue_as_translate_toolkit_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEADER + KNOWN)
    theirs = [u for u in toolkit("pypo").pofile.parsefile(str(path)).units if not u.isheader()]
    rows = []
    for unit in theirs:
        sources = getattr(unit.source, "strings", [unit.source])
        targets = getattr(unit.target, "strings", [unit.target])
        context = unit.getcontext()
        for number, target in enumerate(targets):
            source = sources[min(number, len(sources) - 1)]
            rows.append((str(source), str(target), context, bool(unit.isfuzzy())))
    ours = units_of(path)
    assert rows == [(u.source, u.target, u.context, "fuzzy" in u.labels) for u in ours]
    notes = [one_line(unit.getnotes("developer")) for unit in theirs]
    assert [note for note in notes if note] == [" ".join(u.notes) for u in ours if u.notes]
    said = [one_line(unit.getnotes("translator")) for unit in theirs]
    assert [one for one in said if one] == [u.comment for u in ours if u.comment]


def entries(text: str) -> dict[tuple[str, str], tuple[list[str], bool]]:
    """Source and context -> translations, and whether they are finished."""
    store = toolkit("pypo").pofile.parsestring(text.encode())
    made = {}
    for unit in store.units:
        if not unit.isheader():
            targets = [str(one) for one in getattr(unit.target, "strings", [unit.target])]
            source = getattr(unit.source, "strings", [unit.source])[0]
            made[unit.getcontext(), str(source)] = (targets, bool(unit.isfuzzy()))
    return made


def test_a_catalogue_is_filled_as_msgmerge_does(tmp_path: Path) -> None:
    msgmerge = require_program("msgmerge", "gettext")
    known, wanted = tmp_path / "known.po", tmp_path / "wanted.po"
    known.write_text(HEADER + KNOWN)
    wanted.write_text(HEADER + WANTED)
    command = [msgmerge, "--quiet", "--no-wrap", str(known), str(wanted), "-o", "-"]
    theirs = entries(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    run("memory", "import", str(known), "-m", str(tmp_path / "m.db"))
    out = tmp_path / "out.po"
    run("memory", "pretranslate", str(wanted), "-m", str(tmp_path / "m.db"), "-o", str(out))
    ours = entries(out.read_text())
    live = {key: value for key, value in theirs.items() if key in ours}
    assert ours.keys() == live.keys()
    assert ours == live
    subprocess.run(
        [require_program("msgfmt", "gettext"), "--check", "-o", "/dev/null", str(out)], check=True
    )


@pytest.mark.parametrize("name", ["a.tmx", "a.xlf", "a.po"])
def test_what_we_write_of_them_is_read_alike(name: str, tmp_path: Path) -> None:
    """Sources and targets of the file as it was and as we write it again."""
    text = {"a.tmx": TMX, "a.xlf": XLIFF, "a.po": HEADER + KNOWN}[name]
    (tmp_path / name).write_text(text)
    run("convert", str(tmp_path / name), str(tmp_path / f"out.{name}"))
    factory = toolkit("factory")
    before, after = (
        [
            (one_line(u.source), one_line(u.target))
            for u in factory.getobject(str(path)).units
            if u.source
        ]
        for path in (tmp_path / name, tmp_path / f"out.{name}")
    )
    assert before == after
