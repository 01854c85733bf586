"""Web pages (.html, .htm, .xhtml, or by content): the article body as typed paragraphs; also inside
what browsers save of them (.mht, .mhtml, views of a source; see `saved`).

`options.html_body`: "article" (default; `body` says how it is found), "gentle" (all that is not
surely beside the article), "full" (everything that a browser shows, menus too) or a CSS selector (every element that it matches, in document order).
The page's head fills title, language and metadata in all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.documents.html.attributes import words_beside
from aligner.documents.html.body import GENTLE, all_of, choose_blocks, is_bare, judge
from aligner.documents.html.evidence import running_weight
from aligner.documents.html.metadata import page_language, page_metadata, page_text, page_titles
from aligner.documents.html.pointers import pointers_of
from aligner.documents.html.printed import is_printed, open_layout, printed_text
from aligner.documents.html.saved import (
    MHTML_SUFFIXES,
    frames_of,
    looks_like_mhtml,
    saved_page,
    viewed_source,
)
from aligner.documents.html.walk import Block, class_names, parse_html, walk
from aligner.model import Declined, Document, Dropped, ReadError, ReadOptions, Source, UsageError
from aligner.text.claimed import by_claim
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, FilePlaces, make_document, places_named, suffix_of
from aligner.text.rich import Draft, Piece, weight

__all__ = [
    "SUFFIXES",
    "JudgedPage",
    "declared_encoding",
    "finish",
    "is_page",
    "looks_like_html",
    "page_of",
    "read",
]

SUFFIXES = (".html", ".htm", ".xhtml", *MHTML_SUFFIXES)

_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD = 4096
_SHOWN = 3  # frames that a sentence names


def looks_like_html(data: bytes) -> bool:
    """True where the bytes open as a web page does, or as an archive of one."""
    opening = data[:_HEAD].replace(b"\0", b"")
    return _PAGE.match(opening) is not None or looks_like_mhtml(data)


def is_page(source: Source) -> bool:
    """True for a web page by suffix, by what holds it, or by content."""
    declared = source.media.lower().startswith(("text/html", "application/xhtml+xml"))
    return declared or suffix_of(source.name) in SUFFIXES or looks_like_html(source.data)


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no web page by suffix or content, ReadError for a page without text
    (or without a match for the selector), UsageError for a selector that is not CSS.
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
    notices: list[str] = []
    return finish(source, page_of(source, options, notices), notices)


def declared_encoding(data: bytes) -> str:
    """The encoding that a page names in its head, "" for none."""
    head = data[:_HEAD]
    declared = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return declared[1].decode("ascii") if declared else ""


def page_of(source: Source, options: ReadOptions, notices: list[str]) -> JudgedPage:
    """The page before it is a document; what a user should hear of its bytes goes to `notices`."""
    if options.segmented:
        raise UsageError("a web page is not segmented text", hint="give one segment a line as .txt")
    root, text = parsed(source, options, notices)
    return judged(root, text, source.name, options)


def parsed(source: Source, options: ReadOptions, notices: list[str]) -> tuple[Any, str]:
    """The root of a page and its text as decoded; what a user should hear goes to `notices`.

    Raises ReadError for a page without elements, and as `decode` and `parse_html`.
    """
    saved = saved_page(source, notices)
    text = decode(
        saved.data,
        source.name,
        encoding=options.encoding,
        declared=saved.charset or declared_encoding(saved.data),
        notices=notices,
    )
    root = parse_html(text, source.name)
    if root is None:
        raise ReadError("the page holds no text", context=source.name, hint="is it the right file?")
    inner = viewed_source(root)
    if inner:
        notices.append(f"{source.name}: a view of a page's source: the page itself is read")
        root, text = parse_html(inner, source.name), inner
    return root, text


@dataclass(slots=True)
class JudgedPage:
    """A page that has been read, and how much speaks for each paragraph being of its article.

    `blocks`: all paragraphs that a browser shows; `score`: see `evidence.scores`, [] where the
    user or the page leaves nothing to judge; `chosen`: the paragraphs that stay; `unseen`: what is
    not shown; `told`: sentences for the user; `gentle`: all stays that is not surely beside the
    article; `whole`: nothing looks like an article, so that everything stays.
    """

    root: Any
    titles: list[str]
    blocks: list[Block]
    score: list[float]
    chosen: list[Block]
    unseen: list[tuple[str, str]]
    told: list[str] = field(default_factory=list)
    gentle: bool = False
    whole: bool = False

    def choose(self, score: list[float]) -> None:
        """Take what stays by these scores."""
        self.score = score
        if self.gentle:
            self.chosen = [b for b, s in zip(self.blocks, score, strict=True) if s > GENTLE]
        else:
            self.chosen = choose_blocks(self.blocks, score, self.titles)
        article = any(map(running_weight, self.chosen))
        self.whole = bool(self.blocks) and not article and not self.told
        if self.whole:
            self.chosen = self.blocks


def judged(root: Any, text: str, name: str, options: ReadOptions) -> JudgedPage:
    """The paragraphs of a page and which of them the options ask for.

    Raises UsageError for a selector that is not CSS, ReadError for one that matches nothing.
    """
    body = options.html_body
    unseen: list[tuple[str, str]] = []
    printed = body == "article" and is_printed(root)
    if printed:
        open_layout(root)
    blocks = list(walk(root, unseen=unseen))
    page = JudgedPage(root, page_titles(root), blocks, [], blocks, unseen, gentle=body == "gentle")
    if body == "full":
        return page
    if body not in ("article", "gentle"):
        inside = pointers_of(root, class_names)
        page.chosen = [
            block
            for element in _selected(root, body, name)
            for block in walk(element, pointers=inside)
        ]
        return page
    declared = page_text(root)
    if not blocks and _show_noscript(root):
        page.blocks = page.chosen = blocks = list(walk(root))
        page.unseen.clear()
        page.told.append(f"{name}: the page shows its text only where scripts do not run")
    if not blocks and declared:
        page.blocks = page.chosen = [
            Block(Draft("para", line), root, weight(line), 0) for line in declared.splitlines()
        ]
        page.told.append(f"{name}: the page shows no text; read is what its JSON-LD holds")
        return page
    if printed and any(map(running_weight, article := printed_text(blocks, root))):
        page.chosen = all_of(article, page.titles)
        return page
    if is_bare(blocks, text):
        page.chosen = all_of(blocks, page.titles)
        return page
    page.choose(judge(blocks, root, page.titles, declared))
    return page


def _show_noscript(root: Any) -> bool:
    """Make what browsers without scripts show a part of the page; whether there is any."""
    hidden = list(root.iter("noscript"))
    for element in hidden:
        element.tag = "div"
    return bool(hidden)


def read_places(source: Source, options: ReadOptions) -> FilePlaces:
    """The document and where its text stands. Raises as `read_text`."""
    notices: list[str] = []
    page = page_of(source, options, notices)
    places: list[Sequence[Piece]] = []
    return FilePlaces(finish(source, page, notices, places), places, {"": page.root})


def finish(
    source: Source,
    page: JudgedPage,
    notices: list[str],
    places: list[Sequence[Piece]] | None = None,
) -> Document:
    """The document of a judged page; `places` as of `make_document`. Raises ReadError where it
    holds no text.
    """
    drafts = [block.draft for block in page.chosen]
    named = places_named(drafts)
    for draft in drafts:
        draft.key = draft.key if draft.key in named else ""  # by a link to skip the menu
    if not drafts and (frames := frames_of(page.root)):
        raise ReadError(
            f"the page holds no text of its own, only frames: {', '.join(frames[:_SHOWN])}",
            context=source.name,
            hint="give the file of the frame, in the folder beside the page",
        )
    title = next((draft.text for draft in drafts if draft.kind == "title"), "")
    unseen = [Dropped(*part) for part in (*page.unseen, *words_beside(page.root))]
    told = [*notices, *page.told]
    if page.whole:
        told.append(
            f"{source.name}: nothing in the page looks like an article: it is read whole; name the "
            'part with --html-body "CSS SELECTOR"'
        )
    return make_document(
        source,
        drafts,
        title=title or (page.titles[0] if page.titles else ""),
        lang=page_language(page.root),
        doubt=by_claim,
        metadata=page_metadata(page.root),
        dropped=(*_left_out(page.blocks, drafts), *unseen),
        notices=told,
        places=places,
    )


def _left_out(shown: list[Block], kept: list[Draft]) -> Iterator[Dropped]:
    """What a browser shows of the page and no paragraph holds."""
    left = Counter(draft.text for draft in kept)
    for block in shown:
        text = block.draft.text
        if left[text]:
            left[text] -= 1
        else:
            yield Dropped("not in the article", text)


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
