"""Glossaries that `aligner terms` writes, in the tools they are for: OmegaT, translate-toolkit."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.corpus.terms import Candidate, glossary_entries
from aligner.formats.glossaries import write_glossary
from tests.client.omegat import project, translated
from tests.conftest import missing_client
from tests.unit.cli.run import run

CANDIDATES = [
    Candidate("water mill", "molino — ñ", 3, 3, 4, 0.857, 9.1, ('a "x", b', "c"), "d", (("x", 2),)),
    Candidate("#R&D", "=I+D", 2, 2, 2, 1.0, 3.0),
    Candidate("Würfel", "dado 骰子", 2, 2, 2, 1.0, 3.0, ("Der <Würfel>.", "El dado.")),
]
PAIRS = [(one.source, one.target) for one in CANDIDATES]
# what OmegaT's pane of glossaries does with each file of the project's folder
SCRIPT = """
import org.omegat.core.Core
import org.omegat.gui.glossary.GlossaryManager
def properties = Core.project.projectProperties
def manager = new GlossaryManager(null)
def own = GlossaryManager.getDeclaredField("priorityGlossary")
own.accessible = true
own.set(manager, new File(properties.writeableGlossary))
def load = GlossaryManager.getDeclaredMethod("loadGlossaryFile", File)
load.accessible = true
if (eventType.toString() == "LOAD") new File(properties.glossaryRoot).listFiles().each { file ->
  try {
    load.invoke(manager, file).each {
      println "ENTRY\\t$file.name\\t$it.srcText\\t$it.locText\\t${it.commentText.replace('\\n', ' ')}"
    }
  } catch (e) { println "REFUSED\\t$file.name" }
}
null
"""


def test_omegat_loads_each_but_the_newest(tmp_path: Path) -> None:
    folder = project(tmp_path, "EN", "ES-MX")
    (folder / "source" / "a.txt").write_text("The water mill.\n")
    formats = {
        "a.tbx": "tbx",
        "b.utf8": "omegat",
        "c.txt": "omegat",
        "d.csv": "csv",
        "e.tbx": "tbx3",
    }
    for name, to in formats.items():
        write_glossary(
            glossary_entries(CANDIDATES), folder / "glossary" / name, to, ("en", "es"), "t"
        )
    loaded: dict[str, list[list[str]]] = {name: [] for name in formats}
    for line in translated(folder, script=SCRIPT).splitlines():
        kind, _, rest = line.partition("\t")
        if kind == "ENTRY":
            name, *cells = rest.split("\t")
            loaded[name].append(cells)
    assert loaded.pop("e.tbx") == []  # why version 2 is what .tbx means
    assert loaded["d.csv"].pop(0) == ["source", "target", "comment"]
    pairs = {name: [(a.strip(), b.strip("'")) for a, b, _ in rows] for name, rows in loaded.items()}
    assert pairs == dict.fromkeys(loaded, PAIRS)
    for name in ("b.utf8", "c.txt", "d.csv"):
        assert loaded[name][0][2] == 'also: x (2). a "x", b'
    assert 'context: a "x", b' in loaded["a.tbx"][0][2]


@pytest.mark.parametrize(("name", "to"), [("a.tbx", "tbx"), ("b.utf8", "omegat"), ("c.csv", "csv")])
def test_translate_toolkit_loads_them(name: str, to: str, tmp_path: Path) -> None:
    try:
        from translate.storage import factory
    except ImportError:
        missing_client("translate-toolkit is not installed: pip install translate-toolkit")
    write_glossary(glossary_entries(CANDIDATES), tmp_path / name, to, ("en", "es"), "t")
    store = factory.getobject(str(tmp_path / name))
    pairs = [(str(u.source).strip(), str(u.target).strip("'")) for u in store.units]
    assert pairs[-3:] == PAIRS  # a table's first row is a unit to this reader


def test_from_a_memory_to_omegat(tmp_path: Path) -> None:
    """The command line, from a TMX to a glossary that OmegaT loads and `check` reads."""
    rows = ["en\tes"]
    rows += [f"The lighthouse keeper wrote {n}.\tEl farero escribió {n}." for n in range(4)]
    rows += [f"Nobody answered in room {n}.\tNadie contestó en la sala {n}." for n in range(60)]
    table = tmp_path / "t.tsv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("convert", table, tmp_path / "t.tmx").code == 0
    folder = project(tmp_path / "project")
    (folder / "source" / "a.txt").write_text("Nothing.\n")
    glossary = folder / "glossary"
    done = run(
        "terms", tmp_path / "t.tmx", "--encoder", "embedded", "-o", glossary / "t.tbx",
        "-o", glossary / "t.utf8",
    )  # fmt: skip
    assert done.code == 0, done.err
    out = translated(folder, script=SCRIPT)
    for name in ("t.tbx", "t.utf8"):
        entries = [line for line in out.splitlines() if line.startswith(f"ENTRY\t{name}\t")]
        assert any("lighthouse" in line and "farero" in line for line in entries)
