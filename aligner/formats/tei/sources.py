"""Who made a text and where it appeared: titleStmt's people, and biblStruct (TEI P5, 2.2, 3.12).

Roles are those of the MARC relators (trl, ivr, ive, edt): `resp` points to the term, so that a
catalogue can read it. A text that appeared in several outlets has a biblStruct for each; that of a
translation points to its original by `relatedItem`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from aligner.files.xml_file import XML_ID, XML_LANG
from aligner.formats.tei.markup import element
from aligner.formats.tei.view import View

__all__ = ["creators", "known", "original", "pointer_to", "relation", "sources", "when_of"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9-])")
_RELATORS = "http://id.loc.gov/vocabulary/relators/"
_RESPONSIBLE = (("interviewer", "ivr"), ("interviewee", "ive"))
# what users say (`relation` of a metadata file) -> what TEI's `derivation` samples say
_DERIVATIONS = {"original": "original", "translation": "translation", "abridged": "abridgment"}


def known(views: Iterable[View], key: str) -> list[str]:
    """The values of a metadata key in all texts, each once."""
    values = (v.strip() for view in views for v in view.document.metadata.get(key, ()))
    return list(dict.fromkeys(value for value in values if value))


def creators(views: Sequence[View], *, link: bool = False) -> list[Any]:
    """author, editor (translators too, by role), respStmt of those who spoke.

    `link`: point to the person of the list of participants, where this header has that list.
    """
    made = [element("author", None, name) for name in known(views, "author")]
    made += [element("editor", {"role": "translator"}, name) for name in known(views, "translator")]
    made += [element("editor", None, name) for name in known(views, "editor")]
    persons: dict[str, str] = {}
    for view in views:
        for person in view.persons.values():
            persons.setdefault(person.name, person.id)
    for role, code in _RESPONSIBLE:
        for name in known(views, role):
            ref = f"#{persons[name]}" if link and name in persons else ""
            resp = element("resp", {"ref": f"{_RELATORS}{code}"}, role)
            made.append(element("respStmt", None, resp, element("name", {"ref": ref}, name)))
    return made


def relation(view: View) -> str:
    """original, translation, abridgment, or "" where nobody said."""
    values = known([view], "relation")
    if values:
        return _DERIVATIONS.get(values[0], "")
    return "translation" if known([view], "translator") else ""


def original(view: View, views: Sequence[View]) -> View | None:
    """The text that this one translates, where it is in the set and is known to be so."""
    if relation(view) not in ("translation", "abridgment"):
        return None
    others = [other for other in views if other is not view]
    declared = [other for other in others if relation(other) == "original"]
    silent = [other for other in others if not relation(other)]
    return next(iter([*declared, *silent]), None)


def sources(view: View, views: Sequence[View]) -> list[Any]:
    """A biblStruct for each outlet; the first carries the id, the file and its digest."""
    outlets = known([view], "outlet") or [""]
    dates = _dealt(known([view], "date"), len(outlets))
    urls = _dealt(known([view], "url"), len(outlets))
    return [
        _source(view, views, number, *row)
        for number, row in enumerate(zip(outlets, dates, urls, strict=True))
    ]


def pointer_to(view: View) -> Any:
    """A bibl that points to the full description in the text's own header."""
    ref = element("ref", {"target": f"{view.href}#{view.bibl}", XML_LANG: view.lang}, view.title)
    return element("bibl", None, ref)


def when_of(text: str) -> Any:
    """A `date` as printed, with `when` where it says a day, month or year."""
    return element("date", {"when": _when(text)}, text)


def _dealt(values: list[str], count: int) -> list[list[str]]:
    """One value an outlet where there are as many; else all go to the first."""
    if len(values) == count:
        return [[value] for value in values]
    return [values, *([] for _ in range(count - 1))]


def _source(
    view: View, views: Sequence[View], number: int, outlet: str, dates: list[str], urls: list[str]
) -> Any:
    return element(
        "biblStruct",
        {XML_ID: view.bibl if not number else f"{view.bibl}{number + 1}"},
        element(
            "analytic",
            None,
            *creators([view]),
            element("title", {"level": "a", XML_LANG: view.lang}, view.title),
            *(element("idno", {"type": "URL"}, url) for url in urls),
            *([] if number else _files(view)),
        ),
        element(
            "monogr",
            None,
            element("title", {"level": "j"}, outlet) if outlet else None,
            element(
                "imprint",
                None,
                element("publisher", None, outlet) if outlet else None,
                # an imprint says when; without content where nobody knows
                *([when_of(text) for text in dates] or [element("date")]),
            ),
        ),
        *(
            element("note", {"type": "description"}, text)
            for text in ([] if number else known([view], "description"))
        ),
        *_related(view, views, number),
    )


def _files(view: View) -> Iterator[Any]:
    if view.document.origin:
        yield element("idno", {"type": "file"}, view.document.origin)
    if view.document.digest:
        yield element("idno", {"type": "sha256"}, view.document.digest)


def _related(view: View, views: Sequence[View], number: int) -> Iterator[Any]:
    if number:
        yield element("relatedItem", {"type": "otherOutlet", "target": f"#{view.bibl}"})
        return
    first = original(view, views)
    if first is not None:
        target = f"{first.href}#{first.bibl}"
        yield element("relatedItem", {"type": "translatedFrom", "target": target})


def _when(text: str) -> str:
    """The year, month or day at the start of a printed date, "" where there is none."""
    parts = _DATE.match(text)
    if parts is None:
        return ""
    try:
        date(*(int(part or 1) for part in parts.groups()))
    except ValueError:
        return ""
    return parts[0]
