"""Markdown (.md, .markdown): CommonMark with tables and footnotes, from markdown-it's tokens.

- Front matter and shortcodes are not text; a figure's caption is a `caption` paragraph.
- Links keep their words, emphasis its span; images go, with what describes them.
- Code blocks are not text; inline code is. A block of html is read as the html reader reads it.
- Quotes, list items, table cells and footnotes are `quote`, `item`, `cell`, `note`. A footnote
  stands where the file defines it; its anchor is an empty `note` span, its own text bears one too.
- The first heading of level 1 is the title where the front matter names none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aligner.documents.markdown.front_matter import known_metadata, split_front_matter
from aligner.documents.markdown.shortcodes import caption_of, shortcode_plugin
from aligner.model import Declined, Document, Dropped, ReadOptions, Source, UsageError
from aligner.text.claimed import by_claim
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft, Rich

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".md", ".markdown", ".mkd", ".qmd", ".rmd")

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
_CLOSING = frozenset(name.replace("_open", "_close") for name in _CONTAINERS)


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
    if options.segmented:
        raise UsageError("markdown is not segmented text", hint="rename the file to .txt")
    notices: list[str] = []
    text = decode(source.data, source.name, encoding=options.encoding, notices=notices)
    front, body = split_front_matter(text)
    before = text[: len(text) - len(body)]
    dropped = [Dropped("front matter", before.strip(), 1)] if before.strip() else []
    known = known_metadata(front)
    titles, langs = known.pop("title", ("",)), known.pop("lang", ("",))
    drafts = list(_drafts(body, source.name, before.count("\n") + 1, dropped))
    first = next((d for d in drafts if d.kind == "heading" and d.level == 1), None)
    if first and not titles[0]:
        first.kind, first.level = "title", 0
    return make_document(
        source,
        drafts,
        title=" ".join(titles[0].split()),
        lang=langs[0],
        doubt=by_claim,
        metadata=known,
        dropped=dropped,
        notices=notices,
    )


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False).use(shortcode_plugin)
    return parser


def _dropped(reason: str, token: Token, first: int) -> Dropped:
    return Dropped(reason, token.content.strip(), first + token.map[0] if token.map else 0)


def _drafts(text: str, name: str, first: int, dropped: list[Dropped]) -> Iterator[Draft]:
    """The paragraphs of `text`, whose first line is line `first` of the file `name`."""
    parser = _parser()
    env: dict[str, Any] = {}
    kinds: list[str] = []
    notes: list[str] = []
    level = 0
    for token in parser.parse(text, env):
        if token.type in _CONTAINERS:
            kinds.append(_CONTAINERS[token.type])
            if kinds[-1] == "note":
                notes.append(str(token.meta.get("label", "")))
        elif token.type in _CLOSING:
            if kinds.pop() == "note":
                notes.pop()
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            kind = _kind(kinds, level)
            yield from _Inline(parser, env).drafts(token, kind, level, notes[-1] if notes else "")
        elif token.type == "html_block":
            made = list(_html_drafts(token.content, kinds[-1] if kinds else "", name))
            yield from made
            dropped += [] if made else [_dropped("html without text", token, first)]
        elif token.type in ("fence", "code_block"):
            dropped.append(_dropped("code", token, first))
        elif token.type == "shortcode":
            yield from _Inline(parser, env).captions(token.content)


def _kind(around: list[str], level: int) -> str:
    if "note" in around:
        return "note"
    return "heading" if level else (around[-1] if around else "para")


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
