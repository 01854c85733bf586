"""An html tree to typed paragraphs, in order; no judgement here of what is body.

Standard followed: the HTML Living Standard's rendering of white space, blocks and line breaks, as
far as text needs it. The walk keeps no recursion, so that depth costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from aligner.documents.html.css import class_formats
from aligner.documents.html.pointers import NOTE_MARK, Pointers, pointers_of
from aligner.documents.html.tags import BLOCK_TAGS, CLASS_KINDS, INLINE_TAGS, TAG_KINDS, UNSEEN_TAGS
from aligner.files.xml import few_attributes
from aligner.model import ReadError, Span
from aligner.text.rich import Draft, Rich, weight

__all__ = ["INLINE_TAGS", "Block", "class_names", "parse_html", "unseen_texts", "walk"]

_NO_WORDS = frozenset(["script", "style", "head"])

_HEADING = re.compile(r"h[1-6]$")
_STICKY = frozenset(("note", "quote", "box", "caption", "cell", "byline", "standfirst", "item"))
_QUESTION = re.compile(r"\b(question|pregunta|frage|interview q|entrevistador(a)?)\b")
_ANSWER = re.compile(r"\b(answer|respuesta|reponse|antwort|interview a|entrevistad[oa])\b")
# any of these: most names say nothing, and it is told by one search
_HINTED = re.compile(
    "|".join([p.pattern for p in (_QUESTION, _ANSWER, *(pattern for _, pattern in CLASS_KINDS))])
)
_NOTE_TARGET = re.compile(
    r"#_?(fn|ftn|sdfootnote|sdendnote|dataF|note|footnote|cite_note|endnote|nota|en)[-_:.]?\w*",
    re.IGNORECASE,
)
_BACK = re.compile(r"^[↩↑^⏎︎\s]+$")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_]+")
_STOP = re.compile(r"\s*[.):\]]\s+(?=\S)")  # behind the number of a note, before its words
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
    pointers: Pointers
    keys: list[str] = field(default_factory=list)  # what links call the place that comes now
    active: list[tuple[str, str]] = field(default_factory=list)
    inline: list[list[tuple[str, str]]] = field(default_factory=list)  # by open inline element
    rich: Rich = field(default_factory=Rich)
    breaks: int = 0  # line breaks since the last visible character
    empty: bool = True  # nothing visible in the paragraph that is being built
    touched: bool = False  # but white space or marks


def parse_html(text: str, name: str) -> Any | None:
    """The root element of `text`, or None where libxml2 finds nothing; no network, no entities.

    Raises ReadError for a page nested more than 2,000 deep, which libxml2 does not read to its end.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    # lxml.html asks Python for the class of every element; no form needs its own class here
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
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
    return _names(tuple(map(element.get, _NAMED)))


_NAMED = ("class", "id", "role", "itemprop", "rel", "epub:type")


@lru_cache(maxsize=20_000)
def _names(values: tuple[str | None, ...]) -> str:
    written = " ".join(filter(None, values))
    return " ".join(_CAMEL.sub(" ", written).lower().split()) if written else ""


def walk(
    root: Any,
    sheets: Iterable[str] = (),
    unseen: list[tuple[str, str]] | None = None,
    pointers: Pointers | None = None,
) -> Iterator[Block]:
    """The paragraphs under `root` in document order, unseen elements left out; `sheets` are style
    sheets beside those in the page. What is left out goes to `unseen`: why, and the words. `pointers`:
    the links inside the page where `root` is a part of it.
    """
    from lxml import etree

    own = [element.text or "" for element in root.getroottree().iter("style")]
    inside = pointers_of(root, class_names) if pointers is None else pointers
    state = _State([(root, _Context("para"))], class_formats([*sheets, *own]), inside)
    skipped: Any = None
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end" and element is not root and element.tail:
                _text(state, element.tail, (element, True))
            continue
        tag = tag.lower()
        if event == "start":
            if _is_left_out(state, element, tag, unseen):
                events.skip_subtree()
                skipped = element
                continue
            block = _enter(state, element, tag)
            text = element.text
        else:
            block = None if element is skipped else _leave(state, element, tag, root)
            text = element.tail if element is not root else None
        if block is not None:
            yield block
        if text:
            start = _stop(state, text) if element is skipped and event == "end" else 0
            _text(state, text, (element, event == "end"), start)
    block = _flush(state)
    if block is not None:
        yield block


def _is_left_out(
    state: _State, element: Any, tag: str, unseen: list[tuple[str, str]] | None
) -> bool:
    if _is_unseen(element, tag):
        if unseen is not None:
            unseen.extend(_unseen_words(element, tag))
        return True
    if element in state.pointers.back:
        words = " ".join("".join(element.itertext()).split())
        if unseen is not None and any(map(str.isalpha, words)):
            unseen.append(("link from a note to its mark", words))
        return True
    return tag in _ANCHORS and _is_note_anchor(state, element, tag)


def _enter(state: _State, element: Any, tag: str) -> Block | None:
    """An element begins; the paragraph that it ends, if any."""
    block = None
    if tag in BLOCK_TAGS:
        block = _flush(state)
        note = state.pointers.notes.get(element, "")
        state.contexts.append((element, _context(state.contexts[-1][1], element, tag, note)))
    elif tag == "br":
        state.breaks += 1
        if state.breaks == _BREAKS:
            block = _flush(state)
        elif not state.empty:
            state.rich.mark("break")
            state.touched = True
    else:
        formats = _formats(state, element, tag)
        state.inline.append(formats)
        for kind, value in formats:
            state.active.append((kind, value))
            state.rich.open(kind, value)
    if element in state.pointers.places:
        state.keys.append(state.pointers.places[element])
    return block


