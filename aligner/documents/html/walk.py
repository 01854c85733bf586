"""An html tree to typed paragraphs, in order; no judgement here of what is body.

Standard followed: the HTML Living Standard's rendering of white space, blocks and line breaks, as
far as text needs it. The walk keeps no recursion, so that depth costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.documents.html.css import class_formats
from aligner.documents.html.tags import BLOCK_TAGS, CLASS_KINDS, INLINE_TAGS, TAG_KINDS, UNSEEN_TAGS
from aligner.files.xml import few_attributes
from aligner.model import ReadError, Span
from aligner.text.rich import Draft, Rich, weight

__all__ = ["INLINE_TAGS", "Block", "class_names", "parse_html", "unseen_texts", "walk"]

_NO_WORDS = frozenset(["script", "style", "head", "svg", "math"])

_HEADING = re.compile(r"h[1-6]$")
_STICKY = frozenset(("note", "quote", "box", "caption", "cell", "byline", "standfirst", "item"))
_QUESTION = re.compile(r"\b(question|pregunta|frage|interview q|entrevistador(a)?)\b")
_ANSWER = re.compile(r"\b(answer|respuesta|reponse|antwort|interview a|entrevistad[oa])\b")
_NOTE_TARGET = re.compile(
    r"#_?(fn|ftn|sdfootnote|sdendnote|dataF|note|footnote|cite_note|endnote|nota|en)[-_:.]?\w*",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"[\[(]?(\d{1,3}|[a-z*†‡§]{1,2})[\])]?$")
_BACK = re.compile(r"^[↩↑^⏎︎\s]+$")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_]+")
_MAX_OPEN = 20  # formatting that reaches over several paragraphs; more is hostile
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class Block:
    """One paragraph with the element it came from; `linked` is its weight inside links."""

    draft: Draft
    element: Any
    weight: int
    linked: int


@dataclass(slots=True)
class _Context:
    kind: str
    level: int = 0
    hint: str = ""
    note: str = ""


@dataclass(slots=True)
class _State:
    """Where the walk is: blocks open around, formatting open, the paragraph being built."""

    contexts: list[tuple[Any, _Context]]
    classes: dict[str, tuple[str, ...]]  # what the style sheets say of them
    active: list[tuple[str, str]] = field(default_factory=list)
    rich: Rich = field(default_factory=Rich)
    breaks: int = 0  # line breaks since the last visible character
    empty: bool = True


def parse_html(text: str, name: str) -> Any | None:
    """The root element of `text`, or None where libxml2 finds nothing; no network, no entities.

    Raises ReadError for a page nested more than 2,000 deep, which libxml2 does not read to its end.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    text = _XML_DECLARATION.sub("", text.replace("\0", ""))
    try:
        data = text.encode("utf-8", errors="replace")
        few_attributes(data, name)
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any("depth" in entry.message for entry in parser.error_log):
        raise ReadError(
            "the page is nested more than 2,000 elements deep",
            context=name,
            hint="simplify it first",
        )
    return root


def class_names(element: Any) -> str:
    r"""Class, id and role of an element as lower-case words, for patterns with \\b."""
    written = " ".join(
        filter(None, map(element.get, ("class", "id", "role", "itemprop", "rel", "epub:type")))
    )
    return " ".join(_CAMEL.sub(" ", written).lower().split()) if written else ""


def walk(root: Any, sheets: Iterable[str] = ()) -> Iterator[Block]:
    """The paragraphs under `root` in document order, unseen elements left out; `sheets` are style
    sheets beside those in the page.
    """
    from lxml import etree

    own = [element.text or "" for element in root.getroottree().iter("style")]
    state = _State([(root, _Context("para"))], class_formats([*sheets, *own]))
    skipped: Any = None
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            if event == "end" and element is not root:
                _text(state, element.tail)
            continue
        tag = element.tag.lower()
        if event == "start":
            if _is_unseen(element, tag) or _is_note_anchor(state, element, tag):
                events.skip_subtree()
                skipped = element
                continue
            yield from _enter(state, element, tag)
            _text(state, element.text)
        else:
            if element is not skipped:
                yield from _leave(state, element, tag, is_root=element is root)
            if element is not root:
                _text(state, element.tail)
    yield from _flush(state)


def unseen_texts(root: Any) -> Iterator[tuple[str, str]]:
    """What `walk` leaves out: why, and the words; scripts and style sheets hold none."""
    from lxml import etree

    events = etree.iterwalk(root, events=("start",))
    for _, element in events:
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower()
        if _is_unseen(element, tag):
            events.skip_subtree()
            words = "" if tag in _NO_WORDS else " ".join(" ".join(element.itertext()).split())
            if words:
                yield ("code" if tag == "pre" else f"not shown ({tag})"), words


