"""A translator's day: last year's text and its translation, reviewed, become a memory and a glossary; this
year's text is drafted with them, and opened in LibreOffice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aligner.formats.glossaries import parse_glossary
from aligner.workflows.alignment_files import open_alignment
from tests.client.reviews import Server
from tests.client.soffice import converted, words
from tests.conftest import CORPORA
from tests.unit.cli.run import run

RENTAL = CORPORA / "rental"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
WRONG, RIGHT = "identity document", "identity card"


def ran(*arguments: object) -> str:
    """What the command prints, that ends well."""
    done = run(*arguments)
    assert done.code == 0, done.err
    return done.out.decode()


def reviewed(path: Path) -> None:
    """The review by its interface: one translation is corrected, every other bead is accepted."""
    alignment: Any = open_alignment(str(path))
    segment = next(s for s in alignment.target.segments if WRONG in s.text)
    corrected = {"segment": segment.index, "words": segment.text.replace(WRONG, RIGHT)}
    with Server.running(path, "--no-prepare", "--no-check") as server:
        state = server.review()
        actions: list[dict[str, Any]] = [{"action": "edit-text", "text": 1, **corrected}]
        actions += [{"action": "accept", "bead": n} for n in range(len(state["pairs"][0]["items"]))]
        for action in actions:
            done = server.do(server.review()["version"], **action)
            assert done.status_code == 200, done.text
        assert server.save().status_code == 200


def test_from_two_documents_to_the_draft_of_a_third(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the extra [review] is not installed")
    alignment, memory = tmp_path / "rental.alignment.json", tmp_path / "rental.db"
    tmx, glossary = tmp_path / "rental.tmx", tmp_path / "rental.tbx"
    ran("align", RENTAL / "es.docx", RENTAL / "en.docx", "-s", "es", "-t", "en", "-o", alignment)
    reviewed(alignment)
    ran("convert", alignment, tmx)
    units = {}
    for unit in etree.parse(tmx).iter("tu"):
        sides = {v.get(LANG, ""): v.findtext("seg", "") for v in unit.iter("tuv")}
        units[sides["es"]] = sides["en"]
    assert any(RIGHT in text for text in units.values())
    assert not any(WRONG in text for text in units.values())

    ran("terms", tmx, "-o", glossary, "--min-count", 2)
    terms = parse_glossary(glossary.read_bytes(), glossary.name, ("es", "en"))
    assert any("bicicleta" in term.source and "bicycle" in term.required for term in terms)

    ran("memory", "import", tmx, "-m", memory)
    draft = tmp_path / "2026.en.docx"
    left = ran("memory", "pretranslate", RENTAL / "es-2026.docx", "-o", draft, "-m", memory, "-s", "es", "-t", "en")  # fmt: skip
    assert draft.read_bytes() != (RENTAL / "es-2026.docx").read_bytes()

    before = words(converted([RENTAL / "es-2026.docx"], tmp_path / "before")[0])
    after = words(converted([draft], tmp_path / "after")[0])
    segments = ran("segment", RENTAL / "es-2026.docx", "-s", "es").split("\n")
    expected, translated = before, 0
    for segment in filter(None, segments):
        if segment in units:
            expected = expected.replace(segment, units[segment], 1)
            translated += 1
        else:
            assert f"\t{segment}\n" in left
    assert after == expected
    assert translated >= 8
    assert left.count("\n") == len([s for s in segments if s]) - translated

    # what the draft says is checked against the glossary, before a person goes on
    ran("align", RENTAL / "es-2026.docx", draft, "-s", "es", "-t", "en", "-o", tmp_path / "d.alignment.json")  # fmt: skip
    done = run(
        "check", tmp_path / "d.alignment.json", "--glossary", glossary, "--only", "terminology"
    )
    assert done.code in (0, 1), done.err
    assert "Traceback" not in done.err
