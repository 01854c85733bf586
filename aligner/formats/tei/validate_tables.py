"""Names of TEI elements and shapes of its attributes, and the ids of a file that others point to."""

from __future__ import annotations

import re

from aligner.formats.validation.walk import Rules

__all__ = [
    "ALIGNABLE",
    "CERT",
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
        *("list", "table", "row", "standOff", "linkGrp", "joinGrp", "listPerson", "listBibl"),
        "timeline",
    ]
)
HOLDERS = frozenset(["text", "body", "front", "back", "div", "group", "sp", "list", "table", "row"])
TEXTUAL = frozenset(["text", "standOff", "sourceDoc", "facsimile", "fsdDecl"])


class IdRules(Rules):
    """Nothing but the ids of a file that others point to, with the element of each."""

    NAMESPACES = frozenset({NAMESPACE})

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the id."""
        self.stack.append(name)
        if "xml:id" in attributes:
            self.ids.setdefault(attributes["xml:id"], name)
