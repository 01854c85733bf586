"""Data files that packages of others carry: the encoders' weights and LanguageTool's rules.

Each is known by the SHA-256 of the file that this version was made and measured with. A package
that is gone from its index, or holds another file some day, is no reason to stop: a copy of the file
is looked for in the folder that $ALIGNER_MODELS names, before the package (docs/encoders.md).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path
from typing import NamedTuple

from aligner.model import ModelError

__all__ = ["FOLDER", "DataFile"]

FOLDER = "ALIGNER_MODELS"  # the environment variable that names a folder of such files


class DataFile(NamedTuple):
    """`path` is seen from the folder of `module`, which `requirement` (for pip) installs."""

    module: str
    path: str
    requirement: str
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, the same in the package and in the user's folder."""
        return Path(self.path).name

    def locate(self) -> Path:
        """Where the file lies. Raises ModelError where it is in neither place."""
        folder = os.environ.get(FOLDER)
        if folder and (supplied := Path(folder, self.name)).is_file():
            return supplied
        # found without importing the package, which may load much
        spec = importlib.util.find_spec(self.module)
        for place in (spec.submodule_search_locations or ()) if spec is not None else ():
            if (carried := Path(place, self.path)).is_file():
                return carried
        raise ModelError(
            f"{self.name} of the package {self.requirement} is not there",
            hint=f"pip install --force-reinstall '{self.requirement}', or {self._instead()}",
        )

    def check(self, path: Path, data: bytes | None = None) -> None:
        """Is the file at `path` (its bytes `data`, where they are read already) the one that is known?

        Raises ModelError where it is another, OSError where it cannot be read.
        """
        if data is not None:
            digest = hashlib.sha256(data).hexdigest()
        else:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != self.sha256:
            raise self.other(path)

    def other(self, path: Path) -> ModelError:
        """The error for a file that is not the one that is known."""
        return ModelError(
            f"this is another file than this version was made for (SHA-256 {self.sha256[:12]}...)",
            context=str(path),
            hint=f"pip install --force-reinstall '{self.requirement}', or {self._instead()}",
        )

    def _instead(self) -> str:
        return f"name a folder that holds {self.name} by {FOLDER}"
