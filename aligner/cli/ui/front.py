"""The first page, `aligner --help`, at once: as it was printed when it was made, in each language.

To print it typer has to be loaded, every command with it, and all their options: ten times what Python
takes to start. So the page lies beside this module as typer prints it where a line has 80 columns or
more (typer uses no more). `scripts/make_catalogue.py` makes it, and a test compares it with what typer
prints. Narrower terminals, and whatever else is asked for, are typer's.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COLUMNS", "COMPLETION", "first_page", "place_of"]

COLUMNS = 80  # the widest that typer's help gets
COMPLETION = "_ALIGNER_COMPLETE"  # set by the completion of shells, which asks for words


def place_of(language: str) -> str:
    """The file of the page in a language."""
    return f"{os.path.dirname(__file__)}/help.{language}.txt"  # noqa: PTH120 - pathlib takes long


def first_page(
    arguments: Sequence[str], environment: Mapping[str, str], language: str
) -> str | None:
    """The page, where nothing else is asked for and the terminal is wide enough for it as it is."""
    asked = list(arguments)
    while asked and asked[0].partition("=")[0] == "--ui":
        value = asked.pop(0).partition("=")[2] or (asked.pop(0) if asked else "")
        if value != language:
            return None
    if asked not in (["--help"], ["-h"]) or COMPLETION in environment or sys.stdout is None:
        return None
    if _columns(environment) < COLUMNS:
        return None
    try:
        with open(place_of(language), encoding="utf-8") as file:  # noqa: PTH123
            return file.read()
    except OSError:  # typer knows the same
        return None


def _columns(environment: Mapping[str, str]) -> int:
    """As `shutil.get_terminal_size` says it, which takes longer to import than all of this."""
    told = environment.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or COLUMNS  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # no terminal: 80
        return COLUMNS
