"""teiHeader (TEI P5 chapter 2; the situation, persons and languages chapter 16).

Only what is known is written: no empty author, no invented publisher. The prose of ours is
English (xml:lang on the root); titles carry the language of their text. `sources` describes where
the texts come from, `method` how they were aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from aligner.files.xml_file import XML_ID, XML_LANG
from aligner.formats.options import WriteOptions
from aligner.formats.tei.inline import pointer
from aligner.formats.tei.markup import element
from aligner.formats.tei.method import application, editorial, revision, taxonomies
from aligner.formats.tei.sources import (
    creators,
    known,
    pointer_to,
    relation,
    sources,
    when_of,
)
from aligner.formats.tei.view import Person, View
from aligner.model import AlignmentSet

__all__ = ["corpus_header", "links_header", "text_header"]


def corpus_header(
    alignments: AlignmentSet, views: Sequence[View], options: WriteOptions, *, whole: bool = False
) -> Any:
    """The header of the corpus: all sources, the method, the program.

    `whole`: there are no other headers (parallel layout), so speakers belong here too.
    """
    titles = [element("title", {"type": "main"}, "Aligned texts")]
    titles += [element("title", {"type": "sub", XML_LANG: v.lang}, v.title) for v in views]
    described = [made for view in views for made in sources(view, views)] if whole else []
    return _lined(
        element(
            "teiHeader",
            None,
            element(
                "fileDesc",
                None,
                element("titleStmt", None, *titles, *creators(views, link=whole)),
                _publication(views, options),
                element(
                    "sourceDesc",
                    None,
                    element("listBibl", None, *(described or map(pointer_to, views))),
                ),
            ),
            element(
                "encodingDesc",
                None,
                editorial(words=options.words),
                taxonomies(alignments, views),
                application(alignments, options),
            ),
            element(
                "profileDesc",
                None,
                _languages(views),
                *(map(_situation, views) if whole else ()),
                _participants(views, views) if whole else None,
            ),
            revision(alignments, options),
        )
    )


def links_header(views: Sequence[View], options: WriteOptions) -> Any:
    """The header of a file that holds links only; the corpus that includes it says the rest."""
    return _lined(
        element(
            "teiHeader",
            None,
            element(
                "fileDesc",
                None,
                element("titleStmt", None, element("title", None, "Links between aligned texts")),
                _publication(views, options),
                element("sourceDesc", None, element("listBibl", None, *map(pointer_to, views))),
            ),
        )
    )


def text_header(view: View, views: Sequence[View], options: WriteOptions) -> Any:
    """The header of one text of the set."""
    return _lined(
        element(
            "teiHeader",
            None,
            element(
                "fileDesc",
                None,
                element(
                    "titleStmt",
                    None,
                    element("title", {XML_LANG: view.lang}, view.title),
                    *creators([view], link=True),
                ),
                _publication([view], options),
                element("sourceDesc", None, *sources(view, views)),
            ),
            element("encodingDesc", None, editorial(words=options.words)),
            element(
                "profileDesc",
                None,
                _languages([view]),
                _situation(view),
                _participants([view], views),
            ),
        )
    )


def _lined(header: Any) -> Any:
    """Indentation where elements hold only elements; mixed content stays as it is."""
    etree.indent(header, space=" ")
    return header


def _publication(views: Sequence[View], options: WriteOptions) -> Any:
    licences = [_licence(text) for text in known(views, "licence")]
    moment = options.moment()
    day = when_of(f"{moment:%Y-%m-%d}") if moment else None
    if not licences and day is None:
        return element("publicationStmt", None, element("p", None, "Unpublished working file."))
    outlets = known(views, "outlet") or known(views, "author") or ["unknown"]
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


def _languages(views: Sequence[View]) -> Any:
    tags = dict.fromkeys(view.lang for view in views)
    return element("langUsage", None, *(element("language", {"ident": t}, t) for t in tags))


def _situation(view: View) -> Any:
    """textDesc: what the text itself shows; an empty element is a parameter that nobody stated."""
    speakers = {p.speaker for p in view.document.paragraphs if p.speaker is not None}
    spoken = "s" if view.transcript else "sw" if speakers else "w"
    many = {"type": "complete", "active": "plural"} if len(speakers) > 1 else {}
    return element(
        "textDesc",
        {XML_ID: f"{view.prefix}.situation", "corresp": f"#{view.prefix}.text"},
        element("channel", {"mode": spoken}),
        element("constitution", {"type": "single"}),
        element("derivation", {"type": relation(view)}),
        element("domain"),
        element("factuality"),
        element("interaction", many),
        element("preparedness"),
        element("purpose"),
    )


def _participants(views: Sequence[View], everyone: Sequence[View]) -> Any:
    persons = [
        element(
            "person",
            {XML_ID: person.id, "role": person.role, "sameAs": _same(person, view, everyone)},
            element("persName", {XML_LANG: view.lang}, person.name),
        )
        for view in views
        for person in view.persons.values()
    ]
    if not persons:
        return None
    return element("particDesc", None, element("listPerson", None, *persons))


def _same(person: Person, view: View, everyone: Sequence[View]) -> str:
    """Pointer to the person of the first text that has the same name, "" for the first itself."""
    return next(_namesakes(person, view, everyone), "")


def _namesakes(person: Person, view: View, everyone: Sequence[View]) -> Iterator[str]:
    for other in everyone:
        if other is view:
            return
        if person.name in other.persons:
            yield f"{other.href}#{other.persons[person.name].id}"
