"""The language of the person at this process: English, or another one that `speak` was given.

Inside the program every text is English. Messages are put into the language where they are shown, by
`translated`, which knows them all. What pages show (the review, reports) is written as `t("Search")`,
`t("line {number}", number=3)`, `tn("{count} bead", "{count} beads", count=2)`, in Python and in the
scripts of pages alike, and stands in the catalogue under the context "page". Files for programs are
never in another language.

English costs nothing: gettext and the catalogue are loaded for another language only.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aligner.text.catalogue import Catalogue

__all__ = ["PAGE", "page_texts", "speak", "spoken", "spoken_tag", "t", "tn", "translated"]

PAGE = "page"  # the context of texts that pages show
_spoken: Catalogue | None = None
_tag = "en"


def speak(language: str) -> None:
    """From here on people are spoken to in this language ("en", or one that is installed).

    Raises OSError where its catalogue is not installed.
    """
    global _spoken, _tag
    if language == "en":
        _spoken, _tag = None, "en"
        return
    from aligner.text.catalogue import Catalogue

    _spoken, _tag = Catalogue.of(language), language


def spoken() -> Catalogue | None:
    """The catalogue of the language that is spoken; None for English."""
    return _spoken


def spoken_tag() -> str:
    """The language that is spoken, as a tag."""
    return _tag


def translated(text: str) -> str:
    """A message in the language that is spoken; as it is where the catalogue does not know it."""
    return text if _spoken is None else _spoken.message(text)


def t(text: str, /, **values: object) -> str:
    """A text of a page in the language that is spoken, with its values."""
    known = text if _spoken is None else _spoken.pgettext(PAGE, text)
    return known.format(**values) if values else known


def tn(one: str, many: str, /, *, count: int, **values: object) -> str:
    """The same for a number of things: the form that the language has for `count`, whole numbers with
    commas between thousands.
    """
    if _spoken is None:
        known = one if count == 1 else many
    else:
        known = _spoken.npgettext(PAGE, one, many, count)
    return known.format(count=f"{count:,}", **values)


def page_texts() -> dict[str, str | list[str]]:
    """All texts of pages in the language that is spoken, by their English; a list has the forms for one
    and for many. {} for English.
    """
    return {} if _spoken is None else _spoken.of_context(PAGE)
