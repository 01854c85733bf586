"""LibreOffice: documents as it reads them, converted without a screen."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import require_program

__all__ = ["converted", "words"]


def converted(
    files: Sequence[Path], folder: Path, to: str = "txt:Text (encoded):UTF8"
) -> list[Path]:
    """The files in another format, in `folder`; skips where there is no LibreOffice."""
    program = require_program("soffice", "libreoffice-writer-nogui")
    folder.mkdir(exist_ok=True)
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    suffix = to.partition(":")[0]
    made = [folder / f"{file.stem}.{suffix}" for file in files]
    assert all(path.is_file() for path in made)
    return made


def words(file: Path) -> str:
    """The words of an exported text, however its lines are broken."""
    return " ".join(file.read_text("utf-8-sig").split())
