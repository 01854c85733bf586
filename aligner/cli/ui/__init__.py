"""The language in which the command line speaks to people: English, or Spanish where `--ui es` or the
locale says so.

Inside the program every text is English; it is put into the language of the person here, where it
is printed: `tell` (stderr) and `say` (stdout) are the only ways to a person. Results for machines
(--json, files, formats on standard output) are printed as they are, in every language.

English costs nothing: gettext and the catalogue are loaded for another language only.
"""

from __future__ import annotations

import sys

from aligner.cli.ui.front import first_page
from aligner.text.speaking import speak, spoken, translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner.model import AlignerError

__all__ = ["LANGUAGES", "chosen", "first_page", "say", "speak", "spoken", "tell", "translated"]

LANGUAGES = ("en", "es")


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language: `--ui` among the options before the command, else the locale as gettext reads
    it (LC_ALL, LC_MESSAGES, LANG, and LANGUAGE where these name a language at all).

    A language that nobody knows, C and POSIX are English.
    """
    for place, argument in enumerate(arguments):
        if not argument.startswith("-"):
            break
        name, equals, value = argument.partition("=")
        if name == "--ui":
            value = value if equals else "".join(arguments[place + 1 : place + 2])
            return value if value in LANGUAGES else "en"
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if _language(locale) in ("", "C", "POSIX"):
        return "en"
    wished = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((tag for tag in map(_language, wished) if tag in LANGUAGES), "en")


def _language(locale: str) -> str:
    """`es` of `es_MX.UTF-8`."""
    for mark in ".@_":
        locale = locale.partition(mark)[0]
    return locale


def tell(text: str | AlignerError, *, prefix: str = "aligner: ") -> None:
    """Print a message to stderr, in the language that is spoken."""
    if sys.stderr is None:
        return
    catalogue = spoken()
    shown = str(text) if catalogue is None else catalogue.told(text)
    print(f"{prefix}{shown}", file=sys.stderr, flush=True)


def say(text: str = "") -> None:
    """Print a line for people to stdout, in the language that is spoken."""
    print(translated(text))
