"""The body of a TEI text to drafts: ours and other people's (TEI P5, chapters 3-8, 11).

Every word of the text is in a paragraph or in `Body.dropped`. Elements that hold words beside
paragraphs (an opener, a closer) give paragraphs of both, in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from aligner.files.xml import XML_ID, XML_LANG, attribute, local
from aligner.formats.tei.read_inline import SEGMENT, InlineReader, printed, tokens_are_bare
from aligner.formats.tei.read_tables import (
    BLOCKS,
    CONTAINERS,
    CONTEXTS,
    EVENTS,
    NOT_TEXT,
    NOTES,
    NOTHING,
    QUOTES,
    READINGS,
    has_text,
    holds_blocks,
    units_of,
)
from aligner.model import Dropped, Span
from aligner.text.rich import Draft
from aligner.text.speakers import name_of

__all__ = ["SEGMENT", "Body", "read_body"]


@dataclass(slots=True)
class Body:
    """What a body gave: paragraphs with their segments as spans, and what was left out."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    bare: bool = False  # no white space between the tokens
    persons: dict[str, str] = field(default_factory=dict)  # names by xml:id, of the headers above

    def all(self) -> list[Draft]:
        """Everything in order, notes taken out of running text last."""
        return [*self.drafts, *self.notes]

    def drop(self, reason: str, element: Any) -> None:
        """Say that the words of an element were left out."""
        text = " ".join(" ".join(element.itertext()).split())
        if text:
            self.dropped.append(Dropped(reason, text, element.sourceline or 0))


@dataclass(frozen=True, slots=True)
class _Context:
    kind: str = ""
    depth: int = 0
    speaker: str | None = None


def read_body(text: Any) -> Body:
    """The paragraphs of an element `text`."""
    body = Body(bare=tokens_are_bare(text), persons=_persons(text))
    _blocks(text, _Context(), body)
    first = next((d for d in body.drafts if d.kind == "title"), None)
    if first is None and body.drafts and body.drafts[0].kind == "heading":
        body.drafts[0].kind, body.drafts[0].level = "title", 0
    return body


def _persons(text: Any) -> dict[str, str]:
    """Who the persons are that the headers of this text and of its corpus list: by the name in the
    text's language, else the first one, else by the role.
    """
    lang = (text.get(XML_LANG) or "").lower()
    names: dict[str, str] = {}
    for above in text.iterancestors():
        header = above.find("{*}teiHeader")
        for person in header.iter("{*}person") if header is not None else ():
            named = [e for e in person.iterfind("{*}persName") if "".join(e.itertext()).strip()]
            own = [e for e in named if (e.get(XML_LANG) or "").lower() == lang]
            texts = [" ".join("".join(e.itertext()).split()) for e in own or named]
            name = next(iter(texts), "") or attribute(person, "role")
            if person.get(XML_ID) and name:
                names.setdefault(person.get(XML_ID), name)
    return names


def _who(element: Any, body: Body) -> str | None:
    """The name of who speaks, else what `who` points to."""
    pointed = attribute(element, "who")
    return body.persons.get(pointed.rpartition("#")[2]) or pointed.lstrip("#") or None


def _blocks(parent: Any, context: _Context, body: Body, skipped: str = "") -> None:
    """Everything in an element that holds paragraphs, and the words that stand beside them;
    children called `skipped` are somebody else's.
    """
    if not has_text(parent):
        for child in parent:
            if local(child) not in ("", skipped):
                _block(child, local(child), context, body)
        return
    with_words = _Paragraph(parent, "p", context, body)
    with_words.inline.add(parent.text or "")
    for child in parent:
        tag = local(child)
        if tag and tag == skipped:
            pass
        elif tag and (tag in BLOCKS or tag in CONTAINERS or holds_blocks(child)):
            with_words.inline.flush()
            _block(child, tag, context, body)
        elif tag:
            with_words.inline.take(child)
        with_words.inline.add(child.tail or "")
    with_words.end()


def _block(child: Any, tag: str, context: _Context, body: Body) -> None:
    if tag in NOT_TEXT:
        body.drop(NOT_TEXT[tag], child)
    elif tag in EVENTS:
        _event(child, tag, context, body)
    elif tag in NOTHING:
        body.drop(f"words in an element that holds none ({tag})", child)
    elif tag == "del":
        body.drop("deleted in the source", child)
    elif tag == "sp":
        _speech(child, context, body)
    elif tag in QUOTES:
        _blocks_or_text(child, replace(context, kind="quote"), body)
    elif tag in NOTES:
        _blocks_or_text(child, _Context("note", context.depth), body)
    elif tag in ("item", "cell") and holds_blocks(child) and not has_text(child):
        _blocks(child, _Context(context.kind or tag, context.depth), body)
    elif tag in BLOCKS:
        _paragraph(child, tag, context, body)
    elif tag in CONTAINERS:
        depth = context.depth + tag.startswith("div")
        kind = CONTEXTS.get(tag, context.kind)
        _blocks(child, _Context(kind, depth, context.speaker), body)
    else:
        _blocks_or_text(child, context, body)


def _blocks_or_text(element: Any, context: _Context, body: Body) -> None:
    """An element that may hold paragraphs or words of its own."""
    if holds_blocks(element) or local(element) == "cit":
        _blocks(element, context, body)
    elif local(element) in READINGS:
        made = _Paragraph(element, "p", context, body)
        made.inline.take(element)
        made.end()
    else:
        _paragraph(element, "p", context, body)


