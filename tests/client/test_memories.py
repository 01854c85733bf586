"""Translation tools really load our TMX: OmegaT translates a file with it, xmllint checks it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from aligner.model import Alignment, Span
from tests.conftest import missing_client, require_program
from tests.contract.test_writers import TEXTS
from tests.unit.formats.samples import (
    bead,
    document,
    export,
    flat,
    interview,
    one_to_one,
    trilingual,
)

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


LEVEL_2 = """<?xml version="1.0" encoding="UTF-8" ?>
<omegat><preference version="1.0"><ext_tmx_show_level2>true</ext_tmx_show_level2></preference></omegat>
"""


def translate(
    alignment: Any, lines: list[str], folder: Path, target: str = "EN", **options: Any
) -> list[str]:
    """The lines as OmegaT translates them with nothing but our memory, without a screen."""
    text = "\n\n".join(lines) + "\n"
    found = translate_file(alignment, "a.txt", text, folder, target, **options)
    return [line for line in found.splitlines() if line]


def translate_file(
    alignment: Any,
    name: str,
    content: str,
    folder: Path,
    target: str = "EN",
    *,
    preferences: str = "",
    **options: Any,
) -> str:
    """A file as OmegaT translates it."""
    java = require_program("java", "default-jre-headless")
    if not OMEGAT.exists():
        missing_client("OmegaT is not installed: apt-get install omegat")
    for part in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat", "home"):
        (folder / part).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT.format(source="ES", target=target))
    (folder / "source" / name).write_text(content, encoding="utf-8")
    if preferences:
        (folder / "home" / ".omegat").mkdir()
        (folder / "home" / ".omegat" / "omegat.prefs").write_text(preferences, encoding="utf-8")
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
    return (folder / "target" / name).read_text(encoding="utf-8")


def formatted() -> Alignment:
    """A sentence with bold and a link, in both languages, and one without."""
    link = "https://example.org/"
    return one_to_one(
        document(
            "es",
            [
                (
                    "para",
                    ["Una palabra fuerte y un enlace."],
                    {"spans": (Span(4, 11, "bold"), Span(24, 30, "link", link))},
                ),
                ("para", ["Sola."]),
            ],
        ),
        document(
            "en",
            [
                (
                    "para",
                    ["A strong word and a link."],
                    {"spans": (Span(9, 13, "bold"), Span(20, 24, "link", link))},
                ),
                ("para", ["Alone."]),
            ],
        ),
    )


def test_omegat_takes_plain_text_from_inline_codes(tmp_path: Path) -> None:
    lines = ["Una palabra fuerte y un enlace.", "Sola."]
    found = translate(formatted(), lines, tmp_path, inline=True)
    assert found == ["A strong word and a link.", "Alone."]


def test_omegat_puts_inline_codes_into_a_page(tmp_path: Path) -> None:
    """With its preference for level 2 a tagged sentence is an exact match, tags in place."""
    page = (
        '<html><head><meta charset="utf-8"></head><body><p>Una <b>palabra</b> fuerte y un '
        '<a href="https://example.org/">enlace</a>.</p><p>Sola.</p></body></html>'
    )
    found = translate_file(formatted(), "a.html", page, tmp_path, preferences=LEVEL_2, inline=True)
    assert (
        '<p>A strong <b>word</b> and a <a href="https://example.org/">link</a>.</p><p>Alone.</p>'
        in found
    )


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
