"""OmegaT's console run: a project from its files, translated without a screen."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.conftest import missing_client, require_program

__all__ = ["JAR", "project", "translated"]

JAR = Path("/usr/share/omegat/OmegaT.jar")
_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<sentence_seg>{segmenting}</sentence_seg><remove_tags>{removing}</remove_tags>
<support_default_translations>true</support_default_translations>
</project></omegat>
"""


def project(
    folder: Path,
    source: str = "EN",
    target: str = "ES",
    *,
    sentences: bool = False,
    without_tags: bool = False,
) -> Path:
    """A folder with the places of a project: source, target, tm/auto, glossary ..."""
    for part in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat", "home"):
        (folder / part).mkdir(parents=True)
    (folder / "omegat.project").write_text(
        _PROJECT.format(
            source=source,
            target=target,
            segmenting=str(sentences).lower(),
            removing=str(without_tags).lower(),
        )
    )
    return folder


def translated(folder: Path, *, script: str = "") -> str:
    """Run OmegaT over a project, which fills its `target`; what it prints. `script`: Groovy, run
    when the project is loaded and again when it is translated. Skips where there is no OmegaT.
    """
    java = require_program("java", "default-jre-headless")
    if not JAR.exists():
        missing_client("OmegaT is not installed: apt-get install omegat")
    options = ["-Dfile.encoding=UTF-8", "-Djava.awt.headless=true"]
    command = [java, *options, f"-Duser.home={folder / 'home'}", "-jar", str(JAR), str(folder)]
    command.append("--mode=console-translate")
    if script:
        (folder / "script.groovy").write_text(script, encoding="utf-8")
        command.append(f"--script={folder / 'script.groovy'}")
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
