"""Names of TEI elements and shapes of its attributes, and the ids of a file that others point to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.validation.grammar import Element, element
from aligner.formats.validation.rules import Rules

__all__ = [
    "ALIGNABLE",
    "CERT",
    "CORE_NAMES",
    "GRAMMAR",
    "HOLDERS",
    "NAME",
    "NAMESPACE",
    "NO_TEXT",
    "POINTERS",
    "SCHEME",
    "TEXTUAL",
    "WHEN",
    "XINCLUDE",
    "IdRules",
]

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XINCLUDE = "http://www.w3.org/2001/XInclude"
NAME = re.compile(r"[^\W\d][\w.\-·]*")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
CERT = re.compile(r"high|medium|low|unknown|0*(0|1)?\.?[0-9]*")
WHEN = re.compile(r"-?[0-9]{4,}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?")
POINTERS = ("target", "corresp", "who", "ana", "synch", "sameAs", "next", "prev", "start", "end")
ALIGNABLE = frozenset(
    [
        *("s", "seg", "w", "pc", "phr", "cl", "join", "p", "head", "l", "lg", "ab", "u", "item"),
        *("cell", "note", "div", "sp", "quote", "byline", "stage", "incident"),
    ]
)
NO_TEXT = frozenset(
    [
        *("TEI", "teiCorpus", "teiHeader", "text", "group", "body", "front", "back", "div", "sp"),
        *("list", "table", "row", "standOff", "listPerson", "listBibl"),
    ]
)
HOLDERS = frozenset(["text", "body", "front", "back", "div", "group", "sp", "list", "table", "row"])
TEXTUAL = frozenset(["text", "standOff", "sourceDoc", "facsimile", "fsdDecl"])


# what an alignment is made of, after the schema of tei_all; other elements may hold anything
GRAMMAR: Mapping[str, Element] = {
    "fileDesc": element(
        "(titleStmt, editionStmt?, extent?, publicationStmt, seriesStmt*, notesStmt?, sourceDesc+)",
        more=True,
    ),
    "linkGrp": element("((desc | ptr | link)*)", more=True),
    "joinGrp": element("((desc | ptr | join)*)", more=True),
    "link": element("EMPTY", "target!", more=True),
    "join": element("ANY", "target!", more=True),
    "language": element("ANY", "ident!", more=True),
    "taxonomy": element(
        "((category | taxonomy | desc | gloss | equiv | bibl | biblStruct)*)", more=True
    ),
    "category": element("ANY", "xml:id!", more=True),
    "timeline": element("(when*)", more=True),
    "xi:include": element("ANY", "href!", more=True),
}
# elements that are TEI even where a namespace is forgotten
CORE_NAMES = frozenset(
    ["TEI", "teiHeader", "text", "body", "div", "p", "s", "standOff", "linkGrp", "link"]
)


class IdRules(Rules):
    """Nothing but the ids of a file that others point to, with the element of each."""

    NAMESPACES: ClassVar[Mapping[str, str]] = {NAMESPACE: ""}

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}

    def root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """Whatever its namespace is."""
        del name, attributes
        self.namespaces = {namespace: ""}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the id."""
        super().start(name, attributes)
        if "xml:id" in attributes:
            self.ids.setdefault(attributes["xml:id"], name)
