"""The memory's export in the tools of others: the official DTD, translate-toolkit, OmegaT."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from aligner.memory import Filter, Memory, find_matches
from aligner.workflows.memory.storing import export_memory, import_file
from tests.conftest import missing_client, require_program

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="en-US" datatype="plaintext"/><body>
<tu tuid="1"><prop type="x-score">0.91</prop><tuv xml:lang="en-US"><seg>The kettle is on the
 <bpt i="1">&lt;b&gt;</bpt>stove<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="es-MX"><seg>La tetera está en la estufa.</seg></tuv></tu>
<tu><prop type="x-ConfirmationLevel">ApprovedTranslation</prop><note>said twice</note>
<tuv xml:lang="es-MX"><seg>Cierra la puerta &amp; la ventana.</seg></tuv>
<tuv xml:lang="en-US"><seg>Close the door &amp; the window.</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    (tmp_path / "in.tmx").write_text(TMX)
    with Memory(tmp_path / "m.db", write=True) as memory:
        assert import_file(memory, tmp_path / "in.tmx").new == 2
        (match,) = find_matches(memory, "The kettle is on the stove.", "en", "es")
        assert (match.score, match.unit.confidence) == (100.0, 0.91)
        assert find_matches(memory, "Close the door & the window.")[0].unit.status == "accepted"
        assert export_memory(memory, Filter(), tmp_path / "out.tmx") == 2
    return tmp_path / "out.tmx"


def test_the_dtd(exported: Path, shared: Path) -> None:
    lint = require_program("xmllint", "libxml2-utils")
    dtd = next((shared / "schemas").rglob("tmx14.dtd"))
    subprocess.run([lint, "--noout", "--dtdvalid", str(dtd), str(exported)], check=True)


def test_translate_toolkit(exported: Path) -> None:
    try:
        from translate.storage import tmx
    except ImportError:
        missing_client("translate-toolkit is not installed: pip install translate-toolkit")
    store: Any = tmx.tmxfile.parsefile(str(exported))  # type: ignore[no-untyped-call]
    # inline codes come back; this reader shows their markup as text
    assert {str(u.source): str(u.target) for u in store.units} == {
        "The kettle is on the\n <b>stove</b>.": "La tetera está en la estufa.",
        "Close the door & the window.": "Cierra la puerta & la ventana.",
    }


def test_omegat(exported: Path, tmp_path: Path) -> None:
    require_program("java", "default-jre-headless")
    jar = Path("/usr/share/omegat/OmegaT.jar")
    if not jar.is_file():
        missing_client("OmegaT is not installed: apt-get install omegat")
    project = tmp_path / "project"
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><omegat><project version="1.0">'
        "<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>"
        "<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>"
        "<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN-US</source_lang>"
        "<target_lang>ES-MX</target_lang><sentence_seg>true</sentence_seg></project></omegat>"
    )
    (project / "source/a.txt").write_text("Close the door & the window.\n")
    (project / "tm/auto/memory.tmx").write_bytes(exported.read_bytes())
    command = ["java", "-Djava.awt.headless=true", f"-Duser.home={tmp_path}", "-jar", str(jar)]
    subprocess.run(
        [*command, str(project), "--mode=console-translate"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert "Cierra la puerta & la ventana." in (project / "target/a.txt").read_text()
