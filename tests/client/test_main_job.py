"""What the command writes for the sample interview loads in other people's programs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from tests.client.test_memories import OMEGAT, PROJECT
from tests.conftest import CORPORA, missing_client, require_program
from tests.unit.cli.run import run

PAGES = [CORPORA / "interview" / f"{lang}.html" for lang in ("es", "en")]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interview")
    meta = CORPORA / "interview" / "meta.toml"
    outputs = ["-o", folder / "out.tmx", "-o", folder / "out.tei.xml", "--meta", meta]
    done = run("align", *PAGES, *outputs)
    assert done.code == 0, done.err
    return folder


def test_omegat_translates_the_interview_with_its_own_memory(written: Path, tmp_path: Path) -> None:
    """The Spanish side as a file of its own: each of its units comes out as its English side."""
    java = require_program("java", "default-jre-headless")
    if not OMEGAT.exists():
        missing_client("OmegaT is not installed: apt-get install omegat")
    units = {}
    for unit in etree.parse(written / "out.tmx").iter("tu"):
        sides = {v.get(LANG, "")[:2]: v.findtext("seg", "") for v in unit.iter("tuv")}
        units[sides["es"]] = sides["en"]
    assert len(units) > 80
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat", "home"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "omegat.project").write_text(PROJECT.format(source="ES", target="EN"))
    (tmp_path / "source" / "a.txt").write_text("\n\n".join(units) + "\n", encoding="utf-8")
    (tmp_path / "tm" / "auto" / "out.tmx").write_bytes((written / "out.tmx").read_bytes())
    subprocess.run(
        [
            java,
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            f"-Duser.home={tmp_path / 'home'}",
            "-jar",
            str(OMEGAT),
            str(tmp_path),
            "--mode=console-translate",
        ],
        capture_output=True,
        timeout=300,
        check=True,
    )
    text = (tmp_path / "target" / "a.txt").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line] == list(units.values())


def test_xmllint_finds_the_memory_valid(written: Path, shared: Path) -> None:
    xmllint = require_program("xmllint", "libxml2-utils")
    dtd = str(shared / "schemas" / "tmx14.dtd")
    command = [xmllint, "--noout", "--nonet", "--dtdvalid", dtd, str(written / "out.tmx")]
    subprocess.run(command, check=True)


def test_jing_finds_the_edition_valid(written: Path, shared: Path) -> None:
    jing = require_program("jing", "jing")
    schema = shared / "schemas" / "tei_all.rng"
    command = [jing, str(schema), str(written / "out.tei.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
