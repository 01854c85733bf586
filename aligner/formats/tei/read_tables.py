"""What the elements of a TEI text are to its reader (TEI P5, chapters 3-8, 11)."""

from __future__ import annotations

from typing import Any

from aligner.files.xml import attribute, local

__all__ = [
    "BLOCKS",
    "CONTAINERS",
    "CONTEXTS",
    "EVENTS",
    "NOTES",
    "NOTHING",
    "NOT_TEXT",
    "QUOTES",
    "READINGS",
    "has_text",
    "holds_blocks",
    "units_of",
]

# marks without words
NOTHING = frozenset(
    [
        *(
            "pb",
            "cb",
            "gb",
            "lb",
            "milestone",
            "graphic",
            "binaryObject",
            "media",
            "space",
            "anchor",
        ),
        *("linkGrp", "joinGrp", "spanGrp", "altGrp", "ptr", "handShift", "addSpan", "delSpan"),
    ]
)
# words that are no text, and what a list of what was left out calls them
NOT_TEXT = {
    "teiHeader": "header of a TEI file",
    "figDesc": "description of an image",
    "fw": "running head or page number (fw)",
    "index": "entry of an index (index)",
    "desc": "description (desc)",
    "egXML": "example of markup (egXML)",
    "standOff": "annotation outside the text (standOff)",
    "facsimile": "facsimile",
    "sourceDoc": "transcription of the source (sourceDoc)",
    "interp": "annotation (interp)",
    "interpGrp": "annotation (interpGrp)",
    "fs": "annotation (fs)",
    "certainty": "annotation (certainty)",
}
# events whose description may be what the page prints: `[Laughs]`
EVENTS = frozenset({"incident", "vocal", "kinesic", "gap", "pause", "shift", "writing"})
CONTAINERS = frozenset(
    [
        *("TEI", "text", "body", "front", "back", "group", "div", "div0", "div1", "div2", "div3"),
        *("div4", "div5", "div6", "div7", "lg", "list", "table", "row", "figure", "floatingText"),
        *("argument", "epigraph", "opener", "closer", "postscript", "titlePage", "docTitle"),
        *("castList", "castGroup", "performance", "prologue", "epilogue", "set", "sp", "spGrp"),
        *("annotationBlock", "listBibl", "listPerson", "listPlace", "listOrg", "listEvent"),
        *("listNym", "listObject"),
    ]
)
BLOCKS = {
    "p": "",
    "ab": "",
    "l": "",
    "item": "item",
    "cell": "cell",
    "stage": "stage",
    "u": "turn",
    "byline": "byline",
    "docAuthor": "byline",
    "head": "heading",
    "titlePart": "title",
    "salute": "",
    "signed": "",
    "dateline": "",
    "trailer": "",
    "castItem": "item",
    "label": "",
    "imprimatur": "",
    "docImprint": "",
    "docEdition": "",
    "bibl": "",
    "biblStruct": "",
    "biblFull": "",
}
CONTEXTS = {
    "list": "item",
    "listBibl": "item",
    "table": "cell",
    "figure": "caption",
    "argument": "standfirst",
    "epigraph": "quote",
    "floatingText": "box",
}
QUOTES = frozenset({"quote", "q", "cit", "said"})
NOTES = frozenset({"note", "annotation", "noteGrp"})
READINGS = {"choice": ("reg", "corr", "expan", "unclear", "seg"), "app": ("lem", "rdg")}
# blocks that stand inside a line too, where they part nothing
_PHRASES = frozenset(
    [
        *("label", "stage", "bibl", "biblStruct", "biblFull", "signed", "dateline", "salute", "u"),
        *("byline", "docAuthor", "imprimatur", "docImprint", "docEdition", "trailer", "castItem"),
    ]
)
_PARTING = (BLOCKS.keys() - _PHRASES) | CONTAINERS
_SYLLABLES = frozenset({"syll", "morph", "m", "foot", "phoneme", "grapheme"})


def has_text(element: Any) -> bool:
    """True where words stand in an element itself, not only in what it holds."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def holds_blocks(element: Any) -> bool:
    """True where an element holds what is printed as paragraphs of their own, however deep."""
    return any(local(e) in _PARTING for e in element.iter() if e is not element)


def units_of(element: Any) -> bool:
    """True where an utterance or a paragraph is made of `seg` and nothing else that has words but
    notes and events: then each is a paragraph.
    """
    if local(element) not in ("u", "p") or has_text(element):
        return False
    tags = [local(child) for child in element]
    segments = [c for c in element if local(c) == "seg" and attribute(c, "type") not in _SYLLABLES]
    beside = NOTHING | EVENTS | NOTES | NOT_TEXT.keys() | {"seg", ""}
    return bool(segments) and len(segments) == tags.count("seg") and beside.issuperset(tags)
