"""Files of several that cannot be read: each costs itself, and the command ends with code 2."""

from __future__ import annotations

import typer

from aligner.cli.ui import tell
from aligner.model import AlignerError

__all__ = ["Refused"]

_ERROR = 2


class Refused:
    """Called with each error; says each once, on stderr."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def __call__(self, error: AlignerError) -> None:
        """Tell the person, and remember it."""
        sentence = str(error)
        if sentence not in self._told:
            self._told.add(sentence)
            tell(error)

    def end(self) -> None:
        """To be called when the work on the others is done."""
        if self._told:
            raise typer.Exit(_ERROR)
