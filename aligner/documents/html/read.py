"""Web pages (.html, .htm, .xhtml, or by content): the article body as typed paragraphs.

`options.html_body`: "article" (default; `_body` says how it is found), "gentle" (the page
without its boilerplate, nothing judged), "full" (everything that a browser shows, menus too) or a CSS selector (every element that it matches, in document order).
The page's head fills title, language and metadata in all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from aligner.documents.html.body import choose_blocks
from aligner.documents.html.boilerplate import drop_boilerplate
from aligner.documents.html.metadata import page_language, page_metadata, page_titles
from aligner.documents.html.walk import Block, parse_html, unseen_texts, walk
from aligner.model import Declined, Document, Dropped, ReadError, ReadOptions, Source, UsageError
from aligner.text.claimed import by_claim
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft

__all__ = ["SUFFIXES", "is_page", "looks_like_html", "read"]

SUFFIXES = (".html", ".htm", ".xhtml")

_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD = 4096


def looks_like_html(data: bytes) -> bool:
    """True where the bytes open as a web page does."""
    return _PAGE.match(data[:_HEAD].replace(b"\0", b"")) is not None


def is_page(source: Source) -> bool:
    """True for a web page by suffix or content."""
    return suffix_of(source.name) in SUFFIXES or looks_like_html(source.data)


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no web page by suffix or content, ReadError for a page without an
    article (or without a match for the selector), UsageError for a selector that is not CSS.
    """
    suffix = suffix_of(source.name)
    if not is_page(source):
        raise Declined(
            f"the suffix {suffix or '(none)'} is not one of {', '.join(SUFFIXES)} and the file "
            "does not open with <html>"
        )
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("a web page is not segmented text", hint="give one segment a line as .txt")
    head = source.data[:_HEAD]
    declared = _XML_ENCODING.search(head) or _CHARSET.search(head)
    notices: list[str] = []
    text = decode(
        source.data,
        source.name,
        encoding=options.encoding,
        declared=declared[1].decode("ascii") if declared else "",
        notices=notices,
    )
    root = parse_html(text, source.name)
    if root is None:
        raise ReadError("the page holds no text", context=source.name, hint="is it the right file?")
    titles = page_titles(root)
    lang = page_language(root)
    known = page_metadata(root)
    shown = [block.draft.text for block in walk(root)]
    unseen = [Dropped(reason, words) for reason, words in unseen_texts(root)]
    blocks = _blocks(root, text, titles, source.name, options.html_body)
    drafts = [block.draft for block in blocks]
    title = next((draft.text for draft in drafts if draft.kind == "title"), "")
    return make_document(
        source,
        drafts,
        title=title or (titles[0] if titles else ""),
        lang=lang,
        doubt=by_claim,
        metadata=known,
        dropped=(*_left_out(shown, drafts), *unseen),
        notices=notices,
    )


def _left_out(shown: list[str], kept: list[Draft]) -> Iterator[Dropped]:
    """What a browser shows of the page and no paragraph holds."""
    left = Counter(draft.text for draft in kept)
    for text in shown:
        if left[text]:
            left[text] -= 1
        else:
            yield Dropped("not in the article", text)


def _blocks(root: Any, text: str, titles: list[str], name: str, body: str) -> list[Block]:
    if body == "full":
        return list(walk(root))
    if body not in ("article", "gentle"):
        return [block for element in _selected(root, body, name) for block in walk(element)]
    visible = root.find("body") if root.find("body") is not None else root
    drop_boilerplate(visible)
    if body == "gentle":
        return list(walk(visible))
    blocks = choose_blocks(list(walk(visible)), text, titles)
    if not blocks:
        raise ReadError(
            "the page has no article body",
            context=name,
            hint='read all of it with --html-body full, or name the part: --html-body "CSS SELECTOR"',
        )
    return blocks


def _selected(root: Any, selector: str, name: str) -> list[Any]:
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        matches: Any = CSSSelector(selector, translator="html")(root)
    except SelectorError as error:
        raise UsageError(
            f"{selector!r} is not a CSS selector ({error})", hint="use article, full or a selector"
        ) from None
    chosen: list[Any] = []
    seen: set[Any] = set()
    for element in matches:
        if not any(above in seen for above in element.iterancestors()):
            chosen.append(element)
            seen.add(element)
    if not chosen:
        raise ReadError(
            f"nothing in the page matches {selector!r}",
            context=name,
            hint="read all of it with --html-body full to see what is there",
        )
    return chosen
