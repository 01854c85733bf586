"""teiHeader (TEI P5 chapter 2; the situation, persons and languages chapter 16).

Only what is known is written: no empty element, no invented publisher. The prose of ours is
English (xml:lang on the root); titles carry the language of their text. `sources` describes where
the texts come from, with the licence of each, `method` how they were aligned. What is said of this
edition itself (publicationStmt) is what the user says of it, in the metadata of the texts: edition-
publisher, -place, -date, -licence, -url, -title, -editor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from aligner.files.xml_file import XML_ID, XML_LANG
from aligner.formats.options import WriteOptions
from aligner.formats.tei.markup import element
from aligner.formats.tei.method import application, editorial, revision, taxonomies
from aligner.formats.tei.persons import Person
from aligner.formats.tei.sources import creators, known, licences, pointer_to, sources, when_of
from aligner.formats.tei.view import View
from aligner.languages.names import english_name
from aligner.model import AlignmentSet

__all__ = ["corpus_header", "links_header", "text_header"]

_UNPUBLISHED = (
    "A working file, made from the sources described below. It has not been published; what may be"
    " done with the texts is said by the licences of the sources."
)


def corpus_header(
    alignments: AlignmentSet, views: Sequence[View], options: WriteOptions, *, whole: bool = False
) -> Any:
    """The header of the corpus: all sources, the method, the program.

    `whole`: there are no other headers (parallel layout), so the sources are described here too.
    """
    named = known(views, "edition-title") or ["Aligned texts"]
    titles = [element("title", {"type": "main"}, name) for name in named[:1]]
    titles += [element("title", {"type": "sub", XML_LANG: v.lang}, v.title) for v in views]
    described = [made for view in views for made in sources(view, views)] if whole else []
    return _lined(
        element(
            "teiHeader",
            None,
            element(
                "fileDesc",
                None,
                element("titleStmt", None, *titles, *creators(views, edition=True, link=True)),
                _publication(views),
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
                _participants(views),
            ),
            revision(alignments, options),
        )
    )


def links_header(views: Sequence[View]) -> Any:
    """The header of a file that holds links only; the corpus that includes it says the rest."""
    return _lined(
        element(
            "teiHeader",
            None,
            element(
                "fileDesc",
                None,
                element("titleStmt", None, element("title", None, "Links between aligned texts")),
                _publication(views),
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
                _publication([view]),
                element("sourceDesc", None, *sources(view, views)),
            ),
            element("encodingDesc", None, editorial(words=options.words)),
            element("profileDesc", None, _languages([view])),
        )
    )


def _lined(header: Any) -> Any:
    """Indentation where elements hold only elements; mixed content stays as it is."""
    etree.indent(header, space=" ")
    return header


def _publication(views: Sequence[View]) -> Any:
    """Who publishes this edition, and on what terms; that of a source is said in its description."""
    publishers = known(views, "edition-publisher")
    if not publishers:
        rights = licences(known(views, "edition-licence"))
        if rights is None:
            return element("publicationStmt", None, element("p", None, _UNPUBLISHED))
        publishers = known(views, "edition-editor") or ["not published"]
        agents = [element("authority", None, name) for name in publishers]
    else:
        agents = [element("publisher", None, name) for name in publishers]
    return element(
        "publicationStmt",
        None,
        *agents,
        *(element("pubPlace", None, place) for place in known(views, "edition-place")),
        *(when_of(text) for text in known(views, "edition-date")),
        *(element("idno", {"type": "URL"}, url) for url in known(views, "edition-url")),
        licences(known(views, "edition-licence")),
    )


def _languages(views: Sequence[View]) -> Any:
    tags = dict.fromkeys(view.lang for view in views)
    return element(
        "langUsage", None, *(element("language", {"ident": t}, english_name(t)) for t in tags)
    )


def _participants(views: Sequence[View]) -> Any:
    """Everybody who speaks in any of the texts, once."""
    persons = [_person(person, views) for person in views[0].everybody]
    return element("particDesc", None, element("listPerson", None, *persons)) if persons else None


def _person(person: Person, views: Sequence[View]) -> Any:
    names = [
        element("persName", {XML_LANG: views[number].lang}, name) for number, name in person.names
    ]
    unnamed = element("p", None, "The texts do not say the name.")
    return element("person", {XML_ID: person.id, "role": person.role}, *(names or [unnamed]))