def _enter(state: _State, element: Any, tag: str) -> Iterator[Block]:
    if tag in BLOCK_TAGS:
        yield from _flush(state)
        state.contexts.append((element, _context(state.contexts[-1][1], element, tag)))
    elif tag == "br":
        state.breaks += 1
        if state.breaks == 2:
            yield from _flush(state)
        elif not state.empty:
            state.rich.mark("break")
    else:
        for kind, value in _formats(state, element, tag):
            state.active.append((kind, value))
            state.rich.open(kind, value)


def _leave(state: _State, element: Any, tag: str, *, is_root: bool) -> Iterator[Block]:
    if tag in BLOCK_TAGS:
        yield from _flush(state)
        if not is_root or len(state.contexts) > 1:
            state.contexts.pop()
    elif tag != "br":
        for kind, _ in reversed(_formats(state, element, tag)):
            state.active.pop()
            state.rich.close(kind)


def _text(state: _State, text: str | None) -> None:
    if not text:
        return
    state.rich.add(text)
    if not text.isspace():
        state.breaks = 0
        state.empty = False


def _flush(state: _State) -> Iterator[Block]:
    text, spans = state.rich.build()
    state.rich = Rich()
    state.empty, state.breaks = True, 0
    element, context = state.contexts[-1]
    for kind, value in dict.fromkeys(state.active[-_MAX_OPEN:]):
        state.rich.open(kind, value)
    if not text:
        return
    if context.note:
        spans = (Span(0, len(text), "note", context.note), *spans)
    linked = sum(weight(text[s.start : s.end]) for s in spans if s.kind == "link")
    draft = Draft(context.kind, text, spans, context.level, hint=context.hint)
    yield Block(draft, element, weight(text), linked)


def _context(outer: _Context, element: Any, tag: str) -> _Context:
    names = class_names(element)
    hint = outer.hint
    if names and _QUESTION.search(names):
        hint = "question"
    elif names and _ANSWER.search(names):
        hint = "answer"
    if _HEADING.match(tag):
        hinted = next((k for k, p in CLASS_KINDS if k == "standfirst" and p.search(names)), "")
        return _Context(hinted or "heading", 0 if hinted else int(tag[1]))
    hinted = next((kind for kind, pattern in CLASS_KINDS if names and pattern.search(names)), "")
    if outer.kind == "note":
        return _Context("note", hint=hint, note=element.get("id") or outer.note)
    if hinted and not (hinted == "note" and element.get("id") and tag == "sup"):
        return _Context(hinted, hint=hint)
    if tag == "td" and len(element.findall("p")) > 1:
        return _Context("para", hint=hint)  # a table for layout
    kind = TAG_KINDS.get(tag, "")
    if tag == "figure" and outer.kind == "box":
        kind = "caption"
    if kind == "item" and outer.kind in ("note", "cell"):
        kind = outer.kind
    if kind:
        return _Context(kind, hint=hint)
    return _Context(outer.kind if outer.kind in _STICKY else "para", hint=hint)


def _formats(state: _State, element: Any, tag: str) -> list[tuple[str, str]]:
    """The formatting that an inline element stands for: (kind, value)."""
    kind = INLINE_TAGS.get(tag)
    if tag in ("span", "font") and state.classes:
        names = (element.get("class") or "").lower().split()
        formats = dict.fromkeys(k for name in names for k in state.classes.get(name, ()))
        if formats:
            return [(k, "") for k in formats]
    if kind == "link":
        return [("link", element.get("href") or "")]
    if kind:
        return [(kind, "")]
    if tag in ("span", "font") and _BOLD_STYLE.search(element.get("style") or ""):
        return [("bold", "")]
    return []


def _is_unseen(element: Any, tag: str) -> bool:
    if tag in UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    if tag == "pre":
        return element.find("code") is not None or bool(
            re.search(r"\b(highlight|language|src)\b", class_names(element))
        )
    if tag == "div" and element.get("title") in ("header", "footer"):
        return True  # a word processor's page
    style = element.get("style") or ""
    return "display:none" in style.replace(" ", "").lower()


def _is_note_anchor(state: _State, element: Any, tag: str) -> bool:
    """True for the mark of a note in the text; it becomes an empty span. Back links go too."""
    if tag not in ("sup", "a"):
        return False
    inner = element[0] if len(element) == 1 else None
    if len(element) > 1 or (inner is not None and len(inner)):
        return False
    words = (element.text or "").strip()
    if inner is not None:
        words += f"{inner.text or ''}{inner.tail or ''}".strip()
    if tag == "a" and (_BACK.match(words) or element.get("role") == "doc-backlink"):
        return True
    link = element if tag == "a" else inner
    if state.contexts[-1][1].kind == "note" and state.empty and link is not None:
        # the mark before a note's own text leads back to its anchor
        return (link.get("href") or "").startswith("#") and bool(_NOTE_MARK.match(words))
    target = link.get("href") or "" if link is not None else ""
    is_note = _NOTE_TARGET.search(target) or (
        link is not None and "noteref" in (link.get("role") or link.get("epub:type") or "")
    )
    if not is_note or not _NOTE_MARK.match(words):
        return False
    state.rich.mark("note", target.partition("#")[2])
    return True
