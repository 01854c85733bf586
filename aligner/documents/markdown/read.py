"""Markdown (.md, .markdown): CommonMark with tables and footnotes, from markdown-it's tokens.

- Front matter and shortcodes are not text; a figure's caption is a `caption` paragraph.
- Links keep their words, emphasis its span; images go, with what describes them.
- Code blocks are not text; inline code is. A block of html is read as the html reader reads it.
- Quotes, list items, table cells and footnotes are `quote`, `item`, `cell`, `note`. A footnote
  stands where the file defines it; its anchor is an empty `note` span, its own text bears one too.
- Boxes of every dialect are paragraphs of kind `box` with their titles; their marks, ids of headings,
  components and comments are not text (`boxes`).
- The first heading of level 1 is the title where the front matter names none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aligner.documents.markdown.boxes import ALERT, box_plugin, directive_of, without_attributes
from aligner.documents.markdown.embedded import without_marks
from aligner.documents.markdown.front_matter import known_metadata, split_front_matter
from aligner.documents.markdown.shortcodes import caption_of, shortcode_plugin
from aligner.model import Declined, Document, Dropped, ReadOptions, Source, UsageError
from aligner.text.claimed import by_claim
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, places_named, suffix_of
from aligner.text.rich import Draft, Piece, Rich

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".md", ".mdx", ".markdown", ".mkd", ".qmd", ".rmd")
_ID = re.compile(r"#([^\s}]+)")
_MYST = re.compile(r"^(?:`{3,}|:{3,})\{[a-z]", re.MULTILINE)

_INLINE = {
    "strong_open": "bold",
    "em_open": "italic",
    "link_open": "link",
    "strong_close": "bold",
    "em_close": "italic",
    "link_close": "link",
}
_CONTAINERS = {
    "blockquote_open": "quote",
    "list_item_open": "item",
    "footnote_reference_open": "note",
    "footnote_open": "note",
    "th_open": "cell",
    "td_open": "cell",
}
_CLOSED = {name.replace("_open", "_close"): kind for name, kind in _CONTAINERS.items()}


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document; raises Declined for another suffix, ReadError or Malformed for
    bytes that are no text, UsageError for segmented text, which is plain text.
    """
    suffix = suffix_of(source.name)
    if suffix not in SUFFIXES:
        raise Declined(f"the suffix {suffix or '(none)'} is not one of {', '.join(SUFFIXES)}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return read_lines(source, options)[0]


def read_lines(source: Source, options: ReadOptions) -> tuple[Document, list[range | None]]:
    """The document, and on which lines of the file (from 1) each paragraph is written, where that is
    known. Raises as `read_text`.
    """
    if options.segmented:
        raise UsageError("markdown is not segmented text", hint="rename the file to .txt")
    notices: list[str] = []
    text = decode(source.data, source.name, encoding=options.encoding, notices=notices)
    front, body = split_front_matter(text)
    before = text[: len(text) - len(body)]
    dropped = [Dropped("front matter", before.strip(), 1)] if before.strip() else []
    known = known_metadata(front)
    titles, langs = known.pop("title", ("",)), known.pop("lang", ("",))
    drafts = list(_Blocks(source.name, before.count("\n") + 1, dropped).drafts(body))
    _name_places(drafts)
    first = next((d for d in drafts if d.kind == "heading" and d.level == 1), None)
    if first and not titles[0]:
        first.kind, first.level = "title", 0
    places: list[Sequence[Piece]] = []
    document = make_document(
        source,
        drafts,
        places=places,
        title=" ".join(titles[0].split()),
        lang=langs[0],
        doubt=by_claim,
        metadata=known,
        dropped=dropped,
        notices=notices,
    )
    return document, [_lines_of(pieces) for pieces in places]


def _name_places(drafts: Sequence[Draft]) -> None:
    """A heading that a link of the same file names has that name as its `key`: the id written behind it,
    else the one that sites make of its words (GitHub's: lower case, hyphens for spaces, no punctuation).
    """
    linked = places_named(drafts)
    times: Counter[str] = Counter()
    for draft in drafts:
        if draft.kind != "heading":
            continue
        made = re.sub(r"[^\w\- ]", "", draft.text.lower()).replace(" ", "-")
        numbered = f"{made}-{times[made]}" if times[made] else made
        times[made] += 1
        draft.key = next((name for name in (draft.key, numbered) if name in linked), "")


def _lines_of(pieces: Sequence[Piece]) -> range | None:
    """The lines of the file that a draft of this reader is written on; None where they are not known."""
    origin = pieces[0][0] if pieces else None
    return origin[0] if origin and isinstance(origin[0], range) else None


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False).use(shortcode_plugin)
    return parser.use(deflist_plugin).use(box_plugin)