def _event(element: Any, tag: str, context: _Context, body: Body) -> None:
    desc = printed(element)
    if desc is None:
        body.drop(f"description of an event ({tag})", element)
    else:
        _paragraph(desc, "p", replace(context, kind="stage"), body)


def _speech(element: Any, context: _Context, body: Body) -> None:
    """`sp`: its printed speaker belongs to its first paragraph."""
    who = _who(element, body)
    printed_name = element.find("{*}speaker")
    label = " ".join("".join(printed_name.itertext()).split()) if printed_name is not None else ""
    before = len(body.drafts)
    # as in running text: a name without its colon, and a dash names nobody
    named = attribute(element, "who").rpartition("#")[2] in body.persons
    speaker = name_of(label) if any(map(str.isalnum, label)) and not named else who
    _blocks(element, _Context("turn", context.depth, speaker), body, "speaker")
    if attribute(element, "prev"):  # a speech that goes on
        for draft in body.drafts[before:]:
            draft.kind = "para" if draft.kind == "turn" else draft.kind
    if not label:
        return
    turn = next((d for d in body.drafts[before:] if d.kind == "turn"), None)
    if turn is None:
        body.drafts.insert(before, Draft("turn", label, speaker=speaker))
        return
    size = len(label) + 1
    turn.text = f"{label} {turn.text}"
    turn.spans = tuple(Span(s.start + size, s.end + size, s.kind, s.value) for s in turn.spans)
    turn.label = (0, size + (turn.label[1] if turn.label else 0))


def _paragraph(element: Any, tag: str, context: _Context, body: Body) -> None:
    if units_of(element):
        _units(element, tag, context, body)
        return
    made = _Paragraph(element, tag, context, body)
    made.inline.fill(element)
    made.end()


def _units(element: Any, tag: str, context: _Context, body: Body) -> None:
    """An utterance or paragraph of segments: each is a paragraph, notes and events stand between."""
    who = _who(element, body)
    inside = replace(context, kind=BLOCKS[tag] or context.kind, speaker=context.speaker or who)
    for child in element:
        if local(child) == "seg":
            made = _Paragraph(child, "p", inside, body)
            if any(local(part) == "s" for part in child.iter()):
                made.inline.fill(child)
            else:
                made.inline.take(child)
            made.end()
        elif local(child):
            _block(child, local(child), inside, body)


class _Paragraph:
    """The paragraphs that one element becomes: one, or more where lists and the like part it."""

    def __init__(self, element: Any, tag: str, context: _Context, body: Body) -> None:
        self._element, self._context, self._body = element, context, body
        self._kind = _kind(element, tag, context, body)
        self._key = attribute(element, "id")
        self._notes: list[tuple[str, Any]] = []
        self.inline = InlineReader(self._emit, self._inner, body.drop, self._notes, bare=body.bare)

    def end(self) -> None:
        """The last paragraph ends; the notes that were anchored follow."""
        self.inline.flush()
        for label, note in self._notes:
            read = Body(
                dropped=self._body.dropped, bare=self._body.bare, persons=self._body.persons
            )
            _blocks_or_text(note, _Context("note", self._context.depth), read)
            for draft in read.all():
                draft.kind = "note"
                whole = Span(0, len(draft.text), "note", label)
                if whole not in draft.spans:
                    draft.spans = (whole, *draft.spans)
                self._body.notes.append(draft)

    def _emit(self, text: str, spans: tuple[Span, ...]) -> None:
        kind, level = self._kind
        draft = Draft(kind, text, spans, level, key=self._key)
        self._key = ""
        if kind == "note" and (name := self._element.get(XML_ID)):
            draft.spans = (Span(0, len(text), "note", name), *spans)
        if kind == "turn":
            draft.speaker = self._context.speaker or _who(self._element, self._body)
            draft.label = _turn_mark(self._element, text)
        self._body.drafts.append(draft)

    def _inner(self, element: Any) -> None:
        kind = "" if self._context.kind == "turn" else self._context.kind
        _block(element, local(element), _Context(kind, self._context.depth), self._body)


def _turn_mark(element: Any, text: str) -> tuple[int, int] | None:
    """Where the dash ends that opens a turn, with the white space after it."""
    first = next((e for e in element.iter("{*}pc") if attribute(e, "unit") == "turn"), None)
    mark = "".join(first.itertext()) if first is not None else ""
    if not mark or not text.startswith(mark):
        return None
    return 0, len(text) - len(text[len(mark) :].lstrip())


def _opens_turn(element: Any) -> bool:
    """Whether a dash that is marked as that of a turn opens a paragraph of which nobody knows who says it."""
    first = next(iter(element), None)
    return (
        first is not None
        and not (element.text or "").strip()
        and local(first) == "pc"
        and attribute(first, "unit") == "turn"
    )


def _kind(element: Any, tag: str, context: _Context, body: Body) -> tuple[str, int]:
    rend = attribute(element, "rend")
    if tag == "head":
        if context.kind in ("caption", "cell", "item"):
            return "caption", 0
        if attribute(element, "type") == "main" and not body.drafts:
            return "title", 0
        return "heading", min(max(context.depth, 1), 6)
    if rend in ("standfirst", "byline", "turn"):
        return rend, 0
    if tag == "p" and not context.kind and _opens_turn(element):
        return "turn", 0
    if tag == "titlePart":
        return ("title" if not any(d.kind == "title" for d in body.drafts) else "standfirst"), 0
    return BLOCKS[tag] or context.kind or "para", 0
