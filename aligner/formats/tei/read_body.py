"""The body of a TEI text to drafts: ours and other people's (TEI P5, chapters 3-8, 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.files.xml import XML_ID, attribute, local
from aligner.model import Dropped, Span
from aligner.text.rich import Draft, Rich
from aligner.text.speakers import name_of

__all__ = ["SEGMENT", "Body", "read_body"]

SEGMENT = "segment"  # kind of the spans that carry the file's own segments; value: its id

_SKIPPED = frozenset(
    [
        "teiHeader",
        "figDesc",
        "graphic",
        "fw",
        "pb",
        "cb",
        "gb",
        "milestone",
        "binaryObject",
        "listBibl",
        "index",
        "space",
        "gap",
        "desc",
        "incident",
        "kinesic",
        "vocal",
        "standOff",
        "facsimile",
        "sourceDoc",
        "interp",
        "interpGrp",
        "linkGrp",
        "joinGrp",
    ]
)
_CONTAINERS = frozenset(
    [
        "TEI",
        "text",
        "body",
        "front",
        "back",
        "group",
        "div",
        "div1",
        "div2",
        "div3",
        "div4",
        "div5",
        "div6",
        "div7",
        "lg",
        "list",
        "table",
        "row",
        "figure",
        "floatingText",
        "argument",
        "epigraph",
        "opener",
        "closer",
        "postscript",
        "titlePage",
        "docTitle",
        "listPerson",
        "castList",
        "performance",
        "prologue",
        "epilogue",
        "set",
        "sp",
        "annotationBlock",
    ]
)
_BLOCKS = {
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
}
_CONTEXTS = {
    "list": "item",
    "table": "cell",
    "figure": "caption",
    "argument": "standfirst",
    "epigraph": "quote",
    "floatingText": "box",
}
_INLINE = {"emph": "italic", "foreign": "italic", "code": "code"}
_REND = (
    ("bold", ("bold", "b", "strong")),
    ("italic", ("italic", "italics", "i", "it")),
    ("underline", ("underline", "underlined", "u", "ul")),
    ("sup", ("sup", "superscript", "super")),
    ("sub", ("sub", "subscript")),
    ("code", ("code", "monospace", "typewriter", "tt")),
)
# events whose description may be what the page prints: `[Laughs]`
_PRINTED = frozenset({"incident", "vocal", "kinesic", "gap"})
_READINGS = {"choice": ("reg", "corr", "expan", "unclear", "seg"), "app": ("lem", "rdg")}


@dataclass(slots=True)
class Body:
    """What a body gave: paragraphs with their segments as spans, and what was left out."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def all(self) -> list[Draft]:
        """Everything in order, notes taken out of running text last."""
        return [*self.drafts, *self.notes]


@dataclass(frozen=True, slots=True)
class _Context:
    kind: str = ""
    depth: int = 0
    speaker: str | None = None


def read_body(text: Any) -> Body:
    """The paragraphs of an element `text`."""
    body = Body()
    _blocks(text, _Context(), body)
    first = next((d for d in body.drafts if d.kind == "title"), None)
    if first is None and body.drafts and body.drafts[0].kind == "heading":
        body.drafts[0].kind, body.drafts[0].level = "title", 0
    return body


def _blocks(parent: Any, context: _Context, body: Body) -> None:
    for child in parent:
        tag = local(child)
        if not tag or tag in _SKIPPED:
            continue
        if tag == "sp":
            _speech(child, context, body)
        elif tag in ("quote", "q", "cit", "said"):
            _blocks_or_text(child, _Context("quote", context.depth, context.speaker), body)
        elif tag in ("note", "annotation"):
            _blocks_or_text(child, _Context("note", context.depth), body)
        elif tag == "item" and any(local(c) in ("list", "p") for c in child):
            _blocks_or_text(child, _Context(context.kind or "item", context.depth), body)
        elif tag in _BLOCKS:
            _paragraph(child, tag, context, body)
        elif tag in _CONTAINERS:
            depth = context.depth + tag.startswith("div")
            kind = _CONTEXTS.get(tag, context.kind)
            _blocks(child, _Context(kind, depth, context.speaker), body)
        else:
            _blocks_or_text(child, context, body)


def _blocks_or_text(element: Any, context: _Context, body: Body) -> None:
    """An element that may hold paragraphs or words of its own."""
    known = _BLOCKS.keys() | _CONTAINERS
    if (element.text or "").strip() or not any(local(child) in known for child in element):
        _paragraph(element, "p", context, body)
    else:
        _blocks(element, context, body)


def _speech(element: Any, context: _Context, body: Body) -> None:
    """`sp`: its printed speaker belongs to its first paragraph."""
    who = attribute(element, "who").lstrip("#") or None
    printed = element.find("{*}speaker")
    rest = [child for child in element if local(child) != "speaker"]
    label = " ".join("".join(printed.itertext()).split()) if printed is not None else ""
    before = len(body.drafts)
    # as in running text: a name without its colon, and a dash names nobody
    speaker = name_of(label) if any(map(str.isalnum, label)) else who
    _blocks(rest, _Context("turn", context.depth, speaker), body)
    if not label:
        return
    said = next((d for d in body.drafts[before:] if d.kind == "turn"), None)
    if said is None:
        body.drafts.insert(before, Draft("turn", label, speaker=speaker))
        return
    size = len(label) + 1
    said.text = f"{label} {said.text}"
    said.spans = tuple(Span(s.start + size, s.end + size, s.kind, s.value) for s in said.spans)
    said.label = (0, size)