class _Blocks:
    """Block tokens to drafts: which container each paragraph stands in, what is no text."""

    def __init__(self, name: str, first: int, dropped: list[Dropped]) -> None:
        """`first`: the line of the file `name` on which the text begins."""
        self._name, self._first, self._dropped = name, first, dropped
        self._parser = _parser()
        self._env: dict[str, Any] = {}
        self._kinds: list[str] = []
        self._notes: list[str] = []
        self._level = 0
        self._ways: dict[str, Callable[[Token], Iterator[Draft] | None]] = {
            **dict.fromkeys(_CONTAINERS, self._enter),
            **dict.fromkeys(_CLOSED, self._leave),
            "heading_open": self._heading,
            "heading_close": self._heading,
            "inline": self._inline,
            "html_block": self._html,
            "fence": self._fence,
            "code_block": self._code,
            "shortcode": lambda token: _Inline(self._parser, self._env).captions(token.content),
            "box_open": self._box,
            "box_close": self._box_end,
            "mark": self._mark,
        }

    def drafts(self, text: str) -> Iterator[Draft]:
        """The paragraphs of `text`."""
        self._env["myst"] = _MYST.search(text) is not None
        tokens = self._parser.parse(text, self._env)
        for place, token in enumerate(tokens):
            if token.type == "blockquote_open":
                alert = _alert(tokens[place + 1 : place + 3])
                if alert is not None:
                    self._kinds.append("box")
                    self._drop("mark of a box", token, alert[0])
                    yield from _titled(self._parser, alert[1])
                    continue
            way = self._ways.get(token.type)
            for draft in (way(token) if way else None) or ():
                if token.map and _lines_of(draft.pieces) is None:  # of a box inside they are known
                    first, last = (self._first + line for line in token.map)
                    draft.pieces = (((range(first, last), False), ""),)
                yield draft

    def _drop(self, reason: str, token: Token, content: str) -> None:
        line = self._first + token.map[0] if token.map else 0
        self._dropped.append(Dropped(reason, content.strip(), line))

    def _enter(self, token: Token) -> None:
        self._kinds.append(_CONTAINERS[token.type])
        if self._kinds[-1] == "note":
            self._notes.append(str(token.meta.get("label", "")))

    def _leave(self, token: Token) -> None:
        kind = _CLOSED[token.type]
        alert = token.type == "blockquote_close" and self._kinds[-1:] == ["box"]
        self._close("box" if alert else kind)
        if kind == "note":
            self._notes.pop()

    def _close(self, kind: str) -> None:
        """Close the innermost container of a kind: boxes need not nest as CommonMark's blocks do."""
        for place in range(len(self._kinds) - 1, -1, -1):
            if self._kinds[place] == kind:
                del self._kinds[place]
                return

    def _heading(self, token: Token) -> None:
        self._level = int(token.tag[1:]) if token.nesting > 0 else 0

    def _inline(self, token: Token) -> Iterator[Draft]:
        kind = "heading" if self._level else (self._kinds[-1] if self._kinds else "para")
        if "note" in self._kinds:
            kind = "note"
        marks = ""
        if self._level or token.content.endswith("}"):
            words, marks = without_attributes(token.content, heading=bool(self._level))
            if marks:
                self._drop("id of a heading" if self._level else "mark of the site", token, marks)
                token.children = self._parser.parseInline(words, self._env)[0].children
        for child in token.children or ():
            if child.type == "mark":
                self._drop("mark of the site", token, child.content)
        note = self._notes[-1] if self._notes else ""
        named = _ID.search(marks) if self._level else None
        for draft in _Inline(self._parser, self._env).drafts(token, kind, self._level, note):
            draft.key = named[1] if named else ""
            yield draft

    def _html(self, token: Token) -> Iterator[Draft]:
        content, marks = without_marks(token.content)
        for mark in marks:
            self._drop("mark of the site", token, mark)
        made = list(_html_drafts(content, self._kinds[-1] if self._kinds else "", self._name))
        if not made:
            self._drop("html without text", token, content)
        yield from made

    def _fence(self, token: Token) -> Iterator[Draft]:
        directive = directive_of(token.info, token.content)
        if directive is None:
            self._code(token)
            return
        name, title, body = directive
        self._drop("mark of a box", token, f"{{{name}}}")
        options = token.content[: len(token.content) - len(body)]
        if options.strip():
            self._drop("options of a directive", token, options)
        yield from _titled(self._parser, title)
        line = self._first + (token.map[0] if token.map else 0) + 1 + options.count("\n")
        for draft in _Blocks(self._name, line, self._dropped).drafts(body):
            draft.kind = "box" if draft.kind == "para" else draft.kind
            yield draft

    def _code(self, token: Token) -> None:
        self._drop("code", token, token.content)

    def _box(self, token: Token) -> Iterator[Draft]:
        self._kinds.append("box")
        mark = str(token.meta["mark"])
        self._drop("mark of a box", token, mark.replace(token.content, "", 1))
        return _titled(self._parser, token.content)

    def _box_end(self, token: Token) -> None:
        if token.meta["mark"]:
            self._drop("mark of a box", token, token.meta["mark"])
        self._close("box")

    def _mark(self, token: Token) -> Iterator[Draft]:
        title = str(token.meta["title"])
        self._drop("mark of the site", token, token.content.replace(title, "", 1))
        return _titled(self._parser, title, self._kinds[-1] if self._kinds else "para")


