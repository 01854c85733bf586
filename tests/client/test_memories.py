"""Translation tools really load our TMX: OmegaT translates a file with it, xmllint checks it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import missing_client, require_program
from tests.contract.test_writers import TEXTS
from tests.unit.exporting.samples import bead, export, flat, interview, one_to_one, trilingual

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
</project></omegat>
"""


def translate(
    alignment: Any, lines: list[str], folder: Path, target: str = "EN", **options: Any
) -> list[str]:
    """The lines as OmegaT translates them with nothing but our memory, without a screen."""
    java = require_program("java", "default-jre-headless")
    if not OMEGAT.exists():
        missing_client("OmegaT is not installed: apt-get install omegat")
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat", "home"):
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT.format(source="ES", target=target))
    (folder / "source" / "a.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    export(alignment, "tmx", folder / "tm" / "auto", **options)
    done = subprocess.run(
        [
            java,
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            f"-Duser.home={folder / 'home'}",
            "-jar",
            str(OMEGAT),
            str(folder),
            "--mode=console-translate",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    text = (folder / "target" / "a.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def test_omegat_translates_with_our_memory(tmp_path: Path) -> None:
    lines = [
        "La casa vacía",
        "Una charla sobre el mar. Y sobre el viento.",
        "No está en la memoria.",
        "¿Cómo empezó?",
    ]
    assert translate(interview(), lines, tmp_path) == [
        "The Empty House",
        "A talk about the sea and the wind.",
        "No está en la memoria.",
        "How did you start?",
    ]


def test_omegat_takes_every_character_and_one_language_units(tmp_path: Path) -> None:
    """Control characters, all planes, a 10,000-character unit, nulls kept: one bad unit would
    make the whole file useless, and nothing would be translated."""
    source = [*TEXTS.values(), "Solo aquí.", 'Ella dijo: "1 < 2 & 3 > 2".', "Fin."]
    target = [*TEXTS.values(), 'She said: "1 < 2 & 3 > 2".', "End."]
    n = len(TEXTS)
    alignment = one_to_one(flat("es", source), flat("en", [*target, ""][: n + 2]))
    beads = [bead(i, 1, i, 1) for i in range(n)]
    beads += [bead(n, 1, n, 0), bead(n + 1, 1, n, 1), bead(n + 2, 1, n + 1, 1)]
    alignment = type(alignment)(alignment.source, alignment.target, tuple(beads))
    lines = ["Fin.", 'Ella dijo: "1 < 2 & 3 > 2".', "Solo aquí."]
    found = translate(alignment, lines, tmp_path, nulls="keep")
    assert found == ["End.", 'She said: "1 < 2 & 3 > 2".', "Solo aquí."]


def test_omegat_picks_its_language_of_three(tmp_path: Path) -> None:
    assert translate(trilingual(), ["Uno. Dos.", "Tres."], tmp_path, target="FR") == [
        "Un, deux.",
        "Trois.",
    ]


@pytest.mark.parametrize("flavour", ["trados", "memoq", "phrase", "corpus"])
def test_xmllint_finds_tmx_valid(flavour: str, shared: Path, tmp_path: Path) -> None:
    xmllint = require_program("xmllint", "libxml2-utils")
    export(interview(), "tmx", tmp_path, nulls="separate", flavour=flavour)
    dtd = str(shared / "schemas" / "tmx14.dtd")
    for name in ("out.tmx", "out.nulls.tmx"):
        subprocess.run(
            [xmllint, "--noout", "--nonet", "--dtdvalid", dtd, str(tmp_path / name)], check=True
        )
