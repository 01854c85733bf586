"""The language in which the command line speaks to people: English, or Spanish where `--ui es` or the
locale says so.

Inside the program every text is English; it is put into the language of the person here, where it
is printed: `tell` (stderr) and `say` (stdout) are the only ways to a person. Results for machines
(--json, files, formats on standard output) are printed as they are, in every language.

English costs nothing: gettext and the catalogue are loaded for another language only.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner.cli.ui.catalogue import Catalogue
    from aligner.model import AlignerError

__all__ = ["LANGUAGES", "chosen", "page_language", "say", "speak", "spoken", "tell", "translated"]

LANGUAGES = ("en", "es")
_spoken: Catalogue | None = None
_tag = "en"


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


def speak(language: str) -> None:
    """From here on people are spoken to in this language, one of LANGUAGES."""
    global _spoken, _tag  # noqa: PLW0603 - one process speaks one language
    _tag = language
    if language == "en":
        _spoken = None
        return
    from aligner.cli.ui.catalogue import Catalogue

    _spoken = Catalogue.of(language)


def spoken() -> Catalogue | None:
    """The catalogue of the language that is spoken; None for English."""
    return _spoken


def page_language() -> str:
    """The language that is spoken, one of LANGUAGES."""
    return _tag


def translated(text: str) -> str:
    """`text` in the language that is spoken; as it is where the catalogue does not know it."""
    return text if _spoken is None else _spoken.message(text)


def tell(text: str | AlignerError, *, prefix: str = "aligner: ") -> None:
    """Print a message to stderr, in the language that is spoken."""
    if sys.stderr is None:
        return
    shown = str(text) if _spoken is None else _spoken.told(text)
    print(f"{prefix}{shown}", file=sys.stderr, flush=True)


def say(text: str = "") -> None:
    """Print a line for people to stdout, in the language that is spoken."""
    print(translated(text))