def _alert(after: Sequence[Token]) -> tuple[str, str] | None:
    """The mark of an alert that opens a quote, taken out of its first paragraph, and its title."""
    inline = next((token for token in after if token.type == "inline"), None)
    match = ALERT.match(inline.content) if inline else None
    if inline is None or match is None:
        return None
    inline.content = inline.content[match.end() :]
    inline.children = _parser().parseInline(inline.content)[0].children
    return f"[!{match[1]}]", match[2].strip()


def _titled(parser: MarkdownIt, title: str, kind: str = "box") -> Iterator[Draft]:
    """The title of a box as its first paragraph."""
    if title.strip():
        yield from _Inline(parser, {}).drafts(parser.parseInline(title)[0], kind, 0, "")


class _Inline:
    """Inline tokens to drafts; what makes paragraphs of its own (captions, notes) comes after."""

    def __init__(self, parser: MarkdownIt, env: dict[str, Any]) -> None:
        self._parser = parser
        self._env = env
        self._after: list[Draft] = []

    def drafts(self, token: Token, kind: str, level: int, note: str) -> Iterator[Draft]:
        """The paragraph of one inline token, then captions and notes found in it."""
        rich = Rich()
        if note:
            rich.open("note", note)
        self._fill(rich, token.children or [])
        text, spans = rich.build()
        if text:
            yield Draft(kind, text, spans, level if kind == "heading" else 0)
        yield from self._after

    def captions(self, tag: str) -> Iterator[Draft]:
        """The caption that a figure's shortcode prints, if any."""
        caption = caption_of(tag)
        if caption:
            token = self._parser.parseInline(caption.replace("\n", " "))[0]
            yield from _Inline(self._parser, {}).drafts(token, "caption", 0, "")

    def _fill(self, rich: Rich, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in ("text", "text_special"):
                rich.add(token.content)
            elif token.type == "softbreak":
                rich.add("\n")
            elif token.type == "hardbreak":
                rich.mark("break")
            elif token.type == "code_inline":
                rich.open("code")
                rich.add(token.content)
                rich.close("code")
            elif token.type in _INLINE and token.nesting > 0:
                rich.open(_INLINE[token.type], str(token.attrs.get("href", "")))
            elif token.type in _INLINE:
                rich.close(_INLINE[token.type])
            elif token.type == "footnote_ref":
                self._note(rich, token)
            elif token.type == "html_inline":
                _fill_html(rich, token.content)
            elif token.type == "shortcode":
                self._after.extend(self.captions(token.content))

    def _note(self, rich: Rich, token: Token) -> None:
        """The anchor of a note; a note written in the line itself (`^[...]`) follows after."""
        if "label" in token.meta:
            rich.mark("note", str(token.meta["label"]))
            return
        number = token.meta["id"]
        label = f"inline-{number + 1}"
        rich.mark("note", label)
        tokens = self._env["footnotes"]["list"][number]["tokens"]
        inner = Rich()
        inner.open("note", label)
        self._fill(inner, tokens)
        text, spans = inner.build()
        if text:
            self._after.append(Draft("note", text, spans))


def _fill_html(rich: Rich, tag: str) -> None:
    from aligner.documents.html.walk import INLINE_TAGS

    words = tag.strip("<>/ \n").split(None, 1)
    name = words[0].rstrip("/").lower() if words else ""
    if name == "br":
        rich.mark("break")
    elif name in INLINE_TAGS and tag.startswith("</"):
        rich.close(INLINE_TAGS[name])
    elif name in INLINE_TAGS:
        rich.open(INLINE_TAGS[name])


def _html_drafts(content: str, kind: str, name: str) -> Iterator[Draft]:
    from aligner.documents.html.walk import parse_html, walk

    root = parse_html(content, name)
    if root is None:
        return
    for block in walk(root):
        draft = block.draft
        if kind and draft.kind == "para":
            draft.kind = kind
        yield draft
