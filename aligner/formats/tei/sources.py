"""Who made a text and where it appeared: titleStmt's people, and biblStruct (TEI P5, 2.2, 3.12).

Roles are those of the MARC relators (trl, ivr, ive, edt): `resp` points to the term, so that a
catalogue can read it. A text that appeared in several outlets has a biblStruct for each, with its
licence; its `type` says whether it is the original or a translation, and that of a translation
points to its original by `relatedItem`. Of the file the name and the digest are kept, and not the
place on somebody's machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from aligner.files.xml_file import XML_ID, XML_LANG
from aligner.formats.tei.inline import pointer
from aligner.formats.tei.markup import element
from aligner.formats.tei.view import View

__all__ = ["creators", "known", "licences", "original", "pointer_to", "relation", "sources"]
__all__ += ["when_of"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9-])")
_RELATORS = "http://id.loc.gov/vocabulary/relators/"
_RESPONSIBLE = (("interviewer", "ivr"), ("interviewee", "ive"))
# what users say (`relation` of a metadata file) -> what TEI's `derivation` samples say
_DERIVATIONS = {"original": "original", "translation": "translation", "abridged": "abridgment"}


def known(views: Iterable[View], key: str) -> list[str]:
    """The values of a metadata key in all texts, each once."""
    values = (v.strip() for view in views for v in view.document.metadata.get(key, ()))
    return list(dict.fromkeys(value for value in values if value))


def creators(views: Sequence[View], *, edition: bool = False, link: bool = False) -> list[Any]:
    """author, editor (translators too, by role), respStmt of those who asked and answered.

    `edition`: those who edit this edition too; `link`: point to the list of persons.
    """
    made = [element("author", None, name) for name in known(views, "author")]
    made += [element("editor", {"role": "translator"}, name) for name in known(views, "translator")]
    made += [element("editor", None, name) for name in known(views, "editor")]
    made += [
        element("editor", {"role": "edition"}, name)
        for name in (known(views, "edition-editor") if edition else ())
    ]
    for role, code in _RESPONSIBLE:
        for name in known(views, role):
            person = next((v.persons[name] for v in views if name in v.persons), None)
            ref = f"{views[0].home}#{person.id}" if link and person else ""
            resp = element("resp", {"ref": f"{_RELATORS}{code}"}, role)
            made.append(element("respStmt", None, resp, element("name", {"ref": ref}, name)))
    return made


def licences(texts: Sequence[str]) -> Any:
    """`availability` with a `licence` each, None without any."""
    made = [
        element("licence", {"target": pointer(t) if re.match(r"https?://\S+$", t) else ""}, t)
        for t in texts
    ]
    return element("availability", None, *made) if made else None


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
    publishers = _dealt(known([view], "publisher"), len(outlets))
    return [
        _source(view, views, number, *row)
        for number, row in enumerate(zip(outlets, publishers, dates, urls, strict=True))
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
    view: View,
    views: Sequence[View],
    number: int,
    outlet: str,
    publishers: list[str],
    dates: list[str],
    urls: list[str],
) -> Any:
    # an outlet of which nobody says who publishes it publishes itself
    publishers = publishers or [outlet] * bool(outlet)
    return element(
        "biblStruct",
        {
            XML_ID: view.bibl if not number else f"{view.bibl}{number + 1}",
            "type": relation(view),
        },
        element(
            "analytic",
            None,
            *creators([view]),
            element("title", {"level": "a", XML_LANG: view.lang}, view.title),
            *(element("idno", {"type": "URL"}, url) for url in urls),
            *([] if number else _files(view)),
            None if number else licences(known([view], "licence")),
        ),
        element(
            "monogr",
            None,
            element("title", {"level": "j"}, outlet) if outlet else None,
            element(
                "imprint",
                None,
                *(element("publisher", None, name) for name in publishers),
                # an imprint needs something in it
                *map(when_of, dates),
                None if publishers or dates else element("date", None, "n.d."),
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
        origin = view.document.origin
        address = re.match(r"https?://", origin) is not None
        name = origin if address else re.split(r"[/\\]", origin.rstrip("/\\"))[-1]
        yield element("idno", {"type": "file"}, name)
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
