"""teiHeader (TEI P5 chapter 2; persons and languages chapter 15).

Only what is known is written: no empty author, no invented publisher. The prose of ours is
English (xml:lang on the root); titles carry the language of their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lxml import etree

from aligner.exporting.options import WriteOptions
from aligner.exporting.tei.inline import pointer
from aligner.exporting.tei.markup import element
from aligner.exporting.tei.view import View, null_categories
from aligner.exporting.xmlfile import XML_ID, XML_LANG
from aligner.model import AlignmentSet

__all__ = ["corpus_header", "links_header", "text_header"]

_VERSION = re.compile(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9-])")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_CREATORS = (
    ("author", "author", ""),
    ("translator", "editor", "translator"),
    ("editor", "editor", ""),
)
_RESPONSIBLE = ("interviewer", "interviewee")
_SEGMENTATION = (
    "Each s is one segment of the alignment, a sentence as its punctuation shows it. White space"
    " and text between segments are kept. The text is in Unicode normalization form C; characters"
    " that XML forbids are removed."
)
_METHOD = (
    "Links were computed. The attribute cert is the estimated probability that a link is right;"
    " subtype says where a person has accepted or edited it."
)


def corpus_header(
    alignments: AlignmentSet, views: Sequence[View], options: WriteOptions, *, whole: bool = False
) -> Any:
    """The header of the corpus: both sources, the method, the program.

    `whole`: there are no other headers (parallel layout), so speakers belong here too.
    """
    titles = [element("title", {"type": "main"}, "Aligned texts")]
    titles += [element("title", {"type": "sub", XML_LANG: v.lang}, v.title) for v in views]
    people = [element("particDesc", None, persons) for persons in [_persons(views)] if whole]
    header = element(
        "teiHeader",
        None,
        element(
            "fileDesc",
            None,
            element("titleStmt", None, *titles, *_creators(views)),
            _publication(views, options),
            element(
                "sourceDesc",
                None,
                element(
                    "listBibl",
                    None,
                    *(_bibl(v, views[0]) if whole else _bibl_pointer(v) for v in views),
                ),
            ),
        ),
        element(
            "encodingDesc",
            None,
            _editorial(),
            _taxonomy(views),
            _application(alignments, options),
        ),
        element("profileDesc", None, _languages(views), *(p for p in people if len(p[0]))),
        _revision(options),
    )
    return _lined(header)


def links_header(views: Sequence[View], options: WriteOptions) -> Any:
    """The header of a file that holds links only; the corpus that includes it says the rest."""
    header = element(
        "teiHeader",
        None,
        element(
            "fileDesc",
            None,
            element("titleStmt", None, element("title", None, "Links between aligned texts")),
            _publication(views, options),
            element("sourceDesc", None, element("listBibl", None, *map(_bibl_pointer, views))),
        ),
    )
    return _lined(header)


def text_header(view: View, source: View, options: WriteOptions) -> Any:
    """The header of one text; `source` is the first text of the set."""
    persons = _persons([view])
    header = element(
        "teiHeader",
        None,
        element(
            "fileDesc",
            None,
            element(
                "titleStmt",
                None,
                element("title", {XML_LANG: view.lang}, view.title),
                *_creators([view]),
            ),
            _publication([view], options),
            element("sourceDesc", None, _bibl(view, source)),
        ),
        element("encodingDesc", None, _editorial()),
        element(
            "profileDesc",
            None,
            _languages([view]),
            element("particDesc", None, persons) if len(persons) else None,
        ),
    )
    return _lined(header)


def _lined(header: Any) -> Any:
    """Indentation where elements hold only elements; mixed content stays as it is."""
    etree.indent(header, space=" ")
    return header


def _known(views: Iterable[View], key: str) -> list[str]:
    values = (v.strip() for view in views for v in view.document.metadata.get(key, ()))
    return list(dict.fromkeys(value for value in values if value))


def _creators(views: Sequence[View]) -> list[Any]:
    made = [
        element(tag, {"role": role}, name)
        for key, tag, role in _CREATORS
        for name in _known(views, key)
    ]
    made += [
        element("respStmt", None, element("resp", None, role), element("name", None, name))
        for role in _RESPONSIBLE
        for name in _known(views, role)
    ]
    return made


def _publication(views: Sequence[View], options: WriteOptions) -> Any:
    licences = [_licence(text) for text in _known(views, "licence")]
    moment = options.moment()
    day = _date(f"{moment:%Y-%m-%d}") if moment else None
    if not licences and day is None:
        return element("publicationStmt", None, element("p", None, "Unpublished working file."))
    outlets = _known(views, "outlet") or _known(views, "author") or ["unknown"]
    return element(
        "publicationStmt",
        None,
        *(element("authority", None, name) for name in outlets),
        element("availability", None, *licences) if licences else None,
        day,
    )


def _licence(text: str) -> Any:
    target = pointer(text) if re.match(r"https?://\S+$", text) else ""
    return element("licence", {"target": target}, text)


def _bibl(view: View, source: View) -> Any:
    """What the text was read from."""
    data = view.document.metadata
    translated = view is not source and bool(data.get("translator"))
    made = element(
        "bibl",
        {XML_ID: view.bibl},
        element("title", {"level": "a", XML_LANG: view.lang}, view.title),
        *_creators([view]),
        *(element("publisher", None, name) for name in _known([view], "outlet")),
        *(_date(text) for text in _known([view], "date")),
        *(element("idno", {"type": "URL"}, url) for url in _known([view], "url")),
        element("idno", {"type": "file"}, view.document.origin) if view.document.origin else None,
        element("idno", {"type": "sha256"}, view.document.digest) if view.document.digest else None,
        *(element("note", {"type": "description"}, text) for text in _known([view], "description")),
    )
    if translated:
        related = {"type": "translatedFrom", "target": f"{source.href}#{source.bibl}"}
        made.append(element("relatedItem", related))
    return made


def _bibl_pointer(view: View) -> Any:
    ref = element("ref", {"target": f"{view.href}#{view.bibl}", XML_LANG: view.lang}, view.title)
    return element("bibl", None, ref)


def _date(text: str) -> Any:
    return element("date", {"when": _when(text)}, text)


def _when(text: str) -> str:
    """The year, month or day at the start of a printed date, "" where there is none."""
    found = _DATE.match(text)
    if found is None:
        return ""
    try:
        date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        return ""
    return found[0]


def _editorial() -> Any:
    return element(
        "editorialDecl", None, element("segmentation", None, element("p", None, _SEGMENTATION))
    )


def _taxonomy(views: Sequence[View]) -> Any:
    categories = [
        element("category", {XML_ID: name}, element("catDesc", None, meaning))
        for name, meaning in null_categories(views)
    ]
    return element(
        "classDecl",
        None,
        element(
            "taxonomy",
            {XML_ID: "bead-types"},
            element("desc", None, "Segments without a counterpart"),
            *categories,
        ),
    )


def _application(alignments: AlignmentSet, options: WriteOptions) -> Any:
    found = _VERSION.match(options.version)
    parameters = [part for a in alignments.alignments for part in a.signature.parts]
    parameters += options.parameters
    items = [
        part
        for name, value in dict.fromkeys(parameters)
        for part in (element("label", None, name), element("item", None, value))
    ]
    listed = element("list", {"type": "gloss"}, *items) if items else None
    return element(
        "appInfo",
        None,
        element(
            "application",
            {
                "ident": options.tool if _NAME.fullmatch(options.tool) else "aligner",
                "version": found[0] if found else "0",
            },
            element("label", None, f"{options.tool} {options.version}"),
            element("p", None, _METHOD),
            element("p", None, listed) if items else None,
        ),
    )


def _languages(views: Sequence[View]) -> Any:
    tags = dict.fromkeys(view.lang for view in views)
    return element("langUsage", None, *(element("language", {"ident": t}, t) for t in tags))


def _persons(views: Sequence[View]) -> Any:
    return element(
        "listPerson",
        None,
        *(
            element(
                "person",
                {XML_ID: person.id, "role": person.role},
                element("persName", {XML_LANG: view.lang}, person.name),
            )
            for view in views
            for person in view.persons.values()
        ),
    )


def _revision(options: WriteOptions) -> Any:
    moment = options.moment()
    if moment is None:
        return None
    when = {"when": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
    return element("revisionDesc", None, element("change", when, f"Written by {options.tool}."))