def _leave(state: _State, element: Any, tag: str, root: Any) -> Block | None:
    """An element ends; the paragraph that ends with it, if any."""
    if tag == "br":
        return None
    if tag in BLOCK_TAGS:
        block = _flush(state)
        if element is not root or len(state.contexts) > 1:
            state.contexts.pop()
        return block
    for kind, _ in reversed(state.inline.pop()):
        state.active.pop()
        state.rich.close(kind)
    return None


_BREAKS = 2  # line breaks that end a paragraph
_ANCHORS = frozenset(("a", "sup"))


def _unseen_words(element: Any, tag: str) -> Iterator[tuple[str, str]]:
    words = "" if tag in _NO_WORDS else " ".join(" ".join(element.itertext()).split())
    if words:
        yield ("code" if tag == "pre" else f"not shown ({tag})"), words


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
            yield from _unseen_words(element, tag)


def _stop(state: _State, text: str) -> int:
    """The length of the stop behind the number of a note, where that is left out."""
    behind = _STOP.match(text) if state.empty and state.contexts[-1][1].kind == "note" else None
    return behind.end() if behind else 0


def _text(state: _State, text: str, origin: tuple[Any, bool], start: int = 0) -> None:
    if not text.isspace():
        state.breaks = 0
        state.empty = False
    elif state.empty:
        return  # white space before a paragraph
    state.rich.add(text, origin, start)
    state.touched = True


def _flush(state: _State) -> Block | None:
    """The paragraph that has been built so far, None where it holds no text."""
    state.breaks = 0
    if not state.touched:
        return None
    text, spans = state.rich.build()
    pieces = state.rich.pieces
    state.rich = Rich()
    state.empty, state.touched = True, False
    element, context = state.contexts[-1]
    for kind, value in dict.fromkeys(state.active[-_MAX_OPEN:]):
        state.rich.open(kind, value)
    if not text:
        return None
    if context.note:
        spans = (Span(0, len(text), "note", context.note), *spans)
    linked = sum(weight(text[s.start : s.end]) for s in spans if s.kind == "link") if spans else 0
    key = state.keys[0] if state.keys else ""
    state.keys.clear()
    draft = Draft(
        context.kind, text, spans, context.level, hint=context.hint, pieces=pieces, key=key
    )
    return Block(draft, element, weight(text), linked)


@lru_cache(maxsize=20_000)
def _hints(names: str) -> tuple[str, str, bool]:
    """What class names say: question or answer; the kind; whether standfirst is among the kinds."""
    if not _HINTED.search(names):
        return "", "", False
    hint = "question" if _QUESTION.search(names) else "answer" if _ANSWER.search(names) else ""
    kinds = [kind for kind, pattern in CLASS_KINDS if pattern.search(names)]
    return hint, kinds[0] if kinds else "", "standfirst" in kinds


def _context(outer: _Context, element: Any, tag: str, note: str) -> _Context:
    names = class_names(element)
    told, hinted, is_standfirst = _hints(names) if names else ("", "", False)
    hint = told or outer.hint
    if _HEADING.match(tag):
        if is_standfirst:
            return _Context("standfirst")
        return _Context("heading", int(tag[1]))
    if note:
        return _Context("note", hint=hint, note=note)
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
    is_span = tag in ("span", "font")
    if kind is None and not is_span:
        return []
    if is_span and state.classes:
        names = (element.get("class") or "").lower().split()
        formats = dict.fromkeys(k for name in names for k in state.classes.get(name, ()))
        if formats:
            return [(k, "") for k in formats]
    if kind == "link":
        return [("link", element.get("href") or "")]
    if kind:
        return [(kind, "")]
    if is_span and _BOLD_STYLE.search(element.get("style") or ""):
        return [("bold", "")]
    return []


def _is_unseen(element: Any, tag: str) -> bool:
    if tag in UNSEEN_TAGS:
        return True
    if tag != "pre" and not element.keys():
        return False
    if element.get("hidden") is not None:
        return True
    if tag == "pre":
        return element.find("code") is not None or bool(
            re.search(r"\b(highlight|language|src)\b", class_names(element))
        )
    if tag == "div" and element.get("title") in ("header", "footer"):
        return True  # a word processor's page
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def _is_note_anchor(state: _State, element: Any, tag: str) -> bool:
    """True for the mark of a note in the text; it becomes an empty span. Back links go too."""
    known = _known_mark(state, element, tag)
    if known:
        state.rich.mark("note", known)
        state.touched = True
        return True
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
        return (link.get("href") or "").startswith("#") and bool(NOTE_MARK.match(words))
    target = link.get("href") or "" if link is not None else ""
    is_note = _NOTE_TARGET.search(target) or (
        link is not None and "noteref" in (link.get("role") or link.get("epub:type") or "")
    )
    if not is_note or not NOTE_MARK.match(words):
        return False
    state.rich.mark("note", target.partition("#")[2])
    state.touched = True
    return True


def _known_mark(state: _State, element: Any, tag: str) -> str:
    """The name of the note that a link of the page, or what raises it, is the mark of, "" for none."""
    if tag == "a":
        return state.pointers.marks.get(element, "")
    if len(element) != 1 or element[0] not in state.pointers.marks:
        return ""
    beside = f"{element.text or ''}{element[0].tail or ''}"
    return "" if any(map(str.isalnum, beside)) else state.pointers.marks[element[0]]