def _paragraph(element: Any, tag: str, context: _Context, body: Body) -> None:
    rich = Rich()
    notes: list[tuple[str, Any]] = []
    inner: list[Any] = []
    _Inline(rich, notes, inner, body).fill(element)
    text, spans = rich.build()
    kind, level = _kind(element, tag, context, body)
    if text:
        draft = Draft(kind, text, spans, level, key=attribute(element, "id"))
        if kind == "note" and (name := element.get(XML_ID)):
            draft.spans = (Span(0, len(text), "note", name), *spans)
        if kind == "turn":
            draft.speaker = context.speaker or attribute(element, "who").lstrip("#") or None
        body.drafts.append(draft)
    for block in inner:
        _blocks([block], _Context(context.kind, context.depth), body)
    for label, note in notes:
        found = Body(dropped=body.dropped)
        _blocks_or_text(note, _Context("note", context.depth), found)
        for draft in found.all():
            draft.kind = "note"
            whole = Span(0, len(draft.text), "note", label)
            if whole not in draft.spans:
                draft.spans = (whole, *draft.spans)
            body.notes.append(draft)


def _kind(element: Any, tag: str, context: _Context, body: Body) -> tuple[str, int]:
    rend = attribute(element, "rend")
    if tag == "head":
        if context.kind in ("caption", "cell", "item"):
            return "caption", 0
        if attribute(element, "type") == "main" and not body.drafts:
            return "title", 0
        return "heading", min(max(context.depth, 1), 6)
    if rend in ("standfirst", "byline"):
        return rend, 0
    if tag == "titlePart":
        return ("title" if not any(d.kind == "title" for d in body.drafts) else "standfirst"), 0
    return _BLOCKS[tag] or context.kind or "para", 0


class _Inline:
    """Mixed content to one paragraph; notes and blocks inside it come apart."""

    def __init__(
        self, rich: Rich, notes: list[tuple[str, Any]], inner: list[Any], body: Body
    ) -> None:
        self.rich, self.notes, self.inner, self.body = rich, notes, inner, body

    def fill(self, element: Any) -> None:
        """The text of an element and of what it holds."""
        self.rich.add(element.text or "")
        for child in element:
            self._child(child, local(child))
            self.rich.add(child.tail or "")

    def _child(self, child: Any, tag: str) -> None:
        rich = self.rich
        if tag in ("note", "annotation"):
            label = child.get(XML_ID) or attribute(child, "n") or f"note-{len(self.notes) + 1}"
            rich.mark("note", label)
            self.notes.append((label, child))
        elif tag in ("lb", "cb", "pb") and attribute(child, "break") == "no":
            return
        elif tag == "lb":
            rich.mark("break")
        elif tag in ("list", "table", "figure", "floatingText", "lg"):
            self.inner.append(child)
        elif (
            tag in ("del", "sic", "orig") and local(child.getparent()) != "choice" and tag == "del"
        ):
            self._drop("deleted in the source", child)
        elif tag in _READINGS:
            self._choose(child, _READINGS[tag])
        elif tag in _PRINTED and (desc := _printed(child)) is not None:
            self.fill(desc)
        elif tag in _SKIPPED:
            rich.add(" " if tag in ("pb", "gap", "space") else "")
        else:
            self._formatted(child, tag)

    def _choose(self, element: Any, wanted: tuple[str, ...]) -> None:
        parts = [part for part in element if local(part)]
        order = {name: n for n, name in enumerate(wanted)}
        best = min(parts, key=lambda part: order.get(local(part), len(order)), default=None)
        for part in parts:
            if part is best:
                self._formatted(part, local(part))
            else:
                self._drop(f"other reading ({local(part)})", part)

    def _drop(self, reason: str, element: Any) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            self.body.dropped.append(Dropped(reason, text, element.sourceline or 0))

    def _formatted(self, child: Any, tag: str) -> None:
        opened = list(_formats(child, tag))
        for kind, value in opened:
            self.rich.open(kind, value)
        self.fill(child)
        for kind, _ in reversed(opened):
            self.rich.close(kind)


def _printed(element: Any) -> Any:
    """The description of an event that is text of the page, since its brackets are printed."""
    desc = element.find("{*}desc")
    text = "".join(desc.itertext()).strip() if desc is not None else ""
    return desc if text[:1] in ("[", "(") and text[-1:] in ("]", ")", ".") else None


def _formats(element: Any, tag: str) -> Iterator[tuple[str, str]]:
    if tag == "ref" and attribute(element, "type") == "note":
        named = attribute(element, "target").lstrip("#") or attribute(element, "n")
        yield "note", named
    elif tag == "s" or (tag == "seg" and not attribute(element, "function")):
        yield SEGMENT, element.get(XML_ID) or ""
    elif tag in ("ref", "ptr"):
        yield "link", attribute(element, "target")
    elif tag in ("hi", "emph", "foreign", "code", "title", "term"):
        printed = f"{attribute(element, 'rend')} {attribute(element, 'rendition')}"
        said = re.split(r"[\s:#-]+", printed.lower())
        kinds = [kind for kind, words in _REND if any(word in words for word in said)]
        for kind in kinds or ([_INLINE[tag]] if tag in _INLINE else []):
            yield kind, ""
